//! What is encrypted in a key export: a list of sessions in JSON.

use alloc::vec::Vec;

use serde_json::value::RawValue;

use super::KeyExportError;
use crate::{
    objects::session_data::{ExportedSession, SessionDataError, unescape_solidus},
    secret::SecretBytes,
};

/// The sessions of a key export that was opened.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyExport {
    /// The sessions, in the order of the file.
    pub sessions: Vec<ExportedSession>,
    /// The entries that are none that this library reads: of another algorithm, say. They keep the others from nothing.
    pub refused: Vec<RefusedSession>,
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
    let (mut sessions, mut refused) = (Vec::with_capacity(entries.len()), Vec::new());
    for (position, entry) in entries.into_iter().enumerate() {
        match ExportedSession::from_json(entry.get().as_bytes()) {
            Ok(session) => sessions.push(session),
            Err(error) => refused.push(RefusedSession { position, error }),
        }
    }
    Ok(KeyExport { sessions, refused })
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
