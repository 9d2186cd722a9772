//! The cryptographic primitives (layer 2): thin, total wrappers that read and write key material in place.

#[cfg(feature = "dehydrated-device")]
pub(crate) mod aead;
pub(crate) mod cbc_hmac;
pub(crate) mod ed25519;
pub(crate) mod kdf;
pub(crate) mod sha256;
pub(crate) mod x25519;
