//! The error codes of `olm/error.h`, and their names.

use std::ffi::{CStr, c_char};

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code(pub(crate) u8);

impl Code {
    pub(crate) const NOT_ENOUGH_RANDOM: Self = Self(1);
    pub(crate) const OUTPUT_BUFFER_TOO_SMALL: Self = Self(2);
    pub(crate) const BAD_MESSAGE_VERSION: Self = Self(3);
    pub(crate) const BAD_MESSAGE_FORMAT: Self = Self(4);
    pub(crate) const BAD_MESSAGE_MAC: Self = Self(5);
    pub(crate) const BAD_MESSAGE_KEY_ID: Self = Self(6);
    pub(crate) const INVALID_BASE64: Self = Self(7);
    pub(crate) const BAD_ACCOUNT_KEY: Self = Self(8);
    pub(crate) const UNKNOWN_PICKLE_VERSION: Self = Self(9);
    pub(crate) const CORRUPTED_PICKLE: Self = Self(10);
    pub(crate) const BAD_SESSION_KEY: Self = Self(11);
    pub(crate) const UNKNOWN_MESSAGE_INDEX: Self = Self(12);
    pub(crate) const BAD_LEGACY_ACCOUNT_PICKLE: Self = Self(13);
    pub(crate) const BAD_SIGNATURE: Self = Self(14);
    pub(crate) const INPUT_BUFFER_TOO_SMALL: Self = Self(15);
    pub(crate) const SAS_THEIR_KEY_NOT_SET: Self = Self(16);
    pub(crate) const PICKLE_EXTRA_DATA: Self = Self(17);

    /// The name of a code, that of libolm: the last three keep the prefix of their constants.
    pub(crate) const fn name(self) -> &'static CStr {
        match self.0 {
            0 => c"SUCCESS",
            1 => c"NOT_ENOUGH_RANDOM",
            2 => c"OUTPUT_BUFFER_TOO_SMALL",
            3 => c"BAD_MESSAGE_VERSION",
            4 => c"BAD_MESSAGE_FORMAT",
            5 => c"BAD_MESSAGE_MAC",
            6 => c"BAD_MESSAGE_KEY_ID",
            7 => c"INVALID_BASE64",
            8 => c"BAD_ACCOUNT_KEY",
            9 => c"UNKNOWN_PICKLE_VERSION",
            10 => c"CORRUPTED_PICKLE",
            11 => c"BAD_SESSION_KEY",
            12 => c"UNKNOWN_MESSAGE_INDEX",
            13 => c"BAD_LEGACY_ACCOUNT_PICKLE",
            14 => c"BAD_SIGNATURE",
            15 => c"OLM_INPUT_BUFFER_TOO_SMALL",
            16 => c"OLM_SAS_THEIR_KEY_NOT_SET",
            17 => c"OLM_PICKLE_EXTRA_DATA",
            _ => c"UNKNOWN_ERROR",
        }
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn _olm_error_to_string(error: u32) -> *const c_char {
    u8::try_from(error).map_or(c"UNKNOWN_ERROR", |error| Code(error).name()).as_ptr()
}
