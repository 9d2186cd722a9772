//! Megolm: group sessions, their messages, keys and exports.

mod decryption;
pub(crate) mod export;
pub(crate) mod inbound;
mod message;
pub(crate) mod outbound;
mod provenance;
mod relation;
mod replay_guard;
mod session_key;
