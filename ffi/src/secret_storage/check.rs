//! What tells the right key from a wrong one.

use std::ffi::c_char;

use cliquet_core::secret_storage::KeyCheck;

use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::Array;
use crate::status::cliquet_status;

/// What tells a right key from a wrong one: the fields `iv` and `mac` of a key's description (`m.secret_storage.key.<id>`).
pub struct cliquet_key_check {
    _opaque: [u8; 0],
}
handle!(cliquet_key_check: KeyCheck);

/// Makes a check of its parts: `iv` has 16 bytes, `mac` 32. The caller frees `*check`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_check_new(
    iv: *const u8,
    mac: *const u8,
    check: *mut *mut cliquet_key_check,
) -> cliquet_status {
    call(|| unsafe {
        let check = Slot::at(check)?;
        check.put(KeyCheck::new(*input::array(iv)?, *input::array(mac)?));
        Ok(())
    })
}

/// Makes a check of two texts in base64, padded or not, as they stand in the description of a key. The caller frees `*check`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH` unless the IV has exactly 16 bytes and the MAC 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_check_from_base64(
    iv: *const c_char,
    iv_length: usize,
    mac: *const c_char,
    mac_length: usize,
    check: *mut *mut cliquet_key_check,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let check = Slot::at(check)?;
            let iv = input::text(iv, iv_length)?;
            check.put(KeyCheck::from_base64(iv, input::text(mac, mac_length)?)?);
            Ok(())
        })
    }
}

/// Frees a check. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_check_free(check: *mut cliquet_key_check) -> cliquet_status {
    call(|| unsafe { free(check) })
}

/// Writes the IV, 16 bytes, to `iv`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_check_iv(
    check: *const cliquet_key_check,
    iv: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let iv = Array::at(iv)?;
        iv.put(&look(check)?.iv);
        Ok(())
    })
}

/// Writes the MAC over 32 encrypted zeros, 32 bytes, to `mac`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_check_mac(
    check: *const cliquet_key_check,
    mac: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let mac = Array::at(mac)?;
        mac.put(&look(check)?.mac);
        Ok(())
    })
}
