//! What a saved state is.

use cliquet_core::pickle::{PickleFormat, recognise};

use crate::constants::{cliquet_pickle_kind, pickle_kind};
use crate::failure::{call_with, cliquet_details};
use crate::input;
use crate::output::Place;
use crate::status::cliquet_status;

/// How a saved state is written.
pub type cliquet_pickle_format = u32;
/// An encrypted native pickle, in bytes or base64.
pub const CLIQUET_PICKLE_FORMAT_NATIVE: cliquet_pickle_format = 1;
/// A native pickle without encryption.
pub const CLIQUET_PICKLE_FORMAT_NATIVE_WITHOUT_ENCRYPTION: cliquet_pickle_format = 2;
/// A pickle of libolm.
pub const CLIQUET_PICKLE_FORMAT_LIBOLM: cliquet_pickle_format = 3;
/// An encrypted pickle of vodozemac.
pub const CLIQUET_PICKLE_FORMAT_VODOZEMAC: cliquet_pickle_format = 4;
/// The JSON of a pickle of vodozemac, without encryption.
pub const CLIQUET_PICKLE_FORMAT_VODOZEMAC_JSON: cliquet_pickle_format = 5;

/// What a saved state is.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_recognised {
    /// What it holds, one of the constants `CLIQUET_PICKLE_KIND_...`.
    pub kind: cliquet_pickle_kind,
    /// How it is written, one of the constants `CLIQUET_PICKLE_FORMAT_...`.
    pub format: cliquet_pickle_format,
    /// The version of the format; 0 for those of vodozemac, which have none.
    pub version: u32,
}

fn format(format: PickleFormat) -> (cliquet_pickle_format, u32) {
    match format {
        PickleFormat::Native { version, .. } => (CLIQUET_PICKLE_FORMAT_NATIVE, version.into()),
        PickleFormat::NativeWithoutEncryption { version, .. } => {
            (CLIQUET_PICKLE_FORMAT_NATIVE_WITHOUT_ENCRYPTION, version.into())
        }
        PickleFormat::Libolm { version, .. } => (CLIQUET_PICKLE_FORMAT_LIBOLM, version),
        PickleFormat::Vodozemac => (CLIQUET_PICKLE_FORMAT_VODOZEMAC, 0),
        PickleFormat::VodozemacJson => (CLIQUET_PICKLE_FORMAT_VODOZEMAC_JSON, 0),
        _ => (0, 0),
    }
}

/// Tells what a saved state is, and so which function reads it: bytes or text, of this library, libolm or vodozemac; dehydrated devices aside. White
/// space around a text does not count.
///
/// `key`, of any length, is used for what shows nothing of itself before it is decrypted: the pickles of libolm and vodozemac. Of a native
/// pickle, only what it says without its key is read; that it is authentic, opening it shows.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the input has the form of none of them, `CLIQUET_AUTHENTICATION_FAILED` if it could be a pickle of libolm or
/// vodozemac, but the key is wrong or it was changed, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_TRUNCATED`,
/// `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_JSON`, `CLIQUET_NOT_ENCRYPTED` of a native pickle without encryption in base64, where bytes are expected,
/// `CLIQUET_LEGACY_ACCOUNT`, `CLIQUET_STATE_TOO_MANY` of a pickle that holds more than libolm has room for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pickle_recognise(
    input: *const u8,
    input_length: usize,
    key: *const u8,
    key_length: usize,
    recognised: *mut cliquet_recognised,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let place = Place::at(recognised)?;
            let recognised = recognise(input::bytes(input, input_length)?, input::bytes(key, key_length)?)?;
            let (format, version) = format(recognised.format);
            place.put(cliquet_recognised { kind: pickle_kind(recognised.kind), format, version });
            Ok(())
        })
    }
}
