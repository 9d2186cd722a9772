//! Matrix's objects around accounts and Megolm sessions (layer 5).
//!
//! | module | feature | what it holds |
//! |---|---|---|
//! | `device_keys` | `signed-json` | the signed keys of devices: those of an account, for upload; those of others, verified before a session is made from them |
//! | `session_data` | `key-export` | a Megolm session with what is known of it, as key export files and key backups hold it |
//! | `key_export` | `key-export` | key export files under a passphrase |
//! | `key_backup` | `key-backup` | entries of key backups |

#[cfg(feature = "signed-json")]
pub mod device_keys;
#[cfg(feature = "key-backup")]
pub mod key_backup;
#[cfg(feature = "key-export")]
pub mod key_export;
#[cfg(feature = "key-export")]
pub mod session_data;
