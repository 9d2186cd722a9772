//! The library itself: its version, and the texts of statuses.

use std::ffi::c_char;

use zeroize::Zeroize;

use crate::failure::call;
use crate::input;
use crate::status::{self, cliquet_status};

/// The version of the library, such as `0.1.0`, as a text that is never freed.
#[unsafe(no_mangle)]
pub extern "C" fn cliquet_library_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

/// What a status says, in English, as a text that is never freed; of a number that is no status, a text that says so.
#[unsafe(no_mangle)]
pub extern "C" fn cliquet_status_text(status: cliquet_status) -> *const c_char {
    status::text(status).as_ptr()
}

/// Wipes memory of the caller that held a secret, in a way that no compiler leaves out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_wipe(bytes: *mut u8, bytes_length: usize) -> cliquet_status {
    call(|| unsafe {
        input::bytes_in_place(bytes, bytes_length)?.zeroize();
        Ok(())
    })
}
