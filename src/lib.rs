#![cfg_attr(feature = "getrandom", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "getrandom"), doc = "The Olm and Megolm ratchets of Matrix.")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, clippy::string_slice, reason = "a test may panic"))]

extern crate alloc;
#[cfg(any(test, feature = "vodozemac"))]
extern crate std;

mod encoding;
mod keys;
#[cfg(feature = "serde")]
mod matrix_json;
mod primitives;
mod random;
mod secret;

#[cfg(test)]
mod known_answers;
#[cfg(test)]
mod testing;

#[cfg(doc)]
pub mod guide;
pub mod megolm;
pub mod olm;
pub mod pickle;

pub use encoding::{DecodeError, MessageVersion};
pub use keys::{
    Curve25519KeyPair, Curve25519PublicKey, Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature, KeyId,
    SessionId, SignatureError,
};
pub use rand_core;
pub use random::RandomError;
#[cfg(feature = "getrandom")]
pub use random::SystemRandom;
pub use secret::{SecretBytes, SecretText};
