//! Causes of pickles: what cannot be read, and what a format cannot express.

use cliquet_core::olm::StateError;
use cliquet_core::pickle::{DehydrationError, InexpressibleError, UnpickleError};

use crate::constants::{message_version, pickle_kind, stored_items};
use crate::failure::Failure;
use crate::status::*;

impl From<UnpickleError> for Failure {
    fn from(error: UnpickleError) -> Self {
        match error {
            UnpickleError::NotAPickle => Self::new(CLIQUET_NOT_A_PICKLE),
            UnpickleError::NotEncrypted => Self::new(CLIQUET_NOT_ENCRYPTED),
            UnpickleError::UnknownVersion { version, .. } => {
                Self::with(CLIQUET_UNKNOWN_VERSION, version, 0_u32)
            }
            UnpickleError::LegacyAccount => Self::new(CLIQUET_LEGACY_ACCOUNT),
            UnpickleError::UnknownKind { kind, .. } => Self::with(CLIQUET_UNKNOWN_KIND, kind, 0_u32),
            UnpickleError::WrongKind { found, expected, .. } => {
                Self::with(CLIQUET_WRONG_KIND, pickle_kind(found), pickle_kind(expected))
            }
            UnpickleError::AuthenticationFailed => Self::new(CLIQUET_AUTHENTICATION_FAILED),
            UnpickleError::Decode(error) => error.into(),
            UnpickleError::Json => Self::new(CLIQUET_JSON),
            UnpickleError::MissingVersion => Self::new(CLIQUET_MISSING_VERSION),
            UnpickleError::MismatchedVersion { found, expected, .. } => {
                Self::with(CLIQUET_MISMATCHED_VERSION, message_version(found), message_version(expected))
            }
            UnpickleError::State(error) => error.into(),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        match error {
            StateError::AheadOfChain => Self::new(CLIQUET_STATE_AHEAD_OF_CHAIN),
            StateError::Duplicate { items, .. } => {
                Self::new(CLIQUET_STATE_DUPLICATE).items(stored_items(items))
            }
            StateError::KeyIdBeyondLast => Self::new(CLIQUET_STATE_KEY_ID_BEYOND_LAST),
            StateError::Limit(error) => error.into(),
            StateError::MismatchedPublicKey => Self::new(CLIQUET_STATE_MISMATCHED_PUBLIC_KEY),
            StateError::NoChain => Self::new(CLIQUET_STATE_NO_CHAIN),
            StateError::TooMany { items, count, limit, .. } => {
                Self::with(CLIQUET_STATE_TOO_MANY, count, limit).items(stored_items(items))
            }
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<InexpressibleError> for Failure {
    fn from(error: InexpressibleError) -> Self {
        match error {
            InexpressibleError::DuplicateKeyId { key_id, .. } => {
                Self::with(CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID, key_id.as_u64(), 0_u32)
            }
            InexpressibleError::Inconsistent => Self::new(CLIQUET_INEXPRESSIBLE_INCONSISTENT),
            InexpressibleError::KeyId { key_id, .. } => {
                Self::with(CLIQUET_INEXPRESSIBLE_KEY_ID, key_id.as_u64(), 0_u32)
            }
            InexpressibleError::MessageKeysOfDroppedChains { count, .. } => {
                Self::with(CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS, count, 0_u32)
            }
            InexpressibleError::MissingSeed => Self::new(CLIQUET_INEXPRESSIBLE_MISSING_SEED),
            InexpressibleError::PreviousFallbackKey => Self::new(CLIQUET_INEXPRESSIBLE_PREVIOUS_FALLBACK_KEY),
            InexpressibleError::ReplayGuard => Self::new(CLIQUET_INEXPRESSIBLE_REPLAY_GUARD),
            InexpressibleError::TooMany { items, count, limit, .. } => {
                Self::with(CLIQUET_INEXPRESSIBLE_TOO_MANY, count, limit).items(stored_items(items))
            }
            InexpressibleError::Version { version, .. } => {
                Self::with(CLIQUET_INEXPRESSIBLE_VERSION, message_version(version), 0_u32)
            }
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<DehydrationError> for Failure {
    fn from(error: DehydrationError) -> Self {
        match error {
            DehydrationError::Inexpressible(error) => error.into(),
            DehydrationError::Random => Self::new(CLIQUET_RANDOM),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}
