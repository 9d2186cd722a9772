use crate::{encoding::DecodeError, keys::Ed25519PublicKey};

/// The public signing key of a session, decoded to a point of the curve when it first verifies something.
#[derive(Clone, Copy)]
pub(crate) struct SessionSigningKey {
    bytes: [u8; Ed25519PublicKey::LENGTH],
    decoded: Option<Ed25519PublicKey>,
}

impl SessionSigningKey {
    /// The key with these bytes, which were decoded when they were stored, and nobody can have changed since.
    pub(crate) fn decode_later(bytes: [u8; Ed25519PublicKey::LENGTH]) -> Self {
        Self { bytes, decoded: None }
    }

    pub(crate) fn as_bytes(&self) -> &[u8; Ed25519PublicKey::LENGTH] {
        &self.bytes
    }

    /// The key as a point.
    pub(crate) fn decode(&mut self) -> Result<&Ed25519PublicKey, DecodeError> {
        let decoded = match self.decoded {
            Some(decoded) => decoded,
            None => Ed25519PublicKey::from_bytes(&self.bytes)?,
        };
        Ok(self.decoded.insert(decoded))
    }
}

impl From<Ed25519PublicKey> for SessionSigningKey {
    fn from(key: Ed25519PublicKey) -> Self {
        Self { bytes: *key.as_bytes(), decoded: Some(key) }
    }
}

impl PartialEq for SessionSigningKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for SessionSigningKey {}
