use alloc::vec::Vec;

use crate::{
    primitives::{aead, cbc_hmac::AuthenticationFailed},
    secret::{Secret, SecretBytes},
};

/// One direction of a channel: its key, and the number of the next message, which makes the nonce.
pub(super) struct Direction {
    key: Secret<32>,
    base_nonce: [u8; aead::NONCE_LENGTH],
    byte_order: ByteOrder,
    sequence: u64,
}

/// How the number of a message enters the nonce: `base nonce XOR number`.
#[derive(Clone, Copy)]
pub(super) enum ByteOrder {
    /// In the first bytes (MSC4108).
    #[cfg(feature = "ecies")]
    LittleEndian,
    /// In the last bytes (RFC 9180, section 5.2).
    #[cfg(feature = "hpke")]
    BigEndian,
}

/// Every number has been used, or the message is longer than 256 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted;

/// Why a message was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpenError {
    AuthenticationFailed,
    Exhausted,
}

impl Direction {
    pub(super) fn new(key: Secret<32>, base_nonce: [u8; aead::NONCE_LENGTH], byte_order: ByteOrder) -> Self {
        Self { key, base_nonce, byte_order, sequence: 0 }
    }

    /// Encrypts the next message.
    pub(super) fn seal(&mut self, associated_data: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, Exhausted> {
        let next = self.sequence.checked_add(1).ok_or(Exhausted)?;
        let plaintext = copied(plaintext);
        let sealed = aead::seal(self.key.as_bytes(), &self.nonce(), associated_data, plaintext)
            .map_err(|_| Exhausted)?;
        self.sequence = next;
        Ok(sealed)
    }

    /// Decrypts the next message; one that does not open takes no number.
    pub(super) fn open(&mut self, associated_data: &[u8], ciphertext: &[u8]) -> Result<Vec<u8>, OpenError> {
        let next = self.sequence.checked_add(1).ok_or(OpenError::Exhausted)?;
        let opened = aead::open(self.key.as_bytes(), &self.nonce(), associated_data, ciphertext)?;
        self.sequence = next;
        Ok(opened.into_vec())
    }

    fn nonce(&self) -> [u8; aead::NONCE_LENGTH] {
        let mut nonce = self.base_nonce;
        match self.byte_order {
            #[cfg(feature = "ecies")]
            ByteOrder::LittleEndian => mix(nonce.iter_mut(), self.sequence),
            #[cfg(feature = "hpke")]
            ByteOrder::BigEndian => mix(nonce.iter_mut().rev(), self.sequence),
        }
        nonce
    }
}

/// XORs a number into bytes, its lowest byte first.
fn mix<'a>(bytes: impl Iterator<Item = &'a mut u8>, number: u64) {
    for (byte, part) in bytes.zip(number.to_le_bytes()) {
        *byte ^= part;
    }
}

/// A plaintext in a buffer that has room for the tag.
pub(super) fn copied(plaintext: &[u8]) -> SecretBytes {
    let mut buffer = SecretBytes::with_capacity(plaintext.len().saturating_add(aead::TAG_LENGTH));
    buffer.extend(plaintext);
    buffer
}

impl From<AuthenticationFailed> for OpenError {
    fn from(_: AuthenticationFailed) -> Self {
        Self::AuthenticationFailed
    }
}

#[cfg(test)]
impl Direction {
    /// Pretends that so many messages went by.
    pub(super) fn set_sequence(&mut self, sequence: u64) {
        self.sequence = sequence;
    }
}
