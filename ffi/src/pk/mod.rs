//! The encryption of key backups (Matrix specification, "Server-side key backups", `m.megolm_backup.v1.curve25519-aes-sha2`).

pub(crate) mod decryption;
pub(crate) mod encryption;
pub(crate) mod message;
