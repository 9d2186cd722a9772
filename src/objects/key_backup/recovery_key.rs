use crate::{
    pk::PkDecryption,
    secret::SecretText,
    secret_storage::{RecoveryKeyError, SecretStorageKey},
};

/// The key pair of a backup whose secret key the user keeps as a recovery key (feature `secret-storage`).
impl PkDecryption {
    /// The key pair of a recovery key, as in [`SecretStorageKey::from_recovery_key`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn from_recovery_key(text: &str) -> Result<Self, RecoveryKeyError> {
        SecretStorageKey::from_recovery_key(text).map(|key| Self::from_secret_key(key.as_bytes()))
    }

    /// The secret key as a recovery key, for the user to keep.
    #[must_use]
    pub fn to_recovery_key(&self) -> SecretText {
        SecretStorageKey::from_bytes(self.export_secret_key()).to_recovery_key()
    }
}
