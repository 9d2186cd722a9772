use rand_core::TryCryptoRng;

use super::KeyBackupError;
use crate::{
    keys::SessionId,
    objects::session_data::{SessionData, SessionDataError, unescape_solidus},
    pk::{PkDecryption, PkEncryption, PkEncryptionError, PkMessage},
    secret::SecretBytes,
};

impl PkEncryption {
    /// Encrypts an entry of a backup: the `session_data` of a session. Draws 32 bytes from `rng`: the ephemeral secret key.
    ///
    /// # Errors
    ///
    /// As [`encrypt`](Self::encrypt).
    pub fn encrypt_session_data<R: TryCryptoRng + ?Sized>(
        &self,
        data: &SessionData,
        rng: &mut R,
    ) -> Result<PkMessage, PkEncryptionError> {
        self.encrypt(data.to_json().as_bytes(), rng)
    }
}

impl PkDecryption {
    /// Decrypts an entry of a backup, which the server has under this session id. It is **not authentic**: see [the module](super).
    ///
    /// # Errors
    ///
    /// [`KeyBackupError::Decryption`] if the entry does not decrypt, [`KeyBackupError::SessionData`] if what it encrypts is no session data, or that of another
    /// session.
    pub fn decrypt_session_data(
        &self,
        message: &PkMessage,
        session_id: &SessionId,
    ) -> Result<SessionData, KeyBackupError> {
        let mut json = SecretBytes::new(self.decrypt(message)?);
        unescape_solidus(&mut json);
        let data = SessionData::from_json(json.as_bytes())?;
        if data.session_id() == *session_id {
            Ok(data)
        } else {
            Err(SessionDataError::MismatchedSessionId.into())
        }
    }
}
