use super::AuthDataError;
use crate::{
    keys::{Curve25519PublicKey, Ed25519PublicKey},
    pk::PkDecryption,
    signed_json::{JsonObject, JsonValue},
};

const PUBLIC_KEY: &str = "public_key";

/// The `auth_data` of a backup with this public key, to be [signed](JsonObject::sign) and uploaded.
#[must_use]
pub fn auth_data(public_key: Curve25519PublicKey) -> JsonObject {
    JsonObject::from_fields([(PUBLIC_KEY, public_key.to_base64().into())])
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
        Ok(Self { public_key: public_key(object)? })
    }

    /// Checks the `auth_data` against the secret key of the backup, which came from secret storage or another device of the user: who has that needs no signature.
    ///
    /// # Errors
    ///
    /// [`AuthDataError::PublicKey`] if there is no public key in the object, [`AuthDataError::MismatchedSecretKey`] if it is that of another secret key.
    pub fn verify_with_secret_key(object: &JsonObject, backup: &PkDecryption) -> Result<Self, AuthDataError> {
        let public_key = public_key(object)?;
        if public_key == backup.public_key() {
            Ok(Self { public_key })
        } else {
            Err(AuthDataError::MismatchedSecretKey)
        }
    }

    /// The public key to which entries are encrypted.
    #[must_use]
    pub fn public_key(&self) -> Curve25519PublicKey {
        self.public_key
    }
}

fn public_key(object: &JsonObject) -> Result<Curve25519PublicKey, AuthDataError> {
    let text = object.get(PUBLIC_KEY).and_then(JsonValue::as_str).ok_or(AuthDataError::PublicKey)?;
    Curve25519PublicKey::from_base64(text).map_err(|_| AuthDataError::PublicKey)
}
