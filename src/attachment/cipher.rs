//! What every form of encrypting and decrypting does with a piece of the file.

use super::AttachmentError;
use crate::primitives::{
    ctr::{COUNTER_BLOCK_LENGTH, KeyStream},
    sha256::Hasher,
};

/// A piece is encrypted and hashed while it is in the processor's cache.
const PIECE: usize = 16 * 1024;

/// The key stream of an attachment: its counter are the last 8 bytes of the IV, and those before them never change.
pub(super) struct Cipher {
    key_stream: KeyStream,
    /// How many bytes there are before the counter would overflow.
    bytes_left: u128,
}

impl Cipher {
    pub(super) fn new(key: &[u8; 32], iv: &[u8; COUNTER_BLOCK_LENGTH]) -> Self {
        let counter = iv.last_chunk().copied().map_or(0, u64::from_be_bytes);
        let blocks_left = (1 << u64::BITS) - u128::from(counter);
        Self { key_stream: KeyStream::new(key, iv), bytes_left: blocks_left.saturating_mul(16) }
    }

    /// Whether so many more bytes can be encrypted or decrypted before the counter would overflow.
    #[cfg(feature = "std")]
    pub(super) fn check_room(&self, length: u64) -> Result<(), AttachmentError> {
        if u128::from(length) <= self.bytes_left { Ok(()) } else { Err(AttachmentError::CounterOverflow) }
    }

    /// Encrypts or decrypts the next bytes in place; on an error they are as they were.
    pub(super) fn apply(&mut self, bytes: &mut [u8]) -> Result<(), AttachmentError> {
        let length = u128::try_from(bytes.len()).unwrap_or(u128::MAX);
        self.bytes_left = self.bytes_left.checked_sub(length).ok_or(AttachmentError::CounterOverflow)?;
        self.key_stream.apply(bytes);
        Ok(())
    }
}

/// Encrypts the next bytes in place and adds the ciphertext to its hash.
pub(super) fn encrypt_and_hash(
    cipher: &mut Cipher,
    hasher: &mut Hasher,
    bytes: &mut [u8],
) -> Result<(), AttachmentError> {
    for piece in bytes.chunks_mut(PIECE) {
        cipher.apply(piece)?;
        hasher.update(piece);
    }
    Ok(())
}

/// Adds the next bytes of the ciphertext to its hash and decrypts them in place.
pub(super) fn hash_and_decrypt(
    cipher: &mut Cipher,
    hasher: &mut Hasher,
    bytes: &mut [u8],
) -> Result<(), AttachmentError> {
    for piece in bytes.chunks_mut(PIECE) {
        hasher.update(piece);
        cipher.apply(piece)?;
    }
    Ok(())
}
