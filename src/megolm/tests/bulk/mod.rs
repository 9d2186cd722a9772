//! Many messages at once: whatever `decrypt` and `decrypt_event` say of each in the same order, and nothing else.

mod calls;
mod guarded;
mod keys;
mod one_by_one;

use alloc::vec::Vec;
#[cfg(feature = "std")]
use core::num::NonZeroUsize;

use proptest::prelude::*;

use super::{
    InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionConfig, encrypt_many, sessions,
};
use crate::{
    MessageVersion,
    keys::Ed25519KeyPair,
    megolm::{BulkDecryption, DecryptedMessage, DecryptionError, message::testing::seal_unpadded},
};

type Decrypted = Result<DecryptedMessage, DecryptionError>;

/// The first index that the receiver knows, and the first that it knows from the sender.
const FIRST: u32 = 5;
const SHARED: u32 = 20;

/// As many threads as there may be; without std there is one, whatever is asked.
const THREADS: [usize; 5] = [1, 2, 3, 16, usize::MAX];

/// What a message is like.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Right,
    OtherVersion,
    OtherVersionWithWrongSignature,
    WrongSignature,
    WrongMac,
    WrongPadding,
    Altered,
    Foreign,
}

/// What a message is made from: its kind, its index, and a number for the rest.
type Plan = (Kind, u32, u8);

fn plan() -> impl Strategy<Value = Plan> {
    let kind = prop_oneof![
        8 => Just(Kind::Right),
        1 => Just(Kind::OtherVersion),
        1 => Just(Kind::OtherVersionWithWrongSignature),
        1 => Just(Kind::WrongSignature),
        1 => Just(Kind::WrongMac),
        1 => Just(Kind::WrongPadding),
        1 => Just(Kind::Altered),
        1 => Just(Kind::Foreign),
    ];
    (kind, index(), any::<u8>())
}

/// Indexes that come twice, some before the first known one, and a few far away.
fn index() -> impl Strategy<Value = u32> {
    prop_oneof![
        12 => 0_u32..40,
        1 => 250_u32..260,
        1 => 65_530_u32..65_540,
        1 => Just(1_u32 << 24),
        1 => Just(u32::MAX),
    ]
}

/// One sender, all of whose ratchets are known.
struct Sender {
    session: OutboundGroupSession,
    whole: InboundGroupSession,
}

/// The sender, and a receiver that begins later, imported at first and then shared.
fn room() -> (Sender, InboundGroupSession) {
    let (session, whole) = sessions();
    let mut shared = whole.clone();
    shared.advance_to(SHARED);
    let mut receiver =
        InboundGroupSession::import(&whole.export_at(FIRST).unwrap(), SessionConfig::default());
    assert!(receiver.merge(&shared));
    (Sender { session, whole }, receiver)
}

impl Sender {
    fn message(&mut self, (kind, index, number): Plan) -> MegolmMessage {
        let ratchet = self.whole.ratchet_at(index).unwrap();
        let (_, signing_key) = self.session.parts();
        let plaintext = alloc::vec![number; usize::from(number % 40)];
        let seal = |version, key: &_| MegolmMessage::seal(version, &ratchet, key, &plaintext);
        let with_flipped = |message: MegolmMessage, from_end: usize| {
            let mut bytes = message.as_bytes().to_vec();
            let position = bytes.len() - 1 - from_end;
            bytes[position] ^= 1 << (number % 8);
            MegolmMessage::from_bytes(bytes).unwrap()
        };
        match kind {
            Kind::Right => seal(MessageVersion::V1, signing_key),
            Kind::OtherVersion => seal(MessageVersion::V2, signing_key),
            Kind::OtherVersionWithWrongSignature => with_flipped(seal(MessageVersion::V2, signing_key), 0),
            Kind::WrongSignature => {
                with_flipped(seal(MessageVersion::V1, signing_key), usize::from(number % 64))
            }
            Kind::WrongMac | Kind::WrongPadding => {
                let mac_is_right = matches!(kind, Kind::WrongPadding);
                let bytes = seal_unpadded(&ratchet, signing_key, &[0; 16], mac_is_right);
                MegolmMessage::from_bytes(bytes).unwrap()
            }
            Kind::Altered => {
                with_flipped(seal(MessageVersion::V1, signing_key), 64 + usize::from(number % 24))
            }
            Kind::Foreign => seal(MessageVersion::V1, &Ed25519KeyPair::from_seed(&[number; 32])),
        }
    }

    fn messages(&mut self, plans: &[Plan]) -> Vec<MegolmMessage> {
        plans.iter().map(|plan| self.message(*plan)).collect()
    }
}

fn with_threads(bulk: BulkDecryption<'_>, threads: usize) -> BulkDecryption<'_> {
    #[cfg(feature = "std")]
    return bulk.with_threads(NonZeroUsize::new(threads).unwrap());
    #[cfg(not(feature = "std"))]
    return if threads > 0 { bulk } else { panic!("no thread") };
}

/// Whether nothing tells the two apart: neither what they store or export nor what they read.
fn assert_same(left: &InboundGroupSession, right: &InboundGroupSession, messages: &[MegolmMessage]) {
    assert!(left.without_checkpoints() == right.without_checkpoints());
    assert_eq!(left.first_known_index(), right.first_known_index());
    assert_eq!(left.provenance(), right.provenance());
    assert_eq!(left.replay_guard(), right.replay_guard());
    assert_eq!(left.export(), right.export());
    assert_eq!(left.to_pickle_without_encryption(), right.to_pickle_without_encryption());
    for message in messages.iter().step_by(9) {
        let index = message.message_index();
        assert_eq!(left.export_at(index), right.export_at(index));
        assert_eq!(left.clone().decrypt(message), right.clone().decrypt(message));
    }
}
