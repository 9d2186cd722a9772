//! Megolm messages: bytes, and views into them; no keys are kept here.

use alloc::{string::String, vec::Vec};
use core::{fmt, ops::Range};

use super::{DecryptionError, ratchet::Ratchet};
use crate::{
    encoding::{DecodeError, MessageVersion, Reader, base64, protobuf},
    keys::{Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature},
    primitives::cbc_hmac::{self, AuthenticationFailed, MessageSecret},
};

/// Field 1, integer: the message index.
const MESSAGE_INDEX: u8 = 0x08;
/// Field 2, bytes: the ciphertext.
const CIPHERTEXT: u8 = 0x12;

/// A Megolm message.
///
/// Owns its wire bytes, exactly as received; its fields are views into them. Nothing here is authenticated until
/// [`InboundGroupSession::decrypt`](super::InboundGroupSession::decrypt) has accepted the message.
#[derive(Clone, PartialEq, Eq)]
pub struct MegolmMessage {
    bytes: Vec<u8>,
    version: MessageVersion,
    message_index: u32,
    ciphertext: Range<usize>,
    mac: Range<usize>,
    signature: Ed25519Signature,
}

impl MegolmMessage {
    /// Encrypts, authenticates and signs in one buffer.
    ///
    /// Keys: `aes_key[32] || mac_key[32] || iv[16] = HKDF-SHA-256(no salt, R0 || R1 || R2 || R3, "MEGOLM_KEYS")`
    /// (Megolm specification, "Message encryption").
    pub(super) fn seal(
        version: MessageVersion,
        ratchet: &Ratchet,
        signing_key: &Ed25519KeyPair,
        plaintext: &[u8],
    ) -> Self {
        let message_index = ratchet.index();
        let ciphertext_length = cbc_hmac::ciphertext_length(plaintext.len());
        let mut bytes = Vec::with_capacity(sealed_length(version, message_index, plaintext.len()));
        bytes.push(version.byte());
        protobuf::put_u32(&mut bytes, MESSAGE_INDEX, message_index);
        protobuf::put_bytes_header(&mut bytes, CIPHERTEXT, ciphertext_length);
        let ciphertext_start = bytes.len();
        bytes.extend_from_slice(plaintext);
        cbc_hmac::seal(
            &message_secret(ratchet.as_bytes()),
            &mut bytes,
            0,
            ciphertext_start,
            version.mac_length(),
        );
        let mac_end = bytes.len();
        let mac_start = mac_end.saturating_sub(version.mac_length());
        let signature = signing_key.sign(&bytes);
        bytes.extend_from_slice(signature.as_bytes());
        Self {
            bytes,
            version,
            message_index,
            ciphertext: ciphertext_start..mac_start,
            mac: mac_start..mac_end,
            signature,
        }
    }

    /// Reads a message from its wire bytes (Megolm specification, "Message format"), strictly:
    /// `03 | 08 message_index | 12 length ciphertext | mac[8] | signature[64]`, in this order and nothing else; or `04`
    /// and `mac[32]`.
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] that says what is wrong with the format.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, DecodeError> {
        let bytes = bytes.into();
        let mut reader = Reader::new(&bytes);
        let version = MessageVersion::read(&mut reader)?;
        let message_index = protobuf::u32(&mut reader, MESSAGE_INDEX)?;
        let ciphertext = protobuf::bytes(&mut reader, CIPHERTEXT)?;
        let mac = reader.range(version.mac_length())?;
        let signature = Ed25519Signature::from_bytes(*reader.array()?);
        reader.finish()?;
        cbc_hmac::check_ciphertext_length(ciphertext.len())?;
        Ok(Self { bytes, version, message_index, ciphertext, mac, signature })
    }

    /// Reads a message from its text, the `ciphertext` of a Matrix event: base64, padding optional.
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

    /// The message as unpadded base64, the `ciphertext` of a Matrix event.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode_message(&self.bytes)
    }

    /// The version that the message states.
    #[must_use]
    pub fn version(&self) -> MessageVersion {
        self.version
    }

    /// How many messages of the session were sent before this one.
    #[must_use]
    pub fn message_index(&self) -> u32 {
        self.message_index
    }

    /// The ciphertext: a non-empty multiple of 16 bytes.
    #[must_use]
    pub fn ciphertext(&self) -> &[u8] {
        self.part(&self.ciphertext)
    }

    /// The most bytes that the plaintext can have: one less than the ciphertext.
    #[must_use]
    pub fn max_plaintext_len(&self) -> usize {
        self.ciphertext().len().saturating_sub(1)
    }

    /// The signature over everything before it.
    #[must_use]
    pub fn signature(&self) -> Ed25519Signature {
        self.signature
    }

    /// Checks the signature over the received bytes, up to and with the MAC.
    pub(super) fn verify(&self, signing_key: &Ed25519PublicKey) -> Result<(), DecryptionError> {
        let (signed, signature) = self.signed();
        signing_key.verify(signed, signature).map_err(|_| DecryptionError::InvalidSignature)
    }

    /// What the signature covers, the received bytes up to and with the MAC, and the signature.
    pub(super) fn signed(&self) -> (&[u8], &Ed25519Signature) {
        (self.part(&(0..self.mac.end)), &self.signature)
    }

    /// Checks the MAC over the received bytes, then decrypts, with the parts of the ratchet at the index of the message.
    pub(super) fn open(&self, parts: &[u8; Ratchet::LENGTH]) -> Result<Vec<u8>, AuthenticationFailed> {
        cbc_hmac::open(
            &message_secret(parts),
            self.part(&(0..self.mac.start)),
            self.ciphertext(),
            self.part(&self.mac),
        )
    }

    /// A part whose place was found when the message was read; were it missing, nothing would authenticate.
    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }
}

impl fmt::Debug for MegolmMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("MegolmMessage")
            .field("message_index", &self.message_index)
            .field("length", &self.bytes.len())
            .finish()
    }
}

/// The length of a message, in bytes.
pub(super) fn sealed_length(version: MessageVersion, message_index: u32, plaintext_length: usize) -> usize {
    [
        protobuf::u32_field_length(message_index),
        protobuf::bytes_field_length(cbc_hmac::ciphertext_length(plaintext_length)),
        version.mac_length(),
        Ed25519Signature::LENGTH,
    ]
    .into_iter()
    .fold(1, usize::saturating_add)
}

fn message_secret(parts: &[u8; Ratchet::LENGTH]) -> MessageSecret<'_> {
    MessageSecret::new(parts, b"MEGOLM_KEYS")
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// The bytes of a signed message whose plaintext, whole blocks, is not padded, and whose MAC may be wrong too.
    pub(in crate::megolm) fn seal_unpadded(
        ratchet: &Ratchet,
        signing_key: &Ed25519KeyPair,
        blocks: &[u8],
        mac_is_right: bool,
    ) -> Vec<u8> {
        let mut bytes = alloc::vec![MessageVersion::V1.byte()];
        protobuf::put_u32(&mut bytes, MESSAGE_INDEX, ratchet.index());
        protobuf::put_bytes_header(&mut bytes, CIPHERTEXT, blocks.len());
        let ciphertext_start = bytes.len();
        bytes.extend_from_slice(blocks);
        let secret = message_secret(ratchet.as_bytes());
        cbc_hmac::testing::seal_unpadded(&secret, &mut bytes, 0, ciphertext_start, 8);
        if !mac_is_right {
            *bytes.last_mut().unwrap() ^= 1;
        }
        let signature = signing_key.sign(&bytes);
        bytes.extend_from_slice(signature.as_bytes());
        bytes
    }
}
