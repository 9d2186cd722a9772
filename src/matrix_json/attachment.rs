//! `EncryptedFile` (Matrix specification, "Sending encrypted attachments").

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Base64, Base64Visitor, bytes::Bytes};
use crate::{
    attachment::{AttachmentInfo, AttachmentVersion, EncryptedFile},
    encoding::{DecodeError, base64, json_object::only_object},
    secret::Secret,
};

const KEY_TYPE: &str = "oct";
const ALGORITHM: &str = "A256CTR";
const KEY_OPERATIONS: [&str; 2] = ["encrypt", "decrypt"];

#[derive(Serialize, Deserialize)]
#[serde(rename = "EncryptedFile")]
struct Fields {
    v: String,
    url: String,
    #[serde(deserialize_with = "only_object")]
    key: JsonWebKey,
    iv: Bytes<16>,
    #[serde(deserialize_with = "only_object")]
    hashes: Hashes,
}

#[derive(Serialize, Deserialize)]
struct JsonWebKey {
    kty: String,
    alg: String,
    ext: bool,
    key_ops: Vec<String>,
    k: Key,
}

#[derive(Serialize, Deserialize)]
struct Hashes {
    sha256: Bytes<32>,
}

/// The secret key, in the URL-safe alphabet.
struct Key(Secret<32>);

impl Base64 for Key {
    const NAME: &'static str = "a key of 32 bytes, URL-safe,";
    type Error = DecodeError;

    fn read(text: &str) -> Result<Self, DecodeError> {
        base64::decode_secret_url_safe(text).map(Self)
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(base64::encode_secret_url_safe(self.0.as_bytes()).as_str())
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Base64Visitor::new())
    }
}

impl JsonWebKey {
    fn new(key: &[u8; 32]) -> Self {
        Self {
            kty: KEY_TYPE.to_owned(),
            alg: ALGORITHM.to_owned(),
            ext: true,
            key_ops: KEY_OPERATIONS.map(str::to_owned).into(),
            k: Key(Secret::copy_of(key)),
        }
    }

    fn check(&self) -> Result<(), &'static str> {
        let can = |operation: &&str| self.key_ops.iter().any(|allowed| allowed == operation);
        match self {
            _ if self.kty != KEY_TYPE => Err("the key type of an attachment is `oct`"),
            _ if self.alg != ALGORITHM => Err("the algorithm of an attachment is `A256CTR`"),
            _ if !self.ext => Err("the key of an attachment is extractable"),
            _ if !KEY_OPERATIONS.iter().all(can) => Err("the key of an attachment encrypts and decrypts"),
            _ => Ok(()),
        }
    }
}

impl Serialize for EncryptedFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let info = &self.info;
        let fields = Fields {
            v: info.version().as_str().to_owned(),
            url: self.url.clone(),
            key: JsonWebKey::new(info.key()),
            iv: Bytes(*info.iv()),
            hashes: Hashes { sha256: Bytes(*info.sha256()) },
        };
        fields.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for EncryptedFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields: Fields = only_object(deserializer)?;
        let unknown = || de::Error::custom("the attachment is of a version that is not supported");
        let version = AttachmentVersion::from_name(&fields.v).ok_or_else(unknown)?;
        fields.key.check().map_err(de::Error::custom)?;
        let (Bytes(iv), Bytes(sha256)) = (fields.iv, fields.hashes.sha256);
        Ok(Self::new(fields.url, AttachmentInfo::from_secret(version, fields.key.k.0, iv, sha256)))
    }
}
