//! Megolm: group sessions, their messages, keys and exports.

// The header tells of one message before it tells of many.
mod decryption;

mod bulk;
pub(crate) mod export;
pub(crate) mod inbound;
mod message;
pub(crate) mod outbound;
mod provenance;
mod relation;
mod replay_guard;
mod session_key;

use cliquet_core::megolm::SessionConfig;

use crate::constants::{cliquet_version, to_message_version};
use crate::failure::Failure;

/// The configuration of a group session, of the version that the caller states.
pub(crate) fn config(version: cliquet_version) -> Result<SessionConfig, Failure> {
    Ok(SessionConfig::default().with_version(to_message_version(version)?))
}
