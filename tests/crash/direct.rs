//! Two devices that write to each other over Olm.

mod party;

use std::collections::{BTreeSet, VecDeque};

use cliquet::{Curve25519PublicKey, olm::OlmMessage};
use party::Party;
use proptest::{prelude::*, sample::Index};
use rand::{SeedableRng, rngs::StdRng};

use crate::{Outcome, Violation, config, kill, orders, search};

/// What a sender does once a message is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sending {
    StoreSession,
    Leave,
}

/// What a receiver does once a message is decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Receiving {
    StoreText,
    StoreSession,
    /// Without the one-time key that the message used.
    StoreAccount,
    Acknowledge,
}

/// In which order the parties act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Habits {
    pub(crate) sending: Vec<Sending>,
    pub(crate) receiving: Vec<Receiving>,
}

/// As the guide says.
fn right() -> Habits {
    use Receiving::{Acknowledge, StoreAccount, StoreText};
    Habits {
        sending: vec![Sending::StoreSession, Sending::Leave],
        receiving: vec![StoreText, Receiving::StoreSession, StoreAccount, Acknowledge],
    }
}

#[derive(Clone, Debug)]
enum Step {
    /// A party writes a new text, over one of its sessions or a new one.
    Send { party: usize, session: Option<Index>, kill: Option<usize> },
    /// A party gets one of the messages that left and that it has not acknowledged.
    Receive { party: usize, which: Index, kill: Option<usize> },
    /// A party is killed between two steps.
    Kill { party: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let party = 0_usize..2;
    let session = proptest::option::weighted(0.9, any::<Index>());
    let step = prop_oneof![
        5 => (party.clone(), session, kill())
            .prop_map(|(party, session, kill)| Step::Send { party, session, kill }),
        6 => (party.clone(), any::<Index>(), kill())
            .prop_map(|(party, which, kill)| Step::Receive { party, which, kill }),
        1 => party.prop_map(|party| Step::Kill { party }),
    ];
    proptest::collection::vec(step, 1..40)
}

/// A message that has left; its place among all that have is its number.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) number: usize,
    pub(crate) message: OlmMessage,
    pub(crate) text: Vec<u8>,
}

/// What the server knows.
#[derive(Default)]
pub(crate) struct Network {
    /// How many messages have left.
    sent: usize,
    /// The ratchet key and the chain index of each of them.
    positions: BTreeSet<([u8; 32], u32)>,
    /// For each party what it has not acknowledged, and what it has.
    waiting: [Vec<Sent>; 2],
    acknowledged: [Vec<Sent>; 2],
    /// The keys to start sessions with.
    one_time_keys: [VecDeque<Curve25519PublicKey>; 2],
}

impl Network {
    pub(crate) fn leave(&mut self, to: usize, message: OlmMessage, text: Vec<u8>) -> Outcome {
        let (ratchet_key, chain_index) = match &message {
            OlmMessage::PreKey(message) => (message.ratchet_key(), message.chain_index()),
            OlmMessage::Normal(message) => (message.ratchet_key(), message.chain_index()),
        };
        if !self.positions.insert((*ratchet_key.as_bytes(), chain_index)) {
            return Err(Violation::KeyUsedTwice);
        }
        self.waiting[to].push(Sent { number: self.sent, message, text });
        self.sent += 1;
        Ok(())
    }

    pub(crate) fn acknowledge(&mut self, by: usize, sent: &Sent) {
        self.waiting[by].retain(|waiting| waiting.number != sent.number);
        self.acknowledged[by].push(sent.clone());
    }

    pub(crate) fn claim(&mut self, of: usize) -> Option<Curve25519PublicKey> {
        self.one_time_keys[of].pop_front()
    }
}

struct Conversation {
    parties: [Party; 2],
    network: Network,
    habits: Habits,
    next_text: usize,
}

