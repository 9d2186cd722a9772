//! Causes of the channels of login by QR code, and of the encryption of key backups.

use cliquet_core::login::ecies::EciesError;
use cliquet_core::login::hpke::HpkeError;
use cliquet_core::pk::{PkDecryptionError, PkEncryptionError};

use crate::failure::Failure;
use crate::status::*;

impl From<EciesError> for Failure {
    fn from(error: EciesError) -> Self {
        Self::new(match error {
            EciesError::AuthenticationFailed => CLIQUET_AUTHENTICATION_FAILED,
            EciesError::Exhausted => CLIQUET_CHANNEL_EXHAUSTED,
            EciesError::NonContributoryKey => CLIQUET_NON_CONTRIBUTORY_KEY,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<HpkeError> for Failure {
    fn from(error: HpkeError) -> Self {
        Self::new(match error {
            HpkeError::AuthenticationFailed => CLIQUET_AUTHENTICATION_FAILED,
            HpkeError::Exhausted => CLIQUET_CHANNEL_EXHAUSTED,
            HpkeError::InfoTooLong => CLIQUET_INFO_TOO_LONG,
            HpkeError::NonContributoryKey => CLIQUET_NON_CONTRIBUTORY_KEY,
            HpkeError::Random => CLIQUET_RANDOM,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<PkEncryptionError> for Failure {
    fn from(error: PkEncryptionError) -> Self {
        Self::new(match error {
            PkEncryptionError::NonContributoryKey => CLIQUET_NON_CONTRIBUTORY_KEY,
            PkEncryptionError::Random => CLIQUET_RANDOM,
            _ => CLIQUET_OTHER,
        })
    }
}

impl From<PkDecryptionError> for Failure {
    fn from(error: PkDecryptionError) -> Self {
        Self::new(match error {
            PkDecryptionError::Failed => CLIQUET_AUTHENTICATION_FAILED,
            PkDecryptionError::NonContributoryKey => CLIQUET_NON_CONTRIBUTORY_KEY,
            _ => CLIQUET_OTHER,
        })
    }
}
