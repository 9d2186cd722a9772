//! Olm messages: bytes, and views into them; no keys are kept here.

use alloc::{string::String, vec::Vec};
use core::{fmt, ops::Range};

use crate::{
    encoding::{DecodeError, MessageVersion, Reader, base64, protobuf},
    keys::Curve25519PublicKey,
    primitives::cbc_hmac::{self, AuthenticationFailed, MessageSecret},
};

/// Field 1, bytes: the ratchet key.
const RATCHET_KEY: u8 = 0x0a;
/// Field 2, integer: the chain index.
const CHAIN_INDEX: u8 = 0x10;
/// Field 4, bytes: the ciphertext. There is no field 3.
const CIPHERTEXT: u8 = 0x22;

/// Where the parts of a normal message lie within its wire bytes, or within those of the pre-key message around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    version: MessageVersion,
    ratchet_key: Curve25519PublicKey,
    chain_index: u32,
    authenticated: Range<usize>,
    ciphertext: Range<usize>,
    mac: Range<usize>,
}

impl Layout {
    /// Reads the normal message that fills `message`, a part of `bytes` (Olm specification, "Normal Messages"):
    /// `03 | 0a 20 ratchet_key | 10 chain_index | 22 length ciphertext | mac[8]`, in this order and nothing else; or `04`
    /// and `mac[32]`.
    pub(super) fn read(bytes: &[u8], message: Range<usize>) -> Result<Self, DecodeError> {
        let (start, end) = (message.start, message.end);
        let mut reader = Reader::new(bytes.get(..end).ok_or(DecodeError::Truncated)?);
        reader.range(start)?;
        let version = MessageVersion::read(&mut reader)?;
        let ratchet_key = Curve25519PublicKey::from_bytes(protobuf::bytes32(&mut reader, RATCHET_KEY)?);
        let chain_index = protobuf::u32(&mut reader, CHAIN_INDEX)?;
        let ciphertext = protobuf::bytes(&mut reader, CIPHERTEXT)?;
        let mac = reader.range(version.mac_length())?;
        reader.finish()?;
        cbc_hmac::check_ciphertext_length(ciphertext.len())?;
        Ok(Self { version, ratchet_key, chain_index, authenticated: start..mac.start, ciphertext, mac })
    }

    /// Appends a normal message to `bytes`, encrypted and authenticated where it lies.
    ///
    /// Keys: `aes_key[32] || mac_key[32] || iv[16] = HKDF-SHA-256(no salt, message_key, "OLM_KEYS")` (Olm specification,
    /// "Olm Authenticated Encryption").
    pub(super) fn seal(
        bytes: &mut Vec<u8>,
        version: MessageVersion,
        ratchet_key: Curve25519PublicKey,
        chain_index: u32,
        message_key: &[u8; 32],
        plaintext: &[u8],
    ) -> Self {
        let start = bytes.len();
        bytes.reserve_exact(sealed_length(version, chain_index, plaintext.len()));
        bytes.push(version.byte());
        protobuf::put_bytes(bytes, RATCHET_KEY, ratchet_key.as_bytes());
        protobuf::put_u32(bytes, CHAIN_INDEX, chain_index);
        protobuf::put_bytes_header(bytes, CIPHERTEXT, cbc_hmac::ciphertext_length(plaintext.len()));
        let ciphertext_start = bytes.len();
        bytes.extend_from_slice(plaintext);
        cbc_hmac::seal(&message_secret(message_key), bytes, start, ciphertext_start, version.mac_length());
        let end = bytes.len();
        let mac_start = end.saturating_sub(version.mac_length());
        Self {
            version,
            ratchet_key,
            chain_index,
            authenticated: start..mac_start,
            ciphertext: ciphertext_start..mac_start,
            mac: mac_start..end,
        }
    }

    /// Checks the MAC over the received bytes, then decrypts.
    pub(super) fn open(&self, bytes: &[u8], message_key: &[u8; 32]) -> Result<Vec<u8>, AuthenticationFailed> {
        let part = |range: &Range<usize>| bytes.get(range.clone()).ok_or(AuthenticationFailed);
        cbc_hmac::open(
            &message_secret(message_key),
            part(&self.authenticated)?,
            part(&self.ciphertext)?,
            part(&self.mac)?,
        )
    }

