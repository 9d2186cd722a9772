//! A sender, and receivers of every origin: from session keys, from exports, from exports that somebody has altered, merged,
//! moved forward. Each receiver has a model beside it: the state it was made from, which never reads a message, what it may
//! claim about its origin, and what its replay guard has seen.

#![no_main]

mod receiver;

use arbitrary::Arbitrary;
use cliquet::{
    MessageVersion,
    megolm::{
        DecryptionError, InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionConfig,
        SessionExport, SessionKey,
    },
    olm::Account,
};
use cliquet_fuzz::{Damage, Steps, pick, pick_index, random::seeded, wire};
use libfuzzer_sys::fuzz_target;

use self::receiver::Receiver;

const MOST_STEPS: usize = 100;
const MOST_MESSAGES: usize = 600;
const MOST_RECEIVERS: usize = 20;

fuzz_target!(|input: Input| {
    let mut network = Network::new(input.seed, input.whole_mac);
    for step in input.steps.0.iter().take(MOST_STEPS) {
        network.run(step);
        network.receivers.iter().for_each(Receiver::check);
    }
    network.finish();
});

#[derive(Arbitrary, Debug)]
struct Input {
    seed: u64,
    whole_mac: bool,
    steps: Steps<Step>,
}

/// Numbers pick a receiver or a message; an index may be one that no message has yet.
#[derive(Arbitrary, Debug)]
enum Step {
    Send {
        count: u8,
        length: u8,
    },
    /// The sender shares its session key; one receiver in eight expects messages of the other version.
    Share {
        version: u8,
    },
    /// A receiver hands on what it can read.
    Export {
        receiver: u8,
        index: u16,
        version: u8,
    },
    /// The same, and somebody turns a bit of the ratchet on the way.
    ExportAltered {
        receiver: u8,
        index: u16,
        at: u8,
        bit: u8,
    },
    AdvanceTo {
        receiver: u8,
        index: Index,
    },
    Compare {
        receiver: u8,
        other: u8,
    },
    Merge {
        receiver: u8,
        other: u8,
    },
    Deliver {
        receiver: u8,
        which: u16,
    },
    /// Messages from all over the session, the latest first.
    DeliverBackwards {
        receiver: u8,
    },
    DeliverEvent {
        receiver: u8,
        which: u16,
        event: u8,
    },
    SetGuard {
        receiver: u8,
        capacity: u8,
    },
    /// A guard that was kept elsewhere.
    CopyGuard {
        receiver: u8,
        other: u8,
    },
    Damaged {
        receiver: u8,
        which: u16,
        other: u16,
        damage: Damage,
        event: Option<u8>,
    },
    /// Somebody makes a session key for a session of their own, which they sign, at any index.
    ShareInvented {
        index: u32,
        ratchet: u8,
    },
    /// A message under that signature: its MAC cannot be right.
    Forged {
        receiver: u8,
        index: Index,
        blocks: Vec<[u8; 16]>,
        mac: [u8; 32],
        event: Option<u8>,
    },
    /// A message with the sender's own signature over other bytes: those of another message.
    Transplanted {
        receiver: u8,
        index: u16,
        which: u16,
        signature_of: u16,
    },
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Index {
    Low(u16),
    Any(u32),
    Last,
}

impl Index {
    fn get(self) -> u32 {
        match self {
            Self::Low(index) => index.into(),
            Self::Any(index) => index,
            Self::Last => u32::MAX,
        }
    }
}

struct Sent {
    message: MegolmMessage,
    plaintext: Vec<u8>,
}

struct Network {
    version: MessageVersion,
    room: OutboundGroupSession,
    /// The session from its beginning; never reads a message.
    whole: InboundGroupSession,
    /// The message with index `i` is the `i`-th.
    sent: Vec<Sent>,
    receivers: Vec<Receiver>,
    forger: Account,
}

fn config(version: MessageVersion) -> SessionConfig {
    SessionConfig::default().with_version(version)
}

fn other_version(version: MessageVersion) -> MessageVersion {
    if version == MessageVersion::V1 { MessageVersion::V2 } else { MessageVersion::V1 }
}

/// A name of an event.
fn event(number: u8) -> [u8; 32] {
    [number % 4; 32]
}

impl Network {
    fn new(seed: u64, whole_mac: bool) -> Self {
        let mut rng = seeded(seed);
        let version = if whole_mac { MessageVersion::V2 } else { MessageVersion::V1 };
        let room = OutboundGroupSession::new(config(version), &mut rng).expect("it never fails");
        let whole = InboundGroupSession::new(&room.session_key(), config(version));
        let receivers = vec![Receiver::shared(&room.session_key(), version)];
        let forger = Account::new(&mut rng).expect("it never fails");
        Self { version, room, whole, sent: Vec::new(), receivers, forger }
    }

