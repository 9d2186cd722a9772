use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use rand_core::TryCryptoRng;

use super::{
    DeviceKeysError,
    names::{ALGORITHMS_FIELD, DEVICE_ID, FALLBACK, KEY, KEYS, SIGNED_KEY, USER_ID},
};
use crate::{
    keys::{Curve25519PublicKey, Ed25519PublicKey},
    olm::{Account, OutboundCreationError, Session, SessionConfig},
    signed_json::{JsonObject, JsonValue},
};

/// The identity keys of a device, which it has signed itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceKeys {
    object: JsonObject,
    user_id: String,
    device_id: String,
    algorithms: Vec<String>,
    ed25519_key: Ed25519PublicKey,
    curve25519_key: Curve25519PublicKey,
}

/// A one-time key or fallback key of a device, which the device has signed, with the device's identity key: what a session is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimedKey {
    identity_key: Curve25519PublicKey,
    one_time_key: Curve25519PublicKey,
    is_fallback: bool,
}

impl DeviceKeys {
    /// Checks what the server says of a device: that it is about the device that was asked for, and signed with the fingerprint key in it.
    ///
    /// Whoever has known the device before compares the [fingerprint key](Self::ed25519_key) with what it was: that of a device never changes.
    ///
    /// # Errors
    ///
    /// A [`DeviceKeysError`] if a field is missing or malformed, if the keys are those of another user or device, or if the signature is not valid.
    pub fn verify(object: &JsonObject, user_id: &str, device_id: &str) -> Result<Self, DeviceKeysError> {
        if text(object, USER_ID)? != user_id {
            return Err(DeviceKeysError::MismatchedUserId);
        }
        if text(object, DEVICE_ID)? != device_id {
            return Err(DeviceKeysError::MismatchedDeviceId);
        }
        let ed25519_key = Ed25519PublicKey::from_base64(key(object, "ed25519", device_id)?)?;
        let curve25519_key = Curve25519PublicKey::from_base64(key(object, "curve25519", device_id)?)?;
        object.verify(user_id, device_id, &ed25519_key)?;
        Ok(Self {
            object: object.clone(),
            user_id: user_id.to_owned(),
            device_id: device_id.to_owned(),
            algorithms: algorithms(object)?,
            ed25519_key,
            curve25519_key,
        })
    }

    /// The id of the user.
    #[must_use]
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// The id of the device.
    #[must_use]
    pub fn device_id(&self) -> &str {
        &self.device_id
    }

    /// The encryption algorithms that the device says it can do.
    #[must_use]
    pub fn algorithms(&self) -> &[String] {
        &self.algorithms
    }

    /// The fingerprint key.
    #[must_use]
    pub fn ed25519_key(&self) -> Ed25519PublicKey {
        self.ed25519_key
    }

    /// The identity key.
    #[must_use]
    pub fn curve25519_key(&self) -> Curve25519PublicKey {
        self.curve25519_key
    }

    /// The object that was verified: other signatures on it, such as that of the user's self-signing key, are checked with [`JsonObject::verify`].
    #[must_use]
    pub fn object(&self) -> &JsonObject {
        &self.object
    }

    /// Checks what the server hands out for this device in an answer to `/keys/claim`: an object with a key of the kind `signed_curve25519` under its id.
    ///
    /// # Errors
    ///
    /// As [`verify_one_time_key`](Self::verify_one_time_key); [`DeviceKeysError::Field`] if there is no such key.
    pub fn verify_claimed(&self, keys: &JsonObject) -> Result<ClaimedKey, DeviceKeysError> {
        let signed = keys.iter().find(|(key_id, _)| key_id.starts_with(SIGNED_KEY));
        let object = signed.and_then(|(_, key)| key.as_object());
        self.verify_one_time_key(object.ok_or(DeviceKeysError::Field { field: "signed_curve25519" })?)
    }

    /// Checks that a one-time key or a fallback key (an object of the kind `signed_curve25519`) was signed by this device.
    ///
    /// # Errors
    ///
    /// A [`DeviceKeysError`] if there is no key, if it is malformed, or if the signature is not valid.
    pub fn verify_one_time_key(&self, object: &JsonObject) -> Result<ClaimedKey, DeviceKeysError> {
        object.verify(&self.user_id, &self.device_id, &self.ed25519_key)?;
        let one_time_key = Curve25519PublicKey::from_base64(text(object, KEY)?)?;
        let is_fallback = match object.get(FALLBACK) {
            None => false,
            Some(value) => value.as_bool().ok_or(DeviceKeysError::Field { field: FALLBACK })?,
        };
        Ok(ClaimedKey { identity_key: self.curve25519_key, one_time_key, is_fallback })
    }
}

impl ClaimedKey {
    /// The identity key of the device.
    #[must_use]
    pub fn identity_key(&self) -> Curve25519PublicKey {
        self.identity_key
    }

    /// The one-time key or fallback key.
    #[must_use]
    pub fn one_time_key(&self) -> Curve25519PublicKey {
        self.one_time_key
    }

    /// Whether it is a fallback key, which serves more than once.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        self.is_fallback
    }
}

impl Account {
    /// [`create_outbound_session`](Self::create_outbound_session) with keys whose signatures were checked.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn create_outbound_session_with<R: TryCryptoRng + ?Sized>(
        &self,
        claimed: &ClaimedKey,
        config: SessionConfig,
        rng: &mut R,
    ) -> Result<Session, OutboundCreationError> {
        self.create_outbound_session(claimed.identity_key, claimed.one_time_key, config, rng)
    }
}

fn text<'o>(object: &'o JsonObject, field: &'static str) -> Result<&'o str, DeviceKeysError> {
    object.get(field).and_then(JsonValue::as_str).ok_or(DeviceKeysError::Field { field })
}

fn key<'o>(object: &'o JsonObject, algorithm: &str, device_id: &str) -> Result<&'o str, DeviceKeysError> {
    let keys = object.get(KEYS).and_then(JsonValue::as_object);
    let key = keys.and_then(|keys| keys.get(&format!("{algorithm}:{device_id}")));
    key.and_then(JsonValue::as_str).ok_or(DeviceKeysError::Field { field: KEYS })
}

fn algorithms(object: &JsonObject) -> Result<Vec<String>, DeviceKeysError> {
    let malformed = DeviceKeysError::Field { field: ALGORITHMS_FIELD };
    let values = object.get(ALGORITHMS_FIELD).and_then(JsonValue::as_array).ok_or(malformed)?;
    values.iter().map(|value| value.as_str().map(str::to_owned).ok_or(malformed)).collect()
}
