use alloc::string::String;
use core::fmt;

use crate::{
    encoding::{base64, json_text},
    secret::{Secret, SecretBytes},
};

/// What opens an attachment: key, IV, and the hash of the ciphertext.
///
/// It is secret, and travels in encrypted events alone. Wiped when dropped, compared in constant time; the key is not printed.
#[derive(PartialEq, Eq)]
pub struct AttachmentInfo {
    version: AttachmentVersion,
    key: Secret<32>,
    iv: [u8; 16],
    sha256: [u8; 32],
}

/// The version of the attachment format. All encrypt in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AttachmentVersion {
    /// `v1`, historic: an IV of 16 random bytes. Read, never written.
    V1,
    /// `v2`: an IV of 8 random bytes and 8 zeros.
    V2,
}

/// An attachment as an event speaks of it: where the ciphertext is, and what opens it.
///
/// With the feature `serde`, this is the JSON object `EncryptedFile` of the Matrix specification, the `file` of an `m.file`, `m.image`, `m.audio`
/// or `m.video` message. Reading it demands all that the specification demands (the key type `oct`, the algorithm `A256CTR`, `ext`, both key
/// operations, a `sha256` of 32 bytes) and refuses other versions than `v1` and `v2`.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncryptedFile {
    /// The address of the ciphertext, `mxc://...`; any text here.
    pub url: String,
    /// What opens it.
    pub info: AttachmentInfo,
}

impl AttachmentInfo {
    /// What was read from an event: a key of 32 bytes, an IV of 16, a SHA-256 of 32. The caller's copy of the key is the caller's to wipe.
    #[must_use]
    pub fn new(version: AttachmentVersion, key: &[u8; 32], iv: [u8; 16], sha256: [u8; 32]) -> Self {
        Self::from_secret(version, Secret::copy_of(key), iv, sha256)
    }

    pub(crate) fn from_secret(
        version: AttachmentVersion,
        key: Secret<32>,
        iv: [u8; 16],
        sha256: [u8; 32],
    ) -> Self {
        Self { version, key, iv, sha256 }
    }

    /// The version of the format.
    #[must_use]
    pub fn version(&self) -> AttachmentVersion {
        self.version
    }

    /// The key, 32 bytes. Copies of it are the caller's to wipe.
    #[must_use]
    pub fn key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The IV: the counter block of the first 16 bytes.
    #[must_use]
    pub fn iv(&self) -> &[u8; 16] {
        &self.iv
    }

    /// The SHA-256 of the ciphertext.
    #[must_use]
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }
}

impl AttachmentVersion {
    /// The version with a name of events, the field `v`; `None` for any other.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::V1, Self::V2].into_iter().find(|version| version.as_str() == name)
    }

    /// The name in events.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }
}

impl EncryptedFile {
    /// What an event says of an attachment that was uploaded to `url`.
    #[must_use]
    pub fn new(url: impl Into<String>, info: AttachmentInfo) -> Self {
        Self { url: url.into(), info }
    }

    /// The JSON object of the event, canonical, in a buffer that leaves no copy of the key behind.
    #[must_use]
    pub fn to_json(&self) -> SecretBytes {
        let mut json = SecretBytes::with_capacity(512);
        for part in [
            r#"{"hashes":{"sha256":""#,
            &base64::encode(self.info.sha256()),
            r#""},"iv":""#,
            &base64::encode(self.info.iv()),
            r#"","key":{"alg":"A256CTR","ext":true,"k":""#,
            base64::encode_secret_url_safe(self.info.key()).as_str(),
            r#"","key_ops":["encrypt","decrypt"],"kty":"oct"},"url":"#,
        ] {
            json.extend(part.as_bytes());
        }
        json_text::write(&mut json, &self.url);
        json.extend(br#","v":""#);
        json.extend(self.info.version().as_str().as_bytes());
        json.extend(br#""}"#);
        json
    }
}

impl fmt::Debug for AttachmentInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AttachmentInfo").field("version", &self.version).finish_non_exhaustive()
    }
}
