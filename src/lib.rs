#![cfg_attr(feature = "getrandom", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "getrandom"), doc = "The Olm and Megolm ratchets of Matrix.")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, clippy::string_slice, reason = "a test may panic"))]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod encoding;
#[cfg(any(feature = "ecies", feature = "hpke", feature = "key-export", feature = "sas"))]
mod handed_back;
mod keys;
#[cfg(feature = "serde")]
mod matrix_json;
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
mod passphrase;
mod primitives;
mod random;
mod secret;

#[cfg(test)]
mod bounded_work;
#[cfg(test)]
mod error_texts;
#[cfg(test)]
mod known_answers;
#[cfg(test)]
mod testing;

#[cfg(feature = "attachment")]
pub mod attachment;
#[cfg(doc)]
pub mod guide;
#[cfg(any(feature = "ecies", feature = "hpke"))]
pub mod login;
pub mod megolm;
#[cfg(any(feature = "key-export", feature = "signed-json"))]
pub mod objects;
pub mod olm;
pub mod pickle;
#[cfg(feature = "insecure-pk-encryption")]
pub mod pk;
#[cfg(feature = "qr-code")]
pub mod qr;
#[cfg(feature = "sas")]
pub mod sas;
#[cfg(feature = "secret-storage")]
pub mod secret_storage;
#[cfg(feature = "signed-json")]
pub mod signed_json;

pub use encoding::{DecodeError, MessageVersion};
#[cfg(any(feature = "ecies", feature = "hpke", feature = "key-export", feature = "sas"))]
pub use handed_back::HandedBack;
pub use keys::{
    Curve25519KeyPair, Curve25519PublicKey, Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature, KeyId,
    SessionId, SignatureError,
};
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub use passphrase::{PassphraseStretching, StretchedPassphrase};
pub use rand_core;
pub use random::RandomError;
#[cfg(feature = "getrandom")]
pub use random::SystemRandom;
pub use secret::{SecretBytes, SecretText};
