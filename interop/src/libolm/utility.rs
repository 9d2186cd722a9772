//! What libolm offers without a session: hashes, signatures, its version.

#![allow(unsafe_code, reason = "libolm is a C library")]

use super::Error;
use super::ffi::{self, OlmUtility};
use super::object::Object;

/// The SHA-256 hash of `input`, in base64.
///
/// # Errors
/// As libolm reports.
pub fn sha256(input: &[u8]) -> Result<String, Error> {
    let utility = Object::<OlmUtility>::new();
    // SAFETY: the object is initialised.
    let length = unsafe { ffi::olm_sha256_length(utility.raw()) };
    utility.text(length, |out, length| {
        // SAFETY: every pointer comes with the length of what it points to.
        unsafe { ffi::olm_sha256(utility.raw(), input.as_ptr(), input.len(), out, length) }
    })
}

/// Checks the Ed25519 signature of `message`; key and signature are in base64.
///
/// # Errors
/// `BAD_MESSAGE_MAC` if the signature does not fit.
pub fn ed25519_verify(key: &str, message: &[u8], signature: &str) -> Result<(), Error> {
    let utility = Object::<OlmUtility>::new();
    let mut copy = signature.as_bytes().to_vec();
    // SAFETY: every pointer comes with the length of what it points to; libolm overwrites only the copy.
    let verified = unsafe {
        ffi::olm_ed25519_verify(
            utility.raw(),
            key.as_ptr(),
            key.len(),
            message.as_ptr(),
            message.len(),
            copy.as_mut_ptr(),
            copy.len(),
        )
    };
    utility.check(verified).map(drop)
}

/// Major, minor and patch version of the libolm that is linked.
#[must_use]
pub fn version() -> (u8, u8, u8) {
    let (mut major, mut minor, mut patch) = (0, 0, 0);
    // SAFETY: each pointer is to one byte that libolm writes.
    unsafe { ffi::olm_get_library_version(&raw mut major, &raw mut minor, &raw mut patch) };
    (major, minor, patch)
}
