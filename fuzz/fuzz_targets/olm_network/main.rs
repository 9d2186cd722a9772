//! Two parties, and a network that does what it likes with their messages. The model of the integration tests, which
//! knows no cryptography, predicts the verdict on every message that was sent; whatever was not sent must be refused.

#![no_main]

mod forgery;
#[path = "../../../tests/olm_model/model.rs"]
mod model;
mod start;

use arbitrary::Arbitrary;
use cliquet::{
    MessageVersion,
    olm::{DecryptionError, EncryptionError, Message, MessageType, OlmMessage, PreKeyMessage, Session},
};
use cliquet_fuzz::{Damage, Steps, pick, pick_index, random::Failing, wire};
use libfuzzer_sys::fuzz_target;
use rand::rngs::StdRng;

use self::{
    forgery::Forgery,
    model::{Position, Verdict},
    start::Start,
};

/// As many messages as one party sends at most, so that no gap is ever too large.
const MOST_MESSAGES: usize = 600;
const MOST_STEPS: usize = 100;

fuzz_target!(|input: Input| {
    let mut network = start::start(&input.start);
    for step in input.steps.0.iter().take(MOST_STEPS) {
        network.run(step);
    }
    network.finish();
});

#[derive(Arbitrary, Debug)]
struct Input {
    start: Start,
    steps: Steps<Step>,
}

/// Parties are 0 and 1: what is even and what is odd. A message that is never delivered is lost.
#[derive(Arbitrary, Debug)]
enum Step {
    Send {
        party: u8,
        count: u8,
        length: u8,
    },
    /// A party has no randomness when it sends.
    SendWithoutRandomness {
        party: u8,
    },
    /// A party gets any message that was ever sent to it: late, early, again.
    Deliver {
        party: u8,
        which: u16,
    },
    DeliverNewest {
        party: u8,
    },
    /// A party sends some messages, of which the newest arrives and is answered: the ratchet turns twice.
    Burst {
        party: u8,
        count: u8,
    },
    Damaged {
        party: u8,
        which: u16,
        other: u16,
        damage: Damage,
    },
    /// A normal message within the frame of a pre-key message, or taken out of it.
    Reframed {
        party: u8,
        which: u16,
    },
    /// A party gets its own message.
    Reflected {
        party: u8,
        which: u16,
    },
    /// Another session of the sender gets the message.
    Misdelivered {
        party: u8,
        which: u16,
    },
    Forged {
        party: u8,
        forgery: Forgery,
    },
}

struct Sent {
    message: OlmMessage,
    plaintext: Vec<u8>,
    position: Position,
    opened: bool,
}

/// One end: the session, its model, and everything that was ever sent to it.
struct End {
    session: Session,
    model: model::Party,
    inbox: Vec<Sent>,
}

struct Network {
    ends: [End; 2],
    version: MessageVersion,
    /// A session of the same two accounts that has nothing to do with this conversation, and its first message.
    other_session: Session,
    rng: StdRng,
}

fn other(party: usize) -> usize {
    1 - party
}

impl Network {
    fn run(&mut self, step: &Step) {
        let end = |party: &u8| usize::from(party % 2);
        match step {
            Step::Send { party, count, length } => {
                let count = if *count < 224 { count % 4 } else { count % 64 };
                (0..=count).for_each(|_| self.send(end(party), usize::from(*length)));
            }
            Step::SendWithoutRandomness { party } => self.send_without_randomness(end(party)),
            Step::Deliver { party, which } => {
                let end = &mut self.ends[end(party)];
                if let Some(which) = pick_index(end.inbox.len(), *which) {
                    end.deliver(which);
                }
            }
            Step::DeliverNewest { party } => drop(self.deliver_newest(end(party))),
            Step::Burst { party, count } => {
                let party = end(party);
                (0..=count % 48).for_each(|_| self.send(party, 1));
                self.deliver_newest(other(party));
                self.send(other(party), 2);
                self.deliver_newest(party);
            }
            Step::Damaged { party, which, other, damage } => {
                let end = end(party);
                let inbox = &self.ends[end].inbox;
                let (Some(sent), Some(other)) = (pick(inbox, *which), pick(inbox, *other)) else { return };
                let bytes = damage.apply(sent.message.as_bytes(), other.message.as_bytes());
                if inbox.iter().any(|sent| sent.message.as_bytes() == bytes) {
                    return;
                }
                if let Some(message) = read(sent.message.message_type(), bytes) {
                    self.ends[end].refuse(&message);
                }
            }
            Step::Reframed { party, which } => {
                let end = &mut self.ends[end(party)];
                if let Some(which) = pick_index(end.inbox.len(), *which) {
                    end.deliver_reframed(which);
                }
            }
            Step::Reflected { party, which } => {
                let party = end(party);
                if let Some(sent) = pick(&self.ends[other(party)].inbox, *which) {
                    let message = sent.message.clone();
                    self.ends[party].refuse(&message);
                }
            }
            Step::Misdelivered { party, which } => {
                if let Some(sent) = pick(&self.ends[end(party)].inbox, *which) {
                    self.other_session.decrypt(&sent.message).expect_err("it is another session's");
                }
            }
            Step::Forged { party, forgery } => {
                let party = end(party);
                if let Some(message) = forgery.message(self, party) {
                    self.ends[party].refuse(&message);
                }
            }
        }
    }

