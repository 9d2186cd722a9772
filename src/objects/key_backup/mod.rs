//! Entries of key backups (Matrix specification, "Backup algorithm: `m.megolm_backup.v1.curve25519-aes-sha2`").
//!
//! An entry is a [`SessionData`] that was encrypted to the backup's public key: anybody who knows that can write one, and the server can exchange and
//! damage them (see [`pk`](crate::pk)). So a session from a backup is [imported](crate::megolm::Provenance::Imported), whatever its data says.
//!
//! The public key of a backup stands in its `auth_data`, an object that the user's devices sign: [`auth_data`] writes it, [`AuthData`] has it verified.
//!
//! [`BackupMacKey`] is experimental: it authenticates entries as MSC4048 proposes.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, objects::{key_backup, session_data::SessionData}, pk::{PkDecryption, PkEncryption}};
//! # use cliquet::{olm::Account, megolm::{InboundGroupSession, OutboundGroupSession, SessionConfig}};
//!
//! let mut rng = SystemRandom::new();
//! # let account = Account::new(&mut rng)?;
//! # let outbound = OutboundGroupSession::new(SessionConfig::default(), &mut rng)?;
//! # let session = InboundGroupSession::new(&outbound.session_key(), SessionConfig::default());
//! let backup = PkDecryption::new(&mut rng)?; // its secret key goes into secret storage
//! let mut auth_data = key_backup::auth_data(backup.public_key());
//! auth_data.sign("@amelie:example.org", "LAPTOP", account.signing_key_pair())?;
//!
//! // A device that backs up its sessions:
//! let auth_data = key_backup::AuthData::verify(&auth_data, "@amelie:example.org", "LAPTOP", &account.ed25519_key())?;
//! let data = SessionData::new(&session, account.curve25519_key(), Some(account.ed25519_key()));
//! let entry = PkEncryption::new(auth_data.public_key()).encrypt_session_data(&data, &mut rng)?;
//!
//! // A device that knows the secret key:
//! let restored = backup.decrypt_session_data(&entry, &session.session_id())?;
//! assert_eq!(restored, data);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

mod auth_data;
mod entry;
mod error;
mod mac;
#[cfg(feature = "secret-storage")]
mod recovery_key;

#[cfg(test)]
mod tests;

pub use auth_data::{AuthData, auth_data};
pub use error::{AuthDataError, BackupMacError, KeyBackupError};
pub use mac::BackupMacKey;

#[cfg(doc)]
use crate::objects::session_data::SessionData;
