//! The objects of secret storage (Matrix specification, "Secret storage").

use alloc::{borrow::ToOwned, string::String};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{any_bytes::AnyBytes, bytes::Bytes};
use crate::{
    encoding::json_object::{OnlyObject, only_object},
    secret_storage::{EncryptedSecret, KeyCheck, KeyDescription, PassphraseParameters},
};

const ALGORITHM: &str = "m.secret_storage.v1.aes-hmac-sha2";
const PASSPHRASE_ALGORITHM: &str = "m.pbkdf2";
const KEY_BITS: u64 = 256;

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
    salt: Option<String>,
    iterations: Option<u64>,
    bits: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "KeyDescription")]
struct DescriptionFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    algorithm: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    passphrase: Option<OnlyObject<PassphraseFields>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iv: Option<Bytes<16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mac: Option<Bytes<32>>,
}

impl PassphraseFields {
    fn new(parameters: &PassphraseParameters) -> Self {
        Self {
            algorithm: PASSPHRASE_ALGORITHM.to_owned(),
            salt: Some(parameters.salt().to_owned()),
            iterations: Some(parameters.rounds().into()),
            bits: Some(KEY_BITS),
        }
    }

    fn is_known(&self) -> bool {
        self.algorithm == PASSPHRASE_ALGORITHM && self.bits.is_none_or(|bits| bits == KEY_BITS)
    }

    fn read<E: de::Error>(self) -> Result<PassphraseParameters, E> {
        if !self.is_known() {
            return Err(E::custom("the passphrase is not of the algorithm `m.pbkdf2` with 256 bits"));
        }
        let salt = self.salt.ok_or_else(|| E::missing_field("salt"))?;
        let iterations = self.iterations.ok_or_else(|| E::missing_field("iterations"))?;
        let rounds = u32::try_from(iterations).map_err(|_| E::custom("there are too many iterations"))?;
        PassphraseParameters::new(salt, rounds).map_err(E::custom)
    }
}

impl Serialize for EncryptedSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (iv, mac) = (Bytes(self.iv), Bytes(self.mac));
        SecretFields { iv, ciphertext: AnyBytes(self.ciphertext.clone()), mac }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for EncryptedSecret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields: SecretFields = only_object(deserializer)?;
        Ok(Self { iv: fields.iv.0, ciphertext: fields.ciphertext.0, mac: fields.mac.0 })
    }
}

impl Serialize for PassphraseParameters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PassphraseFields::new(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PassphraseParameters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        only_object::<PassphraseFields, D>(deserializer)?.read()
    }
}

impl Serialize for KeyDescription {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = DescriptionFields {
            name: self.name.clone(),
            algorithm: ALGORITHM.to_owned(),
            passphrase: self
                .passphrase
                .as_ref()
                .map(|passphrase| OnlyObject(PassphraseFields::new(passphrase))),
            iv: self.check.map(|check| Bytes(check.iv)),
            mac: self.check.map(|check| Bytes(check.mac)),
        };
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for KeyDescription {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields: DescriptionFields = only_object(deserializer)?;
        if fields.algorithm != ALGORITHM {
            return Err(de::Error::custom("the algorithm of the key is not supported"));
        }
        // Half a check tells nothing, and a passphrase of an unknown kind keeps nobody from the recovery key.
        let check = fields.iv.zip(fields.mac).map(|(iv, mac)| KeyCheck::new(iv.0, mac.0));
        let known = fields.passphrase.map(|passphrase| passphrase.0).filter(PassphraseFields::is_known);
        let passphrase = known.map(PassphraseFields::read).transpose()?;
        Ok(Self { name: fields.name, passphrase, check })
    }
}
