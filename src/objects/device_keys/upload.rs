use alloc::{format, string::String, vec::Vec};

use super::names::{ALGORITHMS, ALGORITHMS_FIELD, DEVICE_ID, FALLBACK, KEY, KEYS, SIGNED_KEY, USER_ID};
use crate::{
    olm::{Account, OneTimeKey},
    signed_json::{JsonObject, JsonValue},
};

/// What an account uploads, signed by its fingerprint key.
impl Account {
    /// The `device_keys` of an upload.
    #[must_use]
    pub fn signed_device_keys(&self, user_id: &str, device_id: &str) -> JsonObject {
        let keys = JsonObject::from_fields([
            (format!("curve25519:{device_id}"), self.curve25519_key().to_base64().into()),
            (format!("ed25519:{device_id}"), self.ed25519_key().to_base64().into()),
        ]);
        let algorithms: Vec<JsonValue> = ALGORITHMS.map(JsonValue::from).into();
        let object = JsonObject::from_fields([
            (ALGORITHMS_FIELD, JsonValue::from(algorithms)),
            (DEVICE_ID, JsonValue::from(device_id)),
            (KEYS, JsonValue::from(keys)),
            (USER_ID, JsonValue::from(user_id)),
        ]);
        self.signed(object, user_id, device_id)
    }

    /// The `one_time_keys` of an upload: all that were not marked as published. The object itself is not signed, each key in it is.
    #[must_use]
    pub fn signed_one_time_keys(&self, user_id: &str, device_id: &str) -> JsonObject {
        let keys = self.unpublished_one_time_keys();
        JsonObject::from_fields(keys.map(|key| {
            let object = JsonObject::from_fields([(KEY, key.public_key.to_base64().into())]);
            (key_name(&key), self.signed(object, user_id, device_id).into())
        }))
    }

    /// The `fallback_keys` of an upload: the current fallback key, unless it was marked as published; empty then.
    #[must_use]
    pub fn signed_fallback_keys(&self, user_id: &str, device_id: &str) -> JsonObject {
        JsonObject::from_fields(self.unpublished_fallback_key().into_iter().map(|key| {
            let object = JsonObject::from_fields([
                (KEY, JsonValue::from(key.public_key.to_base64())),
                (FALLBACK, JsonValue::from(true)),
            ]);
            (key_name(&key), self.signed(object, user_id, device_id).into())
        }))
    }

    fn signed(&self, mut object: JsonObject, user_id: &str, device_id: &str) -> JsonObject {
        #[expect(clippy::expect_used, reason = "the object was made here and has no signatures yet")]
        object.sign(user_id, device_id, self.signing_key_pair()).expect("there are no signatures yet");
        object
    }
}

fn key_name(key: &OneTimeKey) -> String {
    format!("{SIGNED_KEY}{}", key.key_id)
}
