//! The signed keys of devices: those of an account, for upload, and those of others, verified.

use std::ffi::c_char;

use cliquet_core::objects::device_keys::{ClaimedKey, DeviceKeys};
use cliquet_core::olm::Account;
use cliquet_core::signed_json::JsonObject;

use crate::constants::cliquet_version;
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::olm::account::cliquet_account;
use crate::olm::limits::{cliquet_limits, config};
use crate::olm::session::cliquet_olm_session;
use crate::output::{Array, Place, TextBuffer};
use crate::random::{Random, cliquet_random};
use crate::signed_json::cliquet_json_object;
use crate::status::cliquet_status;

/// The identity keys of a device, which it has signed itself (Matrix specification, "Device keys"). That they belong to the user who is said to
/// have them, only cross-signing and verification show.
pub struct cliquet_device_keys {
    _opaque: [u8; 0],
}
handle!(cliquet_device_keys: DeviceKeys);

/// A one-time key or fallback key of a device, which the device has signed, with the identity key of the device: what a session is made from. It
/// cannot be had without the signatures being checked.
pub struct cliquet_claimed_key {
    _opaque: [u8; 0],
}
handle!(cliquet_claimed_key: ClaimedKey);

/// Makes the `device_keys` of an upload (`POST /_matrix/client/v3/keys/upload`), signed by the fingerprint key of the account. The caller frees
/// `*object`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_signed_device_keys(
    account: *const cliquet_account,
    user_id: *const c_char,
    user_id_length: usize,
    device_id: *const c_char,
    device_id_length: usize,
    object: *mut *mut cliquet_json_object,
) -> cliquet_status {
    call(|| unsafe {
        let (user_id, device_id) = ((user_id, user_id_length), (device_id, device_id_length));
        signed(account, user_id, device_id, object, Account::signed_device_keys)
    })
}

/// Makes the `one_time_keys` of an upload: each that was not marked as published, under its id and signed by the fingerprint key of the
/// account; an empty object if there are none. The caller frees `*object`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_signed_one_time_keys(
    account: *const cliquet_account,
    user_id: *const c_char,
    user_id_length: usize,
    device_id: *const c_char,
    device_id_length: usize,
    object: *mut *mut cliquet_json_object,
) -> cliquet_status {
    call(|| unsafe {
        let (user_id, device_id) = ((user_id, user_id_length), (device_id, device_id_length));
        signed(account, user_id, device_id, object, Account::signed_one_time_keys)
    })
}

/// Makes the `fallback_keys` of an upload: the current fallback key, unless it was marked as published, under its id and signed by the fingerprint
/// key of the account; an empty object otherwise. The caller frees `*object`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_signed_fallback_keys(
    account: *const cliquet_account,
    user_id: *const c_char,
    user_id_length: usize,
    device_id: *const c_char,
    device_id_length: usize,
    object: *mut *mut cliquet_json_object,
) -> cliquet_status {
    call(|| unsafe {
        let (user_id, device_id) = ((user_id, user_id_length), (device_id, device_id_length));
        signed(account, user_id, device_id, object, Account::signed_fallback_keys)
    })
}

/// What an account signs for an upload.
unsafe fn signed(
    account: *const cliquet_account,
    user_id: (*const c_char, usize),
    device_id: (*const c_char, usize),
    object: *mut *mut cliquet_json_object,
    sign: fn(&Account, &str, &str) -> JsonObject,
) -> Result<(), Failure> {
    // SAFETY: the contract of the exported functions.
    unsafe {
        let object = Slot::at(object)?;
        let (user_id, device_id) =
            (input::text(user_id.0, user_id.1)?, input::text(device_id.0, device_id.1)?);
        object.put(sign(&*look(account)?, user_id, device_id));
    }
    Ok(())
}

/// Checks what the server says of a device (an object in the `device_keys` of an answer to `POST /_matrix/client/v3/keys/query`): that it is about
/// the device that was asked for, and signed with the fingerprint key in it. The caller frees `*device_keys`.
///
/// Whoever has known the device before compares the fingerprint key with what it was: that of a device never changes.
///
/// Errors: `CLIQUET_MALFORMED_FIELD` with `field` in the details, `CLIQUET_MISMATCHED_USER_ID`, `CLIQUET_MISMATCHED_DEVICE_ID`; `CLIQUET_BASE64`,
/// `CLIQUET_LENGTH`, `CLIQUET_PUBLIC_KEY` of a key; `CLIQUET_SIGNATURE_MISSING`, `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_verify(
    object: *const cliquet_json_object,
    user_id: *const c_char,
    user_id_length: usize,
    device_id: *const c_char,
    device_id_length: usize,
    device_keys: *mut *mut cliquet_device_keys,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let device_keys = Slot::at(device_keys)?;
            let (user_id, device_id) =
                (input::text(user_id, user_id_length)?, input::text(device_id, device_id_length)?);
            device_keys.put(DeviceKeys::verify(&*look(object)?, user_id, device_id)?);
            Ok(())
        })
    }
}

/// Frees device keys. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_free(device_keys: *mut cliquet_device_keys) -> cliquet_status {
    call(|| unsafe { free(device_keys) })
}

/// Writes the id of the user.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_user_id(
    device_keys: *const cliquet_device_keys,
    user_id: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let user_id = TextBuffer::at(user_id, capacity, length)?;
        user_id.put(look(device_keys)?.user_id())
    })
}

