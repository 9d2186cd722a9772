//! Two parties, random interleavings of sends, losses, duplicates, reorderings and corruptions, against a model without
//! cryptography that predicts the verdict on every delivery.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

mod model;

use cliquet::olm::{Account, DecryptionError, Message, OlmMessage, PreKeyMessage, Session, SessionConfig};
use model::{Position, Verdict};
use proptest::{prelude::*, sample::Index};
use rand::{SeedableRng, rngs::StdRng};

#[derive(Clone, Debug)]
enum Step {
    /// A party sends some messages.
    Send { party: usize, count: usize },
    /// A party gets any message that was ever sent to it: late, early, again, or never chosen at all.
    Deliver { party: usize, which: Index },
    /// A party sends some messages of which only the newest arrives, and gets an answer: the ratchet turns twice.
    Burst { party: usize, count: usize },
    /// A party gets the newest message sent to it.
    DeliverNewest { party: usize },
    /// A party gets any message with one bit of its ciphertext or MAC turned.
    DeliverCorrupted { party: usize, which: Index, from_end: usize, bit: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    let party = 0_usize..2;
    prop_oneof![
        4 => (party.clone(), 1_usize..4).prop_map(|(party, count)| Step::Send { party, count }),
        1 => (party.clone(), 30_usize..70).prop_map(|(party, count)| Step::Send { party, count }),
        6 => (party.clone(), 25_usize..50).prop_map(|(party, count)| Step::Burst { party, count }),
        6 => (party.clone(), any::<Index>()).prop_map(|(party, which)| Step::Deliver { party, which }),
        4 => party.clone().prop_map(|party| Step::DeliverNewest { party }),
        2 => (party, any::<Index>(), 0_usize..24, 0_u8..8)
            .prop_map(|(party, which, from_end, bit)| Step::DeliverCorrupted { party, which, from_end, bit }),
    ]
}

struct Sent {
    message: OlmMessage,
    plaintext: Vec<u8>,
    position: Position,
}

/// One end: the real session, its model, and everything that was ever sent to it.
struct End {
    session: Session,
    model: model::Party,
    inbox: Vec<Sent>,
}

struct Network {
    ends: [End; 2],
    rng: StdRng,
    next_plaintext: usize,
}

impl Network {
    /// Alice sends `count` pre-key messages; Bob makes his session from one of them.
    fn start(count: usize, first: &Index) -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let alice = Account::new(&mut rng).unwrap();
        let mut bob = Account::new(&mut rng).unwrap();
        bob.generate_one_time_keys(1, &mut rng).unwrap();
        let one_time_key = bob.one_time_keys().next().unwrap().public_key;
        let config = SessionConfig::default();
        let mut session =
            alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, &mut rng).unwrap();
        let mut alice_model = model::Party::starting();

        let mut inbox = Vec::new();
        for number in 0..count {
            let plaintext = vec![0x61; number];
            let message = session.encrypt(&plaintext, &mut rng).unwrap();
            inbox.push(Sent { message, plaintext, position: alice_model.send() });
        }
        let first = first.get(&inbox);
        let OlmMessage::PreKey(message) = &first.message else { panic!("not a pre-key message") };
        let created = bob.create_inbound_session(alice.curve25519_key(), message, config).unwrap();
        assert_eq!(created.plaintext, first.plaintext);
        let mut bob_model = model::Party::answering(first.position.chain);
        assert_eq!(bob_model.deliver(first.position), Verdict::Opens);

        let bob = End { session: created.session, model: bob_model, inbox };
        Self {
            ends: [End { session, model: alice_model, inbox: Vec::new() }, bob],
            rng,
            next_plaintext: count,
        }
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Send { party, count } => (0..*count).for_each(|_| self.send(*party)),
            Step::Burst { party, count } => {
                (0..*count).for_each(|_| self.send(*party));
                self.deliver_newest(1 - party);
                self.send(1 - party);
                self.deliver_newest(*party);
            }
            Step::Deliver { party, which } => {
                if !self.ends[*party].inbox.is_empty() {
                    let position = which.index(self.ends[*party].inbox.len());
                    self.ends[*party].deliver(position);
                }
            }
            Step::DeliverNewest { party } => self.deliver_newest(*party),
            Step::DeliverCorrupted { party, which, from_end, bit } => {
                if !self.ends[*party].inbox.is_empty() {
                    let position = which.index(self.ends[*party].inbox.len());
                    self.ends[*party].deliver_corrupted(position, *from_end, *bit);
                }
            }
        }
    }

    fn deliver_newest(&mut self, party: usize) {
        if let Some(newest) = self.ends[party].inbox.len().checked_sub(1) {
            self.ends[party].deliver(newest);
        }
    }

    fn send(&mut self, party: usize) {
        let plaintext = self.next_plaintext.to_string().into_bytes();
        self.next_plaintext += 1;
        let sender = &mut self.ends[party];
        let message = sender.session.encrypt(&plaintext, &mut self.rng).unwrap();
        let position = sender.model.send();
        let (index, is_pre_key) = match &message {
            OlmMessage::PreKey(message) => (message.chain_index(), true),
            OlmMessage::Normal(message) => (message.chain_index(), false),
        };
        assert_eq!(index, position.index);
        assert_eq!(is_pre_key, !sender.model.has_received());
        self.ends[1 - party].inbox.push(Sent { message, plaintext, position });
    }
}

impl End {
    fn deliver(&mut self, position: usize) {
        let sent = &self.inbox[position];
        let outcome = self.session.decrypt(&sent.message);
        let expected = self.model.deliver(sent.position);
        match expected {
            Verdict::Opens => assert_eq!(outcome.as_ref(), Ok(&sent.plaintext)),
            _ => assert_eq!(verdict(&outcome.unwrap_err()), expected),
        }
    }

    /// A corrupted message never opens and leaves no trace: the model does not even hear of it.
    fn deliver_corrupted(&mut self, position: usize, from_end: usize, bit: u8) {
        let sent = &self.inbox[position];
        let mut bytes = sent.message.as_bytes().to_vec();
        let at = bytes.len() - 1 - from_end;
        bytes[at] ^= 1 << bit;
        let corrupted = match &sent.message {
            OlmMessage::PreKey(_) => PreKeyMessage::from_bytes(bytes).map(OlmMessage::PreKey),
            OlmMessage::Normal(_) => Message::from_bytes(bytes).map(OlmMessage::Normal),
        };
        let error = self.session.decrypt(&corrupted.unwrap()).unwrap_err();
        let expected = match self.model.clone().deliver(sent.position) {
            Verdict::Opens => Verdict::NotAuthentic,
            refused => refused,
        };
        assert_eq!(verdict(&error), expected);
    }
}

fn verdict(error: &DecryptionError) -> Verdict {
    match error {
        DecryptionError::AuthenticationFailed => Verdict::NotAuthentic,
        DecryptionError::AlreadyUsed { .. } => Verdict::AlreadyUsed,
        DecryptionError::NoLongerKept { .. } => Verdict::NoLongerKept,
        DecryptionError::UnknownRatchetKey => Verdict::NotTheirTurn,
        other => panic!("no step of this test leads to {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_delivery_has_the_verdict_that_the_model_predicts(
        first_messages in 1_usize..6,
        first in any::<Index>(),
        steps in proptest::collection::vec(step(), 1..80),
    ) {
        let mut network = Network::start(first_messages, &first);
        for step in &steps {
            network.run(step);
        }
    }
}
