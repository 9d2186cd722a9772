use super::AuthDataError;
use crate::{
    keys::{Curve25519PublicKey, Ed25519PublicKey},
    signed_json::{JsonObject, JsonValue},
};

const PUBLIC_KEY: &str = "public_key";

/// The `auth_data` of a backup with this public key, to be [signed](JsonObject::sign) and uploaded.
#[must_use]
pub fn auth_data(public_key: Curve25519PublicKey) -> JsonObject {
    JsonObject::from_iter([(PUBLIC_KEY, public_key.to_base64())])
}

/// The `auth_data` of a backup, whose signature was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthData {
    public_key: Curve25519PublicKey,
}

impl AuthData {
    /// Checks the signature of a user (`user_id`) with one of the keys that the caller trusts to be theirs: the fingerprint key of a device, with its device id
    /// for `key_name`, or the master signing key, with itself in base64.
    ///
    /// # Errors
    ///
    /// [`AuthDataError::Signature`] if the signature is missing or not valid, [`AuthDataError::PublicKey`] if there is no public key in the object.
    pub fn verify(
        object: &JsonObject,
        user_id: &str,
        key_name: &str,
        signing_key: &Ed25519PublicKey,
    ) -> Result<Self, AuthDataError> {
        object.verify(user_id, key_name, signing_key)?;
        let text = object.get(PUBLIC_KEY).and_then(JsonValue::as_str).ok_or(AuthDataError::PublicKey)?;
        let public_key = Curve25519PublicKey::from_base64(text).map_err(|_| AuthDataError::PublicKey)?;
        Ok(Self { public_key })
    }

    /// The public key to which entries are encrypted.
    #[must_use]
    pub fn public_key(&self) -> Curve25519PublicKey {
        self.public_key
    }
}
