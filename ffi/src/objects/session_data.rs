//! Megolm sessions with what is known of them, as key exports and key backups hold them.

use std::ffi::c_char;

use cliquet_core::megolm::{SessionConfig, SessionExport};
use cliquet_core::objects::session_data::SessionData;
use cliquet_core::{Curve25519PublicKey, Ed25519PublicKey};

use crate::constants::cliquet_version;
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, change, free, handle, look};
use crate::input;
use crate::megolm::config;
use crate::megolm::export::cliquet_megolm_session_export;
use crate::megolm::inbound::cliquet_inbound_group_session;
use crate::output::{Array, Buffer, Place, TextBuffer};
use crate::status::{self, cliquet_status};

/// A Megolm session with what is known of it, as key export files and key backups hold it (Matrix specification, "Key export format" and
/// `BackedUpSessionData`). Its session key is secret and wiped when it is freed.
///
/// Nothing in it is proven: whoever wrote the file or the backup may have invented the session, its sender and the rest.
pub struct cliquet_session_data {
    _opaque: [u8; 0],
}
handle!(cliquet_session_data: SessionData);

/// Another one of the same content; the library makes none of secrets by itself.
pub(super) fn copy(data: &SessionData) -> SessionData {
    let session = data.import(SessionConfig::default());
    let mut copy = SessionData::new(&session, data.sender_key, data.sender_claimed_ed25519_key);
    copy.forwarding_curve25519_key_chain.clone_from(&data.forwarding_curve25519_key_chain);
    copy.shared_history = data.shared_history;
    copy.unauthenticated.clone_from(&data.unauthenticated);
    copy
}

/// Takes all that an inbound group session can read, with its sender as the client knows it: `sender_key`, the Curve25519 identity key of the device
/// that made the session, and `sender_claimed_ed25519_key`, the fingerprint key that this device claimed to have, each of 32 bytes. The latter may be
/// NULL where nobody wrote it down. The session was not forwarded and its history is not shared, unless the functions `cliquet_session_data_set_...`
/// say otherwise. The caller frees `*data`.
///
/// Errors: `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_new(
    session: *const cliquet_inbound_group_session,
    sender_key: *const u8,
    sender_claimed_ed25519_key: *const u8,
    data: *mut *mut cliquet_session_data,
) -> cliquet_status {
    call(|| unsafe {
        let data = Slot::at(data)?;
        let session = look(session)?;
        let sender_key = input::curve25519_public_key(sender_key)?;
        data.put(SessionData::new(&session, sender_key, claimed_key(sender_claimed_ed25519_key)?));
        Ok(())
    })
}

/// Reads the JSON of an entry of a key backup, `BackedUpSessionData`; unknown fields are left aside. The caller frees `*data`, and wipes
/// `json` as soon as it can.
///
/// Errors: `CLIQUET_SESSION_DATA_MALFORMED` if it is no JSON object, if a field is of another type than it should be, or stands there twice;
/// `CLIQUET_MISSING_FIELD`; `CLIQUET_UNSUPPORTED_ALGORITHM`; `CLIQUET_BASE64`, `CLIQUET_LENGTH`, `CLIQUET_PUBLIC_KEY` of a key and
/// `CLIQUET_UNSUPPORTED_VERSION` of the session key. Where a field is to blame, the details name it as `field`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_from_json(
    json: *const c_char,
    json_length: usize,
    data: *mut *mut cliquet_session_data,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let data = Slot::at(data)?;
            data.put(SessionData::from_json(input::text(json, json_length)?.as_bytes())?);
            Ok(())
        })
    }
}

/// Writes the JSON of an entry of a key backup, in canonical form. It is secret: the caller wipes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_to_json(
    data: *const cliquet_session_data,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let json = TextBuffer::at(json, capacity, length)?;
        json.put_json(&look(data)?.to_json())
    })
}

/// Frees session data and wipes its session key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_free(data: *mut cliquet_session_data) -> cliquet_status {
    call(|| unsafe { free(data) })
}

/// Makes an inbound group session that reads messages of one version, marked as imported. The caller frees `*session`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_import(
    data: *const cliquet_session_data,
    version: cliquet_version,
    session: *mut *mut cliquet_inbound_group_session,
) -> cliquet_status {
    call(|| unsafe {
        let session = Slot::at(session)?;
        let data = look(data)?;
        session.put(data.import(config(version)?));
        Ok(())
    })
}

/// Writes the id of the session, 32 bytes, to `session_id`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_session_id(
    data: *const cliquet_session_data,
    session_id: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let session_id = Array::at(session_id)?;
        session_id.put(look(data)?.session_id().as_bytes());
        Ok(())
    })
}

/// Copies the session from its first known index on. The caller frees `*session_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_session_key(
    data: *const cliquet_session_data,
    session_key: *mut *mut cliquet_megolm_session_export,
) -> cliquet_status {
    call(|| unsafe {
        let session_key = Slot::at(session_key)?;
        session_key.put(SessionExport::from_bytes(look(data)?.session_key.as_bytes())?);
        Ok(())
    })
}

