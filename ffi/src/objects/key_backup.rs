//! Key backups: their auth data, their entries, and the MAC of the proposal.

use std::ffi::c_char;

use cliquet_core::SessionId;
use cliquet_core::objects::key_backup::{AuthData, BackupMacKey, auth_data as new_auth_data};

use super::session_data::cliquet_session_data;
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::Array;
use crate::pk::decryption::cliquet_pk_decryption;
use crate::pk::encryption::cliquet_pk_encryption;
use crate::pk::message::cliquet_pk_message;
use crate::random::{Random, cliquet_random};
use crate::signed_json::cliquet_json_object;
use crate::status::cliquet_status;

/// The `auth_data` of a key backup, which were checked (Matrix specification, "Backup algorithm: `m.megolm_backup.v1.curve25519-aes-sha2`").
pub struct cliquet_auth_data {
    _opaque: [u8; 0],
}
handle!(cliquet_auth_data: AuthData);

/// Authenticates the entries of a key backup, as MSC4048 proposes. Experimental: the proposal is not accepted, and no released client is known to
/// write it. Its secret is wiped when it is freed.
///
/// A right MAC proves that a device of the user wrote the entry, and nothing of the session in it. It does not cover the room, which the server alone
/// states: compare the `room_id` in each decrypted event.
pub struct cliquet_backup_mac_key {
    _opaque: [u8; 0],
}
handle!(cliquet_backup_mac_key: BackupMacKey);

/// Makes the `auth_data` of a backup with this Curve25519 public key of 32 bytes, to be signed with `cliquet_json_object_sign` and uploaded. The
/// caller frees `*auth_data`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_key_backup_auth_data(
    public_key: *const u8,
    auth_data: *mut *mut cliquet_json_object,
) -> cliquet_status {
    call(|| unsafe {
        let auth_data = Slot::at(auth_data)?;
        auth_data.put(new_auth_data(input::curve25519_public_key(public_key)?));
        Ok(())
    })
}

/// Checks the signature of a user on the `auth_data` of a backup, with an Ed25519 public key of 32 bytes that the caller trusts to be theirs: the
/// fingerprint key of a device, with its device id for `key_name`, or the master signing key, with itself in base64. The caller frees `*auth_data`.
///
/// Errors: `CLIQUET_PUBLIC_KEY` if `signing_key` is none; `CLIQUET_SIGNATURE_MISSING`, `CLIQUET_SIGNATURE_MALFORMED`, `CLIQUET_INVALID_SIGNATURE`;
/// `CLIQUET_AUTH_DATA_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_auth_data_verify(
    object: *const cliquet_json_object,
    user_id: *const c_char,
    user_id_length: usize,
    key_name: *const c_char,
    key_name_length: usize,
    signing_key: *const u8,
    auth_data: *mut *mut cliquet_auth_data,
) -> cliquet_status {
    call(|| unsafe {
        let auth_data = Slot::at(auth_data)?;
        let (user_id, key_name) =
            (input::text(user_id, user_id_length)?, input::text(key_name, key_name_length)?);
        let signing_key = input::ed25519_public_key(signing_key)?;
        auth_data.put(AuthData::verify(&*look(object)?, user_id, key_name, &signing_key)?);
        Ok(())
    })
}

/// Checks the `auth_data` of a backup against its secret key, which came from secret storage or another device of the user: who has that needs no
/// signature. The caller frees `*auth_data`.
///
/// Errors: `CLIQUET_AUTH_DATA_PUBLIC_KEY`, `CLIQUET_MISMATCHED_SECRET_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_auth_data_verify_with_secret_key(
    object: *const cliquet_json_object,
    backup: *const cliquet_pk_decryption,
    auth_data: *mut *mut cliquet_auth_data,
) -> cliquet_status {
    call(|| unsafe {
        let auth_data = Slot::at(auth_data)?;
        auth_data.put(AuthData::verify_with_secret_key(&*look(object)?, &*look(backup)?)?);
        Ok(())
    })
}

/// Frees auth data. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_auth_data_free(auth_data: *mut cliquet_auth_data) -> cliquet_status {
    call(|| unsafe { free(auth_data) })
}

/// Writes the public key to which entries are encrypted, a Curve25519 public key of 32 bytes, to `public_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_auth_data_public_key(
    auth_data: *const cliquet_auth_data,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(auth_data)?.public_key().as_bytes());
        Ok(())
    })
}

