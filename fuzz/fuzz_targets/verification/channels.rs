//! Both ends of a channel, and a network that drops, repeats, reorders, changes and reflects: a message opens exactly if it is the next
//! one of the other end, unchanged, with the same associated data.

use arbitrary::Arbitrary;
use cliquet::login::{
    ecies::{self, Ecies, EciesError, EstablishedEcies},
    hpke::{self, EstablishedChannel, HpkeError, Recipient, UnidirectionalSenderChannel},
};
use cliquet_fuzz::{
    Damage, Steps, pick,
    random::{Failing, seeded},
};

const MOST_STEPS: usize = 200;

#[derive(Arbitrary, Debug)]
pub(crate) struct Input {
    seed: u64,
    /// What happens to the first message, and to the first answer, before they arrive.
    damages: [Option<Damage>; 2],
    data: [u8; 2],
    steps: Steps<Step>,
}

/// An end is 0 or 1; a number picks one of the messages that went to it.
#[derive(Arbitrary, Debug)]
enum Step {
    Send {
        from: u8,
        length: u8,
        data: u8,
    },
    /// The next one, and so on for some time.
    DeliverNext {
        to: u8,
        count: u8,
    },
    Deliver {
        to: u8,
        which: u16,
    },
    DeliverWithData {
        to: u8,
        which: u16,
        data: u8,
    },
    Damaged {
        to: u8,
        which: u16,
        other: u16,
        damage: Damage,
    },
    /// The next one, damaged: its number is right.
    NextDamaged {
        to: u8,
        other: u16,
        damage: Damage,
    },
    Reflect {
        to: u8,
        which: u16,
    },
    Invented {
        to: u8,
        bytes: Vec<u8>,
    },
}

/// One end, of either kind.
trait End {
    /// Whether messages have associated data.
    const DATA: bool;
    fn seal(&mut self, plaintext: &[u8], data: &[u8]) -> Vec<u8>;
    /// `None` if the message is not authentic; nothing else may happen.
    fn open(&mut self, message: Vec<u8>, data: &[u8]) -> Option<Vec<u8>>;
    fn check_code(&self) -> [u8; 2];
}

impl End for EstablishedEcies {
    const DATA: bool = false;

    fn seal(&mut self, plaintext: &[u8], _: &[u8]) -> Vec<u8> {
        self.encrypt(plaintext).expect("far from exhausted").ciphertext
    }

    fn open(&mut self, ciphertext: Vec<u8>, _: &[u8]) -> Option<Vec<u8>> {
        let mut message = ecies::Message::from_base64("").expect("it has no bytes");
        message.ciphertext = ciphertext;
        self.decrypt(&message).map_err(|error| assert_eq!(error, EciesError::AuthenticationFailed)).ok()
    }

    fn check_code(&self) -> [u8; 2] {
        *self.check_code().as_bytes()
    }
}

impl End for EstablishedChannel {
    const DATA: bool = true;

    fn seal(&mut self, plaintext: &[u8], data: &[u8]) -> Vec<u8> {
        self.seal(plaintext, data).expect("far from exhausted").ciphertext
    }

    fn open(&mut self, ciphertext: Vec<u8>, data: &[u8]) -> Option<Vec<u8>> {
        let message = hpke::Message::from_bytes(&ciphertext);
        self.open(&message, data).map_err(|error| assert_eq!(error, HpkeError::AuthenticationFailed)).ok()
    }

    fn check_code(&self) -> [u8; 2] {
        *self.check_code().as_bytes()
    }
}

/// Associated data by a number: few, so that they are often the same.
fn data(number: u8) -> Vec<u8> {
    vec![b'x'; usize::from(number % 4)]
}

