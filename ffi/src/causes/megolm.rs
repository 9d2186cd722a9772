//! Causes of Megolm sessions.

use cliquet_core::megolm::{DecryptionError, EncryptionError, SessionKeyError};

use crate::constants::message_version;
use crate::failure::Failure;
use crate::status::*;

impl From<EncryptionError> for Failure {
    fn from(error: EncryptionError) -> Self {
        Self::new(match error {
            EncryptionError::SessionExhausted => CLIQUET_SESSION_EXHAUSTED,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<DecryptionError> for Failure {
    fn from(error: DecryptionError) -> Self {
        match error {
            DecryptionError::AuthenticationFailed => Self::new(CLIQUET_AUTHENTICATION_FAILED),
            DecryptionError::InvalidSignature => Self::new(CLIQUET_INVALID_SIGNATURE),
            DecryptionError::MismatchedVersion { found, expected, .. } => {
                Self::with(CLIQUET_MISMATCHED_VERSION, message_version(found), message_version(expected))
            }
            DecryptionError::Replay { message_index, .. } => Self::with(CLIQUET_REPLAY, message_index, 0_u32),
            DecryptionError::ReplayGuardFull { capacity, .. } => {
                Self::with(CLIQUET_REPLAY_GUARD_FULL, 0_u32, capacity)
            }
            DecryptionError::UnknownMessageIndex { message_index, first_known_index, .. } => {
                Self::with(CLIQUET_UNKNOWN_MESSAGE_INDEX, message_index, first_known_index)
            }
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<SessionKeyError> for Failure {
    fn from(error: SessionKeyError) -> Self {
        match error {
            SessionKeyError::Decode(error) => error.into(),
            SessionKeyError::InvalidSignature => Self::new(CLIQUET_INVALID_SIGNATURE),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}