/// Encrypts an entry of a backup, the `session_data` of a session. 32 bytes are drawn from `random`: the ephemeral secret key. The caller frees
/// `*message`.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if the public key of the backup has small order.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_encryption_encrypt_session_data(
    encryption: *const cliquet_pk_encryption,
    data: *const cliquet_session_data,
    random: *const cliquet_random,
    message: *mut *mut cliquet_pk_message,
) -> cliquet_status {
    call(|| unsafe {
        let message = Slot::at(message)?;
        let (encryption, data) = (look(encryption)?, look(data)?);
        message.put(encryption.encrypt_session_data(&data, &mut Random::of(random)?)?);
        Ok(())
    })
}

/// Decrypts an entry of a backup, which the server has under this session id of 32 bytes. It is not authentic: anybody who knows the public key of
/// the backup can have written it, and the server can have exchanged and damaged it. Do not tell the server which entries failed. The caller frees
/// `*data`.
///
/// Errors: `CLIQUET_NON_CONTRIBUTORY_KEY`, `CLIQUET_AUTHENTICATION_FAILED` if the entry does not decrypt; `CLIQUET_MISMATCHED_SESSION_ID` if it is
/// that of another session; of what it encrypts, those of `cliquet_session_data_from_json`: `CLIQUET_SESSION_DATA_MALFORMED` also if that is not
/// UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_decrypt_session_data(
    decryption: *const cliquet_pk_decryption,
    message: *const cliquet_pk_message,
    session_id: *const u8,
    data: *mut *mut cliquet_session_data,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let data = Slot::at(data)?;
            let (decryption, message) = (look(decryption)?, look(message)?);
            let session_id = SessionId::from_bytes(*input::array(session_id)?);
            data.put(decryption.decrypt_session_data(&message, &session_id)?);
            Ok(())
        })
    }
}

/// Derives the MAC key of a backup from its secret key of 32 bytes (HKDF-SHA-256). The caller frees `*mac_key`, and wipes `backup_secret_key` as soon
/// as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_backup_mac_key_derive(
    backup_secret_key: *const u8,
    mac_key: *mut *mut cliquet_backup_mac_key,
) -> cliquet_status {
    call(|| unsafe {
        let mac_key = Slot::at(mac_key)?;
        mac_key.put(BackupMacKey::derive(input::array(backup_secret_key)?));
        Ok(())
    })
}

/// Takes the MAC key of a backup with these 32 bytes. The caller frees `*mac_key`, and wipes `bytes` as soon as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_backup_mac_key_from_bytes(
    bytes: *const u8,
    mac_key: *mut *mut cliquet_backup_mac_key,
) -> cliquet_status {
    call(|| unsafe {
        let mac_key = Slot::at(mac_key)?;
        mac_key.put(BackupMacKey::from_bytes(input::array(bytes)?));
        Ok(())
    })
}

/// Frees the MAC key of a backup and wipes its secret. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_backup_mac_key_free(mac_key: *mut cliquet_backup_mac_key) -> cliquet_status {
    call(|| unsafe { free(mac_key) })
}

/// Writes the 32 bytes of the MAC key, which are secret, to `bytes`: the caller wipes them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_backup_mac_key_to_bytes(
    mac_key: *const cliquet_backup_mac_key,
    bytes: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let bytes = Array::at(bytes)?;
        bytes.put(look(mac_key)?.as_bytes());
        Ok(())
    })
}

/// Makes the `session_data` of an entry of this user, with its MAC. The caller frees `*session_data`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_backup_mac_key_authenticate(
    mac_key: *const cliquet_backup_mac_key,
    entry: *const cliquet_pk_message,
    user_id: *const c_char,
    user_id_length: usize,
    session_data: *mut *mut cliquet_json_object,
) -> cliquet_status {
    call(|| unsafe {
        let session_data = Slot::at(session_data)?;
        let (mac_key, entry) = (look(mac_key)?, look(entry)?);
        session_data.put(mac_key.authenticate(&entry, input::text(user_id, user_id_length)?));
        Ok(())
    })
}

/// Checks the MAC of a `session_data` of this user, and takes the entry that it covers. One that does not pass is to be treated as an entry of
/// today's backups, which anybody may have written. The caller frees `*entry`.
///
/// Errors: `CLIQUET_BACKUP_MAC_MISSING`, `CLIQUET_AUTHENTICATION_FAILED` if the MAC is wrong or none, `CLIQUET_BACKUP_ENTRY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_backup_mac_key_verify(
    mac_key: *const cliquet_backup_mac_key,
    session_data: *const cliquet_json_object,
    user_id: *const c_char,
    user_id_length: usize,
    entry: *mut *mut cliquet_pk_message,
) -> cliquet_status {
    call(|| unsafe {
        let entry = Slot::at(entry)?;
        let (mac_key, session_data) = (look(mac_key)?, look(session_data)?);
        entry.put(mac_key.verify(&session_data, input::text(user_id, user_id_length)?)?);
        Ok(())
    })
}
