//! The content of `m.key.verification.mac` events, and the names of what they are made with.

use std::ffi::c_char;

use cliquet_core::sas::{MacMethod, Macs};

use crate::constants::unknown;
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Place, TextBuffer};
use crate::status::{self, cliquet_status};

/// How the MACs over keys are made. The starter offers some, the accept event names one of them.
///
/// The commitment does not cover the accept event: refuse a method there that you did not offer, and offer the historic ones only if you must.
pub type cliquet_mac_method = u32;
/// `hkdf-hmac-sha256.v2`: the only one to be chosen today.
pub const CLIQUET_MAC_METHOD_HKDF_HMAC_SHA256_V2: cliquet_mac_method = 1;
/// `hkdf-hmac-sha256`, historic: the same MAC in the broken base64 of an old libolm, which keeps 48 of its 256 bits.
pub const CLIQUET_MAC_METHOD_HISTORIC_HKDF_HMAC_SHA256: cliquet_mac_method = 2;
/// `hmac-sha256`, historic: the same broken base64 of a MAC under a key of 256 bytes.
pub const CLIQUET_MAC_METHOD_HISTORIC_HMAC_SHA256: cliquet_mac_method = 3;

/// The content of an `m.key.verification.mac` event: ids of keys with MACs over the keys, and a MAC over the list of the ids.
pub struct cliquet_macs {
    _opaque: [u8; 0],
}
handle!(cliquet_macs: Macs);

/// The id of a key and the MAC over the key, one field of `mac` in an `m.key.verification.mac` event.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_mac {
    /// The id of the key, such as `ed25519:DEVICE`.
    pub key_id: *const c_char,
    /// Its length in bytes.
    pub key_id_length: usize,
    /// The MAC as it stands there.
    pub mac: *const c_char,
    /// Its length in bytes.
    pub mac_length: usize,
}

/// Takes the content of an `m.key.verification.mac` event that was received: `count` ids of keys with their MACs, in any order, and the MAC over the
/// list of ids. Nothing is checked before `cliquet_established_sas_verify_macs`. The caller frees `*macs`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_macs_new(
    mac: *const cliquet_mac,
    count: usize,
    keys: *const c_char,
    keys_length: usize,
    macs: *mut *mut cliquet_macs,
) -> cliquet_status {
    call(|| unsafe {
        let macs = Slot::at(macs)?;
        let mac: Vec<_> =
            input::elements(mac, count)?.iter().map(|mac| pair(mac)).collect::<Result<_, _>>()?;
        macs.put(Macs::new(mac, input::text(keys, keys_length)?));
        Ok(())
    })
}

/// Frees the content of an event. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_macs_free(macs: *mut cliquet_macs) -> cliquet_status {
    call(|| unsafe { free(macs) })
}

/// Writes to `*count` over how many keys there are MACs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_macs_count(macs: *const cliquet_macs, count: *mut usize) -> cliquet_status {
    call(|| unsafe {
        let count = Place::at(count)?;
        count.put(look(macs)?.mac.len());
        Ok(())
    })
}

/// Writes the id of the key at a position, from 0 on; they are sorted by their bytes.
///
/// Errors: `CLIQUET_OUT_OF_RANGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_macs_key_id(
    macs: *const cliquet_macs,
    position: usize,
    key_id: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let output = TextBuffer::at(key_id, capacity, length)?;
            let macs = look(macs)?;
            let (key_id, _) = input::element(&macs.mac, position)?;
            output.put(key_id)
        })
    }
}

/// Writes the MAC over the key at a position: 43 characters if it was made here, so that `capacity` is at least 44.
///
/// Errors: `CLIQUET_OUT_OF_RANGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_macs_mac(
    macs: *const cliquet_macs,
    position: usize,
    mac: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let output = TextBuffer::at(mac, capacity, length)?;
            let macs = look(macs)?;
            let (_, mac) = input::element(&macs.mac, position)?;
            output.put(mac)
        })
    }
}

/// Writes the MAC over the list of ids, the field `keys`: 43 characters if it was made here, so that `capacity` is at least 44.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_macs_keys(
    macs: *const cliquet_macs,
    keys: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let keys = TextBuffer::at(keys, capacity, length)?;
        keys.put(&look(macs)?.keys)
    })
}

/// Writes the name that a method has in `m.key.verification.accept` events, such as `hkdf-hmac-sha256.v2`: at most 19 characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_mac_method_to_name(
    method: cliquet_mac_method,
    name: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let name = TextBuffer::at(name, capacity, length)?;
        name.put(to_mac_method(method)?.as_str())
    })
}

/// Writes to `*method` the method that has this name in `m.key.verification.accept` events, one of the constants `CLIQUET_MAC_METHOD_...`.
///
/// Errors: `CLIQUET_ABSENT` if none has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_mac_method_from_name(
    name: *const c_char,
    name_length: usize,
    method: *mut cliquet_mac_method,
) -> cliquet_status {
    call(|| unsafe {
        let output = Place::at(method)?;
        let method = MacMethod::from_name(input::text(name, name_length)?);
        output.put(mac_method(method.ok_or(Failure::new(status::CLIQUET_ABSENT))?));
        Ok(())
    })
}

fn mac_method(method: MacMethod) -> cliquet_mac_method {
    match method {
        MacMethod::HkdfHmacSha256V2 => CLIQUET_MAC_METHOD_HKDF_HMAC_SHA256_V2,
        MacMethod::HistoricHkdfHmacSha256 => CLIQUET_MAC_METHOD_HISTORIC_HKDF_HMAC_SHA256,
        MacMethod::HistoricHmacSha256 => CLIQUET_MAC_METHOD_HISTORIC_HMAC_SHA256,
        _ => 0,
    }
}

pub(super) fn to_mac_method(method: cliquet_mac_method) -> Result<MacMethod, Failure> {
    match method {
        CLIQUET_MAC_METHOD_HKDF_HMAC_SHA256_V2 => Ok(MacMethod::HkdfHmacSha256V2),
        CLIQUET_MAC_METHOD_HISTORIC_HKDF_HMAC_SHA256 => Ok(MacMethod::HistoricHkdfHmacSha256),
        CLIQUET_MAC_METHOD_HISTORIC_HMAC_SHA256 => Ok(MacMethod::HistoricHmacSha256),
        _ => Err(unknown(method)),
    }
}

unsafe fn pair<'a>(mac: &cliquet_mac) -> Result<(&'a str, &'a str), Failure> {
    // SAFETY: the caller's promise.
    unsafe { Ok((input::text(mac.key_id, mac.key_id_length)?, input::text(mac.mac, mac.mac_length)?)) }
}