/// Replaces the session by another one, or by the same from another index on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_set_session_key(
    data: *mut cliquet_session_data,
    session_key: *const cliquet_megolm_session_export,
) -> cliquet_status {
    call(|| unsafe {
        let mut data = change(data)?;
        data.session_key = SessionExport::from_bytes(look(session_key)?.as_bytes())?;
        Ok(())
    })
}

/// Writes the identity key of the device that is said to have made the session, a Curve25519 public key of 32 bytes, to `sender_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_sender_key(
    data: *const cliquet_session_data,
    sender_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let sender_key = Array::at(sender_key)?;
        sender_key.put(look(data)?.sender_key.as_bytes());
        Ok(())
    })
}

/// Sets the identity key of the device that made the session, a Curve25519 public key of 32 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_set_sender_key(
    data: *mut cliquet_session_data,
    sender_key: *const u8,
) -> cliquet_status {
    call(|| unsafe {
        change(data)?.sender_key = input::curve25519_public_key(sender_key)?;
        Ok(())
    })
}

/// Writes the fingerprint key that the sender's device claimed to have, an Ed25519 public key of 32 bytes, to `ed25519_key`.
///
/// Errors: `CLIQUET_ABSENT` if nobody wrote it down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_sender_claimed_ed25519_key(
    data: *const cliquet_session_data,
    ed25519_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let ed25519_key = Array::at(ed25519_key)?;
        let claimed = look(data)?.sender_claimed_ed25519_key;
        ed25519_key.put(claimed.ok_or(Failure::new(status::CLIQUET_ABSENT))?.as_bytes());
        Ok(())
    })
}

/// Sets the fingerprint key that the sender's device claimed to have, an Ed25519 public key of 32 bytes; NULL for none.
///
/// Errors: `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_set_sender_claimed_ed25519_key(
    data: *mut cliquet_session_data,
    ed25519_key: *const u8,
) -> cliquet_status {
    call(|| unsafe {
        change(data)?.sender_claimed_ed25519_key = claimed_key(ed25519_key)?;
        Ok(())
    })
}

unsafe fn claimed_key(ed25519_key: *const u8) -> Result<Option<Ed25519PublicKey>, Failure> {
    // SAFETY: the contract of the exported functions.
    (!ed25519_key.is_null()).then(|| unsafe { input::ed25519_public_key(ed25519_key) }).transpose()
}

/// Writes the identity keys of the devices that forwarded the session, the first one first: Curve25519 public keys of 32 bytes in a row, none if the
/// session came from its maker. `capacity` and `*count` are in keys.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_forwarding_curve25519_key_chain(
    data: *const cliquet_session_data,
    keys: *mut u8,
    capacity: usize,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let keys = Buffer::at(keys.cast::<[u8; 32]>(), capacity, count)?;
        let data = look(data)?;
        let chain = data.forwarding_curve25519_key_chain.iter();
        keys.put(&chain.map(|key| *key.as_bytes()).collect::<Vec<_>>())
    })
}

/// Sets the identity keys of the devices that forwarded the session, the first one first: `count` Curve25519 public keys of 32 bytes in a row.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_set_forwarding_curve25519_key_chain(
    data: *mut cliquet_session_data,
    keys: *const u8,
    count: usize,
) -> cliquet_status {
    call(|| unsafe {
        let mut data = change(data)?;
        let keys = input::elements(keys.cast::<[u8; 32]>(), count)?.iter();
        data.forwarding_curve25519_key_chain =
            keys.map(|key| Curve25519PublicKey::from_bytes(*key)).collect();
        Ok(())
    })
}

/// Writes whether the session was made while the history of the room was visible to whoever joins later (MSC3061).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_shared_history(
    data: *const cliquet_session_data,
    shared_history: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let shared_history = Place::at(shared_history)?;
        shared_history.put(look(data)?.shared_history);
        Ok(())
    })
}

/// Sets whether the session was made while the history of the room was visible to whoever joins later (MSC3061), 0 for no.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_set_shared_history(
    data: *mut cliquet_session_data,
    shared_history: i32,
) -> cliquet_status {
    call(|| unsafe {
        change(data)?.shared_history = shared_history != 0;
        Ok(())
    })
}

/// Writes where the session came from, if the device that wrote the data does not vouch for its sender (MSC4048, experimental): `m.legacy-v1`,
/// `m.forwarded_room_key` or another text.
///
/// Errors: `CLIQUET_ABSENT` if the data does not say so, which means nothing in a backup whose entries are not authenticated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_unauthenticated(
    data: *const cliquet_session_data,
    unauthenticated: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let unauthenticated = TextBuffer::at(unauthenticated, capacity, length)?;
        let data = look(data)?;
        let text = data.unauthenticated.as_deref();
        unauthenticated.put(text.ok_or(Failure::new(status::CLIQUET_ABSENT))?)
    })
}

/// Sets where the session came from, if this device does not vouch for its sender (MSC4048, experimental); NULL with a length of 0 if it does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_data_set_unauthenticated(
    data: *mut cliquet_session_data,
    unauthenticated: *const c_char,
    unauthenticated_length: usize,
) -> cliquet_status {
    call(|| unsafe {
        let mut data = change(data)?;
        let text = input::text(unauthenticated, unauthenticated_length)?;
        data.unauthenticated = (!unauthenticated.is_null()).then(|| text.to_owned());
        Ok(())
    })
}
