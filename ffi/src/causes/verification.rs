//! Causes of verification by short authentication strings and QR codes.

use cliquet_core::qr::{QrCodeError, QrKeyMismatch};
use cliquet_core::sas::{MacError, SasError, TooManyBytes};

use crate::failure::Failure;
use crate::status::*;

impl From<SasError> for Failure {
    fn from(error: SasError) -> Self {
        Self::new(match error {
            SasError::MismatchedCommitment => CLIQUET_MISMATCHED_COMMITMENT,
            SasError::NonContributoryKey => CLIQUET_NON_CONTRIBUTORY_KEY,
            _ => CLIQUET_OTHER,
        })
    }
}

/// Why MACs were refused; `position` is that of the key that was looked at last.
pub(crate) fn mac_failure(error: MacError, position: usize) -> Failure {
    match error {
        MacError::Key { .. } => Failure::with(CLIQUET_MAC_OF_KEY, position, 0_u32),
        MacError::KeyIds => Failure::new(CLIQUET_MAC_OF_KEY_IDS),
        MacError::NoKnownKey => Failure::new(CLIQUET_NO_KNOWN_KEY),
        _ => Failure::new(CLIQUET_OTHER),
    }
}

/// The refusal to derive so many bytes; the limit is that of HKDF-SHA-256.
pub(crate) fn too_many_bytes(_: TooManyBytes, requested: usize) -> Failure {
    Failure::with(CLIQUET_TOO_MANY_BYTES, requested, 8_160_u32)
}

impl From<QrCodeError> for Failure {
    fn from(error: QrCodeError) -> Self {
        Self::new(match error {
            QrCodeError::Random => CLIQUET_RANDOM,
            QrCodeError::TransactionIdTooLong => CLIQUET_TRANSACTION_ID_TOO_LONG,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<QrKeyMismatch> for Failure {
    fn from(_: QrKeyMismatch) -> Self {
        Self::new(CLIQUET_MISMATCHED_QR_KEYS)
    }
}
