use subtle::ConstantTimeEq;

use super::BackupMacError;
use crate::{
    encoding::base64,
    pk::PkMessage,
    primitives::kdf,
    secret::{Scratch, Secret},
    signed_json::{JsonObject, JsonValue},
};

const INFO: &[u8] = b"MATRIX_BACKUP_MAC_KEY";
/// The id of the key among signatures, as long as the proposal is not accepted.
const KEY_ID: &str = "org.matrix.msc4048.hmac-sha-256:backup_mac_key";

/// Authenticates the entries of a backup, as MSC4048 proposes. **Experimental**: the proposal is not accepted (this is its state of commit `05f1fee2`), and no
/// released client is known to write it.
///
/// Who knows the secret key of the backup derives this key from it, `HKDF-SHA-256(no salt, secret key, "MATRIX_BACKUP_MAC_KEY", 32)`; who only writes to the backup
/// is given this key and cannot read. The MAC covers the canonical JSON of an entry's `session_data` and stands among its `signatures`.
///
/// A right MAC proves who wrote the entry, a device of the user, and nothing of the session in it: that
/// [`unauthenticated`](crate::objects::session_data::SessionData::unauthenticated) is `None` says what that device believed of its sender. Neither names the room, which the server alone
/// states: compare the `room_id` in each decrypted event.
///
/// Wiped when dropped, not printable, compared in constant time.
#[derive(Debug, PartialEq, Eq)]
pub struct BackupMacKey(Secret<32>);

impl BackupMacKey {
    /// The key that belongs to a backup, by its secret key.
    #[must_use]
    pub fn derive(backup_secret_key: &[u8; 32]) -> Self {
        let mut key = Secret::zeroed();
        kdf::hkdf(&[], backup_secret_key, INFO, key.as_mut_bytes());
        Self(key)
    }

    /// The key with these 32 bytes. The caller's copy is the caller's to wipe.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Secret::copy_of(bytes))
    }

    /// The 32 bytes. Copies of them are the caller's to wipe.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The `session_data` of an entry of this user, with its MAC.
    #[must_use]
    pub fn authenticate(&self, entry: &PkMessage, user_id: &str) -> JsonObject {
        let mut session_data = JsonObject::from_fields([
            ("ciphertext", entry.ciphertext_base64().into()),
            ("ephemeral", entry.ephemeral_key.to_base64().into()),
            ("mac", entry.mac_base64().into()),
        ]);
        let mut mac = [0; 32];
        self.mac(&session_data, &mut mac);
        let of_user = JsonObject::from_fields([(KEY_ID, base64::encode(&mac).into())]);
        let signatures = JsonObject::from_fields([(user_id, of_user.into())]);
        session_data.insert("signatures", signatures.into());
        session_data
    }

    /// Checks the MAC of a `session_data` of this user: the entry that it covers. One that does not pass is to be treated as an entry of today's backups, which anybody may have
    /// written.
    ///
    /// # Errors
    ///
    /// [`BackupMacError::Missing`] if there is no MAC, [`BackupMacError::Invalid`] if it is wrong, [`BackupMacError::NoEntry`] if what it covers is no entry.
    pub fn verify(&self, session_data: &JsonObject, user_id: &str) -> Result<PkMessage, BackupMacError> {
        let stated = session_data.signature(user_id, KEY_ID).ok_or(BackupMacError::Missing)?;
        let stated: [u8; 32] = stated
            .as_str()
            .and_then(|text| base64::decode_array(text).ok())
            .ok_or(BackupMacError::Invalid)?;
        let mut expected = Scratch::<32>::zeroed();
        self.mac(session_data, expected.as_mut_bytes());
        if !bool::from(expected.as_bytes().ct_eq(&stated)) {
            return Err(BackupMacError::Invalid);
        }
        let text =
            |name: &str| session_data.get(name).and_then(JsonValue::as_str).ok_or(BackupMacError::NoEntry);
        PkMessage::from_base64(text("ciphertext")?, text("mac")?, text("ephemeral")?)
            .map_err(|_| BackupMacError::NoEntry)
    }

    fn mac(&self, session_data: &JsonObject, mac: &mut [u8; 32]) {
        let text = session_data.signed_text();
        kdf::hmac(self.as_bytes(), [text.as_bytes()], mac);
    }
}