impl Conversation {
    fn new(habits: &Habits) -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let parties = [Party::new("alice", &mut rng), Party::new("bob", &mut rng)];
        let one_time_keys = [0, 1].map(|party: usize| parties[party].one_time_keys().collect());
        let network = Network { one_time_keys, ..Network::default() };
        Self { parties, network, habits: habits.clone(), next_text: 0 }
    }

    fn run(&mut self, steps: &[Step]) -> Outcome {
        for step in steps {
            match step {
                Step::Send { party, session, kill } => self.send(*party, *session, *kill)?,
                Step::Receive { party, which, kill } => {
                    if !self.network.waiting[*party].is_empty() {
                        let sent = which.get(&self.network.waiting[*party]).clone();
                        self.receive(*party, &sent, *kill)?;
                    }
                }
                Step::Kill { party } => self.parties[*party].restart(),
            }
            self.check_acknowledged()?;
        }
        self.finish()
    }

    fn send(&mut self, party: usize, session: Option<Index>, kill: Option<usize>) -> Outcome {
        let text = format!("text {}", self.next_text).into_bytes();
        self.next_text += 1;
        let [alice, bob] = &mut self.parties;
        let (sender, receiver) = if party == 0 { (alice, bob) } else { (bob, alice) };
        let Some(slot) = sender.session(session, receiver.identity_key(), 1 - party, &mut self.network)
        else {
            return Ok(());
        };
        let message = sender.encrypt(slot, &text);
        for (done, action) in self.habits.sending.iter().enumerate() {
            if kill == Some(done) {
                sender.restart();
                return Ok(());
            }
            match action {
                Sending::StoreSession => sender.store_session(slot),
                Sending::Leave => self.network.leave(1 - party, message.clone(), text.clone())?,
            }
        }
        if kill.is_some() {
            sender.restart();
        }
        Ok(())
    }

    fn receive(&mut self, party: usize, sent: &Sent, kill: Option<usize>) -> Outcome {
        let their_identity_key = self.parties[1 - party].identity_key();
        let receiver = &mut self.parties[party];
        let read = receiver.read(sent, their_identity_key)?;
        for (done, action) in self.habits.receiving.iter().enumerate() {
            if kill == Some(done) {
                receiver.restart();
                return Ok(());
            }
            match (action, &read) {
                (Receiving::StoreText, Some((_, text))) => receiver.store_text(sent.number, text),
                (Receiving::StoreSession, Some((slot, _))) => {
                    receiver.store_session(*slot);
                    receiver.is_past(sent);
                }
                // A duplicate says nothing new.
                (Receiving::StoreText | Receiving::StoreSession, None) => {}
                (Receiving::StoreAccount, _) => receiver.retire(&sent.message),
                (Receiving::Acknowledge, _) => self.network.acknowledge(party, sent),
            }
        }
        if kill.is_some() {
            receiver.restart();
        }
        Ok(())
    }

    /// What is acknowledged is stored as it was sent, and the keys for it are not.
    fn check_acknowledged(&self) -> Outcome {
        for (party, acknowledged) in self.parties.iter().zip(&self.network.acknowledged) {
            for sent in acknowledged {
                match party.stored_text(sent.number) {
                    None => return Err(Violation::Lost),
                    Some(text) if *text != sent.text => return Err(Violation::Altered),
                    Some(_) => {}
                }
                if party.keeps_key_of(sent) {
                    return Err(Violation::KeyKept);
                }
            }
        }
        Ok(())
    }

    /// Once the network has delivered all that ever left, the parties have all of it, and nothing else.
    fn finish(&mut self) -> Outcome {
        for party in [0, 1] {
            self.parties[party].restart();
            for sent in self.network.waiting[party].clone() {
                self.receive(party, &sent, None)?;
            }
        }
        self.check_acknowledged()?;
        for (party, acknowledged) in self.parties.iter().zip(&self.network.acknowledged) {
            assert_eq!(party.stored_texts(), acknowledged.len());
        }
        let acknowledged: usize = self.network.acknowledged.iter().map(Vec::len).sum();
        assert_eq!(acknowledged, self.network.sent);
        Ok(())
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_party_that_stores_in_the_right_order_loses_nothing_and_uses_no_key_twice(steps in steps()) {
        prop_assert_eq!(Conversation::new(&right()).run(&steps), Ok(()));
    }
}

fn found_with(habits: &Habits) -> Option<Violation> {
    search(&steps(), |steps| Conversation::new(habits).run(steps))
}

#[test]
fn a_party_that_stores_after_sending_uses_a_key_twice() {
    let habits = Habits { sending: vec![Sending::Leave, Sending::StoreSession], ..right() };
    assert_eq!(found_with(&habits), Some(Violation::KeyUsedTwice));
}

#[test]
fn a_party_that_acknowledges_before_it_stores_anything_loses_messages() {
    let mut habits = right();
    habits.receiving.rotate_right(1);
    assert_eq!(habits.receiving[0], Receiving::Acknowledge);
    assert!(matches!(found_with(&habits), Some(Violation::Lost | Violation::KeyKept)));
}

#[test]
fn a_party_that_stores_the_session_before_the_text_loses_messages() {
    let mut habits = right();
    habits.receiving.swap(0, 1);
    assert_eq!(found_with(&habits), Some(Violation::Lost));
}

#[test]
fn a_party_that_stores_the_account_before_the_session_cannot_read_messages() {
    let mut habits = right();
    habits.receiving.swap(1, 2);
    assert!(matches!(found_with(&habits), Some(Violation::Verdict(_))));
}

#[test]
fn of_all_orders_of_receiving_one_is_right() {
    let all = orders(&right().receiving);
    assert_eq!(all.len(), 24);
    let of_receiving = |receiving: &Vec<Receiving>| Habits { receiving: receiving.clone(), ..right() };
    let good: Vec<_> = all.into_iter().filter(|order| found_with(&of_receiving(order)).is_none()).collect();
    assert_eq!(good, [right().receiving]);
}
