//! A Megolm session with what is known of it, as key export files and key backups hold it (Matrix specification, "Key export format" and
//! "Backup algorithm", `BackedUpSessionData`).
//!
//! Nothing in it is proven: whoever wrote the file or the backup may have invented the session, its sender and the rest. So a session made from it is
//! marked as [imported](crate::megolm::Provenance::Imported).
//!
//! Where to read: `data`, then `json` with `fields`, `text` and `write`.

mod data;
mod error;
mod fields;
mod json;
mod text;
mod write;

#[cfg(test)]
pub(crate) mod tests;

pub use data::{ExportedSession, SessionData};
pub use error::SessionDataError;
pub(super) use text::unescape_solidus;
