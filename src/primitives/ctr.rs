//! AES-256 in counter mode (NIST SP 800-38A section 6.5), alone for attachments, with HMAC-SHA-256 behind it for all else.
//!
//! The whole block of 16 bytes is the counter, big endian. A key and a counter block serve once.

use aes::Aes256;
use ctr::{
    Ctr128BE,
    cipher::{KeyIvInit, StreamCipher},
};
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
use {
    super::{cbc_hmac::AuthenticationFailed, kdf::HmacKey},
    crate::secret::{Scratch, SecretBytes, split},
    alloc::vec::Vec,
    subtle::ConstantTimeEq,
};

/// The length of a counter block, in bytes.
pub(crate) const COUNTER_BLOCK_LENGTH: usize = 16;

/// The length of the MAC, in bytes.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub(crate) const MAC_LENGTH: usize = 32;

/// The key stream of one message; encrypting and decrypting are the same.
pub(crate) struct KeyStream(Ctr128BE<Aes256>);

impl KeyStream {
    pub(crate) fn new(key: &[u8; 32], counter_block: &[u8; COUNTER_BLOCK_LENGTH]) -> Self {
        Self(Ctr128BE::new(key.into(), counter_block.into()))
    }

    /// Encrypts or decrypts the next bytes of the message in place.
    pub(crate) fn apply(&mut self, bytes: &mut [u8]) {
        self.0.apply_keystream(bytes);
    }
}

/// Encrypts the end of a message in place and appends its MAC.
///
/// `keys = aes_key[32] || mac_key[32]`. `message[plaintext_start..]` is the plaintext; the MAC covers `message[authenticated_start..]` once
/// encrypted. The caller reserves room for the MAC, so that no plaintext is left behind in a moved buffer.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub(crate) fn seal(
    keys: &[u8; 64],
    counter_block: &[u8; COUNTER_BLOCK_LENGTH],
    message: &mut Vec<u8>,
    authenticated_start: usize,
    plaintext_start: usize,
) {
    let (aes_key, mac_key) = split::<64, 32, 32>(keys);
    KeyStream::new(aes_key, counter_block).apply(message.get_mut(plaintext_start..).unwrap_or_default());
    let mut mac = [0; MAC_LENGTH];
    HmacKey::new(mac_key).into_mac([message.get(authenticated_start..).unwrap_or_default()], &mut mac);
    message.extend_from_slice(&mac);
}

/// Checks the MAC over `authenticated`, then decrypts `ciphertext`. Only the MAC can fail: there is no padding.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub(crate) fn open(
    keys: &[u8; 64],
    counter_block: &[u8; COUNTER_BLOCK_LENGTH],
    authenticated: &[u8],
    ciphertext: &[u8],
    mac: &[u8; MAC_LENGTH],
) -> Result<SecretBytes, AuthenticationFailed> {
    let (aes_key, mac_key) = split::<64, 32, 32>(keys);
    // The right MAC of a forged message is a secret until the comparison is over.
    let mut expected = Scratch::<MAC_LENGTH>::zeroed();
    HmacKey::new(mac_key).into_mac([authenticated], expected.as_mut_bytes());
    if !bool::from(expected.as_bytes().ct_eq(mac)) {
        return Err(AuthenticationFailed);
    }
    let mut plaintext = SecretBytes::new(ciphertext.to_vec());
    KeyStream::new(aes_key, counter_block).apply(plaintext.as_mut_vec());
    Ok(plaintext)
}
