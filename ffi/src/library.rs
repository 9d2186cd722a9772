//! The library itself: its version, and the texts of statuses.

use std::ffi::c_char;

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
