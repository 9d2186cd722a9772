//! Causes of attachments, passphrases, recovery keys and secret storage.

use cliquet_core::attachment::{AttachmentError, AttachmentReaderError};
use cliquet_core::secret_storage::{PassphraseError, RecoveryKeyError, SecretStorageError};

use crate::failure::Failure;
use crate::status::*;

impl From<AttachmentError> for Failure {
    fn from(error: AttachmentError) -> Self {
        Self::new(match error {
            AttachmentError::CounterOverflow => CLIQUET_COUNTER_OVERFLOW,
            AttachmentError::HashMismatch => CLIQUET_HASH_MISMATCH,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<AttachmentReaderError> for Failure {
    fn from(error: AttachmentReaderError) -> Self {
        match error {
            AttachmentReaderError::Attachment(error) => error.into(),
            AttachmentReaderError::Source(error) => error.into(),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<PassphraseError> for Failure {
    fn from(error: PassphraseError) -> Self {
        match error {
            PassphraseError::NoRounds => Self::new(CLIQUET_NO_ROUNDS),
            PassphraseError::OtherParameters => Self::new(CLIQUET_OTHER_PARAMETERS),
            PassphraseError::TooManyRounds { rounds, limit, .. } => {
                Self::with(CLIQUET_TOO_MANY_ROUNDS, rounds, limit)
            }
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<RecoveryKeyError> for Failure {
    fn from(error: RecoveryKeyError) -> Self {
        match error {
            RecoveryKeyError::Character => Self::new(CLIQUET_RECOVERY_KEY_CHARACTER),
            RecoveryKeyError::Length { actual, .. } => Self::with(CLIQUET_RECOVERY_KEY_LENGTH, actual, 0_u32),
            RecoveryKeyError::Parity => Self::new(CLIQUET_RECOVERY_KEY_PARITY),
            RecoveryKeyError::Prefix => Self::new(CLIQUET_RECOVERY_KEY_PREFIX),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<SecretStorageError> for Failure {
    fn from(_: SecretStorageError) -> Self {
        Self::new(CLIQUET_AUTHENTICATION_FAILED)
    }
}
