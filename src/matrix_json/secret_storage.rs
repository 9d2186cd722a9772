//! The objects of secret storage (Matrix specification, "Secret storage").

use alloc::{borrow::ToOwned, string::String};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{any_bytes::AnyBytes, bytes::Bytes};
use crate::secret_storage::{EncryptedSecret, KeyCheck, KeyDescription, PassphraseParameters};

const ALGORITHM: &str = "m.secret_storage.v1.aes-hmac-sha2";
const PASSPHRASE_ALGORITHM: &str = "m.pbkdf2";
const KEY_BITS: u32 = 256;

#[derive(Serialize, Deserialize)]
#[serde(rename = "EncryptedSecret")]
struct SecretFields {
    iv: Bytes<16>,
    ciphertext: AnyBytes,
    mac: Bytes<32>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "PassphraseParameters")]
struct PassphraseFields {
    algorithm: String,
    salt: String,
    iterations: u32,
    #[serde(default = "key_bits")]
    bits: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "KeyDescription")]
struct DescriptionFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    algorithm: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    passphrase: Option<PassphraseParameters>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iv: Option<Bytes<16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mac: Option<Bytes<32>>,
}

fn key_bits() -> u32 {
    KEY_BITS
}

impl Serialize for EncryptedSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (iv, mac) = (Bytes(self.iv), Bytes(self.mac));
        SecretFields { iv, ciphertext: AnyBytes(self.ciphertext.clone()), mac }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for EncryptedSecret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = SecretFields::deserialize(deserializer)?;
        Ok(Self { iv: fields.iv.0, ciphertext: fields.ciphertext.0, mac: fields.mac.0 })
    }
}

impl Serialize for PassphraseParameters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = PassphraseFields {
            algorithm: PASSPHRASE_ALGORITHM.to_owned(),
            salt: self.salt().to_owned(),
            iterations: self.rounds(),
            bits: KEY_BITS,
        };
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PassphraseParameters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = PassphraseFields::deserialize(deserializer)?;
        if fields.algorithm != PASSPHRASE_ALGORITHM {
            return Err(de::Error::custom("the passphrase algorithm is not `m.pbkdf2`"));
        }
        if fields.bits != KEY_BITS {
            return Err(de::Error::custom("the key of a secret storage has 256 bits"));
        }
        Self::new(fields.salt, fields.iterations).map_err(de::Error::custom)
    }
}

impl Serialize for KeyDescription {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = DescriptionFields {
            name: self.name.clone(),
            algorithm: ALGORITHM.to_owned(),
            passphrase: self.passphrase.clone(),
            iv: self.check.map(|check| Bytes(check.iv)),
            mac: self.check.map(|check| Bytes(check.mac)),
        };
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for KeyDescription {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = DescriptionFields::deserialize(deserializer)?;
        if fields.algorithm != ALGORITHM {
            return Err(de::Error::custom("the algorithm of the key is not supported"));
        }
        let check = match (fields.iv, fields.mac) {
            (Some(iv), Some(mac)) => Some(KeyCheck { iv: iv.0, mac: mac.0 }),
            (None, None) => None,
            _ => return Err(de::Error::custom("`iv` and `mac` of a key's description stand together")),
        };
        Ok(Self { name: fields.name, passphrase: fields.passphrase, check })
    }
}
