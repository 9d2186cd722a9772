//! Megolm: one sender's ratchet for a whole room (Matrix specification, "Megolm group ratchet").
//!
//! An [`OutboundGroupSession`] encrypts [`MegolmMessage`]s; its [`SessionKey`], shared over Olm, makes
//! [`InboundGroupSession`]s that decrypt them. A [`SessionExport`] carries an inbound session on, without proof of where
//! it came from.
//!
//! Where to read: `ratchet` (four-part ratchet, pure state), `checkpoints` and `trail` (what an inbound session keeps of it),
//! `message`, `session_key` and `export` (bytes), `outbound` and `inbound` (decode, stage, open, commit), `bulk` (many messages
//! at once), `snapshot` (what stores keep of both).

mod bulk;
mod checkpoints;
mod config;
mod error;
mod export;
mod inbound;
mod message;
mod outbound;
mod provenance;
mod ratchet;
mod replay_guard;
mod session_format;
mod session_key;
mod signing_key;
mod snapshot;
mod trail;

#[cfg(test)]
pub(crate) mod tests;

pub use bulk::BulkDecryption;
pub use config::SessionConfig;
pub use error::{DecryptionError, EncryptionError, SessionKeyError};
pub use export::SessionExport;
pub use inbound::{DecryptedMessage, InboundGroupSession, SessionOrdering};
pub use message::MegolmMessage;
pub use outbound::OutboundGroupSession;
pub use provenance::Provenance;
pub use replay_guard::ReplayGuard;
pub use session_key::SessionKey;
pub(crate) use signing_key::SessionSigningKey;
pub(crate) use snapshot::{InboundSnapshot, OutboundSnapshot, RatchetSnapshot};
