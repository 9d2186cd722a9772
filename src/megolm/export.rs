use core::fmt;

use super::{SessionSigningKey, ratchet::Ratchet, session_format};
use crate::{
    encoding::{DecodeError, base64},
    keys::SessionId,
    secret::{Secret, SecretText},
};

/// The version byte of the session export format.
const VERSION: u8 = 1;

/// A session export: what an inbound session hands on, in key backups, key export files and forwarded keys.
///
/// 165 bytes (Megolm specification, "Session export format"): `01 | index[4, big endian] | R0..R3[128] |
/// Ed25519 public key[32]`. It carries no signature: whoever made it may have invented the ratchet, so a session made
/// from it is marked as imported. It is secret: wiped when dropped, not printable, compared in constant time.
#[derive(PartialEq, Eq)]
pub struct SessionExport {
    bytes: Secret<{ SessionExport::LENGTH }>,
    signing_key: SessionSigningKey,
}

impl SessionExport {
    /// The length of a session export, in bytes.
    pub const LENGTH: usize = session_format::LENGTH;

    pub(super) fn new(ratchet: &Ratchet, signing_key: SessionSigningKey) -> Self {
        let mut bytes = Secret::zeroed();
        session_format::write(VERSION, ratchet, signing_key.as_bytes(), bytes.as_mut_bytes());
        Self { bytes, signing_key }
    }

    /// Reads a session export from its bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Length`] if there are not exactly 165 bytes, [`DecodeError::UnsupportedVersion`] if the version
    /// is not 1, [`DecodeError::PublicKey`] if the public key is none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let bytes = <&[u8; Self::LENGTH]>::try_from(bytes)
            .map_err(|_| DecodeError::Length { expected: Self::LENGTH, actual: bytes.len() })?;
        Self::check(Secret::copy_of(bytes))
    }

    /// Reads a session export from its text: unpadded base64.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] or [`DecodeError::Length`] if the text is no unpadded base64, or of another length; otherwise as [`from_bytes`](Self::from_bytes).
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        Self::check(base64::decode_secret(text)?)
    }

    fn check(bytes: Secret<{ Self::LENGTH }>) -> Result<Self, DecodeError> {
        let signing_key = session_format::check(VERSION, bytes.as_bytes())?.into();
        Ok(Self { bytes, signing_key })
    }

    /// The 165 bytes. Copies of them are the caller's to wipe.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        self.bytes.as_bytes()
    }

    /// The session export as 220 characters of unpadded base64, wiped when dropped.
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
        session_format::index(self.as_bytes())
    }

    pub(super) fn signing_key(&self) -> SessionSigningKey {
        self.signing_key
    }

    pub(super) fn ratchet(&self) -> Ratchet {
        session_format::ratchet(self.as_bytes())
    }
}

impl fmt::Debug for SessionExport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SessionExport")
            .field("session_id", &self.session_id())
            .field("message_index", &self.message_index())
            .finish_non_exhaustive()
    }
}