    /// The version that a receiver is told to expect.
    fn expected_version(&self, number: u8) -> MessageVersion {
        if number % 8 == 7 { other_version(self.version) } else { self.version }
    }

    fn index(&self, which: u8) -> usize {
        pick_index(self.receivers.len(), which.into()).expect("there is one from the beginning")
    }

    /// Two receivers, if they are not one.
    fn two(&mut self, first: u8, second: u8) -> Option<[&mut Receiver; 2]> {
        let indexes = [self.index(first), self.index(second)];
        self.receivers.get_disjoint_mut(indexes).ok()
    }

    fn add(&mut self, receiver: Receiver) {
        if self.receivers.len() < MOST_RECEIVERS {
            self.receivers.push(receiver);
        }
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Send { count, length } => {
                let count = if *count < 224 { count % 4 } else { count - 128 };
                (0..=count).for_each(|_| self.send(usize::from(*length)));
            }
            Step::Share { version } => {
                let session_key = self.room.session_key();
                self.same_as_of_the_whole(&session_key);
                self.add(Receiver::shared(&session_key, self.expected_version(*version)));
            }
            Step::Export { receiver, index, version } => {
                let version = self.expected_version(*version);
                if let Some(export) = self.receivers[self.index(*receiver)].export_at((*index).into()) {
                    self.add(Receiver::imported(export, version));
                }
            }
            Step::ExportAltered { receiver, index, at, bit } => {
                let Some(export) = self.receivers[self.index(*receiver)].export_at((*index).into()) else {
                    return;
                };
                let mut bytes = *export.as_bytes();
                bytes[5 + usize::from(*at % 128)] ^= 1 << (bit % 8);
                let export = SessionExport::from_bytes(&bytes).expect("every ratchet is one");
                self.add(Receiver::imported(export, self.version));
            }
            Step::AdvanceTo { receiver, index } => {
                let receiver = self.index(*receiver);
                self.receivers[receiver].advance_to(index.get());
            }
            Step::Compare { receiver, other } => {
                if let Some([receiver, other]) = self.two(*receiver, *other) {
                    receiver.compare(other);
                    other.compare(receiver);
                }
            }
            Step::Merge { receiver, other } => {
                if let Some([receiver, other]) = self.two(*receiver, *other) {
                    receiver.merge(other);
                }
            }
            Step::Deliver { receiver, which } => {
                if let Some(which) = pick_index(self.sent.len(), *which) {
                    self.deliver(*receiver, which, None);
                }
            }
            Step::DeliverBackwards { receiver } => {
                let step = 1 + self.sent.len() / 16;
                for which in (0..self.sent.len()).rev().step_by(step) {
                    self.deliver(*receiver, which, None);
                }
            }
            Step::DeliverEvent { receiver, which, event } => {
                if let Some(which) = pick_index(self.sent.len(), *which) {
                    self.deliver(*receiver, which, Some(*event));
                }
            }
            Step::SetGuard { receiver, capacity } => {
                let receiver = self.index(*receiver);
                self.receivers[receiver].set_guard(usize::from(*capacity % 8));
            }
            Step::CopyGuard { receiver, other } => {
                if let Some([receiver, other]) = self.two(*receiver, *other) {
                    receiver.copy_guard(other);
                }
            }
            Step::Damaged { receiver, which, other, damage, event } => {
                let (Some(sent), Some(other)) = (pick(&self.sent, *which), pick(&self.sent, *other)) else {
                    return;
                };
                let bytes = damage.apply(sent.message.as_bytes(), other.message.as_bytes());
                self.refuse_unsigned(*receiver, bytes, *event);
            }
            Step::ShareInvented { index, ratchet } => {
                let session_key = wire::forged_session_key(&self.forger, *index, *ratchet);
                self.add(Receiver::shared(&session_key, self.version));
            }
            Step::Forged { receiver, index, blocks, mac, event } => {
                let ciphertext = if blocks.is_empty() { vec![0; 16] } else { blocks.concat() };
                self.deliver_forged(*receiver, index.get(), &ciphertext, mac, *event);
            }
            Step::Transplanted { receiver, index, which, signature_of } => {
                let (Some(sent), Some(signed)) = (pick(&self.sent, *which), pick(&self.sent, *signature_of))
                else {
                    return;
                };
                let version = wire::version_byte(self.version);
                let mut bytes = wire::megolm_message(version, (*index).into(), sent.message.ciphertext());
                let tail = |message: &MegolmMessage, length: usize| {
                    message.as_bytes()[message.as_bytes().len() - length..].to_vec()
                };
                bytes.extend_from_slice(&tail(&sent.message, self.version.mac_length() + 64));
                bytes.truncate(bytes.len() - 64);
                bytes.extend_from_slice(&tail(&signed.message, 64));
                self.refuse_unsigned(*receiver, bytes, None);
            }
        }
    }