    fn send(&mut self, party: usize, length: usize) {
        if self.ends[other(party)].inbox.len() >= MOST_MESSAGES {
            return;
        }
        let plaintext = self.plaintext(party, length);
        let message = self.ends[party].session.encrypt(&plaintext, &mut self.rng).expect("sessions can send");
        self.sent(party, message, plaintext);
    }

    /// Where nothing is drawn, the message leaves; where something is, nothing happens.
    fn send_without_randomness(&mut self, party: usize) {
        if self.ends[other(party)].inbox.len() >= MOST_MESSAGES {
            return;
        }
        let plaintext = self.plaintext(party, 3);
        match self.ends[party].session.encrypt(&plaintext, &mut Failing) {
            Ok(message) => {
                let index = self.sent(party, message, plaintext);
                assert_ne!(index, 0, "the first message of a chain draws a ratchet key");
            }
            Err(error) => assert_eq!(error, EncryptionError::Random),
        }
    }

    /// Every plaintext is another one.
    fn plaintext(&self, party: usize, length: usize) -> Vec<u8> {
        let mut plaintext = format!("{party} {}", self.ends[other(party)].inbox.len()).into_bytes();
        plaintext.resize(plaintext.len() + length, b'.');
        plaintext
    }

    /// Checks what is visible of the message and puts it into the inbox of the other party.
    fn sent(&mut self, party: usize, message: OlmMessage, plaintext: Vec<u8>) -> u32 {
        let sender = &mut self.ends[party];
        let position = sender.model.send();
        let (index, is_pre_key) = match &message {
            OlmMessage::PreKey(message) => (message.chain_index(), true),
            OlmMessage::Normal(message) => (message.chain_index(), false),
        };
        assert_eq!(index, position.index);
        assert_eq!(is_pre_key, !sender.model.has_received());
        assert_eq!(
            read(message.message_type(), message.as_bytes().to_vec()).as_ref(),
            Some(&message),
            "what is written can be read"
        );
        self.ends[other(party)].inbox.push(Sent { message, plaintext, position, opened: false });
        index
    }

    fn deliver_newest(&mut self, party: usize) -> Option<Verdict> {
        let newest = self.ends[party].inbox.len().checked_sub(1)?;
        Some(self.ends[party].deliver(newest))
    }

    /// Whatever has happened, both can still talk to each other.
    fn finish(&mut self) {
        for party in [0, 1, 0, 1] {
            let plaintext = b"finally".to_vec();
            let message =
                self.ends[party].session.encrypt(&plaintext, &mut self.rng).expect("sessions can send");
            self.sent(party, message, plaintext);
            assert_eq!(self.deliver_newest(other(party)), Some(Verdict::Opens));
        }
        assert!(!self.other_session.has_received_message());
    }
}

impl End {
    fn deliver(&mut self, which: usize) -> Verdict {
        let message = self.inbox[which].message.clone();
        self.deliver_as(which, &message)
    }

    /// The frame of a pre-key message is not authenticated: what is inside opens once, with it or without it.
    fn deliver_reframed(&mut self, which: usize) {
        let keys = self.session.session_keys();
        let bytes = self.inbox[which].message.as_bytes();
        let reframed = match &self.inbox[which].message {
            OlmMessage::PreKey(_) => read(MessageType::Normal, wire::inside_pre_key_message(bytes).to_vec()),
            OlmMessage::Normal(_) => {
                let keys = [&keys.one_time_key, &keys.base_key, &keys.identity_key].map(|key| key.as_bytes());
                read(MessageType::PreKey, wire::olm_pre_key_message(keys, bytes))
            }
        };
        self.deliver_as(which, &reframed.expect("the frame is well-formed"));
    }

    fn deliver_as(&mut self, which: usize, message: &OlmMessage) -> Verdict {
        let sent = &mut self.inbox[which];
        let outcome = self.session.decrypt(message);
        let expected = self.model.deliver(sent.position);
        match &outcome {
            Ok(plaintext) => {
                assert_eq!(expected, Verdict::Opens);
                assert_eq!(plaintext, &sent.plaintext);
                assert!(!sent.opened, "a message opens once");
                sent.opened = true;
            }
            Err(error) => assert_eq!(verdict(error), expected),
        }
        assert_eq!(self.session.has_received_message(), self.model.has_received());
        expected
    }

    /// The model does not hear of this message: if it leaves a trace, a later verdict is another.
    fn refuse(&mut self, message: &OlmMessage) {
        self.session.decrypt(message).expect_err("nobody sent this message to this party");
        assert_eq!(self.session.has_received_message(), self.model.has_received());
    }
}

fn read(message_type: MessageType, bytes: Vec<u8>) -> Option<OlmMessage> {
    match message_type {
        MessageType::PreKey => PreKeyMessage::from_bytes(bytes).ok().map(OlmMessage::PreKey),
        MessageType::Normal => Message::from_bytes(bytes).ok().map(OlmMessage::Normal),
    }
}

fn verdict(error: &DecryptionError) -> Verdict {
    match error {
        DecryptionError::AuthenticationFailed => Verdict::NotAuthentic,
        DecryptionError::AlreadyUsed { .. } => Verdict::AlreadyUsed,
        DecryptionError::NoLongerKept { .. } => Verdict::NoLongerKept,
        DecryptionError::UnknownRatchetKey => Verdict::NotTheirTurn,
        other => panic!("no message that was sent leads to {other:?}"),
    }
}
