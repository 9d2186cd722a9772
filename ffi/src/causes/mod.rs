//! The causes of failures: each error of the library, as the status of the header that stands for it.
//!
//! Errors are open to new causes, and this crate is built with the library that raises them: that one has no status of its own yet is
//! `CLIQUET_OTHER`, which no released version may tell.

mod channels;
mod documents;
mod megolm;
mod olm;
mod pickle;
mod secrets;
mod verification;

pub(crate) use verification::{mac_failure, too_many_bytes};

use cliquet_core::{DecodeError, RandomError, SignatureError};

use crate::failure::Failure;
use crate::status::*;

impl From<RandomError> for Failure {
    fn from(_: RandomError) -> Self {
        Self::new(CLIQUET_RANDOM)
    }
}

impl From<SignatureError> for Failure {
    fn from(_: SignatureError) -> Self {
        Self::new(CLIQUET_INVALID_SIGNATURE)
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::Base64 => Self::new(CLIQUET_BASE64),
            DecodeError::CiphertextLength { length, .. } => {
                Self::with(CLIQUET_CIPHERTEXT_LENGTH, length, 0_u32)
            }
            DecodeError::IntegerTooLarge => Self::new(CLIQUET_INTEGER_TOO_LARGE),
            DecodeError::Length { actual, expected, .. } => Self::with(CLIQUET_LENGTH, actual, expected),
            DecodeError::Magic => Self::new(CLIQUET_MAGIC),
            DecodeError::MessageType { found, .. } => Self::with(CLIQUET_MESSAGE_TYPE, found, 0_u32),
            DecodeError::MissingSeparator => Self::new(CLIQUET_MISSING_SEPARATOR),
            DecodeError::NonCanonical => Self::new(CLIQUET_NON_CANONICAL),
            DecodeError::NonCanonicalVarint => Self::new(CLIQUET_NON_CANONICAL_VARINT),
            DecodeError::PublicKey => Self::new(CLIQUET_PUBLIC_KEY),
            DecodeError::TrailingBytes => Self::new(CLIQUET_TRAILING_BYTES),
            DecodeError::Truncated => Self::new(CLIQUET_TRUNCATED),
            DecodeError::UnexpectedField { found, expected, .. } => {
                Self::with(CLIQUET_UNEXPECTED_FIELD, found, expected)
            }
            DecodeError::UnknownForm { found, .. } => Self::with(CLIQUET_UNKNOWN_FORM, found, 0_u32),
            DecodeError::UnsupportedVersion { version, .. } => {
                Self::with(CLIQUET_UNSUPPORTED_VERSION, version, 0_u32)
            }
            DecodeError::Utf8 => Self::new(CLIQUET_NOT_UTF8),
            _ => Self::new(CLIQUET_OTHER),
        }
    }
}