    fn send(&mut self, length: usize) {
        if self.sent.len() >= MOST_MESSAGES {
            return;
        }
        let mut plaintext = self.sent.len().to_string().into_bytes();
        plaintext.resize(plaintext.len() + length, b'.');
        let message = self.room.encrypt(&plaintext).expect("far from exhausted");
        assert_eq!(usize::try_from(message.message_index()), Ok(self.sent.len()));
        assert_eq!(MegolmMessage::from_bytes(message.as_bytes()).as_ref(), Ok(&message));
        self.sent.push(Sent { message, plaintext });
    }

    /// The sender's ratchet, one step a message, is what a receiver finds in one jump.
    fn same_as_of_the_whole(&self, session_key: &SessionKey) {
        let export = self.whole.export_at(session_key.message_index()).expect("it begins at 0");
        assert_eq!(export.as_bytes()[1..], session_key.as_bytes()[1..SessionExport::LENGTH]);
        assert_eq!(usize::try_from(session_key.message_index()), Ok(self.sent.len()));
    }

    fn deliver(&mut self, receiver: u8, which: usize, event_number: Option<u8>) {
        let receiver = self.index(receiver);
        let (receiver, sent) = (&mut self.receivers[receiver], &self.sent[which]);
        let index = sent.message.message_index();
        if receiver.session.session_id() != self.whole.session_id() {
            let expected = if receiver.session.version() == sent.message.version() {
                Verdict::InvalidSignature
            } else {
                Verdict::MismatchedVersion
            };
            assert_eq!(receiver.decrypt(&sent.message, event_number.map(event)).0, expected);
            return;
        }
        let expected = if receiver.session.version() != self.version {
            Verdict::MismatchedVersion
        } else {
            receiver.verdict(index, event_number.map(event), |made| {
                made.export_at(index).is_some_and(|export| Some(export) == self.whole.export_at(index))
            })
        };
        let (verdict, plaintext) = receiver.decrypt(&sent.message, event_number.map(event));
        assert_eq!(verdict, expected);
        if verdict == Verdict::Opens {
            assert_eq!(plaintext, sent.plaintext);
            if let Some(number) = event_number {
                receiver.remember(index, event(number));
            }
        }
    }

    fn refuse_unsigned(&mut self, receiver: u8, bytes: Vec<u8>, event_number: Option<u8>) {
        if self.sent.iter().any(|sent| sent.message.as_bytes() == bytes) {
            return;
        }
        let Ok(message) = MegolmMessage::from_bytes(bytes) else { return };
        let receiver = self.index(receiver);
        let receiver = &mut self.receivers[receiver];
        let expected = if message.version() == receiver.session.version() {
            Verdict::InvalidSignature
        } else {
            Verdict::MismatchedVersion
        };
        assert_eq!(receiver.decrypt(&message, event_number.map(event)).0, expected);
    }

    fn deliver_forged(
        &mut self,
        receiver: u8,
        index: u32,
        ciphertext: &[u8],
        mac: &[u8; 32],
        event_number: Option<u8>,
    ) {
        let message = wire::forged_megolm_message(&self.forger, self.version, index, ciphertext, mac);
        let receiver = self.index(receiver);
        let receiver = &mut self.receivers[receiver];
        let expected = if receiver.session.version() != self.version {
            Verdict::MismatchedVersion
        } else if receiver.session.session_id().as_bytes() != self.forger.ed25519_key().as_bytes() {
            Verdict::InvalidSignature
        } else {
            receiver.verdict(index, event_number.map(event), |_| false)
        };
        assert_eq!(receiver.decrypt(&message, event_number.map(event)).0, expected);
    }

    /// Whatever has happened, the next message is read by whom it should be.
    fn finish(&mut self) {
        if self.sent.len() < MOST_MESSAGES {
            self.send(1);
        }
        for receiver in 0..self.receivers.len() {
            self.deliver(u8::try_from(receiver).expect("they are few"), self.sent.len() - 1, None);
        }
        self.receivers.iter().for_each(Receiver::check);
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    Opens,
    MismatchedVersion,
    InvalidSignature,
    Replay,
    ReplayGuardFull,
    UnknownMessageIndex,
    NotAuthentic,
}

fn verdict(error: DecryptionError) -> Verdict {
    match error {
        DecryptionError::MismatchedVersion { .. } => Verdict::MismatchedVersion,
        DecryptionError::InvalidSignature => Verdict::InvalidSignature,
        DecryptionError::Replay { .. } => Verdict::Replay,
        DecryptionError::ReplayGuardFull { .. } => Verdict::ReplayGuardFull,
        DecryptionError::UnknownMessageIndex { .. } => Verdict::UnknownMessageIndex,
        DecryptionError::AuthenticationFailed => Verdict::NotAuthentic,
        other => panic!("no step of this target leads to {other:?}"),
    }
}
