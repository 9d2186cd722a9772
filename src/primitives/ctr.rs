//! AES-256 in counter mode (NIST SP 800-38A section 6.5), alone for attachments, with HMAC-SHA-256 behind it for all else.
//!
//! The counter is the last half of its block, 8 bytes, big endian. Some implementations count with all 16 bytes: so a counter that would overflow its
//! half is refused, and both see the same. A key and a counter block serve once.

use alloc::boxed::Box;

use aes::Aes256;
use ctr::{
    Ctr128BE,
    cipher::{KeyIvInit, StreamCipher},
};
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
use {
    super::kdf,
    crate::secret::{Scratch, SecretBytes, split},
    alloc::vec::Vec,
    subtle::ConstantTimeEq,
};

#[cfg(test)]
use super::work::Work;
use crate::secret::{FOR_CIPHERS, with_wiped_stack};

/// The length of a counter block, in bytes.
pub(crate) const COUNTER_BLOCK_LENGTH: usize = 16;

/// The length of the MAC, in bytes.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub(crate) const MAC_LENGTH: usize = 32;

/// How many blocks a counter that begins at zero lasts for.
const BLOCKS: u128 = 1 << u64::BITS;

/// The key stream of one message; encrypting and decrypting are the same.
pub(crate) struct KeyStream {
    /// On the heap, so that moving it later leaves no copy of the key behind.
    stream: Box<Ctr128BE<Aes256>>,
    /// How many bytes there are before the counter would overflow.
    bytes_left: u128,
}

/// The counter would overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CounterOverflow;

impl KeyStream {
    pub(crate) fn new(key: &[u8; 32], counter_block: &[u8; COUNTER_BLOCK_LENGTH]) -> Self {
        let counter = counter_block.last_chunk().copied().map_or(0, u64::from_be_bytes);
        let blocks_left = BLOCKS.saturating_sub(counter.into());
        let make = || Box::new(Ctr128BE::new(key.into(), counter_block.into()));
        let stream = with_wiped_stack::<FOR_CIPHERS, _>(make);
        Self { stream, bytes_left: blocks_left.saturating_mul(16) }
    }

    /// Whether so many more bytes can be encrypted or decrypted.
    pub(crate) fn check_room(&self, length: u128) -> Result<(), CounterOverflow> {
        if length <= self.bytes_left { Ok(()) } else { Err(CounterOverflow) }
    }

    /// Encrypts or decrypts the next bytes of the message in place; on an error they are as they were.
    pub(crate) fn apply(&mut self, bytes: &mut [u8]) -> Result<(), CounterOverflow> {
        let length = u128::try_from(bytes.len()).unwrap_or(u128::MAX);
        self.check_room(length)?;
        self.bytes_left = self.bytes_left.saturating_sub(length);
        #[cfg(test)]
        Work::cipher(bytes.len(), COUNTER_BLOCK_LENGTH);
        with_wiped_stack::<FOR_CIPHERS, _>(|| self.stream.apply_keystream(bytes));
        Ok(())
    }
}

/// Encrypts the end of a message in place and appends its MAC.
///
/// `keys = aes_key[32] || mac_key[32]`. `message[plaintext_start..]` is the plaintext; the MAC covers `message[authenticated_start..]` once
/// encrypted. The caller reserves room for the MAC, so that no plaintext is left behind in a moved buffer. The counter must begin in the lower half of what it
/// can hold: bit 63 of `counter_block` is clear.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub(crate) fn seal(
    keys: &[u8; 64],
    counter_block: &[u8; COUNTER_BLOCK_LENGTH],
    message: &mut Vec<u8>,
    authenticated_start: usize,
    plaintext_start: usize,
) {
    let (aes_key, mac_key) = split::<64, 32, 32>(keys);
    let plaintext = message.get_mut(plaintext_start..).unwrap_or_default();
    #[expect(
        clippy::expect_used,
        reason = "no memory holds the 2^67 bytes that such a counter lasts for at least"
    )]
    KeyStream::new(aes_key, counter_block).apply(plaintext).expect("the counter has room");
    let mut mac = [0; MAC_LENGTH];
    kdf::hmac(mac_key, [message.get(authenticated_start..).unwrap_or_default()], &mut mac);
    message.extend_from_slice(&mac);
}

/// Why a message was not opened.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CannotOpen {
    AuthenticationFailed,
    /// The MAC is right, but the counter would overflow.
    CounterOverflow,
}

#[cfg(any(feature = "key-export", feature = "secret-storage"))]
impl From<CounterOverflow> for CannotOpen {
    fn from(_: CounterOverflow) -> Self {
        Self::CounterOverflow
    }
}

/// Checks the MAC over `authenticated`, then decrypts `ciphertext`.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub(crate) fn open(
    keys: &[u8; 64],
    counter_block: &[u8; COUNTER_BLOCK_LENGTH],
    authenticated: &[u8],
    ciphertext: &[u8],
    mac: &[u8; MAC_LENGTH],
) -> Result<SecretBytes, CannotOpen> {
    let (aes_key, mac_key) = split::<64, 32, 32>(keys);
    if !verifies(mac_key, authenticated, mac) {
        return Err(CannotOpen::AuthenticationFailed);
    }
    let mut plaintext = SecretBytes::new(ciphertext.to_vec());
    KeyStream::new(aes_key, counter_block).apply(plaintext.as_mut_vec())?;
    Ok(plaintext)
}

/// Whether sealing a plaintext that everybody knows gives this MAC over its ciphertext.
#[cfg(feature = "secret-storage")]
pub(crate) fn seals_to<const N: usize>(
    keys: &[u8; 64],
    counter_block: &[u8; COUNTER_BLOCK_LENGTH],
    mut plaintext: [u8; N],
    mac: &[u8; MAC_LENGTH],
) -> bool {
    let (aes_key, mac_key) = split::<64, 32, 32>(keys);
    let encrypted = KeyStream::new(aes_key, counter_block).apply(&mut plaintext);
    encrypted.is_ok() && verifies(mac_key, &plaintext, mac)
}

#[cfg(any(feature = "key-export", feature = "secret-storage"))]
fn verifies(mac_key: &[u8; 32], authenticated: &[u8], mac: &[u8; MAC_LENGTH]) -> bool {
    // The right MAC of a forged message is a secret until the comparison is over.
    let mut expected = Scratch::<MAC_LENGTH>::zeroed();
    kdf::hmac(mac_key, [authenticated], expected.as_mut_bytes());
    expected.as_bytes().ct_eq(mac).into()
}

#[cfg(test)]
mod tests {
    mod proofs;
}
