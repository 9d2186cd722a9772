//! Encrypted native pickles of every kind, as bytes and as text.

use std::ffi::c_char;

use cliquet_core::pickle::Pickle;

use crate::constants::{cliquet_pickle_kind, pickle_kind};
use crate::failure::{call_with, cliquet_details};
use crate::input;
use crate::output::{Buffer, Place, TextBuffer};
use crate::status::cliquet_status;

/// Writes an encrypted native pickle in unpadded base64, for stores that keep texts: (4 * `pickle_length` + 2) / 3 characters.
///
/// Errors: those of `cliquet_pickle_kind_of`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_to_base64(
    pickle: *const u8,
    pickle_length: usize,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let base64 = TextBuffer::at(base64, capacity, length)?;
            base64.put(&Pickle::from_bytes(input::bytes(pickle, pickle_length)?)?.to_base64())
        })
    }
}

/// Reads an encrypted native pickle in base64, padding optional, white space around it allowed, and writes its bytes: at most 3 for 4 characters.
/// That it is authentic, only opening it shows.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, and those of `cliquet_pickle_kind_of`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_from_base64(
    base64: *const c_char,
    base64_length: usize,
    pickle: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let pickle = Buffer::at(pickle, capacity, length)?;
            pickle.put(Pickle::from_base64(input::text(base64, base64_length)?)?.as_bytes())
        })
    }
}

/// Writes what an encrypted native pickle holds, one of the constants `CLIQUET_PICKLE_KIND_...`, to `kind`. That it is authentic, only opening it
/// shows.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the bytes do not begin as a native pickle does, `CLIQUET_NOT_ENCRYPTED` if they are one without encryption,
/// `CLIQUET_UNKNOWN_VERSION` and `CLIQUET_UNKNOWN_KIND` if a later version of the library made it, `CLIQUET_TRUNCATED` and
/// `CLIQUET_CIPHERTEXT_LENGTH` if the length is none that a pickle has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_kind_of(
    pickle: *const u8,
    pickle_length: usize,
    kind: *mut cliquet_pickle_kind,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let kind = Place::at(kind)?;
            kind.put(pickle_kind(Pickle::from_bytes(input::bytes(pickle, pickle_length)?)?.kind()));
            Ok(())
        })
    }
}

/// Writes the version of the format of an encrypted native pickle to `format_version`; there is version 1 so far.
///
/// Errors: those of `cliquet_pickle_kind_of`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_format_version(
    pickle: *const u8,
    pickle_length: usize,
    format_version: *mut u32,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let format_version = Place::at(format_version)?;
            let pickle = Pickle::from_bytes(input::bytes(pickle, pickle_length)?)?;
            format_version.put(pickle.format_version().into());
            Ok(())
        })
    }
}
