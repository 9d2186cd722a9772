//! One device that sends to a room over Megolm, and two that read there.

use std::collections::{BTreeMap, BTreeSet};

use cliquet::{
    megolm::{
        DecryptionError, InboundGroupSession, MegolmMessage, OutboundGroupSession, ReplayGuard, SessionConfig,
    },
    pickle::{Pickle, PickleKey},
};
use proptest::{prelude::*, sample::Index};
use rand::{SeedableRng, rngs::StdRng};

use crate::{Outcome, Violation, config, kill, orders, search};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sending {
    StoreSession,
    Leave,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Receiving {
    StoreText,
    /// With its replay guard.
    StoreSession,
    Acknowledge,
}

const SENDING: [Sending; 2] = [Sending::StoreSession, Sending::Leave];
const RECEIVING: [Receiving; 3] = [Receiving::StoreText, Receiving::StoreSession, Receiving::Acknowledge];

#[derive(Clone, Debug)]
enum Step {
    Send {
        kill: Option<usize>,
    },
    /// A reader gets one of the messages that it has not acknowledged.
    Receive {
        reader: usize,
        which: Index,
        kill: Option<usize>,
    },
    /// A reader gets a message that it has acknowledged, in the place of another event.
    Replay {
        reader: usize,
        which: Index,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (reader, which) = (0_usize..2, any::<Index>());
    let step = prop_oneof![
        3 => kill().prop_map(|kill| Step::Send { kill }),
        6 => (reader.clone(), which.clone(), kill())
            .prop_map(|(reader, which, kill)| Step::Receive { reader, which, kill }),
        2 => (reader, which).prop_map(|(reader, which)| Step::Replay { reader, which }),
    ];
    proptest::collection::vec(step, 1..40)
}

/// A message that has left; its place in the room is its number.
struct Sent {
    message: MegolmMessage,
    text: Vec<u8>,
}

struct Sender {
    session: OutboundGroupSession,
    stored: Pickle,
}

struct Reader {
    session: InboundGroupSession,
    stored: Pickle,
    texts: BTreeMap<usize, Vec<u8>>,
    acknowledged: BTreeSet<usize>,
}

struct Room {
    sender: Sender,
    readers: [Reader; 2],
    sent: Vec<Sent>,
    indexes: BTreeSet<u32>,
    key: PickleKey,
    rng: StdRng,
    next_text: usize,
}

impl Room {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let key = PickleKey::random(&mut rng).unwrap();
        let session = OutboundGroupSession::new(SessionConfig::default(), &mut rng).unwrap();
        let readers = [0, 1].map(|_| {
            let mut reader = InboundGroupSession::new(&session.session_key(), SessionConfig::default());
            reader.set_replay_guard(ReplayGuard::with_capacity(100));
            let stored = reader.to_pickle(&key, &mut rng).unwrap();
            Reader { session: reader, stored, texts: BTreeMap::new(), acknowledged: BTreeSet::new() }
        });
        let stored = session.to_pickle(&key, &mut rng).unwrap();
        let (sent, indexes) = (Vec::new(), BTreeSet::new());
        Self { sender: Sender { session, stored }, readers, sent, indexes, key, rng, next_text: 0 }
    }

    fn run(&mut self, steps: &[Step], sending: &[Sending], receiving: &[Receiving]) -> Outcome {
        for step in steps {
            match step {
                Step::Send { kill } => self.send(sending, *kill)?,
                Step::Receive { reader, which, kill } => {
                    let acknowledged = &self.readers[*reader].acknowledged;
                    let waiting: Vec<_> =
                        (0..self.sent.len()).filter(|at| !acknowledged.contains(at)).collect();
                    if !waiting.is_empty() {
                        self.receive(*reader, *which.get(&waiting), receiving, *kill)?;
                    }
                }
                Step::Replay { reader, which } => self.replay(*reader, which)?,
            }
            self.check_acknowledged()?;
        }
        self.finish(receiving)
    }

    fn send(&mut self, actions: &[Sending], kill: Option<usize>) -> Outcome {
        let text = format!("text {}", self.next_text).into_bytes();
        self.next_text += 1;
        let sender = &mut self.sender;
        let message = sender.session.encrypt(&text).unwrap();
        for (done, action) in actions.iter().enumerate() {
            if kill == Some(done) {
                break;
            }
            match action {
                Sending::StoreSession => {
                    sender.stored = sender.session.to_pickle(&self.key, &mut self.rng).unwrap();
                }
                Sending::Leave => {
                    if !self.indexes.insert(message.message_index()) {
                        return Err(Violation::KeyUsedTwice);
                    }
                    self.sent.push(Sent { message: message.clone(), text: text.clone() });
                }
            }
        }
        if kill.is_some() {
            sender.session = OutboundGroupSession::from_pickle(&sender.stored, &self.key).unwrap();
        }
        Ok(())
    }

    fn receive(
        &mut self,
        reader: usize,
        number: usize,
        actions: &[Receiving],
        kill: Option<usize>,
    ) -> Outcome {
        let reader = &mut self.readers[reader];
        let decrypted = reader.session.decrypt_event(&self.sent[number].message, &event(number, false));
        let text = decrypted.map_err(|error| Violation::Verdict(error.to_string()))?.plaintext;
        for (done, action) in actions.iter().enumerate() {
            if kill == Some(done) {
                break;
            }
            match action {
                Receiving::StoreText => drop(reader.texts.insert(number, text.clone())),
                Receiving::StoreSession => {
                    reader.stored = reader.session.to_pickle(&self.key, &mut self.rng).unwrap();
                }
                Receiving::Acknowledge => drop(reader.acknowledged.insert(number)),
            }
        }
        if kill.is_some() {
            reader.session = InboundGroupSession::from_pickle(&reader.stored, &self.key).unwrap();
        }
        Ok(())
    }

    fn replay(&mut self, reader: usize, which: &Index) -> Outcome {
        let reader = &mut self.readers[reader];
        let acknowledged: Vec<usize> = reader.acknowledged.iter().copied().collect();
        if acknowledged.is_empty() {
            return Ok(());
        }
        let number = *which.get(&acknowledged);
        match reader.session.decrypt_event(&self.sent[number].message, &event(number, true)) {
            Err(DecryptionError::Replay { .. }) => Ok(()),
            Ok(_) => Err(Violation::ReplayAccepted),
            Err(other) => panic!("no step of this test leads to {other:?}"),
        }
    }

    fn check_acknowledged(&self) -> Outcome {
        for reader in &self.readers {
            for number in &reader.acknowledged {
                match reader.texts.get(number) {
                    None => return Err(Violation::Lost),
                    Some(text) if *text != self.sent[*number].text => return Err(Violation::Altered),
                    Some(_) => {}
                }
            }
        }
        Ok(())
    }

    /// Once everything that left has arrived, every reader has all of it.
    fn finish(&mut self, receiving: &[Receiving]) -> Outcome {
        for reader in [0, 1] {
            for number in 0..self.sent.len() {
                self.receive(reader, number, receiving, None)?;
            }
            assert_eq!(self.readers[reader].texts.len(), self.sent.len());
        }
        self.check_acknowledged()
    }
}

/// The bytes that name an event: the one that carried a message, or one that somebody made up for it.
fn event(number: usize, is_replay: bool) -> [u8; 32] {
    let mut event = [u8::from(is_replay); 32];
    event[..8].copy_from_slice(&u64::try_from(number).unwrap().to_be_bytes());
    event
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_room_in_which_all_store_in_the_right_order_loses_nothing_and_uses_no_key_twice(steps in steps()) {
        prop_assert_eq!(Room::new().run(&steps, &SENDING, &RECEIVING), Ok(()));
    }
}

#[test]
fn a_sender_that_stores_after_sending_uses_a_key_twice() {
    let habits = [Sending::Leave, Sending::StoreSession];
    let found = search(&steps(), |steps| Room::new().run(steps, &habits, &RECEIVING));
    assert_eq!(found, Some(Violation::KeyUsedTwice));
}

#[test]
fn of_all_orders_of_reading_those_are_right_that_acknowledge_last() {
    for order in orders(&RECEIVING) {
        let found = search(&steps(), |steps| Room::new().run(steps, &SENDING, &order));
        let is_right = order.last() == Some(&Receiving::Acknowledge);
        assert_eq!(found.is_none(), is_right, "{order:?}: {found:?}");
    }
}
