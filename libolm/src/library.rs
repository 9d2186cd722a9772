//! What concerns the whole library.

use crate::memory::OLM_ERROR;
use crate::output;

/// The version of libolm whose functions these are.
const VERSION: [u8; 3] = [3, 2, 16];

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_get_library_version(major: *mut u8, minor: *mut u8, patch: *mut u8) {
    for (place, number) in [major, minor, patch].into_iter().zip(VERSION) {
        unsafe { output::put_value(place, number) };
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_error() -> usize {
    OLM_ERROR
}
