use alloc::{string::String, vec::Vec};

use crate::encoding::{DecodeError, base64};

/// The first message of a channel: `encapsulated key[32] | ciphertext and tag`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InitialMessage {
    /// The encapsulated key, the public key of S in this channel.
    pub encapsulated_key: [u8; 32],
    /// The ciphertext and its tag.
    pub ciphertext: Vec<u8>,
}

/// The first answer: `response nonce[32] | ciphertext and tag`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InitialResponse {
    /// Random bytes that make the keys of this direction.
    pub response_nonce: [u8; 32],
    /// The ciphertext and its tag.
    pub ciphertext: Vec<u8>,
}

/// Every further message of a channel: ciphertext and tag.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The ciphertext and its tag.
    pub ciphertext: Vec<u8>,
}

impl InitialMessage {
    /// The bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.encapsulated_key, self.ciphertext.as_slice()].concat()
    }

    /// The message with these bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Truncated`] if there are fewer than 32 of them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (encapsulated_key, ciphertext) = split(bytes)?;
        Ok(Self { encapsulated_key, ciphertext })
    }

    /// The message as unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.to_bytes())
    }

    /// The message with this text: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64; otherwise as [`from_bytes`](Self::from_bytes).
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        Self::from_bytes(&base64::decode(text)?)
    }
}

impl InitialResponse {
    /// The bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.response_nonce, self.ciphertext.as_slice()].concat()
    }

    /// The response with these bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Truncated`] if there are fewer than 32 of them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (response_nonce, ciphertext) = split(bytes)?;
        Ok(Self { response_nonce, ciphertext })
    }

    /// The response as unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.to_bytes())
    }

    /// The response with this text: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64; otherwise as [`from_bytes`](Self::from_bytes).
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        Self::from_bytes(&base64::decode(text)?)
    }
}

impl Message {
    /// The message with these bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self { ciphertext: bytes.to_vec() }
    }

    /// The message as unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.ciphertext)
    }

    /// The message with this text: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64.
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        base64::decode(text).map(|ciphertext| Self { ciphertext })
    }
}

fn split(bytes: &[u8]) -> Result<([u8; 32], Vec<u8>), DecodeError> {
    let (first, rest) = bytes.split_first_chunk().ok_or(DecodeError::Truncated)?;
    Ok((*first, rest.to_vec()))
}
