//! Pre-key messages: a normal message with the keys that start its session around it; no keys are kept here.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::{
    SessionKeys,
    message::{self, Layout},
};
use crate::{
    encoding::{DecodeError, MessageVersion, Reader, base64, protobuf},
    keys::{Curve25519PublicKey, SessionId},
};

/// The version of the outer part, also around a message of another version.
const OUTER_VERSION: MessageVersion = MessageVersion::V1;
/// Field 1, bytes: the one-time key.
const ONE_TIME_KEY: u8 = 0x0a;
/// Field 2, bytes: the base key.
const BASE_KEY: u8 = 0x12;
/// Field 3, bytes: the identity key.
const IDENTITY_KEY: u8 = 0x1a;
/// Field 4, bytes: the whole normal message.
const MESSAGE: u8 = 0x22;

/// The length of a pre-key message around a normal message of `inner_length`, in bytes.
pub(super) fn sealed_length(inner_length: usize) -> usize {
    let key_length = protobuf::bytes_field_length(Curve25519PublicKey::LENGTH);
    [key_length, key_length, key_length, protobuf::bytes_field_length(inner_length)]
        .into_iter()
        .fold(1, usize::saturating_add)
}

/// A pre-key message (type 0): what the party that starts a session sends until it has received something.
///
/// Owns its wire bytes, exactly as received; its fields are views into them. The outer keys carry no MAC of their
/// own: [`Account::create_inbound_session`](super::Account::create_inbound_session) makes a session from them, refuses
/// a base key that would agree the same session in another form, and proves them by decrypting the message inside.
#[derive(Clone, PartialEq, Eq)]
pub struct PreKeyMessage {
    bytes: Vec<u8>,
    session_keys: SessionKeys,
    layout: Layout,
}

impl PreKeyMessage {
    /// Writes a pre-key message around a normal message that is sealed in the same buffer.
    pub(super) fn seal(
        session_keys: SessionKeys,
        version: MessageVersion,
        ratchet_key: Curve25519PublicKey,
        chain_index: u32,
        message_key: &[u8; 32],
        plaintext: &[u8],
    ) -> Self {
        let inner_length = message::sealed_length(version, chain_index, plaintext.len());
        let mut bytes = Vec::with_capacity(sealed_length(inner_length));
        bytes.push(OUTER_VERSION.byte());
        protobuf::put_bytes(&mut bytes, ONE_TIME_KEY, session_keys.one_time_key.as_bytes());
        protobuf::put_bytes(&mut bytes, BASE_KEY, session_keys.base_key.as_bytes());
        protobuf::put_bytes(&mut bytes, IDENTITY_KEY, session_keys.identity_key.as_bytes());
        protobuf::put_bytes_header(&mut bytes, MESSAGE, inner_length);
        let layout = Layout::seal(&mut bytes, version, ratchet_key, chain_index, message_key, plaintext);
        Self { bytes, session_keys, layout }
    }

    /// Reads a message from its wire bytes (Olm specification, "Pre-Key Messages"), strictly:
    /// `03 | 0a 20 one_time_key | 12 20 base_key | 1a 20 identity_key | 22 length message`, in this order and nothing else.
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] that says what is wrong with the format.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, DecodeError> {
        let bytes = bytes.into();
        let mut reader = Reader::new(&bytes);
        match MessageVersion::read(&mut reader)? {
            OUTER_VERSION => {}
            other => return Err(DecodeError::UnsupportedVersion { version: other.byte() }),
        }
        let one_time_key = Curve25519PublicKey::from_bytes(protobuf::bytes32(&mut reader, ONE_TIME_KEY)?);
        let base_key = Curve25519PublicKey::from_bytes(protobuf::bytes32(&mut reader, BASE_KEY)?);
        let identity_key = Curve25519PublicKey::from_bytes(protobuf::bytes32(&mut reader, IDENTITY_KEY)?);
        let inner = protobuf::bytes(&mut reader, MESSAGE)?;
        reader.finish()?;
        let layout = Layout::read(&bytes, inner)?;
        Ok(Self { bytes, session_keys: SessionKeys { identity_key, base_key, one_time_key }, layout })
    }

    /// Reads a message from its text, the `body` of a Matrix event: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64; otherwise as [`from_bytes`](Self::from_bytes).
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        Self::from_bytes(base64::decode(text)?)
    }

    /// The wire bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The message as unpadded base64, the `body` of a Matrix event.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode_message(&self.bytes)
    }

    /// The three keys that the sender's session was agreed with.
    #[must_use]
    pub fn session_keys(&self) -> SessionKeys {
        self.session_keys
    }

    /// The id of the session that the message belongs to.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        self.session_keys.session_id()
    }

    /// The identity key that the sender claims.
    #[must_use]
    pub fn identity_key(&self) -> Curve25519PublicKey {
        self.session_keys.identity_key
    }

    /// The sender's base key.
    #[must_use]
    pub fn base_key(&self) -> Curve25519PublicKey {
        self.session_keys.base_key
    }

    /// The receiver's one-time key or fallback key that the sender used.
    #[must_use]
    pub fn one_time_key(&self) -> Curve25519PublicKey {
        self.session_keys.one_time_key
    }

    /// The version that the message inside states.
    #[must_use]
    pub fn version(&self) -> MessageVersion {
        self.layout.version()
    }

    /// The sender's ratchet key, from the message inside.
    #[must_use]
    pub fn ratchet_key(&self) -> Curve25519PublicKey {
        self.layout.ratchet_key()
    }

    /// The chain index, from the message inside.
    #[must_use]
    pub fn chain_index(&self) -> u32 {
        self.layout.chain_index()
    }

    /// The ciphertext of the message inside: a non-empty multiple of 16 bytes.
    #[must_use]
    pub fn ciphertext(&self) -> &[u8] {
        self.layout.ciphertext(&self.bytes)
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }
}

impl fmt::Debug for PreKeyMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PreKeyMessage")
            .field("session_keys", &self.session_keys)
            .field("ratchet_key", &self.ratchet_key())
            .field("chain_index", &self.chain_index())
            .field("length", &self.bytes.len())
            .finish()
    }
}
