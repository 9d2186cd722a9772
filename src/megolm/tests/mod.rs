mod atomicity;
mod bulk;
pub(crate) mod known_answers;
mod lengths;
mod merge;
mod proofs;
mod replay;
mod session;

use super::{InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionConfig};
use crate::testing::seeded;

/// A sender, and a receiver from its first index on.
pub(super) fn sessions() -> (OutboundGroupSession, InboundGroupSession) {
    let sender = OutboundGroupSession::new(SessionConfig::default(), &mut seeded(1)).unwrap();
    let receiver = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    (sender, receiver)
}

/// `count` messages, whose plaintext is their index.
pub(super) fn encrypt_many(sender: &mut OutboundGroupSession, count: u32) -> alloc::vec::Vec<MegolmMessage> {
    (0..count)
        .map(|_| {
            let index = sender.message_index();
            sender.encrypt(index.to_be_bytes()).unwrap()
        })
        .collect()
}