/// Writes the id of the device.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_device_id(
    device_keys: *const cliquet_device_keys,
    device_id: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let device_id = TextBuffer::at(device_id, capacity, length)?;
        device_id.put(look(device_keys)?.device_id())
    })
}

/// Writes how many encryption algorithms the device says it can do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_algorithm_count(
    device_keys: *const cliquet_device_keys,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let count = Place::at(count)?;
        count.put(look(device_keys)?.algorithms().len());
        Ok(())
    })
}

/// Writes the name of one of the encryption algorithms that the device says it can do, by its position, counted from 0.
///
/// Errors: `CLIQUET_OUT_OF_RANGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_algorithm(
    device_keys: *const cliquet_device_keys,
    position: usize,
    algorithm: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let algorithm = TextBuffer::at(algorithm, capacity, length)?;
            algorithm.put(input::element(look(device_keys)?.algorithms(), position)?)
        })
    }
}

/// Writes the fingerprint key, an Ed25519 public key of 32 bytes, to `ed25519_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_ed25519_key(
    device_keys: *const cliquet_device_keys,
    ed25519_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let ed25519_key = Array::at(ed25519_key)?;
        ed25519_key.put(look(device_keys)?.ed25519_key().as_bytes());
        Ok(())
    })
}

/// Writes the identity key, a Curve25519 public key of 32 bytes, to `curve25519_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_curve25519_key(
    device_keys: *const cliquet_device_keys,
    curve25519_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let curve25519_key = Array::at(curve25519_key)?;
        curve25519_key.put(look(device_keys)?.curve25519_key().as_bytes());
        Ok(())
    })
}

/// Copies the object that was verified: other signatures on it, such as that of the user's self-signing key, are checked with
/// `cliquet_json_object_verify`. The caller frees `*object`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_object(
    device_keys: *const cliquet_device_keys,
    object: *mut *mut cliquet_json_object,
) -> cliquet_status {
    call(|| unsafe {
        let object = Slot::at(object)?;
        object.put(look(device_keys)?.object().clone());
        Ok(())
    })
}

/// Checks what the server hands out for this device in an answer to `POST /_matrix/client/v3/keys/claim`: an object with a key of the kind
/// `signed_curve25519` under its id. The caller frees `*claimed`.
///
/// Errors: `CLIQUET_MALFORMED_FIELD` with `field` in the details, `signed_curve25519` if there is no such key; `CLIQUET_BASE64` and `CLIQUET_LENGTH`
/// of the key; `CLIQUET_SIGNATURE_MISSING`, `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_verify_claimed(
    device_keys: *const cliquet_device_keys,
    keys: *const cliquet_json_object,
    claimed: *mut *mut cliquet_claimed_key,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let claimed = Slot::at(claimed)?;
            claimed.put(look(device_keys)?.verify_claimed(&*look(keys)?)?);
            Ok(())
        })
    }
}

/// Checks that a one-time key or a fallback key, an object of the kind `signed_curve25519`, was signed by this device. The caller frees `*claimed`.
///
/// Errors: `CLIQUET_MALFORMED_FIELD` with `field` in the details; `CLIQUET_BASE64` and `CLIQUET_LENGTH` of the key; `CLIQUET_SIGNATURE_MISSING`,
/// `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_device_keys_verify_one_time_key(
    device_keys: *const cliquet_device_keys,
    object: *const cliquet_json_object,
    claimed: *mut *mut cliquet_claimed_key,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let claimed = Slot::at(claimed)?;
            claimed.put(look(device_keys)?.verify_one_time_key(&*look(object)?)?);
            Ok(())
        })
    }
}

/// Frees a claimed key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_claimed_key_free(claimed: *mut cliquet_claimed_key) -> cliquet_status {
    call(|| unsafe { free(claimed) })
}

/// Writes the identity key of the device, a Curve25519 public key of 32 bytes, to `identity_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_claimed_key_identity_key(
    claimed: *const cliquet_claimed_key,
    identity_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let identity_key = Array::at(identity_key)?;
        identity_key.put(look(claimed)?.identity_key().as_bytes());
        Ok(())
    })
}

/// Writes the one-time key or fallback key, a Curve25519 public key of 32 bytes, to `one_time_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_claimed_key_one_time_key(
    claimed: *const cliquet_claimed_key,
    one_time_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let one_time_key = Array::at(one_time_key)?;
        one_time_key.put(look(claimed)?.one_time_key().as_bytes());
        Ok(())
    })
}

/// Writes whether it is a fallback key, which serves more than once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_claimed_key_is_fallback(
    claimed: *const cliquet_claimed_key,
    is_fallback: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let is_fallback = Place::at(is_fallback)?;
        is_fallback.put(look(claimed)?.is_fallback());
        Ok(())
    })
}

/// Makes an Olm session with a device from keys whose signatures were checked; its messages are of one version. `limits` are what it keeps and how
/// far it jumps, NULL for the usual ones. 64 bytes are drawn from `random`: the base key (32), then the first ratchet key (32). The caller frees
/// `*session`.
///
/// Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`, `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if a key of the device has small
/// order.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_create_outbound_session_with(
    account: *const cliquet_account,
    claimed: *const cliquet_claimed_key,
    version: cliquet_version,
    limits: *const cliquet_limits,
    random: *const cliquet_random,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session = Slot::at(session)?;
            let (account, claimed) = (look(account)?, look(claimed)?);
            let config = config(version, limits)?;
            let mut random = Random::of(random)?;
            session.put(account.create_outbound_session_with(&claimed, config, &mut random)?);
            Ok(())
        })
    }
}
