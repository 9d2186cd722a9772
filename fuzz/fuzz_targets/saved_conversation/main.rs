//! Two parties who save their state before a message leaves and after one arrives, in a form that may change at any time, and
//! who may be killed between any two steps and go on from what was saved last; one of them also sends to a room.
//!
//! No two messages that leave are ever encrypted under one ratchet key and chain index, or under one session and message index.
//! What was acknowledged never opens again, and what was not acknowledged still opens, once: every message has
//! the verdict that the model of the integration tests predicts, which is set back when its party is. A replay guard is never
//! lost. What a native pickle gives back is the whole state; other formats forget which late messages were used and which were
//! given up, and nothing else. In the end both can still talk.

#![no_main]

mod group;
mod kept;
#[path = "../../../tests/olm_model/model.rs"]
mod model;
mod start;

use std::collections::HashMap;

use arbitrary::Arbitrary;
use cliquet::olm::{DecryptionError, OlmMessage, Session};
use cliquet_fuzz::{Form, Steps, pick_index};
use libfuzzer_sys::fuzz_target;
use rand::rngs::StdRng;

use self::{
    group::Group,
    kept::Kept,
    model::{Position, Verdict},
    start::Start,
};

/// So few that only the limit of a single chain gives keys up: which of several chains is older, vodozemac does not keep.
const MOST_MESSAGES: usize = 150;
const MOST_STEPS: usize = 100;

fuzz_target!(|input: Input| {
    let mut conversation = start::start(&input.start);
    for step in input.steps.0.iter().take(MOST_STEPS) {
        conversation.run(step);
    }
    conversation.finish();
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
    },
    /// A party encrypts, and ends before it has saved, or, once it has saved, before the message leaves.
    SendAndCrash {
        party: u8,
        saved: bool,
    },
    /// A party gets any message that was ever sent to it, and saves.
    Deliver {
        party: u8,
        which: u16,
    },
    DeliverNewest {
        party: u8,
    },
    /// A party gets a message, and ends before it has saved and acknowledged.
    DeliverAndCrash {
        party: u8,
        which: u16,
    },
    /// A party sends some messages, of which the newest arrives and is answered: the ratchet turns twice.
    Burst {
        party: u8,
        count: u8,
    },
    Reopen {
        party: u8,
        form: Form,
    },
    Crash {
        party: u8,
    },
    Group(group::Step),
}

/// A message that has left.
struct Sent {
    message: OlmMessage,
    plaintext: Vec<u8>,
    position: Position,
    acknowledged: bool,
}

/// One end: its session, and everything that was ever sent to it.
struct End {
    kept: Kept<Session, model::Party>,
    inbox: Vec<Sent>,
}

struct Conversation {
    ends: [End; 2],
    rng: StdRng,
    /// What has left under which message key.
    used: HashMap<([u8; 32], u32), OlmMessage>,
    group: Group,
}

impl Conversation {
    fn run(&mut self, step: &Step) {
        let end = |party: &u8| usize::from(party % 2);
        match step {
            Step::Send { party, count } => (0..=count % 4).for_each(|_| self.send(end(party))),
            Step::SendAndCrash { party, saved } => self.send_and_crash(end(party), *saved),
            Step::Deliver { party, which } => self.deliver(end(party), *which, false),
            Step::DeliverNewest { party } => drop(self.ends[end(party)].deliver_newest()),
            Step::DeliverAndCrash { party, which } => self.deliver(end(party), *which, true),
            Step::Burst { party, count } => {
                let party = end(party);
                (0..=count % 48).for_each(|_| self.send(party));
                self.ends[1 - party].deliver_newest();
                self.send(1 - party);
                self.ends[party].deliver_newest();
            }
            Step::Reopen { party, form } => self.ends[end(party)].kept.reopen(*form),
            Step::Crash { party } => self.ends[end(party)].kept.crash(),
            Step::Group(step) => self.group.run(step),
        }
    }

    fn send(&mut self, party: usize) {
        if self.ends[1 - party].inbox.len() < MOST_MESSAGES {
            let (message, plaintext, position) = self.encrypt(party);
            self.ends[party].kept.save();
            self.note_use(&message);
            self.ends[1 - party].inbox.push(Sent { message, plaintext, position, acknowledged: false });
        }
    }

    fn send_and_crash(&mut self, party: usize, saved: bool) {
        self.encrypt(party);
        if saved {
            self.ends[party].kept.save();
        }
        self.ends[party].kept.crash();
    }

    fn encrypt(&mut self, party: usize) -> (OlmMessage, Vec<u8>, Position) {
        let plaintext = format!("{party} {}", self.ends[1 - party].inbox.len()).into_bytes();
        let kept = &mut self.ends[party].kept;
        let message = kept.live.encrypt(&plaintext, &mut self.rng).expect("sessions can send");
        let position = kept.model.send();
        assert_eq!(place(&message).1, position.index);
        assert_eq!(matches!(message, OlmMessage::PreKey(_)), !kept.model.has_received());
        (message, plaintext, position)
    }

    fn note_use(&mut self, message: &OlmMessage) {
        let before = self.used.insert(place(message), message.clone());
        assert!(before.is_none(), "two messages under one key have left");
    }

    fn deliver(&mut self, party: usize, which: u16, crash: bool) {
        let end = &mut self.ends[party];
        if let Some(which) = pick_index(end.inbox.len(), which) {
            end.deliver(which, crash);
        }
    }

    /// Nothing was lost that can still be read, and both can still talk to each other.
    fn finish(&mut self) {
        for end in &mut self.ends {
            end.kept.crash();
            for which in 0..end.inbox.len() {
                end.deliver(which, false);
            }
        }
        for party in [0, 1, 0, 1] {
            self.ends[1 - party].inbox.clear();
            self.send(party);
            assert_eq!(self.ends[1 - party].deliver_newest(), Some(Verdict::Opens));
        }
        self.group.finish();
    }
}

impl End {
    fn new(kept: Kept<Session, model::Party>) -> Self {
        Self { kept, inbox: Vec::new() }
    }

    fn deliver_newest(&mut self) -> Option<Verdict> {
        Some(self.deliver(self.inbox.len().checked_sub(1)?, false))
    }

    fn deliver(&mut self, which: usize, crash: bool) -> Verdict {
        let (sent, kept) = (&mut self.inbox[which], &mut self.kept);
        let outcome = kept.live.decrypt(&sent.message);
        let expected = kept.model.deliver(sent.position);
        match &outcome {
            Ok(plaintext) => {
                assert_eq!(expected, Verdict::Opens);
                assert_eq!(plaintext, &sent.plaintext);
                assert!(!sent.acknowledged, "a message opens once");
            }
            Err(error) => {
                let found = verdict(error);
                let forgotten = kept.forgetful && [found, expected].iter().all(is_late);
                assert!(found == expected || forgotten, "{found:?} where {expected:?} was expected");
            }
        }
        assert_eq!(kept.live.has_received_message(), kept.model.has_received());
        if crash {
            kept.crash();
        } else {
            kept.save();
            sent.acknowledged |= outcome.is_ok();
        }
        expected
    }
}

fn is_late(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::AlreadyUsed | Verdict::NoLongerKept)
}

/// Ratchet key and chain index.
fn place(message: &OlmMessage) -> ([u8; 32], u32) {
    match message {
        OlmMessage::PreKey(message) => (*message.ratchet_key().as_bytes(), message.chain_index()),
        OlmMessage::Normal(message) => (*message.ratchet_key().as_bytes(), message.chain_index()),
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
