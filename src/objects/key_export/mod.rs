//! Key export files: Megolm sessions under a passphrase (Matrix specification, "Key exports").
//!
//! ```text
//! -----BEGIN MEGOLM SESSION DATA-----
//! base64( 01 | salt[16] | iv[16] | rounds[4, big endian] | ciphertext | mac[32] )
//! -----END MEGOLM SESSION DATA-----
//!
//! aes_key[32] || mac_key[32] = PBKDF2-HMAC-SHA-512(passphrase, salt, rounds)
//! ciphertext = AES-256-CTR(aes_key, iv, JSON)        mac = HMAC-SHA-256(mac_key, all before it)
//! ```
//!
//! Stretching the passphrase takes time, and is done in steps where a program wants to show that: [`EncryptedKeyExport::stretch`] and then
//! [`open`](EncryptedKeyExport::open) in the place of [`decrypt`](EncryptedKeyExport::decrypt), and the same of a [`NewKeyExport`].
//!
//! Where to read: `envelope` (the file), `encrypted` and `new` (what is done with it), `content` (the list of sessions).
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{
//!     SystemRandom,
//!     megolm::{InboundGroupSession, OutboundGroupSession, SessionConfig},
//!     objects::{key_export::{EncryptedKeyExport, NewKeyExport}, session_data::{ExportedSession, SessionData}},
//! };
//! # use cliquet::olm::Account;
//!
//! let mut rng = SystemRandom::new();
//! # let sender = Account::new(&mut rng)?;
//! # let outbound = OutboundGroupSession::new(SessionConfig::default(), &mut rng)?;
//! # let session = InboundGroupSession::new(&outbound.session_key(), SessionConfig::default());
//! let data = SessionData::new(&session, sender.curve25519_key(), Some(sender.ed25519_key()));
//! let sessions = [ExportedSession::new("!room:example.org", data)];
//!
//! let export = NewKeyExport::new(100_000, &mut rng)?; // `DEFAULT_ROUNDS` in practice
//! let mut stretching = export.stretch("correct horse battery staple");
//! while !stretching.advance(10_000) {
//!     println!("{} of {} rounds", stretching.rounds_done(), stretching.rounds());
//! }
//! let file = export.seal(&sessions, &stretching.finish())?.to_text();
//!
//! // On another device:
//! let opened = EncryptedKeyExport::from_text(&file)?.decrypt("correct horse battery staple", EncryptedKeyExport::DEFAULT_MAX_ROUNDS)?;
//! for exported in &opened.sessions {
//!     let session = exported.data.import(SessionConfig::default()); // marked as imported
//!     println!("{} in {}", session.session_id(), exported.room_id);
//! }
//! for refused in &opened.refused {
//!     println!("entry {} was left out: {}", refused.position, refused.error);
//! }
//! # assert_eq!(opened.sessions, sessions);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

mod content;
mod encrypted;
mod envelope;
mod error;
mod new;

#[cfg(test)]
pub(crate) mod tests;

pub use content::{KeyExport, RefusedSession};
pub use encrypted::EncryptedKeyExport;
pub use error::KeyExportError;
pub use new::NewKeyExport;
