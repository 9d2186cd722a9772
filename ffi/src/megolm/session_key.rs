//! Session keys.

use std::ffi::c_char;

use cliquet_core::megolm::SessionKey;

use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, Place, TextBuffer, base64_length};
use crate::status::cliquet_status;

/// A session key: what the sender of a Megolm session shares over Olm, so that others read its messages from an index on. It is signed by the
/// session's own signing key, and every object of this type has a valid signature. It is secret, and wiped when it is freed.
pub struct cliquet_megolm_session_key {
    _opaque: [u8; 0],
}
handle!(cliquet_megolm_session_key: SessionKey);

/// Reads a session key from its 229 bytes and checks its signature (Matrix specification, "Megolm group ratchet", "Session sharing format"). The
/// caller frees `*session_key`, and wipes `bytes` as soon as it can.
///
/// Errors: `CLIQUET_LENGTH`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`, `CLIQUET_INVALID_SIGNATURE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_key_from_bytes(
    bytes: *const u8,
    bytes_length: usize,
    session_key: *mut *mut cliquet_megolm_session_key,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session_key = Slot::at(session_key)?;
            session_key.put(SessionKey::from_bytes(input::bytes(bytes, bytes_length)?)?);
            Ok(())
        })
    }
}

/// Reads a session key from its text, the `session_key` of an `m.room_key` event: unpadded base64, 306 characters. The caller frees
/// `*session_key`, and wipes `base64` as soon as it can.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_PUBLIC_KEY`, `CLIQUET_INVALID_SIGNATURE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_key_from_base64(
    base64: *const c_char,
    base64_length: usize,
    session_key: *mut *mut cliquet_megolm_session_key,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session_key = Slot::at(session_key)?;
            session_key.put(SessionKey::from_base64(input::text(base64, base64_length)?)?);
            Ok(())
        })
    }
}

/// Frees a session key and wipes it. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_key_free(
    session_key: *mut cliquet_megolm_session_key,
) -> cliquet_status {
    call(|| unsafe { free(session_key) })
}

/// Writes the 229 bytes of a session key, which the caller wipes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_key_to_bytes(
    session_key: *const cliquet_megolm_session_key,
    bytes: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let bytes = Buffer::at(bytes, capacity, length)?;
        bytes.put(look(session_key)?.as_bytes())
    })
}

/// Writes a session key as the `session_key` of an `m.room_key` event, unpadded base64: 306 characters, so that `capacity` is at least 307. The
/// caller wipes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_key_to_base64(
    session_key: *const cliquet_megolm_session_key,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        let session_key = look(session_key)?;
        base64.reserve(base64_length(session_key.as_bytes().len()))?.put(session_key.to_base64().as_str())
    })
}

/// Writes the id of the session, 32 bytes, to `session_id`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_key_session_id(
    session_key: *const cliquet_megolm_session_key,
    session_id: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let session_id = Array::at(session_id)?;
        session_id.put(look(session_key)?.session_id().as_bytes());
        Ok(())
    })
}

/// Writes the index of the first message that can be read with a session key, to `*message_index`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_session_key_message_index(
    session_key: *const cliquet_megolm_session_key,
    message_index: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let message_index = Place::at(message_index)?;
        message_index.put(look(session_key)?.message_index());
        Ok(())
    })
}
