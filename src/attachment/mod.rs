//! Encrypted attachments (layer 4, feature `attachment`; Matrix specification, "Sending encrypted attachments").
//!
//! A file is encrypted with a key of its own and uploaded; what opens it, an [`AttachmentInfo`], travels in an encrypted event. Files of any
//! size are encrypted in place, piece by piece, in constant memory.
//!
//! ```text
//! key[32], iv[16] = random[8] || 0[8]        ciphertext = AES-256-CTR(key, iv, file)        sha256 = SHA-256(ciphertext)
//! ```
//!
//! The hash, which came in the event, is what makes the ciphertext authentic. So nothing is decrypted before it was checked:
//!
//! | form | memory | the hash |
//! |---|---|---|
//! | [`AttachmentInfo::decrypt`], [`AttachmentInfo::decrypt_in_place`] | the file | is checked first |
//! | [`AttachmentReader`], feature `std` | constant | is checked first, in a pass of its own over what is read, and once more while reading |
//! | [`UnverifiedDecryptor`] | constant | is checked last, by the caller: until then the plaintext may be anybody's |
//!
//! Where to read: `info` (what travels in the event), `cipher`, then `encryptor`, `decryptor`, `reader`.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, attachment::{AttachmentEncryptor, EncryptedFile}};
//!
//! let mut encryptor = AttachmentEncryptor::new(&mut SystemRandom::new())?;
//! let mut uploaded = Vec::new();
//! for piece in [&b"a long "[..], b"file"] {
//!     let mut buffer = piece.to_vec(); // read from the file, in practice
//!     encryptor.encrypt(&mut buffer);
//!     uploaded.extend(buffer);
//! }
//! let file = EncryptedFile::new("mxc://example.org/abc", encryptor.finish()); // goes into the event
//!
//! assert_eq!(file.info.decrypt(&uploaded)?, b"a long file");
//! uploaded[0] ^= 1;
//! assert!(file.info.decrypt(&uploaded).is_err());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

mod cipher;
mod decryptor;
mod encryptor;
mod error;
mod info;
#[cfg(feature = "std")]
mod reader;

#[cfg(test)]
mod tests;

pub use decryptor::UnverifiedDecryptor;
pub use encryptor::{AttachmentEncryptor, encrypt_in_place};
pub use error::AttachmentError;
pub use info::{AttachmentInfo, AttachmentVersion, EncryptedFile};
#[cfg(feature = "std")]
pub use reader::{AttachmentReader, AttachmentReaderError};
