//! AES-256-CBC with HMAC-SHA-256, in the buffer of the message.

use std::ops::Range;

use aes::Aes256;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use subtle::ConstantTimeEq;

use super::kdf::{keyed, mac};
use crate::Result;

/// How much of the MAC a message keeps.
pub(super) const MAC_LENGTH: usize = 8;

/// What is expanded for one message: `aes_key[32] || mac_key[32] || iv[16]`.
pub(super) type Keys = [u8; 80];

/// The length of a ciphertext.
pub(super) fn padded(length: usize) -> usize {
    length.saturating_add(16) & !15
}

/// Encrypts the plaintext at the end of the message, and appends the MAC.
pub(super) fn seal(keys: &Keys, bytes: &mut Vec<u8>, plaintext_start: usize) -> Result<()> {
    let (aes_key, mac_key, iv) = parts(keys)?;
    let length = bytes.len().saturating_sub(plaintext_start);
    bytes.resize(plaintext_start.saturating_add(padded(length)), 0);
    let buffer = bytes.get_mut(plaintext_start..).unwrap_or_default();
    cbc::Encryptor::<Aes256>::new(aes_key.into(), iv.into())
        .encrypt_padded::<Pkcs7>(buffer, length)
        .map_err(|error| error.to_string())?;
    let mac = mac(keyed(mac_key), &[bytes]);
    bytes.extend_from_slice(mac.split_at(MAC_LENGTH).0);
    Ok(())
}

/// Checks the MAC behind the ciphertext over everything before it; what is left of the bytes is the plaintext.
pub(super) fn open(keys: &Keys, mut bytes: Vec<u8>, ciphertext: Range<usize>) -> Result<Vec<u8>> {
    let (aes_key, mac_key, iv) = parts(keys)?;
    let (authenticated, rest) = bytes.split_at_checked(ciphertext.end).ok_or("a message ends early")?;
    let expected = mac(keyed(mac_key), &[authenticated]);
    let found = rest.get(..MAC_LENGTH).unwrap_or_default();
    if !bool::from(expected.split_at(MAC_LENGTH).0.ct_eq(found)) {
        return Err("a MAC is wrong".into());
    }
    bytes.truncate(ciphertext.end);
    bytes.drain(..ciphertext.start);
    let length = cbc::Decryptor::<Aes256>::new(aes_key.into(), iv.into())
        .decrypt_padded::<Pkcs7>(&mut bytes)
        .map_err(|error| error.to_string())?
        .len();
    bytes.truncate(length);
    Ok(bytes)
}

fn parts(keys: &Keys) -> Result<(&[u8; 32], &[u8; 32], &[u8; 16])> {
    let (aes_key, rest) = keys.split_first_chunk().ok_or("no key")?;
    let (mac_key, iv) = rest.split_first_chunk().ok_or("no key")?;
    Ok((aes_key, mac_key, iv.try_into()?))
}
