//! The key of a secret storage, and what it does.

use std::ffi::c_char;

use cliquet_core::secret_storage::SecretStorageKey;

use super::check::cliquet_key_check;
use super::parameters::cliquet_passphrase_parameters;
use super::secret::cliquet_encrypted_secret;
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, Place, TextBuffer};
use crate::passphrase::cliquet_stretched_passphrase;
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// The key of a secret storage, 32 bytes, under which a user's secrets lie on the server. It is wiped when it is freed.
pub struct cliquet_secret_storage_key {
    _opaque: [u8; 0],
}
handle!(cliquet_secret_storage_key: SecretStorageKey);

/// Makes a new key. The caller frees `*key`.
///
/// Draws 32 bytes: the key.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_random(
    random: *const cliquet_random,
    key: *mut *mut cliquet_secret_storage_key,
) -> cliquet_status {
    call(|| unsafe {
        let key = Slot::at(key)?;
        key.put(SecretStorageKey::random(&mut Random::of(random)?)?);
        Ok(())
    })
}

/// Makes a key of its 32 bytes. The caller frees `*key`, and wipes `bytes` as soon as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_from_bytes(
    bytes: *const u8,
    key: *mut *mut cliquet_secret_storage_key,
) -> cliquet_status {
    call(|| unsafe {
        let key = Slot::at(key)?;
        key.put(SecretStorageKey::from_bytes(input::array(bytes)?));
        Ok(())
    })
}

/// Makes a key of the recovery key that the user has kept (Matrix specification, "Key representation"); white space in it does not count. The caller
/// frees `*key`, and wipes `recovery_key` as soon as it can.
///
/// Errors: `CLIQUET_RECOVERY_KEY_LENGTH`, `CLIQUET_RECOVERY_KEY_CHARACTER`, `CLIQUET_RECOVERY_KEY_PREFIX`, `CLIQUET_RECOVERY_KEY_PARITY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_from_recovery_key(
    recovery_key: *const c_char,
    recovery_key_length: usize,
    key: *mut *mut cliquet_secret_storage_key,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let key = Slot::at(key)?;
            let recovery_key = input::text(recovery_key, recovery_key_length)?;
            key.put(SecretStorageKey::from_recovery_key(recovery_key)?);
            Ok(())
        })
    }
}

/// Makes the key that a passphrase was stretched to. The caller frees `*key`.
///
/// Errors: `CLIQUET_OTHER_PARAMETERS` if it was stretched for another description of a key than `parameters`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_from_passphrase(
    parameters: *const cliquet_passphrase_parameters,
    stretched: *const cliquet_stretched_passphrase,
    key: *mut *mut cliquet_secret_storage_key,
) -> cliquet_status {
    call(|| unsafe {
        let key = Slot::at(key)?;
        key.put(SecretStorageKey::from_passphrase(&*look(parameters)?, &*look(stretched)?)?);
        Ok(())
    })
}

/// Makes the key of a passphrase in one go: `cliquet_passphrase_parameters_stretch` to the end, and `cliquet_secret_storage_key_from_passphrase`. It
/// takes from a tenth of a second to many seconds. The caller frees `*key`, and wipes `passphrase` as soon as it can.
///
/// Errors: `CLIQUET_TOO_MANY_ROUNDS` if the parameters ask for more than `max_rounds`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_derive(
    parameters: *const cliquet_passphrase_parameters,
    passphrase: *const c_char,
    passphrase_length: usize,
    max_rounds: u32,
    key: *mut *mut cliquet_secret_storage_key,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let key = Slot::at(key)?;
            let parameters = look(parameters)?;
            let passphrase = input::text(passphrase, passphrase_length)?;
            key.put(SecretStorageKey::derive(&parameters, passphrase, max_rounds)?);
            Ok(())
        })
    }
}

/// Frees a key and wipes it. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_free(
    key: *mut cliquet_secret_storage_key,
) -> cliquet_status {
    call(|| unsafe { free(key) })
}

/// Writes the 32 bytes of a key to `bytes`, which the caller wipes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_as_bytes(
    key: *const cliquet_secret_storage_key,
    bytes: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let bytes = Array::at(bytes)?;
        bytes.put(look(key)?.as_bytes());
        Ok(())
    })
}

/// Writes a key as a recovery key, for the user to keep: 48 characters in groups of four, 59 with the spaces, so that `capacity` is at least 60. The
/// caller wipes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_to_recovery_key(
    key: *const cliquet_secret_storage_key,
    recovery_key: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let recovery_key = TextBuffer::at(recovery_key, capacity, length)?;
        recovery_key.put(look(key)?.to_recovery_key().as_str())
    })
}

/// Writes to `equal` whether both are the same key, after a comparison in constant time. They may be the same object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_equals(
    key: *const cliquet_secret_storage_key,
    other: *const cliquet_secret_storage_key,
    equal: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let equal = Place::at(equal)?;
        equal.put(*look(key)? == *look(other)?);
        Ok(())
    })
}

/// Makes what tells this key from others, for the description of the key on the server. The caller frees `*check`.
///
/// Draws 16 bytes: the IV.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_check(
    key: *const cliquet_secret_storage_key,
    random: *const cliquet_random,
    check: *mut *mut cliquet_key_check,
) -> cliquet_status {
    call(|| unsafe {
        let check = Slot::at(check)?;
        check.put(look(key)?.check(&mut Random::of(random)?)?);
        Ok(())
    })
}

/// Writes to `passes` whether this is the key that a check was made with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_passes(
    key: *const cliquet_secret_storage_key,
    check: *const cliquet_key_check,
    passes: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let passes = Place::at(passes)?;
        passes.put(look(key)?.passes(&*look(check)?));
        Ok(())
    })
}

/// Encrypts a secret under its name, the event type of its account data (`m.cross_signing.master`, say). The caller frees `*encrypted`.
///
/// Draws 16 bytes: the IV.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_encrypt(
    key: *const cliquet_secret_storage_key,
    name: *const c_char,
    name_length: usize,
    secret: *const u8,
    secret_length: usize,
    random: *const cliquet_random,
    encrypted: *mut *mut cliquet_encrypted_secret,
) -> cliquet_status {
    call(|| unsafe {
        let encrypted = Slot::at(encrypted)?;
        let (key, name) = (look(key)?, input::text(name, name_length)?);
        let secret = input::bytes(secret, secret_length)?;
        encrypted.put(key.encrypt(name, secret, &mut Random::of(random)?)?);
        Ok(())
    })
}

/// Decrypts a secret of this name to `secret`, which the caller wipes; it is as long as the ciphertext.
///
/// THE MAC DOES NOT COVER THE IV: whoever can write to the server can change the IV of a stored secret, and what is then decrypted is another text,
/// random in effect, without an error. Use no secret before it was compared with what belongs to it: a key with its public key, say.
///
/// Errors: `CLIQUET_AUTHENTICATION_FAILED`: another key, another name, a damaged ciphertext or MAC, or an IV without room for a secret of this
/// length; which of them is not told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_secret_storage_key_decrypt(
    key: *const cliquet_secret_storage_key,
    name: *const c_char,
    name_length: usize,
    encrypted: *const cliquet_encrypted_secret,
    secret: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let secret = Buffer::at(secret, capacity, length)?;
            let (key, encrypted) = (look(key)?, look(encrypted)?);
            let name = input::text(name, name_length)?;
            let secret = secret.reserve(encrypted.ciphertext.len())?;
            secret.put(key.decrypt(name, &encrypted)?.as_bytes())
        })
    }
}
