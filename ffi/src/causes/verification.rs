//! Causes of verification by short authentication strings and QR codes.

use cliquet_core::qr::{QrCodeError, QrKeyMismatch};
use cliquet_core::sas::SasError;

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
