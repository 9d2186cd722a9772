//! ChaCha20-Poly1305 (RFC 8439), with random nonces and no associated data.

use alloc::vec::Vec;

use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, KeyInit};

use super::cbc_hmac::AuthenticationFailed;
use crate::secret::SecretBytes;

/// The length of a nonce, in bytes.
pub(crate) const NONCE_LENGTH: usize = 12;

/// The length of the tag, in bytes.
const TAG_LENGTH: usize = 16;

/// `ciphertext || tag` of `plaintext`, encrypted in place.
pub(crate) fn seal(key: &[u8; 32], nonce: &[u8; NONCE_LENGTH], mut plaintext: SecretBytes) -> Vec<u8> {
    plaintext.reserve(TAG_LENGTH);
    let buffer = plaintext.as_mut_vec();
    #[expect(
        clippy::expect_used,
        reason = "it fails beyond 256 GiB, and nothing that is sealed here comes near"
    )]
    let tag = ChaCha20Poly1305::new(key.into())
        .encrypt_inout_detached(nonce.into(), &[], buffer.as_mut_slice().into())
        .expect("the plaintext is shorter than 256 GiB");
    buffer.extend_from_slice(&tag);
    plaintext.into_encrypted()
}

/// Checks the tag and decrypts `ciphertext || tag` in place.
pub(crate) fn open(
    key: &[u8; 32],
    nonce: &[u8; NONCE_LENGTH],
    ciphertext: &[u8],
) -> Result<SecretBytes, AuthenticationFailed> {
    let (ciphertext, tag) = ciphertext.split_last_chunk::<TAG_LENGTH>().ok_or(AuthenticationFailed)?;
    let mut plaintext = SecretBytes::new(ciphertext.to_vec());
    ChaCha20Poly1305::new(key.into())
        .decrypt_inout_detached(nonce.into(), &[], plaintext.as_mut_vec().as_mut_slice().into(), tag.into())
        .map_err(|_| AuthenticationFailed)?;
    Ok(plaintext)
}
