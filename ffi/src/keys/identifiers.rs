//! Session ids and key ids.

use std::ffi::c_char;

use cliquet_core::{KeyId, SessionId};

use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::input;
use crate::output::{Array, Place, TextBuffer};
use crate::status::{self, cliquet_status};

/// Writes a session id of 32 bytes in unpadded base64: 43 characters, so that `capacity` is at least 44.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_id_to_base64(
    session_id: *const u8,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(&SessionId::from_bytes(*input::array(session_id)?).to_base64())
    })
}

/// Reads a session id in unpadded base64 and writes its 32 bytes to `session_id`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_id_from_base64(
    base64: *const c_char,
    base64_length: usize,
    session_id: *mut u8,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session_id = Array::at(session_id)?;
            session_id.put(SessionId::from_base64(input::text(base64, base64_length)?)?.as_bytes());
            Ok(())
        })
    }
}

/// Writes a key id as the name under which a key is uploaded, the base64 of its 8 bytes: 11 characters, so that `capacity` is at least 12.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_id_to_base64(
    key_id: u64,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(&KeyId::from_u64(key_id).to_base64())
    })
}

/// Writes a key id as libolm names it, the base64 of its 4 bytes: 6 characters, so that `capacity` is at least 7.
///
/// Errors: `CLIQUET_ABSENT` if the id is larger than libolm's ids can be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_id_to_libolm_base64(
    key_id: u64,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        let name = KeyId::from_u64(key_id).to_libolm_base64();
        base64.put(&name.ok_or(Failure::new(status::CLIQUET_ABSENT))?)
    })
}

/// Reads the name under which a key was uploaded, in either form, and writes its id to `key_id`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_id_from_base64(
    base64: *const c_char,
    base64_length: usize,
    key_id: *mut u64,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let key_id = Place::at(key_id)?;
            key_id.put(KeyId::from_base64(input::text(base64, base64_length)?)?.as_u64());
            Ok(())
        })
    }
}
