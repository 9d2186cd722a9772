//! Olm: a double ratchet between two devices (Matrix specification, "Olm: A Cryptographic Ratchet").
//!
//! An [`Account`] holds a device's long-term keys and the one-time keys that others start sessions with. A
//! [`Session`] encrypts and decrypts [`OlmMessage`]s with one other device.
//!
//! Where to read: `handshake` (triple Diffie-Hellman), `ratchet/` (pure state: chains, root key, skipped keys),
//! `message` and `pre_key_message` (bytes, no keys), `session` and `account` (decode, stage, open, commit), `snapshot` (what
//! stores keep of both).

mod account;
mod config;
mod error;
mod fallback_keys;
mod handshake;
mod inbound_creation;
mod message;
mod olm_message;
mod one_time_keys;
mod pre_key_message;
mod ratchet;
mod session;
mod session_keys;
mod snapshot;
mod state_error;
mod summary;

#[cfg(test)]
pub(crate) mod tests;

pub use account::{Account, IdentityKeys, Removal};
pub use config::{LimitError, Limits, SessionConfig};
pub use error::{
    DecryptionError, EncryptionError, InboundCreationError, OneTimeKeyError, OutboundCreationError,
};
pub use fallback_keys::GeneratedFallbackKey;
pub use handshake::SharedKeys;
pub use inbound_creation::{InboundCreation, KeyUse};
pub use message::Message;
pub use olm_message::{MessageType, OlmMessage};
pub use one_time_keys::{GeneratedOneTimeKeys, OneTimeKey};
pub use pre_key_message::PreKeyMessage;
pub use session::Session;
pub use session_keys::SessionKeys;
pub(crate) use snapshot::{
    AccountSnapshot, OneTimeKeySnapshot, RatchetSnapshot, ReceiverChainSnapshot, SendingSnapshot,
    SessionSnapshot, SkippedMessageKeySnapshot,
};
pub use state_error::{StateError, StoredItems};
pub use summary::{ChainSummary, SessionSummary, SkippedMessage};
