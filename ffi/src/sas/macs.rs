//! MACs over the keys of two devices.

use std::ffi::c_char;

use zeroize::Zeroizing;

use super::agreement::cliquet_established_sas;
use super::keys::{cliquet_sas_key, sas_keys};
use super::mac_event::{cliquet_mac_method, cliquet_macs, to_mac_method};
use super::verification::{cliquet_sas_verification, verification};
use crate::causes::mac_failure;
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, look};
use crate::input;
use crate::output::{Buffer, TextBuffer};
use crate::status::{self, cliquet_status};

/// Makes the content of our `m.key.verification.mac` event, over `count` keys of ours; one that comes twice counts once. `method` is one of the
/// constants `CLIQUET_MAC_METHOD_...`. Send it once the user has said that both devices show the same, and not before. The caller frees `*macs`.
///
/// Errors: `CLIQUET_PUBLIC_KEY`, `CLIQUET_KEY_ID_COMMA` if a device id holds a comma, so that the list of keys could be read as another one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_macs(
    sas: *const cliquet_established_sas,
    verification: *const cliquet_sas_verification,
    method: cliquet_mac_method,
    keys: *const cliquet_sas_key,
    count: usize,
    macs: *mut *mut cliquet_macs,
) -> cliquet_status {
    call(|| unsafe {
        let output = Slot::at(macs)?;
        let sas = look(sas)?;
        let verification = self::verification(verification)?;
        let macs = sas.macs(&verification, to_mac_method(method)?, sas_keys(keys, count)?);
        output.put(macs.ok_or(Failure::new(status::CLIQUET_KEY_ID_COMMA))?);
        Ok(())
    })
}

/// Checks the content of the other device's `m.key.verification.mac` event against those of its and its user's keys that are known from elsewhere,
/// and writes to `verified`, which has room for `count` of them, which of these `known_keys` are verified from now on: those that the event has a
/// MAC over. Keys in the event that are not known are passed over (Matrix specification, "SAS HMAC calculation"). `method` is one of the constants
/// `CLIQUET_MAC_METHOD_...`. After a failure nothing is verified, and the verification ends (`m.key_mismatch`).
///
/// Errors: `CLIQUET_PUBLIC_KEY`; `CLIQUET_MAC_OF_KEY_IDS` if a key was added or left out, the secrets differ, or an id holds a comma or comes twice;
/// `CLIQUET_MAC_OF_KEY` if the other device has another key, with the position of the first known key of that id; `CLIQUET_NO_KNOWN_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_verify_macs(
    sas: *const cliquet_established_sas,
    verification: *const cliquet_sas_verification,
    method: cliquet_mac_method,
    macs: *const cliquet_macs,
    known_keys: *const cliquet_sas_key,
    count: usize,
    verified: *mut bool,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let mut written = 0;
            let output = Buffer::at(verified, count, &raw mut written)?;
            let (sas, macs) = (look(sas)?, look(macs)?);
            let verification = self::verification(verification)?;
            let method = to_mac_method(method)?;
            let known_keys = sas_keys(known_keys, count)?;
            let mut position = 0;
            let looked_at = known_keys.iter().enumerate().map(|(at, key)| {
                position = at;
                *key
            });
            let verified = sas.verify_macs(&verification, method, &macs, looked_at);
            let verified = verified.map_err(|error| mac_failure(error, position))?;
            let verdicts: Vec<bool> = known_keys.iter().map(|key| verified.contains(key)).collect();
            output.put(&verdicts)
        })
    }
}

/// Writes the MAC of a text under a label that the caller has put together: 43 characters, so that `capacity` is at least 44. `method` is one of the
/// constants `CLIQUET_MAC_METHOD_...`. For adapters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_calculate_mac_with_info(
    sas: *const cliquet_established_sas,
    method: cliquet_mac_method,
    text: *const c_char,
    text_length: usize,
    info: *const c_char,
    info_length: usize,
    mac: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let output = TextBuffer::at(mac, capacity, length)?;
        let sas = look(sas)?;
        let method = to_mac_method(method)?;
        let (text, info) = (input::text(text, text_length)?, input::text(info, info_length)?);
        output.put(&Zeroizing::new(sas.calculate_mac_with_info(method, text, info)))
    })
}

/// Verifies, in constant time, that a MAC is the one of a text under a label that the caller has put together. `method` is one of the constants
/// `CLIQUET_MAC_METHOD_...`. For adapters.
///
/// Errors: `CLIQUET_AUTHENTICATION_FAILED`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_established_sas_verify_mac_with_info(
    sas: *const cliquet_established_sas,
    method: cliquet_mac_method,
    text: *const c_char,
    text_length: usize,
    info: *const c_char,
    info_length: usize,
    mac: *const c_char,
    mac_length: usize,
) -> cliquet_status {
    call(|| unsafe {
        let sas = look(sas)?;
        let method = to_mac_method(method)?;
        let (text, info) = (input::text(text, text_length)?, input::text(info, info_length)?);
        if sas.verify_mac_with_info(method, text, info, input::text(mac, mac_length)?) {
            Ok(())
        } else {
            Err(Failure::new(status::CLIQUET_AUTHENTICATION_FAILED))
        }
    })
}
