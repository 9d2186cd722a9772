//! Causes of signed JSON, device keys, session data, key exports and key backups.

use cliquet_core::objects::device_keys::DeviceKeysError;
use cliquet_core::objects::key_backup::{AuthDataError, BackupMacError, KeyBackupError};
use cliquet_core::objects::key_export::KeyExportError;
use cliquet_core::objects::session_data::SessionDataError;
use cliquet_core::signed_json::{JsonError, JsonSignatureError, MalformedSignatures};

use crate::failure::Failure;
use crate::status::*;

impl From<JsonError> for Failure {
    fn from(_: JsonError) -> Self {
        Self::new(CLIQUET_JSON)
    }
}

impl From<MalformedSignatures> for Failure {
    fn from(_: MalformedSignatures) -> Self {
        Self::new(CLIQUET_SIGNATURE_MALFORMED)
    }
}

impl From<JsonSignatureError> for Failure {
    fn from(error: JsonSignatureError) -> Self {
        Self::new(match error {
            JsonSignatureError::Invalid => CLIQUET_INVALID_SIGNATURE,
            JsonSignatureError::Malformed => CLIQUET_SIGNATURE_MALFORMED,
            JsonSignatureError::Missing => CLIQUET_SIGNATURE_MISSING,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<DeviceKeysError> for Failure {
    fn from(error: DeviceKeysError) -> Self {
        match error {
            DeviceKeysError::Field { field, .. } => Self::new(CLIQUET_MALFORMED_FIELD).field(field),
            DeviceKeysError::Key(error) => error.into(),
            DeviceKeysError::MismatchedDeviceId => Self::new(CLIQUET_MISMATCHED_DEVICE_ID),
            DeviceKeysError::MismatchedUserId => Self::new(CLIQUET_MISMATCHED_USER_ID),
            DeviceKeysError::Signature(error) => error.into(),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<SessionDataError> for Failure {
    fn from(error: SessionDataError) -> Self {
        match error {
            SessionDataError::Decode { field, error, .. } => Self::from(error).field(field),
            SessionDataError::Malformed => Self::new(CLIQUET_SESSION_DATA_MALFORMED),
            SessionDataError::MismatchedSessionId => Self::new(CLIQUET_MISMATCHED_SESSION_ID),
            SessionDataError::Missing { field, .. } => Self::new(CLIQUET_MISSING_FIELD).field(field),
            SessionDataError::UnsupportedAlgorithm => Self::new(CLIQUET_UNSUPPORTED_ALGORITHM),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<KeyExportError> for Failure {
    fn from(error: KeyExportError) -> Self {
        match error {
            KeyExportError::AuthenticationFailed => Self::new(CLIQUET_AUTHENTICATION_FAILED),
            KeyExportError::Content => Self::new(CLIQUET_CONTENT),
            KeyExportError::CounterOverflow => Self::new(CLIQUET_COUNTER_OVERFLOW),
            KeyExportError::Decode(error) => error.into(),
            KeyExportError::MissingLine => Self::new(CLIQUET_MISSING_LINE),
            KeyExportError::OtherParameters => Self::new(CLIQUET_OTHER_PARAMETERS),
            KeyExportError::Random => Self::new(CLIQUET_RANDOM),
            KeyExportError::TooFewRounds { rounds, limit, .. } => {
                Self::with(CLIQUET_TOO_FEW_ROUNDS, rounds, limit)
            }
            KeyExportError::TooManyRounds { rounds, limit, .. } => {
                Self::with(CLIQUET_TOO_MANY_ROUNDS, rounds, limit)
            }
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<AuthDataError> for Failure {
    fn from(error: AuthDataError) -> Self {
        match error {
            AuthDataError::MismatchedSecretKey => Self::new(CLIQUET_MISMATCHED_SECRET_KEY),
            AuthDataError::PublicKey => Self::new(CLIQUET_AUTH_DATA_PUBLIC_KEY),
            AuthDataError::Signature(error) => error.into(),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<KeyBackupError> for Failure {
    fn from(error: KeyBackupError) -> Self {
        match error {
            KeyBackupError::Decryption(error) => error.into(),
            KeyBackupError::SessionData(error) => error.into(),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}

impl From<BackupMacError> for Failure {
    fn from(error: BackupMacError) -> Self {
        Self::new(match error {
            BackupMacError::Invalid => CLIQUET_AUTHENTICATION_FAILED,
            BackupMacError::Missing => CLIQUET_BACKUP_MAC_MISSING,
            BackupMacError::NoEntry => CLIQUET_BACKUP_ENTRY,
            _ => CLIQUET_OTHER,
        })
    }
}