    pub(super) fn version(&self) -> MessageVersion {
        self.version
    }

    pub(super) fn ratchet_key(&self) -> Curve25519PublicKey {
        self.ratchet_key
    }

    pub(super) fn chain_index(&self) -> u32 {
        self.chain_index
    }

    pub(super) fn ciphertext<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(self.ciphertext.clone()).unwrap_or_default()
    }
}

/// The length of a normal message, in bytes.
pub(super) fn sealed_length(version: MessageVersion, chain_index: u32, plaintext_length: usize) -> usize {
    [
        protobuf::bytes_field_length(Curve25519PublicKey::LENGTH),
        protobuf::u32_field_length(chain_index),
        protobuf::bytes_field_length(cbc_hmac::ciphertext_length(plaintext_length)),
        version.mac_length(),
    ]
    .into_iter()
    .fold(1, usize::saturating_add)
}

fn message_secret(message_key: &[u8; 32]) -> MessageSecret<'_> {
    MessageSecret::new(message_key, b"OLM_KEYS")
}

/// A normal Olm message (type 1): what a session sends once it has received something.
///
/// Owns its wire bytes, exactly as received; its fields are views into them. Nothing here is authenticated until
/// [`Session::decrypt`](super::Session::decrypt) has accepted the message.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    bytes: Vec<u8>,
    layout: Layout,
}

impl Message {
    pub(super) fn seal(
        version: MessageVersion,
        ratchet_key: Curve25519PublicKey,
        chain_index: u32,
        message_key: &[u8; 32],
        plaintext: &[u8],
    ) -> Self {
        let mut bytes = Vec::new();
        let layout = Layout::seal(&mut bytes, version, ratchet_key, chain_index, message_key, plaintext);
        Self { bytes, layout }
    }

    /// Reads a message from its wire bytes (Olm specification, "Normal Messages"), strictly: the known fields in their
    /// order and shortest encoding, and nothing else.
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] that says what is wrong with the format.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, DecodeError> {
        let bytes = bytes.into();
        let layout = Layout::read(&bytes, 0..bytes.len())?;
        Ok(Self { bytes, layout })
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

    /// The version that the message states.
    #[must_use]
    pub fn version(&self) -> MessageVersion {
        self.layout.version
    }

    /// The sender's ratchet key, under which the message's chain runs.
    #[must_use]
    pub fn ratchet_key(&self) -> Curve25519PublicKey {
        self.layout.ratchet_key
    }

    /// How many messages of the chain were sent before this one.
    #[must_use]
    pub fn chain_index(&self) -> u32 {
        self.layout.chain_index
    }

    /// The ciphertext: a non-empty multiple of 16 bytes.
    #[must_use]
    pub fn ciphertext(&self) -> &[u8] {
        self.layout.ciphertext(&self.bytes)
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Message")
            .field("ratchet_key", &self.ratchet_key())
            .field("chain_index", &self.chain_index())
            .field("length", &self.bytes.len())
            .finish()
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// The bytes of a message whose MAC is right and whose plaintext, whole blocks, is not padded.
    pub(in crate::olm) fn seal_unpadded(
        ratchet_key: Curve25519PublicKey,
        chain_index: u32,
        message_key: &[u8; 32],
        blocks: &[u8],
    ) -> Vec<u8> {
        let mut bytes = alloc::vec![MessageVersion::V1.byte()];
        protobuf::put_bytes(&mut bytes, RATCHET_KEY, ratchet_key.as_bytes());
        protobuf::put_u32(&mut bytes, CHAIN_INDEX, chain_index);
        protobuf::put_bytes_header(&mut bytes, CIPHERTEXT, blocks.len());
        let ciphertext_start = bytes.len();
        bytes.extend_from_slice(blocks);
        let secret = message_secret(message_key);
        cbc_hmac::testing::seal_unpadded(&secret, &mut bytes, 0, ciphertext_start, 8);
        bytes
    }
}
