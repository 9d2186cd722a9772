//! The functions of the header that are measured, with its types.

use std::{
    ffi::{c_char, c_void},
    sync::LazyLock,
};

use libloading::Library;

use super::library;
use crate::Result;

/// An object, behind the pointer.
type Object = *mut c_void;
/// One that does not change; and `random`, `limits` and `details`, all of which are left out.
type Shared = *const c_void;
/// Where the pointer to a new object goes.
type Made = *mut Object;

/// `cliquet_one_time_key`
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct OneTimeKey {
    key_id: u64,
    pub(super) public_key: [u8; 32],
    published: bool,
}

macro_rules! functions {
    ($($function:ident($($argument:ty),*);)*) => {
        pub(super) struct Functions {
            $(pub(super) $function: unsafe extern "C" fn($($argument),*) -> i32,)*
            _library: Library,
        }

        impl Functions {
            fn load() -> Result<Self> {
                let library = library::load()?;
                Ok(Self {
                    $(
                        // SAFETY: the type is that of the header.
                        $function: *unsafe { library.get(concat!("cliquet_", stringify!($function))) }?,
                    )*
                    _library: library,
                })
            }
        }
    };
}

functions! {
    curve25519_public_key_to_base64(*const u8, *mut c_char, usize, *mut usize);
    curve25519_public_key_from_base64(*const c_char, usize, *mut u8, Object);
    ed25519_public_key_to_base64(*const u8, *mut c_char, usize, *mut usize);
    ed25519_signature_to_base64(*const u8, *mut c_char, usize, *mut usize);

    account_new(Shared, Made);
    account_free(Object);
    account_ed25519_key(Shared, *mut u8);
    account_curve25519_key(Shared, *mut u8);
    account_sign(Shared, *const u8, usize, *mut u8);
    account_generate_one_time_keys(Object, usize, Shared, *mut OneTimeKey, usize, *mut usize, Object);
    account_unpublished_one_time_keys(Shared, *mut OneTimeKey, usize, *mut usize);
    account_mark_keys_as_published(Object);
    account_create_outbound_session(Shared, *const u8, *const u8, u32, Shared, Shared, Made, Object);
    account_create_inbound_session(Object, *const u8, Shared, u32, Shared, Made, *mut u8, usize, *mut usize, Object, Object);

    olm_session_free(Object);
    olm_session_encrypt(Object, *const u8, usize, Shared, Made);
    olm_session_decrypt(Object, Shared, *mut u8, usize, *mut usize, Object);
    olm_message_free(Object);
    olm_message_type(Shared, *mut u32);
    olm_message_from_base64(u32, *const c_char, usize, Made, Object);
    olm_message_to_base64(Shared, *mut c_char, usize, *mut usize);
    olm_message_max_plaintext_length(Shared, *mut usize);

    outbound_group_session_new(u32, Shared, Made);
    outbound_group_session_free(Object);
    outbound_group_session_session_key(Shared, Made);
    outbound_group_session_encrypt(Object, *const u8, usize, Made);
    inbound_group_session_new(Shared, u32, Made);
    inbound_group_session_free(Object);
    inbound_group_session_decrypt(Object, Shared, *mut u8, usize, *mut usize, *mut u32, Object, Object);
    inbound_group_session_export(Shared, Made);
    inbound_group_session_import(Shared, u32, Made);
    megolm_message_free(Object);
    megolm_message_from_base64(*const c_char, usize, Made, Object);
    megolm_message_to_base64(Shared, *mut c_char, usize, *mut usize);
    megolm_message_max_plaintext_length(Shared, *mut usize);
    megolm_session_key_free(Object);
    megolm_session_key_from_base64(*const c_char, usize, Made, Object);
    megolm_session_key_to_base64(Shared, *mut c_char, usize, *mut usize);
    megolm_session_export_free(Object);
    megolm_session_export_from_base64(*const c_char, usize, Made, Object);
    megolm_session_export_to_base64(Shared, *mut c_char, usize, *mut usize);
}

static FUNCTIONS: LazyLock<std::result::Result<Functions, String>> =
    LazyLock::new(|| Functions::load().map_err(|error| error.to_string()));

pub(super) fn functions() -> Result<&'static Functions> {
    FUNCTIONS.as_ref().map_err(|error| error.as_str().into())
}
