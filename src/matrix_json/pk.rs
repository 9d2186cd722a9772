//! An entry of a key backup: the `session_data` of the Matrix specification.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{any_bytes::AnyBytes, bytes::Bytes};
use crate::{encoding::json_object::only_object, keys::Curve25519PublicKey, pk::PkMessage};

#[derive(Serialize, Deserialize)]
#[serde(rename = "PkMessage")]
struct Fields {
    ephemeral: Curve25519PublicKey,
    ciphertext: AnyBytes,
    mac: Bytes<8>,
}

impl Serialize for PkMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ciphertext = AnyBytes(self.ciphertext.clone());
        Fields { ephemeral: self.ephemeral_key, ciphertext, mac: Bytes(self.mac) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PkMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields: Fields = only_object(deserializer)?;
        Self::from_parts(fields.ciphertext.0, fields.mac.0, fields.ephemeral).map_err(de::Error::custom)
    }
}
