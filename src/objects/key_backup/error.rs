use core::{error::Error, fmt};

use crate::{
    objects::session_data::SessionDataError, pk::PkDecryptionError, signed_json::JsonSignatureError,
};

/// Why an entry of a backup was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyBackupError {
    /// The entry does not decrypt.
    Decryption(PkDecryptionError),
    /// What it encrypts is no session data, or that of another session.
    SessionData(SessionDataError),
}

/// Why the `auth_data` of a backup are not to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthDataError {
    /// The signature is missing or not valid.
    Signature(JsonSignatureError),
    /// There is no `public_key`, or it is none.
    PublicKey,
    /// The `public_key` is that of another secret key.
    MismatchedSecretKey,
}

/// Why an entry of a backup does not count as authentic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BackupMacError {
    /// The entry has no MAC.
    Missing,
    /// The MAC is wrong, or none.
    Invalid,
    /// The MAC is right, but the object is no entry of a backup.
    NoEntry,
}

impl fmt::Display for KeyBackupError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decryption(error) => error.fmt(formatter),
            Self::SessionData(error) => error.fmt(formatter),
        }
    }
}

impl fmt::Display for AuthDataError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature(error) => error.fmt(formatter),
            Self::PublicKey => formatter.write_str("the backup names no public key"),
            Self::MismatchedSecretKey => formatter.write_str("the backup is that of another secret key"),
        }
    }
}

impl fmt::Display for BackupMacError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "the entry of the backup has no MAC",
            Self::Invalid => "the MAC of the backup's entry is wrong",
            Self::NoEntry => "what the MAC covers is no entry of a backup",
        })
    }
}

impl Error for KeyBackupError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decryption(error) => Some(error),
            Self::SessionData(error) => Some(error),
        }
    }
}

impl Error for AuthDataError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Signature(error) => Some(error),
            Self::PublicKey | Self::MismatchedSecretKey => None,
        }
    }
}

impl Error for BackupMacError {}

impl From<PkDecryptionError> for KeyBackupError {
    fn from(error: PkDecryptionError) -> Self {
        Self::Decryption(error)
    }
}

impl From<SessionDataError> for KeyBackupError {
    fn from(error: SessionDataError) -> Self {
        Self::SessionData(error)
    }
}

impl From<JsonSignatureError> for AuthDataError {
    fn from(error: JsonSignatureError) -> Self {
        Self::Signature(error)
    }
}
