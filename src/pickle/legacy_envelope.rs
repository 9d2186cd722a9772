//! The envelope that libolm and vodozemac share, whatever is inside:
//!
//! ```text
//! aes_key[32] || mac_key[32] || iv[16] = HKDF-SHA-256(no salt, pickle key, "Pickle")
//! text = unpadded base64(ciphertext || first 8 bytes of HMAC-SHA-256(mac_key, ciphertext))
//! ```
//!
//! The IV follows from the key, so that equal states under one key give equal texts, and eight bytes of MAC are few: that is why
//! these are called legacy, and native pickles are something else.

use alloc::string::String;

use super::UnpickleError;
use crate::{
    encoding::{DecodeError, base64},
    primitives::cbc_hmac::{self, MessageSecret},
    secret::SecretBytes,
};

const MAC_LENGTH: usize = 8;

/// Encrypts a body under a key of any length.
pub(super) fn seal(key: &[u8], mut body: SecretBytes) -> String {
    let body_length = body.as_bytes().len();
    let padding = cbc_hmac::ciphertext_length(body_length).saturating_sub(body_length);
    body.reserve(padding.saturating_add(MAC_LENGTH));
    cbc_hmac::seal(&secret(key), body.as_mut_vec(), 0, 0, MAC_LENGTH);
    base64::encode(&body.into_vec())
}

/// Checks the MAC and decrypts.
pub(super) fn open(key: &[u8], text: &str) -> Result<SecretBytes, UnpickleError> {
    let bytes = base64::decode(text.trim()).map_err(|_| UnpickleError::NotAPickle)?;
    let (ciphertext, mac) = bytes.split_last_chunk::<MAC_LENGTH>().ok_or(DecodeError::Truncated)?;
    cbc_hmac::check_ciphertext_length(ciphertext.len())?;
    Ok(SecretBytes::new(cbc_hmac::open(&secret(key), ciphertext, ciphertext, mac)?))
}

fn secret(key: &[u8]) -> MessageSecret<'_> {
    MessageSecret::new(key, b"Pickle")
}
