//! Secret storage (layer 4, feature `secret-storage`; Matrix specification, "Secret storage", algorithm `m.secret_storage.v1.aes-hmac-sha2`).
//!
//! A user's secrets (the seeds of cross-signing keys, the key of a backup) lie on the server under one key, which the user keeps as a
//! [recovery key](SecretStorageKey::to_recovery_key) or makes from a [`PassphraseParameters`].
//!
//! ```text
//! aes_key[32] || mac_key[32] = HKDF-SHA-256(no salt, key, name of the secret)
//! ciphertext = AES-256-CTR(aes_key, iv, secret)        mac = HMAC-SHA-256(mac_key, ciphertext)
//! ```
//!
//! **The MAC does not cover the IV.** Whoever can write to the server can change the IV of a stored secret, and what is then decrypted is another text,
//! random in effect, without an error. Use no secret before it was compared with what belongs to it: a key with its public key, say.
//!
//! With the feature `serde`, [`EncryptedSecret`] and [`KeyDescription`] with its parts are the JSON objects of the specification.
//!
//! Where to read: `key` (the key and what it does), `recovery_key`, `passphrase`.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, secret_storage::{KeyDescription, SecretStorageKey}};
//!
//! let mut rng = SystemRandom::new();
//! let key = SecretStorageKey::random(&mut rng)?;
//! println!("Keep this: {}", key.to_recovery_key().as_str());
//! let description = KeyDescription::new(&key, &mut rng)?; // goes to the server
//! let stored = key.encrypt("m.cross_signing.master", b"the seed in base64", &mut rng)?;
//!
//! // On another device, the user types the recovery key.
//! # let typed = key.to_recovery_key();
//! let key = SecretStorageKey::from_recovery_key(typed.as_str())?;
//! assert!(description.may_describe(&key));
//! assert_eq!(key.decrypt("m.cross_signing.master", &stored)?.as_bytes(), b"the seed in base64");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

mod error;
mod key;
mod passphrase;
mod recovery_key;

#[cfg(test)]
mod tests;

pub use error::{PassphraseError, RecoveryKeyError, SecretStorageError};
pub use key::{EncryptedSecret, KeyCheck, KeyDescription, SecretStorageKey};
pub use passphrase::PassphraseParameters;
