//! Messages of a room in bulk, and the same messages one by one: the verdicts, the plaintexts and what the guard against replays has learnt are the same,
//! whatever the messages are, however they are divided into calls, and on however many threads.

#![no_main]

use std::num::NonZeroUsize;

use arbitrary::Arbitrary;
use cliquet::{
    MessageVersion,
    megolm::{
        DecryptedMessage, DecryptionError, InboundGroupSession, MegolmMessage, OutboundGroupSession,
        ReplayGuard, SessionConfig, SessionKey,
    },
    olm::Account,
};
use cliquet_fuzz::{Damage, Steps, pick, random::seeded, wire};
use libfuzzer_sys::fuzz_target;

const MOST_PIECES: usize = 40;
const MOST_MESSAGES: usize = 120;
/// How many messages the sender has sent.
const SENT: u8 = 24;

type Outcome = Result<DecryptedMessage, DecryptionError>;

fuzz_target!(|input: Input| {
    let scene = Scene::new(&input);
    let calls = scene.calls(&input);
    let (mut at_once, mut one_by_one) = (scene.reader(&input), scene.reader(&input));

    let threads = NonZeroUsize::MIN.saturating_add(usize::from(input.threads % 4));
    let mut bulk = at_once.bulk().with_threads(threads);
    for messages in &calls {
        let together: Vec<Outcome> = if input.guarded {
            bulk.decrypt_events(messages.iter().map(|(message, event)| (message, event)))
        } else {
            bulk.decrypt(messages.iter().map(|(message, _)| message))
        };
        let alone: Vec<Outcome> = messages
            .iter()
            .map(|(message, event)| {
                if input.guarded {
                    one_by_one.decrypt_event(message, event)
                } else {
                    one_by_one.decrypt(message)
                }
            })
            .collect();
        assert!(together == alone, "the verdicts differ");
    }
    drop(bulk);
    same(&at_once, &one_by_one);
});

#[derive(Arbitrary, Debug)]
struct Input {
    seed: u64,
    whole_mac: bool,
    /// The reader expects the other version.
    mistaken: bool,
    /// The session is the forger's, whose signatures are right and whose MACs cannot be.
    invented: Option<u32>,
    /// From which message on the reader can read.
    first: u8,
    guarded: bool,
    capacity: u8,
    threads: u8,
    pieces: Steps<Piece>,
}

/// What comes next in the list of messages.
#[derive(Arbitrary, Debug)]
enum Piece {
    /// Messages as they were sent, forwards or backwards.
    Sent {
        first: u8,
        count: u8,
        backwards: bool,
        event: u8,
    },
    Damaged {
        which: u16,
        other: u16,
        damage: Damage,
        event: u8,
    },
    /// Any message under the forger's signature.
    Forged {
        index: u32,
        blocks: u8,
        mac: [u8; 32],
        event: u8,
    },
    /// What follows is another call of the same handle.
    NextCall,
}

/// The messages of one call, each with the name of its event.
type Call = Vec<(MegolmMessage, [u8; 32])>;

struct Scene {
    version: MessageVersion,
    session_key: SessionKey,
    sent: Vec<MegolmMessage>,
    forger: Account,
}

impl Scene {
    fn new(input: &Input) -> Self {
        let mut rng = seeded(input.seed);
        let version = if input.whole_mac { MessageVersion::V2 } else { MessageVersion::V1 };
        let config = SessionConfig::default().with_version(version);
        let mut room = OutboundGroupSession::new(config, &mut rng).expect("it never fails");
        let forger = Account::new(&mut rng).expect("it never fails");
        let session_key = input
            .invented
            .map_or_else(|| room.session_key(), |index| wire::forged_session_key(&forger, index, 7));
        let sent = (0..SENT).map(|number| room.encrypt([number]).expect("far from exhausted")).collect();
        Self { version, session_key, sent, forger }
    }

    fn reader(&self, input: &Input) -> InboundGroupSession {
        let version = match (input.mistaken, self.version) {
            (false, version) => version,
            (true, MessageVersion::V1) => MessageVersion::V2,
            (true, _) => MessageVersion::V1,
        };
        let config = SessionConfig::default().with_version(version);
        let mut session = InboundGroupSession::new(&self.session_key, config);
        session.advance_to(u32::from(input.first % SENT));
        if input.guarded {
            session.set_replay_guard(ReplayGuard::with_capacity(usize::from(input.capacity % 32)));
        }
        session
    }

    fn calls(&self, input: &Input) -> Vec<Call> {
        let mut calls = vec![Call::new()];
        let mut left = MOST_MESSAGES;
        for piece in input.pieces.0.iter().take(MOST_PIECES) {
            let messages = self.messages(piece);
            match calls.last_mut() {
                Some(call) if !matches!(piece, Piece::NextCall) => {
                    call.extend(messages.into_iter().take(left));
                    left = MOST_MESSAGES.saturating_sub(calls.iter().map(Vec::len).sum());
                }
                _ => calls.push(Call::new()),
            }
        }
        calls
    }

    fn messages(&self, piece: &Piece) -> Call {
        match piece {
            Piece::Sent { first, count, backwards, event: number } => {
                let first = usize::from(first % SENT);
                let mut sent: Call = self
                    .sent
                    .iter()
                    .cycle()
                    .skip(first)
                    .take(usize::from(count % 64))
                    .map(|message| (message.clone(), event(*number)))
                    .collect();
                if *backwards {
                    sent.reverse();
                }
                sent
            }
            Piece::Damaged { which, other, damage, event: number } => {
                let (Some(message), Some(other)) = (pick(&self.sent, *which), pick(&self.sent, *other))
                else {
                    return Call::new();
                };
                let damaged = MegolmMessage::from_bytes(damage.apply(message.as_bytes(), other.as_bytes()));
                damaged.into_iter().map(|damaged| (damaged, event(*number))).collect()
            }
            Piece::Forged { index, blocks, mac, event: number } => {
                let ciphertext = vec![0; 16 * (1 + usize::from(blocks % 8))];
                let message =
                    wire::forged_megolm_message(&self.forger, self.version, *index, &ciphertext, mac);
                vec![(message, event(*number))]
            }
            Piece::NextCall => Call::new(),
        }
    }
}

/// A name of an event.
fn event(number: u8) -> [u8; 32] {
    [number % 3; 32]
}

/// What can be seen of both sessions is the same, and what they read from there on.
fn same(first: &InboundGroupSession, second: &InboundGroupSession) {
    assert_eq!(first.replay_guard(), second.replay_guard());
    assert_eq!(first.provenance(), second.provenance());
    assert_eq!(first.export(), second.export());
    let index = first.first_known_index().saturating_add(5);
    assert_eq!(first.export_at(index), second.export_at(index));
}
