//! The cryptographic primitives (layer 2): thin, total wrappers that read and write key material in place.

#[cfg(any(feature = "dehydrated-device", feature = "ecies", feature = "hpke"))]
pub(crate) mod aead;
pub(crate) mod cbc_hmac;
#[cfg(any(feature = "attachment", feature = "key-export", feature = "secret-storage"))]
pub(crate) mod ctr;
pub(crate) mod ed25519;
#[cfg(feature = "hpke")]
pub(crate) mod hpke;
pub(crate) mod kdf;
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub(crate) mod pbkdf2;
pub(crate) mod sha256;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod work;
pub(crate) mod x25519;