pub(crate) fn ecies(input: Input) {
    let mut rng = seeded(input.seed);
    Ecies::new(&mut Failing).expect_err("there is no randomness");
    let [shows, reads] = [(); 2].map(|()| Ecies::new(&mut rng).expect("it never fails"));
    let keys = [shows.public_key(), reads.public_key()];
    let sent = reads.establish_outbound_channel(keys[0], b"first").expect("the key is good");
    let shows = match damaged(&sent.message.to_text().into_bytes(), input.damages[0], |bytes| {
        ecies::InitialMessage::from_text(str::from_utf8(bytes).ok()?).ok()
    }) {
        Some(damaged) if damaged != sent.message => {
            shows.establish_inbound_channel(&damaged).expect_err("it was damaged").receiver
        }
        _ => shows,
    };
    assert_eq!(shows.public_key(), keys[0]);
    let received = shows.establish_inbound_channel(&sent.message).expect("it is unchanged");
    assert_eq!(received.plaintext, b"first");
    assert_eq!([received.channel.our_public_key(), received.channel.their_public_key()], keys);

    let mut shows = received.channel;
    let answer = shows.encrypt(b"second").expect("far from exhausted");
    let channel = match damaged(&answer.to_base64().into_bytes(), input.damages[1], |bytes| {
        ecies::Message::from_base64(str::from_utf8(bytes).ok()?).ok()
    }) {
        Some(damaged) if damaged != answer => {
            sent.channel.receive_answer(&damaged).expect_err("it was damaged").receiver
        }
        _ => sent.channel,
    };
    let mut reflected = answer.clone();
    reflected.ciphertext.clone_from(&sent.message.ciphertext);
    let channel = channel.receive_answer(&reflected).expect_err("it is its own message").receiver;
    let answered = channel.receive_answer(&answer).expect("it is unchanged");
    assert_eq!(answered.plaintext, b"second");
    Network::new(shows, answered.channel).run(&input.steps);
}

pub(crate) fn hpke(input: Input) {
    let (mut rng, [first_data, second_data]) = (seeded(input.seed), input.data.map(data));
    Recipient::new(&mut Failing).expect_err("there is no randomness");
    let shows = Recipient::new(&mut rng).expect("it never fails");
    let key = shows.public_key();
    let sent = UnidirectionalSenderChannel::establish(key, b"first", &first_data, &mut rng);
    let sent = sent.expect("the key is good");
    let read = |bytes: &[u8]| hpke::InitialMessage::from_bytes(bytes).ok();
    let shows = match damaged(&sent.message.to_bytes(), input.damages[0], read) {
        Some(damaged) if damaged != sent.message => {
            shows.establish_channel(&damaged, &first_data).expect_err("it was damaged").receiver
        }
        _ => shows,
    };
    let shows =
        shows.establish_channel(&sent.message, b"other data").expect_err("the data are others").receiver;
    assert_eq!(shows.public_key(), key);
    let received = shows.establish_channel(&sent.message, &first_data).expect("it is unchanged");
    assert_eq!(received.plaintext, b"first");

    let waiting =
        received.channel.respond(b"", b"", &mut Failing).expect_err("there is no randomness").receiver;
    let response = waiting.respond(b"second", &second_data, &mut rng).expect("it never fails");
    let read = |bytes: &[u8]| hpke::InitialResponse::from_bytes(bytes).ok();
    let channel = match damaged(&response.message.to_bytes(), input.damages[1], read) {
        Some(damaged) if damaged != response.message => {
            sent.channel.receive_response(&damaged, &second_data).expect_err("it was damaged").receiver
        }
        _ => sent.channel,
    };
    let channel =
        channel.receive_response(&response.message, b"other data").expect_err("the data are others").receiver;
    let answered = channel.receive_response(&response.message, &second_data).expect("it is unchanged");
    assert_eq!(answered.plaintext, b"second");
    Network::new(response.channel, answered.channel).run(&input.steps);
}

/// What is left of a message when it is damaged, if it still is one.
fn damaged<T>(message: &[u8], damage: Option<Damage>, read: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    read(&damage?.apply(message, &[]))
}

struct Sent {
    message: Vec<u8>,
    plaintext: Vec<u8>,
    data: Vec<u8>,
}

