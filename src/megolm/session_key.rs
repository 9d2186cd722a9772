use core::fmt;

use super::{SessionKeyError, ratchet::Ratchet, session_format};
use crate::{
    encoding::{DecodeError, base64},
    keys::{Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature, SessionId},
    secret::{FOR_CURVES, Secret, SecretText, split, split_mut, with_wiped_stack},
};

/// The version byte of the session sharing format.
const VERSION: u8 = 2;

/// A session key: what a sender shares over Olm so that others can read its messages from an index on.
///
/// 229 bytes (Megolm specification, "Session sharing format"): `02 | index[4, big endian] | R0..R3[128] |
/// Ed25519 public key[32] | signature[64]`, signed by that very key. A value of this type has a valid signature.
/// It is secret: wiped when dropped, not printable, compared in constant time.
#[derive(PartialEq, Eq)]
pub struct SessionKey {
    bytes: Secret<{ SessionKey::LENGTH }>,
    signing_key: Ed25519PublicKey,
}

impl SessionKey {
    /// The length of a session key, in bytes.
    pub const LENGTH: usize = session_format::LENGTH + Ed25519Signature::LENGTH;

    pub(super) fn sign(ratchet: &Ratchet, signing_key: &Ed25519KeyPair) -> Self {
        let mut bytes = Secret::zeroed();
        let (signed, signature) = split_mut(bytes.as_mut_bytes());
        session_format::write(VERSION, ratchet, signing_key.public().as_bytes(), signed);
        *signature = *signing_key.sign(signed).as_bytes();
        Self { bytes, signing_key: signing_key.public() }
    }

    /// Reads a session key from its bytes and checks its signature.
    ///
    /// # Errors
    ///
    /// [`SessionKeyError::Decode`] if there are not exactly 229 bytes, if the version is not 2, or if the public key
    /// is none; [`SessionKeyError::InvalidSignature`] if the signature is not valid.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SessionKeyError> {
        let bytes = <&[u8; Self::LENGTH]>::try_from(bytes)
            .map_err(|_| DecodeError::Length { expected: Self::LENGTH, actual: bytes.len() })?;
        Self::check(Secret::copy_of(bytes))
    }

    /// Reads a session key from its text, the `session_key` of an `m.room_key` event: unpadded base64.
    ///
    /// # Errors
    ///
    /// [`SessionKeyError::Decode`] if the text is no unpadded base64, or of another length; otherwise as [`from_bytes`](Self::from_bytes).
    pub fn from_base64(text: &str) -> Result<Self, SessionKeyError> {
        Self::check(base64::decode_secret(text)?)
    }

    fn check(bytes: Secret<{ Self::LENGTH }>) -> Result<Self, SessionKeyError> {
        let (signed, signature) = split(bytes.as_bytes());
        let signing_key = session_format::check(VERSION, signed)?;
        let signature = Ed25519Signature::from_bytes(*signature);
        // What is signed holds the ratchet, over which SHA-512 goes.
        with_wiped_stack::<FOR_CURVES, _>(|| signing_key.verify(signed, &signature))
            .map_err(|_| SessionKeyError::InvalidSignature)?;
        Ok(Self { bytes, signing_key })
    }

    /// The 229 bytes. Copies of them are the caller's to wipe.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        self.bytes.as_bytes()
    }

    /// The session key as 306 characters of unpadded base64, wiped when dropped.
    #[must_use]
    pub fn to_base64(&self) -> SecretText {
        base64::encode_secret(self.as_bytes())
    }

    /// The id of the session.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        SessionId::from_bytes(*self.signing_key.as_bytes())
    }

    /// The message index from which the session can be read.
    #[must_use]
    pub fn message_index(&self) -> u32 {
        session_format::index(self.signed())
    }

    pub(super) fn signing_key(&self) -> Ed25519PublicKey {
        self.signing_key
    }

    pub(super) fn ratchet(&self) -> Ratchet {
        session_format::ratchet(self.signed())
    }

    fn signed(&self) -> &[u8; session_format::LENGTH] {
        split::<{ Self::LENGTH }, { session_format::LENGTH }, { Ed25519Signature::LENGTH }>(self.as_bytes()).0
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SessionKey")
            .field("session_id", &self.session_id())
            .field("message_index", &self.message_index())
            .finish_non_exhaustive()
    }
}
