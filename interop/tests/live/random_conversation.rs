//! Random conversations: who talks, how much, what arrives when, twice, damaged or never.
//!
//! After every step each side must have said what the model says: what must decrypt does, with the plaintext that was
//! sent; what was decrypted before, or was damaged, is refused. libolm and cliquet repeat with the seed; vodozemac draws
//! its keys from the system, so that with it only the course of the conversation repeats.

mod model;

use cliquet::{MessageVersion, olm};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use self::model::{Fate, Place, Receiver, Sender};
use super::{
    pair::{StartedWith, accounts_of, start},
    party::{
        Account, CONTROLS, OlmMessage, PAIRINGS, PRE_KEY, Pairing, Reminder, Session, Verdict, first_seed,
        random_plaintext,
    },
};

/// So many messages under way to one side, and some must arrive or get lost before more are sent.
const CROWD: usize = 15;

#[test]
fn a_thousand_messages_each_way() {
    for (seed, pairing) in (first_seed()..).zip(PAIRINGS.into_iter().chain(CONTROLS)) {
        let tally = Conversation::new(pairing, seed).run(1_000);
        println!("{pairing:?}: {tally:?}");
        let Tally { turns, late, lost, given_up, refused_again, refused_damaged } = tally;
        assert!(turns > 100 && late > 200 && lost > 40 && given_up > 20, "{tally:?}");
        assert!(refused_again > 100 && refused_damaged > 100, "{tally:?}");
    }
}

/// The first messages are the ones that are special.
#[test]
fn many_short_conversations() {
    for seed in (first_seed()..).take(50) {
        for pairing in PAIRINGS.into_iter().chain(CONTROLS) {
            Conversation::new(pairing, seed).run(15);
        }
    }
}

/// What happened, to show that a conversation was not tame.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) turns: u32,
    pub(crate) late: u32,
    pub(crate) lost: u32,
    pub(crate) given_up: u32,
    pub(crate) refused_again: u32,
    pub(crate) refused_damaged: u32,
}

/// A message under way, and what is known of it.
struct Sent {
    message: OlmMessage,
    plaintext: Vec<u8>,
    place: Place,
}

struct Side {
    account: Box<dyn Account>,
    session: Option<Box<dyn Session>>,
    sender: Sender,
    receiver: Receiver,
    sent: usize,
    ratchet_key: Option<cliquet::Curve25519PublicKey>,
    /// What the other side sent and this side has not received.
    under_way: Vec<Sent>,
    /// What this side has decrypted.
    opened: Vec<Sent>,
}

pub(crate) struct Conversation {
    /// The one that starts the session, and the one that answers.
    sides: [Side; 2],
    speaker: usize,
    schedule: StdRng,
    tally: Tally,
    _reminder: Reminder<(Pairing, u64)>,
}

impl Conversation {
    fn new(pairing: Pairing, seed: u64) -> Self {
        Self::of(MessageVersion::V1, pairing, seed)
    }

    pub(crate) fn of(version: MessageVersion, pairing: Pairing, seed: u64) -> Self {
        let mut schedule = StdRng::seed_from_u64(seed);
        let mut accounts = accounts_of(version, pairing, seed);
        let with = if schedule.random() { StartedWith::OneTimeKey } else { StartedWith::FallbackKey };
        let mut session = Some(start(&mut accounts, with));
        let sides = accounts.map(|account| Side {
            account,
            session: session.take(),
            sender: Sender::default(),
            receiver: Receiver::default(),
            sent: 0,
            ratchet_key: None,
            under_way: Vec::new(),
            opened: Vec::new(),
        });
        let _reminder = Reminder((pairing, seed));
        Self { sides, speaker: 0, schedule, tally: Tally::default(), _reminder }
    }

    /// Goes on until both sides have sent `goal` messages and everything that was not lost has arrived.
    pub(crate) fn run(mut self, goal: usize) -> Tally {
        while self.sides.iter().any(|side| side.sent < goal) {
            self.step();
        }
        for side in [0, 1] {
            while !self.sides[side].under_way.is_empty() {
                self.deliver(side);
            }
        }
        for speaker in [0, 1] {
            self.speaker = speaker;
            self.send();
            self.deliver(1 - speaker);
        }
        self.tally
    }

    fn step(&mut self) {
        let listener = self.schedule.random_range(0..2);
        match self.schedule.random_range(0..1000) {
            0..300 if self.sides[1 - self.speaker].under_way.len() < CROWD => {
                if self.schedule.random_ratio(1, 4) {
                    self.speaker = 1 - self.speaker;
                }
                self.send();
            }
            // More at once than any implementation keeps keys for.
            300..302 => (0..self.schedule.random_range(45..90)).for_each(|_| self.send()),
            302..330 => self.lose(listener),
            330..400 => self.repeat(listener),
            400..470 => self.damage(listener),
            _ => self.deliver(listener),
        }
    }

