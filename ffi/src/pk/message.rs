//! Encrypted entries of a backup.

use std::ffi::c_char;

use cliquet_core::pk::PkMessage;
use cliquet_core::signed_json::JsonObject;

use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, TextBuffer};
use crate::status::cliquet_status;

/// An encrypted entry of a backup: a ciphertext, the MAC, which covers nothing, and the ephemeral public key of whoever encrypted.
pub struct cliquet_pk_message {
    _opaque: [u8; 0],
}
handle!(cliquet_pk_message: PkMessage);

/// Makes an entry of three texts in base64, padded or not, as they stand in a backup. The caller frees `*message`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_LENGTH` unless the MAC has exactly 8 bytes and the key 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_from_base64(
    ciphertext: *const c_char,
    ciphertext_length: usize,
    mac: *const c_char,
    mac_length: usize,
    ephemeral_key: *const c_char,
    ephemeral_key_length: usize,
    message: *mut *mut cliquet_pk_message,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let message = Slot::at(message)?;
            let ciphertext = input::text(ciphertext, ciphertext_length)?;
            let mac = input::text(mac, mac_length)?;
            let ephemeral_key = input::text(ephemeral_key, ephemeral_key_length)?;
            message.put(PkMessage::from_base64(ciphertext, mac, ephemeral_key)?);
            Ok(())
        })
    }
}

/// Makes an entry of its parts: a ciphertext, a MAC of 8 bytes and a key of 32. The caller frees `*message`.
///
/// Errors: `CLIQUET_CIPHERTEXT_LENGTH` if the ciphertext is empty or no multiple of 16 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_from_parts(
    ciphertext: *const u8,
    ciphertext_length: usize,
    mac: *const u8,
    ephemeral_key: *const u8,
    message: *mut *mut cliquet_pk_message,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let message = Slot::at(message)?;
            let ciphertext = input::bytes(ciphertext, ciphertext_length)?.to_vec();
            let ephemeral_key = input::curve25519_public_key(ephemeral_key)?;
            message.put(PkMessage::from_parts(ciphertext, *input::array(mac)?, ephemeral_key)?);
            Ok(())
        })
    }
}

/// Reads the JSON object of an entry, the `session_data` of the Matrix specification: `ephemeral`, `ciphertext` and `mac`. The caller frees
/// `*message`.
///
/// Errors: `CLIQUET_JSON`, also if a text in it is no base64 or of the wrong length, or the object has no canonical form.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_from_json(
    json: *const c_char,
    json_length: usize,
    message: *mut *mut cliquet_pk_message,
) -> cliquet_status {
    call(|| unsafe {
        let message = Slot::at(message)?;
        message.put(JsonObject::from_json(input::text(json, json_length)?)?.parse()?);
        Ok(())
    })
}

/// Frees an entry. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_free(message: *mut cliquet_pk_message) -> cliquet_status {
    call(|| unsafe { free(message) })
}

/// Writes the JSON object of an entry, in canonical form; the texts in it are unpadded base64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_to_json(
    message: *const cliquet_pk_message,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let json = TextBuffer::at(json, capacity, length)?;
        json.put(&JsonObject::from_serialize(&*look(message)?)?.to_canonical_json())
    })
}

/// Writes the ciphertext, a multiple of 16 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_ciphertext(
    message: *const cliquet_pk_message,
    ciphertext: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let ciphertext = Buffer::at(ciphertext, capacity, length)?;
        ciphertext.put(&look(message)?.ciphertext)
    })
}

/// Writes the MAC, 8 bytes, to `mac`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_mac(
    message: *const cliquet_pk_message,
    mac: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let mac = Array::at(mac)?;
        mac.put(&look(message)?.mac);
        Ok(())
    })
}

/// Writes the ephemeral public key, 32 bytes, to `ephemeral_key`; `cliquet_curve25519_public_key_to_base64` makes a text of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_ephemeral_key(
    message: *const cliquet_pk_message,
    ephemeral_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let ephemeral_key = Array::at(ephemeral_key)?;
        ephemeral_key.put(look(message)?.ephemeral_key.as_bytes());
        Ok(())
    })
}

/// Writes the ciphertext in unpadded base64: of a plaintext of `n` bytes, `(16 * (n / 16 + 1) * 4 + 2) / 3` characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_ciphertext_base64(
    message: *const cliquet_pk_message,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(&look(message)?.ciphertext_base64())
    })
}

/// Writes the MAC in unpadded base64: 11 characters, so that `capacity` is at least 12.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_message_mac_base64(
    message: *const cliquet_pk_message,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(&look(message)?.mac_base64())
    })
}
