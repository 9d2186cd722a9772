//! Secrets as they lie on the server.

use std::ffi::c_char;

use cliquet_core::secret_storage::EncryptedSecret;
use cliquet_core::signed_json::JsonObject;

use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, TextBuffer};
use crate::status::cliquet_status;

/// A secret as it lies on the server, encrypted for one key.
pub struct cliquet_encrypted_secret {
    _opaque: [u8; 0],
}
handle!(cliquet_encrypted_secret: EncryptedSecret);

/// Makes an encrypted secret of its parts: `iv` has 16 bytes, `ciphertext` as many as the secret, `mac` 32. The caller frees `*secret`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_secret_new(
    iv: *const u8,
    ciphertext: *const u8,
    ciphertext_length: usize,
    mac: *const u8,
    secret: *mut *mut cliquet_encrypted_secret,
) -> cliquet_status {
    call(|| unsafe {
        let secret = Slot::at(secret)?;
        let (iv, mac) = (*input::array(iv)?, *input::array(mac)?);
        secret.put(EncryptedSecret::new(iv, input::bytes(ciphertext, ciphertext_length)?.to_vec(), mac));
        Ok(())
    })
}

/// Makes an encrypted secret of three texts in base64, padded or not, as the server hands them out. The caller frees `*secret`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH` unless the IV has exactly 16 bytes and the MAC 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_secret_from_base64(
    iv: *const c_char,
    iv_length: usize,
    ciphertext: *const c_char,
    ciphertext_length: usize,
    mac: *const c_char,
    mac_length: usize,
    secret: *mut *mut cliquet_encrypted_secret,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let secret = Slot::at(secret)?;
            let iv = input::text(iv, iv_length)?;
            let ciphertext = input::text(ciphertext, ciphertext_length)?;
            secret.put(EncryptedSecret::from_base64(iv, ciphertext, input::text(mac, mac_length)?)?);
            Ok(())
        })
    }
}

/// Reads the JSON object of an encrypted secret: `iv`, `ciphertext` and `mac`, what stands in the account data under the id of a key in `encrypted`.
/// The caller frees `*secret`.
///
/// Errors: `CLIQUET_JSON`, also if a text in it is no base64 or of the wrong length, or the object has no canonical form.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_secret_from_json(
    json: *const c_char,
    json_length: usize,
    secret: *mut *mut cliquet_encrypted_secret,
) -> cliquet_status {
    call(|| unsafe {
        let secret = Slot::at(secret)?;
        secret.put(JsonObject::from_json(input::text(json, json_length)?)?.parse()?);
        Ok(())
    })
}

/// Frees an encrypted secret. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_secret_free(
    secret: *mut cliquet_encrypted_secret,
) -> cliquet_status {
    call(|| unsafe { free(secret) })
}

/// Writes the JSON object of an encrypted secret, in canonical form; the texts in it are unpadded base64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_secret_to_json(
    secret: *const cliquet_encrypted_secret,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let json = TextBuffer::at(json, capacity, length)?;
        json.put(&JsonObject::from_serialize(&*look(secret)?)?.to_canonical_json())
    })
}

/// Writes the IV, 16 bytes, to `iv`. The MAC does not cover it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_secret_iv(
    secret: *const cliquet_encrypted_secret,
    iv: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let iv = Array::at(iv)?;
        iv.put(&look(secret)?.iv);
        Ok(())
    })
}

/// Writes the ciphertext, as long as the secret.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_secret_ciphertext(
    secret: *const cliquet_encrypted_secret,
    ciphertext: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let ciphertext = Buffer::at(ciphertext, capacity, length)?;
        ciphertext.put(&look(secret)?.ciphertext)
    })
}

/// Writes the MAC over the ciphertext, 32 bytes, to `mac`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_encrypted_secret_mac(
    secret: *const cliquet_encrypted_secret,
    mac: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let mac = Array::at(mac)?;
        mac.put(&look(secret)?.mac);
        Ok(())
    })
}
