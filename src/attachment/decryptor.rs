use alloc::vec::Vec;
use core::fmt;

use super::{AttachmentError, AttachmentInfo, cipher};
use crate::primitives::{
    ctr::KeyStream,
    sha256::{self, Hasher},
};

/// Decrypts an attachment piece by piece, **before** its hash is known: for callers who keep the plaintext to themselves until [`verify`](Self::verify)
/// has passed.
///
/// Until then the plaintext may be anybody's: whoever changes a bit of the ciphertext changes that bit of it. Write it to a place that is
/// thrown away if `verify` fails, and neither show nor parse nor act on it before. [`AttachmentInfo::decrypt`] and
/// [`AttachmentReader`](super::AttachmentReader) do without that promise.
#[must_use = "what was decrypted is not authentic before `verify` has passed"]
pub struct UnverifiedDecryptor {
    key_stream: KeyStream,
    hasher: Hasher,
    sha256: [u8; 32],
}

impl AttachmentInfo {
    /// Checks the hash of the whole ciphertext and decrypts it. The plaintext, as long as the ciphertext, is the caller's to wipe.
    ///
    /// # Errors
    ///
    /// [`AttachmentError::HashMismatch`] if the ciphertext has another hash, [`AttachmentError::CounterOverflow`] if the IV has no room for its
    /// length.
    pub fn decrypt(&self, ciphertext: &[u8]) -> Result<Vec<u8>, AttachmentError> {
        self.check_hash(ciphertext)?;
        let mut buffer = ciphertext.to_vec();
        self.key_stream().apply(&mut buffer)?;
        Ok(buffer)
    }

    /// [`decrypt`](Self::decrypt) where the ciphertext lies.
    ///
    /// # Errors
    ///
    /// As [`decrypt`](Self::decrypt); the ciphertext is as it was after each of them.
    pub fn decrypt_in_place(&self, ciphertext: &mut [u8]) -> Result<(), AttachmentError> {
        self.check_hash(ciphertext)?;
        Ok(self.key_stream().apply(ciphertext)?)
    }

    fn check_hash(&self, ciphertext: &[u8]) -> Result<(), AttachmentError> {
        if sha256::hash(&[ciphertext]) == *self.sha256() {
            Ok(())
        } else {
            Err(AttachmentError::HashMismatch)
        }
    }

    pub(super) fn key_stream(&self) -> KeyStream {
        KeyStream::new(self.key(), self.iv())
    }
}

impl UnverifiedDecryptor {
    /// Begins with the first byte of an attachment.
    pub fn new(info: &AttachmentInfo) -> Self {
        Self { key_stream: info.key_stream(), hasher: Hasher::new(), sha256: *info.sha256() }
    }

    /// Decrypts the next piece of the ciphertext, of any length, in place. What comes out is **not authentic**.
    ///
    /// # Errors
    ///
    /// [`AttachmentError::CounterOverflow`] if the IV has no room for that much; nothing was decrypted, and the attachment is to be given up.
    pub fn decrypt_unverified(&mut self, piece: &mut [u8]) -> Result<(), AttachmentError> {
        Ok(cipher::hash_and_decrypt(&mut self.key_stream, &mut self.hasher, piece)?)
    }

    /// Ends the attachment: only if this passes is all that was decrypted what the sender encrypted.
    ///
    /// # Errors
    ///
    /// [`AttachmentError::HashMismatch`] if the ciphertext was another one, or is not complete; throw away all that was decrypted.
    pub fn verify(self) -> Result<(), AttachmentError> {
        if self.hasher.finish() == self.sha256 { Ok(()) } else { Err(AttachmentError::HashMismatch) }
    }
}

impl fmt::Debug for UnverifiedDecryptor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("UnverifiedDecryptor(..)")
    }
}