    /// The speaker says something; a side without a session cannot, then the other one does.
    fn send(&mut self) {
        if self.sides[self.speaker].session.is_none() {
            self.speaker = 1 - self.speaker;
        }
        let plaintext = random_plaintext(&mut self.schedule, 2_000);
        let sent = self.sides[self.speaker].encrypt(plaintext, &mut self.tally);
        self.sides[1 - self.speaker].under_way.push(sent);
    }

    /// One of the messages under way arrives, often the one that was sent first.
    fn deliver(&mut self, to: usize) {
        let Some(sent) = self.take_under_way(to) else { return };
        let fate = self.sides[to].receiver.fate(sent.place);
        let opened = self.decrypt(to, &sent.message);
        match fate {
            Fate::Unclear => {
                self.tally.given_up += 1;
                if opened.is_err() {
                    return;
                }
            }
            Fate::OpensLate => self.tally.late += 1,
            Fate::Opens => {}
        }
        assert_eq!(opened.as_ref(), Ok(&sent.plaintext), "{fate:?}, {:?}", sent.place);
        let side = &mut self.sides[to];
        if side.receiver.receive(sent.place) {
            side.sender.other_party_turned();
        }
        side.opened.push(sent);
    }

    fn lose(&mut self, to: usize) {
        if self.take_under_way(to).is_some() {
            self.tally.lost += 1;
        }
    }

    /// A message arrives again.
    fn repeat(&mut self, to: usize) {
        if self.sides[to].opened.is_empty() {
            return;
        }
        let again = self.schedule.random_range(0..self.sides[to].opened.len());
        let message = self.sides[to].opened[again].message.clone();
        let session = self.sides[to].session.as_mut().unwrap();
        let answer = session.decrypt(&message);
        assert!(answer.is_err(), "a duplicate was decrypted: {answer:?}");
        self.tally.refused_again += 1;
    }

    /// A damaged copy of a message arrives before the message itself. The damage is to ciphertext or MAC: other parts
    /// of a message are not authenticated by every implementation, see `strictness`.
    fn damage(&mut self, to: usize) {
        let count = self.sides[to].under_way.len();
        if count == 0 {
            return;
        }
        let message = &self.sides[to].under_way[self.schedule.random_range(0..count)].message;
        let from_end = self.schedule.random_range(1..=24);
        let bit = self.schedule.random_range(0..8);
        let damaged = message.with_flipped_bit(message.bytes().len() - from_end, bit);
        let answer = self.decrypt(to, &damaged);
        assert!(answer.is_err(), "a damaged message was decrypted: {answer:?}");
        self.tally.refused_damaged += 1;
    }

    fn take_under_way(&mut self, to: usize) -> Option<Sent> {
        let under_way = &mut self.sides[to].under_way;
        match under_way.len() {
            0 => None,
            _ if self.schedule.random_ratio(2, 3) => Some(under_way.remove(0)),
            count => Some(under_way.remove(self.schedule.random_range(0..count))),
        }
    }

    /// With the session, or with the account where there is none yet.
    fn decrypt(&mut self, to: usize, message: &OlmMessage) -> Verdict<Vec<u8>> {
        let their_identity_key = self.sides[1 - to].account.curve25519_key();
        let side = &mut self.sides[to];
        if let Some(session) = &mut side.session {
            return session.decrypt(message);
        }
        let (session, plaintext) = side.account.answer(&their_identity_key, message)?;
        side.session = Some(session);
        assert_eq!(self.sides[0].session_id(), self.sides[1].session_id());
        Ok(plaintext)
    }
}

impl Side {
    /// Encrypts, and checks that the message says of itself what the model says.
    fn encrypt(&mut self, plaintext: Vec<u8>, tally: &mut Tally) -> Sent {
        let message = self.session.as_mut().unwrap().encrypt(&plaintext);
        let (place, turned) = self.sender.send();
        let (ratchet_key, chain_index) =
            match olm::OlmMessage::from_parts(message.message_type, &message.body).unwrap() {
                olm::OlmMessage::PreKey(message) => (message.ratchet_key(), message.chain_index()),
                olm::OlmMessage::Normal(message) => (message.ratchet_key(), message.chain_index()),
            };
        assert_eq!(chain_index, place.chain_index);
        if let Some(previous) = self.ratchet_key.replace(ratchet_key) {
            assert_eq!(previous != ratchet_key, turned);
        }
        assert_eq!(message.message_type == PRE_KEY, self.opened.is_empty());
        tally.turns += u32::from(turned);
        self.sent += 1;
        Sent { message, plaintext, place }
    }

    fn session_id(&self) -> Option<String> {
        self.session.as_ref().map(|session| session.session_id())
    }
}
