//! Inbound group sessions: how they are made, what they are, and what they hand on.

use cliquet_core::megolm::InboundGroupSession;

use super::config;
use super::export::cliquet_megolm_session_export;
use super::session_key::cliquet_megolm_session_key;
use crate::constants::{cliquet_version, message_version};
use crate::failure::{Failure, call};
use crate::handle::{Slot, change, free, handle, look};
use crate::output::{Array, Place};
use crate::status::{self, cliquet_status};

/// An inbound group session: decrypts what one device sends to a room. Its secrets are wiped when it is freed.
pub struct cliquet_inbound_group_session {
    _opaque: [u8; 0],
}
handle!(cliquet_inbound_group_session: InboundGroupSession);

/// Makes an inbound group session of the session key that its sender shared. It reads messages of `version`, one of the constants
/// `CLIQUET_VERSION_...`, and no others, and has no replay guard. The caller frees `*session`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_new(
    session_key: *const cliquet_megolm_session_key,
    version: cliquet_version,
    session: *mut *mut cliquet_inbound_group_session,
) -> cliquet_status {
    call(|| unsafe {
        let session = Slot::at(session)?;
        let session_key = look(session_key)?;
        session.put(InboundGroupSession::new(&session_key, config(version)?));
        Ok(())
    })
}

/// Makes an inbound group session of an export, marked as imported. It reads messages of `version`, one of the constants `CLIQUET_VERSION_...`,
/// and no others, and has no replay guard. The caller frees `*session`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_import(
    session_export: *const cliquet_megolm_session_export,
    version: cliquet_version,
    session: *mut *mut cliquet_inbound_group_session,
) -> cliquet_status {
    call(|| unsafe {
        let session = Slot::at(session)?;
        let session_export = look(session_export)?;
        session.put(InboundGroupSession::import(&session_export, config(version)?));
        Ok(())
    })
}

/// Frees an inbound group session and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_free(
    session: *mut cliquet_inbound_group_session,
) -> cliquet_status {
    call(|| unsafe { free(session) })
}

/// Writes the id of the session, 32 bytes, which is its public signing key, to `session_id`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_session_id(
    session: *const cliquet_inbound_group_session,
    session_id: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let session_id = Array::at(session_id)?;
        session_id.put(look(session)?.session_id().as_bytes());
        Ok(())
    })
}

/// Writes the version of the messages that the session reads, one of the constants `CLIQUET_VERSION_...`, to `*version`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_version(
    session: *const cliquet_inbound_group_session,
    version: *mut cliquet_version,
) -> cliquet_status {
    call(|| unsafe {
        let version = Place::at(version)?;
        version.put(message_version(look(session)?.version()));
        Ok(())
    })
}

/// Writes the earliest message index that the session can read, to `*first_known_index`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_first_known_index(
    session: *const cliquet_inbound_group_session,
    first_known_index: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let first_known_index = Place::at(first_known_index)?;
        first_known_index.put(look(session)?.first_known_index());
        Ok(())
    })
}

/// Makes an export of all that the session can read. The session stays as it is. The caller frees `*session_export`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_export(
    session: *const cliquet_inbound_group_session,
    session_export: *mut *mut cliquet_megolm_session_export,
) -> cliquet_status {
    call(|| unsafe {
        let session_export = Slot::at(session_export)?;
        session_export.put(look(session)?.export());
        Ok(())
    })
}

/// Makes an export of what the session can read from `message_index` on. The session stays as it is. The caller frees `*session_export`.
///
/// Errors: `CLIQUET_ABSENT` if the session cannot read that far back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_export_at(
    session: *const cliquet_inbound_group_session,
    message_index: u32,
    session_export: *mut *mut cliquet_megolm_session_export,
) -> cliquet_status {
    call(|| unsafe {
        let session_export = Slot::at(session_export)?;
        let export = look(session)?.export_at(message_index);
        session_export.put(export.ok_or(Failure::new(status::CLIQUET_ABSENT))?);
        Ok(())
    })
}

/// Gives up what is before `message_index`: everything from which an earlier message could be read is wiped. Tells in `*begins_there` whether the
/// session begins at `message_index` now; where it began later, nothing happens.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_advance_to(
    session: *mut cliquet_inbound_group_session,
    message_index: u32,
    begins_there: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let begins_there = Place::at(begins_there)?;
        let mut session = change(session)?;
        begins_there.put(session.advance_to(message_index));
        Ok(())
    })
}
