//! What is encrypted in a key export: a list of sessions in JSON.

use alloc::vec::Vec;

use serde_json::value::RawValue;

use super::KeyExportError;
use crate::{
    objects::session_data::{ExportedSession, SessionDataError, unescape_solidus},
    secret::SecretBytes,
};

/// A file could hold millions of entries that are none.
const MAX_REFUSED: usize = 1000;

/// The sessions of a key export that was opened.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyExport {
    /// The sessions, in the order of the file.
    pub sessions: Vec<ExportedSession>,
    /// The entries that are none that this library reads: of another algorithm, say. They keep the others from nothing. No more than the first thousand.
    pub refused: Vec<RefusedSession>,
    /// How many entries were refused in all.
    pub refused_count: usize,
}

/// An entry of a key export that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedSession {
    /// Its place in the list, counted from 0.
    pub position: usize,
    /// What is wrong with it.
    pub error: SessionDataError,
}

/// Reads the list; each entry for itself, so that one which cannot be read does not spoil the others.
pub(super) fn read(mut json: SecretBytes) -> Result<KeyExport, KeyExportError> {
    unescape_solidus(&mut json);
    let entries: Vec<&RawValue> =
        serde_json::from_slice(json.as_bytes()).map_err(|_| KeyExportError::Content)?;
    let mut export = KeyExport { sessions: Vec::new(), refused: Vec::new(), refused_count: 0 };
    for (position, entry) in entries.into_iter().enumerate() {
        match ExportedSession::from_json(entry.get().as_bytes()) {
            Ok(session) => export.sessions.push(session),
            Err(error) => {
                export.refused_count = export.refused_count.saturating_add(1);
                if export.refused.len() < MAX_REFUSED {
                    export.refused.push(RefusedSession { position, error });
                }
            }
        }
    }
    Ok(export)
}

pub(super) fn write(sessions: &[ExportedSession]) -> SecretBytes {
    let mut json = SecretBytes::with_capacity(2);
    json.extend(b"[");
    for (place, session) in sessions.iter().enumerate() {
        if place > 0 {
            json.extend(b",");
        }
        session.write_json(&mut json);
    }
    json.extend(b"]");
    json
}
