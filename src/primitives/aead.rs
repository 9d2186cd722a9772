//! ChaCha20-Poly1305 (RFC 8439).

use alloc::vec::Vec;

use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, KeyInit};

use super::cbc_hmac::AuthenticationFailed;
#[cfg(test)]
use super::work::Work;
use crate::secret::{FOR_CIPHERS, SecretBytes, with_wiped_stack};

/// The length of a nonce, in bytes.
pub(crate) const NONCE_LENGTH: usize = 12;

/// The length of the tag, in bytes.
pub(crate) const TAG_LENGTH: usize = 16;

/// `ciphertext || tag` of `plaintext`, encrypted in place. A nonce serves once under one key.
pub(crate) fn seal(
    key: &[u8; 32],
    nonce: &[u8; NONCE_LENGTH],
    associated_data: &[u8],
    mut plaintext: SecretBytes,
) -> Result<Vec<u8>, TooLong> {
    #[cfg(test)]
    Work::cipher(plaintext.as_bytes().len(), 64);
    plaintext.reserve(TAG_LENGTH);
    let buffer = plaintext.as_mut_vec();
    let encrypt = || {
        ChaCha20Poly1305::new(key.into()).encrypt_inout_detached(
            nonce.into(),
            associated_data,
            buffer.as_mut_slice().into(),
        )
    };
    let tag = with_wiped_stack::<FOR_CIPHERS, _>(encrypt).map_err(|_| TooLong)?;
    buffer.extend_from_slice(&tag);
    Ok(plaintext.into_vec())
}

/// Checks the tag and decrypts `ciphertext || tag` in place.
pub(crate) fn open(
    key: &[u8; 32],
    nonce: &[u8; NONCE_LENGTH],
    associated_data: &[u8],
    ciphertext: &[u8],
) -> Result<SecretBytes, AuthenticationFailed> {
    let (ciphertext, tag) = ciphertext.split_last_chunk::<TAG_LENGTH>().ok_or(AuthenticationFailed)?;
    #[cfg(test)]
    Work::cipher(ciphertext.len(), 64);
    let mut plaintext = SecretBytes::new(ciphertext.to_vec());
    let decrypt = || {
        ChaCha20Poly1305::new(key.into()).decrypt_inout_detached(
            nonce.into(),
            associated_data,
            plaintext.as_mut_vec().as_mut_slice().into(),
            tag.into(),
        )
    };
    with_wiped_stack::<FOR_CIPHERS, _>(decrypt).map_err(|_| AuthenticationFailed)?;
    Ok(plaintext)
}

/// The plaintext is longer than the cipher allows, 256 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;
