use alloc::vec::Vec;
use core::fmt;

use super::Session;
use crate::keys::KeyId;

/// A new session and what its first message said.
#[non_exhaustive]
pub struct InboundCreation {
    /// The session with the party whose identity key the caller named.
    pub session: Session,
    /// The plaintext of the message that the session was made from; the caller's to wipe.
    pub plaintext: Vec<u8>,
    /// Which of our keys the other party used.
    pub key_use: KeyUse,
}

/// Which key a new inbound session was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyUse {
    /// A one-time key: it is gone now.
    #[non_exhaustive]
    OneTimeKey {
        /// The id that the key had.
        key_id: KeyId,
    },
    /// A fallback key: it stays, and the same first message would open a session again. Generate another one soon,
    /// and forget this one once messages on their way have arrived.
    #[non_exhaustive]
    FallbackKey {
        /// The id of the key.
        key_id: KeyId,
    },
}

impl fmt::Debug for InboundCreation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("InboundCreation")
            .field("session", &self.session)
            .field("plaintext_length", &self.plaintext.len())
            .field("key_use", &self.key_use)
            .finish()
    }
}
