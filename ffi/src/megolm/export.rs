//! Session exports.

use std::ffi::c_char;

use cliquet_core::megolm::SessionExport;

use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, Place, TextBuffer, base64_length};
use crate::status::cliquet_status;

/// A session export: what an inbound group session hands on, in key backups, key export files and forwarded keys. It has no signature: whoever
/// made it may have invented it. It is secret, and wiped when it is freed.
pub struct cliquet_megolm_session_export {
    _opaque: [u8; 0],
}
handle!(cliquet_megolm_session_export: SessionExport);

/// Reads a session export from its 165 bytes (Matrix specification, "Megolm group ratchet", "Session export format"). The caller frees
/// `*session_export`, and wipes `bytes` as soon as it can.
///
/// Errors: `CLIQUET_LENGTH`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_export_from_bytes(
    bytes: *const u8,
    bytes_length: usize,
    session_export: *mut *mut cliquet_megolm_session_export,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session_export = Slot::at(session_export)?;
            session_export.put(SessionExport::from_bytes(input::bytes(bytes, bytes_length)?)?);
            Ok(())
        })
    }
}

/// Reads a session export from its text, the `session_key` of session data: unpadded base64, 220 characters. The caller frees
/// `*session_export`, and wipes `base64` as soon as it can.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_export_from_base64(
    base64: *const c_char,
    base64_length: usize,
    session_export: *mut *mut cliquet_megolm_session_export,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session_export = Slot::at(session_export)?;
            session_export.put(SessionExport::from_base64(input::text(base64, base64_length)?)?);
            Ok(())
        })
    }
}

/// Frees a session export and wipes it. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_export_free(
    session_export: *mut cliquet_megolm_session_export,
) -> cliquet_status {
    call(|| unsafe { free(session_export) })
}

/// Writes the 165 bytes of a session export, which the caller wipes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_export_to_bytes(
    session_export: *const cliquet_megolm_session_export,
    bytes: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let bytes = Buffer::at(bytes, capacity, length)?;
        bytes.put(look(session_export)?.as_bytes())
    })
}

/// Writes a session export as the `session_key` of session data, unpadded base64: 220 characters, so that `capacity` is at least 221. The caller
/// wipes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_export_to_base64(
    session_export: *const cliquet_megolm_session_export,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        let session_export = look(session_export)?;
        let base64 = base64.reserve(base64_length(session_export.as_bytes().len()))?;
        base64.put(session_export.to_base64().as_str())
    })
}

/// Writes the id of the session, 32 bytes, to `session_id`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_export_session_id(
    session_export: *const cliquet_megolm_session_export,
    session_id: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let session_id = Array::at(session_id)?;
        session_id.put(look(session_export)?.session_id().as_bytes());
        Ok(())
    })
}

/// Writes the index of the first message that can be read with a session export, to `*message_index`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_export_message_index(
    session_export: *const cliquet_megolm_session_export,
    message_index: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let message_index = Place::at(message_index)?;
        message_index.put(look(session_export)?.message_index());
        Ok(())
    })
}