/// Two ends; to each of them, what went there, and how much of it has been opened.
struct Network<E> {
    ends: [E; 2],
    to: [Vec<Sent>; 2],
    opened: [usize; 2],
}

impl<E: End> Network<E> {
    fn new(first: E, second: E) -> Self {
        assert_eq!(first.check_code(), second.check_code());
        Self { ends: [first, second], to: [Vec::new(), Vec::new()], opened: [0; 2] }
    }

    fn run(mut self, steps: &Steps<Step>) {
        for step in steps.0.iter().take(MOST_STEPS) {
            self.step(step);
        }
        // In the end both ends still read each other.
        for to in 0..2 {
            self.send(1 - to, 3, 1);
            while self.opened[to] < self.to[to].len() {
                let next = self.opened[to];
                self.deliver(to, next, None);
                assert_eq!(self.opened[to], next + 1);
            }
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Send { from, length, data } => self.send((from % 2).into(), *length, *data),
            Step::DeliverNext { to, count } => {
                let to = usize::from(to % 2);
                for _ in 0..count % 8 {
                    if self.opened[to] < self.to[to].len() {
                        self.deliver(to, self.opened[to], None);
                    }
                }
            }
            Step::Deliver { to, which } => self.deliver_any(*to, *which, None),
            Step::DeliverWithData { to, which, data } => self.deliver_any(*to, *which, Some(*data)),
            Step::Damaged { to, which, other, damage } => {
                let to = usize::from(to % 2);
                let Some(sent) = pick(&self.to[to], *which) else { return };
                self.damaged(to, &sent.message.clone(), sent.data.clone(), *other, *damage);
            }
            Step::NextDamaged { to, other, damage } => {
                let to = usize::from(to % 2);
                let Some(sent) = self.to[to].get(self.opened[to]) else { return };
                self.damaged(to, &sent.message.clone(), sent.data.clone(), *other, *damage);
            }
            Step::Reflect { to, which } => {
                let to = usize::from(to % 2);
                let Some(sent) = pick(&self.to[1 - to], *which) else { return };
                self.open(to, sent.message.clone(), sent.data.clone());
            }
            Step::Invented { to, bytes } => self.open((to % 2).into(), bytes.clone(), Vec::new()),
        }
    }

    fn send(&mut self, from: usize, length: u8, data_number: u8) {
        let to = 1 - from;
        let mut plaintext = self.to[to].len().to_string().into_bytes();
        plaintext.resize(length.into(), b'.');
        let data = data(data_number);
        let message = self.ends[from].seal(&plaintext, &data);
        assert_eq!(message.len(), plaintext.len() + 16);
        self.to[to].push(Sent { message, plaintext, data });
    }

    fn deliver_any(&mut self, to: u8, which: u16, other_data: Option<u8>) {
        let to = usize::from(to % 2);
        if let Some(which) = cliquet_fuzz::pick_index(self.to[to].len(), which) {
            self.deliver(to, which, other_data);
        }
    }

    fn deliver(&mut self, to: usize, which: usize, other_data: Option<u8>) {
        let sent = &self.to[to][which];
        let data = other_data.map_or_else(|| sent.data.clone(), data);
        self.open(to, sent.message.clone(), data);
    }

    fn damaged(&mut self, to: usize, message: &[u8], data: Vec<u8>, other: u16, damage: Damage) {
        let other = pick(&self.to[to], other).map_or(&[][..], |sent| &sent.message);
        self.open(to, damage.apply(message, other), data);
    }

    /// The one claim.
    fn open(&mut self, to: usize, message: Vec<u8>, data: Vec<u8>) {
        let next = self.to[to].get(self.opened[to]);
        let is_next = |next: &&Sent| next.message == message && (!E::DATA || next.data == data);
        let expected = next.filter(is_next).map(|next| &next.plaintext);
        let found = self.ends[to].open(message, &data);
        assert_eq!(found.as_ref(), expected);
        self.opened[to] += usize::from(found.is_some());
    }
}
