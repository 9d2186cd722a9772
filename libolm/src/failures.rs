//! Which code stands for which failure of the library.

use cliquet::megolm::{self, SessionKeyError};
use cliquet::olm::{self, InboundCreationError, OneTimeKeyError, OutboundCreationError};
use cliquet::pk::PkEncryptionError;
use cliquet::sas::SasError;
use cliquet::{DecodeError, RandomError};

use crate::code::Code;

/// Of messages.
impl From<DecodeError> for Code {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::Base64 => Self::INVALID_BASE64,
            DecodeError::UnsupportedVersion { .. } => Self::BAD_MESSAGE_VERSION,
            _ => Self::BAD_MESSAGE_FORMAT,
        }
    }
}

/// libolm tells no failure of a message from another once it has found its parts.
impl From<olm::DecryptionError> for Code {
    fn from(error: olm::DecryptionError) -> Self {
        match error {
            olm::DecryptionError::MismatchedVersion { .. } => Self::BAD_MESSAGE_VERSION,
            _ => Self::BAD_MESSAGE_MAC,
        }
    }
}

impl From<olm::EncryptionError> for Code {
    fn from(error: olm::EncryptionError) -> Self {
        match error {
            olm::EncryptionError::Random => Self::NOT_ENOUGH_RANDOM,
            olm::EncryptionError::ChainExhausted => Self::UNKNOWN_MESSAGE_INDEX,
            _ => Self::BAD_SESSION_KEY,
        }
    }
}

impl From<OutboundCreationError> for Code {
    fn from(error: OutboundCreationError) -> Self {
        match error {
            OutboundCreationError::Random => Self::NOT_ENOUGH_RANDOM,
            _ => Self::BAD_ACCOUNT_KEY,
        }
    }
}

impl From<InboundCreationError> for Code {
    fn from(error: InboundCreationError) -> Self {
        match error {
            InboundCreationError::MismatchedIdentityKey { .. }
            | InboundCreationError::UnknownOneTimeKey { .. }
            | InboundCreationError::MismatchedOneTimeKey { .. } => Self::BAD_MESSAGE_KEY_ID,
            InboundCreationError::Decryption(error) => error.into(),
            _ => Self::BAD_MESSAGE_FORMAT,
        }
    }
}

impl From<OneTimeKeyError> for Code {
    fn from(error: OneTimeKeyError) -> Self {
        match error {
            OneTimeKeyError::Random => Self::NOT_ENOUGH_RANDOM,
            _ => Self::BAD_MESSAGE_KEY_ID,
        }
    }
}

impl From<RandomError> for Code {
    fn from(_: RandomError) -> Self {
        Self::NOT_ENOUGH_RANDOM
    }
}

impl From<megolm::DecryptionError> for Code {
    fn from(error: megolm::DecryptionError) -> Self {
        match error {
            megolm::DecryptionError::MismatchedVersion { .. } => Self::BAD_MESSAGE_VERSION,
            megolm::DecryptionError::InvalidSignature => Self::BAD_SIGNATURE,
            megolm::DecryptionError::UnknownMessageIndex { .. } => Self::UNKNOWN_MESSAGE_INDEX,
            _ => Self::BAD_MESSAGE_MAC,
        }
    }
}

impl From<megolm::EncryptionError> for Code {
    fn from(_: megolm::EncryptionError) -> Self {
        Self::UNKNOWN_MESSAGE_INDEX
    }
}

impl From<SessionKeyError> for Code {
    fn from(error: SessionKeyError) -> Self {
        match error {
            SessionKeyError::InvalidSignature | SessionKeyError::Decode(DecodeError::PublicKey) => {
                Self::BAD_SIGNATURE
            }
            SessionKeyError::Decode(error) => Self::of_session_key(error),
            _ => Self::BAD_SESSION_KEY,
        }
    }
}

impl Code {
    /// Of a session key or an export.
    pub(crate) fn of_session_key(error: DecodeError) -> Self {
        match error {
            DecodeError::Base64 => Self::INVALID_BASE64,
            _ => Self::BAD_SESSION_KEY,
        }
    }
}

impl From<PkEncryptionError> for Code {
    fn from(error: PkEncryptionError) -> Self {
        match error {
            PkEncryptionError::Random => Self::NOT_ENOUGH_RANDOM,
            _ => Self::BAD_ACCOUNT_KEY,
        }
    }
}

impl From<SasError> for Code {
    fn from(_: SasError) -> Self {
        Self::BAD_ACCOUNT_KEY
    }
}
