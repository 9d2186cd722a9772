//! What is secret, and what becomes public by the protocol.

#![allow(unsafe_code, reason = "secret text is text without a look at it")]

use std::cell::Cell;
use std::convert::Infallible;
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::{ptr, slice};

use cliquet::rand_core::{TryCryptoRng, TryRng};
use cliquet::{Curve25519PublicKey, Ed25519PublicKey};

use crate::operations::Failure;
use crate::{client, memory};

/// A generator whose every byte is a secret. It repeats itself from run to run.
pub(crate) struct SecretRandom {
    state: Cell<u64>,
    is_public: bool,
}

impl SecretRandom {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: Cell::new(seed), is_public: false }
    }

    /// For operations that draw what they send as it is, and nothing else: a salt or an IV.
    pub(crate) fn public(seed: u64) -> Self {
        Self { state: Cell::new(seed), is_public: true }
    }

    /// SplitMix64: all that is asked of it is that no two values are the same.
    fn next(&self) -> u64 {
        let state = self.state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.state.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// `N` secret bytes.
    pub(crate) fn bytes<const N: usize>(&self) -> Box<[u8; N]> {
        let mut bytes = Box::new([0; N]);
        self.fill(bytes.as_mut_slice());
        bytes
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let drawn = self.next().to_le_bytes();
            chunk.iter_mut().zip(drawn).for_each(|(byte, drawn)| *byte = drawn);
        }
        if !self.is_public {
            client::mark_secret(bytes);
        }
    }
}

impl TryRng for SecretRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for SecretRandom {}

/// Known bytes as a secret, such as a plaintext.
pub(crate) fn secret(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    client::mark_secret(&mut bytes);
    bytes
}

/// Known text as a secret, such as a passphrase.
pub(crate) fn secret_text(text: &str) -> String {
    let bytes = secret(text.as_bytes());
    // SAFETY: they are the bytes of a text; being secret they are only undefined for valgrind.
    unsafe { String::from_utf8_unchecked(bytes) }
}

/// What has become public by the protocol: its places in memory are public from here on, and so is the copy that is returned.
///
/// # Errors
///
/// If no bit of it was secret: then no secret went into the operation that made it, and the operation shows nothing.
pub(crate) fn publish(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    if client::secret_bytes(bytes) == 0 {
        return Err("what is published was no secret: the operation did not see any".into());
    }
    Ok(publish_again(bytes))
}

/// [`publish`] of what may have been published before.
pub(crate) fn publish_again(bytes: &[u8]) -> Vec<u8> {
    let copy = bytes.to_vec();
    client::mark_public(&copy);
    client::mark_public(bytes);
    client::unreported(|| memory::publish_everywhere(&copy));
    copy
}

/// A text that has become public.
pub(crate) fn publish_text(text: &str) -> Result<String, Failure> {
    Ok(String::from_utf8(publish(text.as_bytes())?)?)
}

/// A public key that was computed from a secret key just now.
pub(crate) fn publish_key(key: Curve25519PublicKey) -> Result<Curve25519PublicKey, Failure> {
    Ok(Curve25519PublicKey::from_slice(&publish(key.as_bytes())?)?)
}

/// [`publish_key`] for signatures. Its point is one of the curve, whatever the secret is.
pub(crate) fn publish_signing_key(key: &Ed25519PublicKey) -> Result<Ed25519PublicKey, Failure> {
    Ok(Ed25519PublicKey::from_slice(&publish(key.as_bytes())?)?)
}

/// Declares the result of an operation public, such as a verdict or a length, but not what lies behind its pointers.
pub(crate) fn publish_value<T>(value: T) -> T {
    let mut value = MaybeUninit::new(value);
    // It must be in memory, and be read from there again: what the compiler has in a register stays secret.
    let place = black_box(value.as_mut_ptr());
    // SAFETY: the bytes of a value that nobody else has; nobody looks at them but valgrind, which does not change them. The value is read once.
    unsafe {
        client::mark_public(slice::from_raw_parts(place.cast::<u8>().cast_const(), size_of::<T>()));
        ptr::read_volatile(place)
    }
}
