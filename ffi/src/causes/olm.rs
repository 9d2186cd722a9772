//! Causes of accounts and Olm sessions.

use cliquet_core::olm::{
    DecryptionError, EncryptionError, InboundCreationError, LimitError, OneTimeKeyError,
    OutboundCreationError,
};

use crate::constants::message_version;
use crate::failure::Failure;
use crate::status::*;

impl From<EncryptionError> for Failure {
    fn from(error: EncryptionError) -> Self {
        Self::new(match error {
            EncryptionError::Random => CLIQUET_RANDOM,
            EncryptionError::NonContributoryKey => CLIQUET_NON_CONTRIBUTORY_KEY,
            EncryptionError::ChainExhausted => CLIQUET_CHAIN_EXHAUSTED,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<DecryptionError> for Failure {
    fn from(error: DecryptionError) -> Self {
        match error {
            DecryptionError::AlreadyUsed { chain_index, .. } => {
                Self::with(CLIQUET_ALREADY_USED, chain_index, 0_u32)
            }
            DecryptionError::AuthenticationFailed => Self::new(CLIQUET_AUTHENTICATION_FAILED),
            DecryptionError::ChainExhausted => Self::new(CLIQUET_CHAIN_EXHAUSTED),
            DecryptionError::ForeignPreKeyMessage => Self::new(CLIQUET_FOREIGN_PRE_KEY_MESSAGE),
            DecryptionError::GapTooLarge { gap, limit, .. } => Self::with(CLIQUET_GAP_TOO_LARGE, gap, limit),
            DecryptionError::MismatchedVersion { found, expected, .. } => {
                Self::with(CLIQUET_MISMATCHED_VERSION, message_version(found), message_version(expected))
            }
            DecryptionError::NoLongerKept { chain_index, .. } => {
                Self::with(CLIQUET_NO_LONGER_KEPT, chain_index, 0_u32)
            }
            DecryptionError::NonContributoryKey => Self::new(CLIQUET_NON_CONTRIBUTORY_KEY),
            DecryptionError::UnknownRatchetKey => Self::new(CLIQUET_UNKNOWN_RATCHET_KEY),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<InboundCreationError> for Failure {
    fn from(error: InboundCreationError) -> Self {
        match error {
            InboundCreationError::Decryption(error) => error.into(),
            InboundCreationError::MalformedBaseKey => Self::new(CLIQUET_MALFORMED_BASE_KEY),
            InboundCreationError::MismatchedIdentityKey { found, .. } => {
                Self::new(CLIQUET_MISMATCHED_IDENTITY_KEY).key(*found.as_bytes())
            }
            InboundCreationError::MismatchedOneTimeKey { key_id, .. } => {
                Self::with(CLIQUET_MISMATCHED_ONE_TIME_KEY, key_id.as_u64(), 0_u32)
            }
            InboundCreationError::NonContributoryKey => Self::new(CLIQUET_NON_CONTRIBUTORY_KEY),
            InboundCreationError::UnknownOneTimeKey { one_time_key, .. } => {
                Self::new(CLIQUET_UNKNOWN_ONE_TIME_KEY).key(*one_time_key.as_bytes())
            }
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<OutboundCreationError> for Failure {
    fn from(error: OutboundCreationError) -> Self {
        Self::new(match error {
            OutboundCreationError::Random => CLIQUET_RANDOM,
            OutboundCreationError::NonContributoryKey => CLIQUET_NON_CONTRIBUTORY_KEY,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<OneTimeKeyError> for Failure {
    fn from(error: OneTimeKeyError) -> Self {
        match error {
            OneTimeKeyError::Random => Self::new(CLIQUET_RANDOM),
            OneTimeKeyError::KeyIdsExhausted => Self::new(CLIQUET_KEY_IDS_EXHAUSTED),
            OneTimeKeyError::TooMany { requested, limit, .. } => {
                Self::with(CLIQUET_TOO_MANY_KEYS, requested, limit)
            }
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<LimitError> for Failure {
    fn from(LimitError { requested, least, most, .. }: LimitError) -> Self {
        if requested < least {
            Self::with(CLIQUET_LIMIT_TOO_SMALL, requested, least)
        } else {
            Self::with(CLIQUET_LIMIT_TOO_LARGE, requested, most)
        }
    }
}
