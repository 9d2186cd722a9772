//! The key pair of a backup.

use std::ffi::c_char;

use cliquet_core::pk::PkDecryption;
use zeroize::Zeroizing;

use super::message::cliquet_pk_message;
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, TextBuffer};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// The key pair of a backup, which decrypts it. Its secret key is what a recovery key encodes, and is wiped when it is freed.
///
/// THIS ENCRYPTION PROVES NOTHING, because its MAC covers nothing. Whoever stores a backup can change any bits of an entry as it likes, at the price
/// of garbling 16 bytes before them. Whoever sees which of many entries fail to decrypt learns plaintext: do not tell the server which could not be
/// read, and do not ask again for each. And anybody who knows the public key can put entries into the backup: what comes out of it never proves a
/// sender.
pub struct cliquet_pk_decryption {
    _opaque: [u8; 0],
}
handle!(cliquet_pk_decryption: PkDecryption);

/// Makes the key pair of a new backup. The caller frees `*decryption`.
///
/// Draws 32 bytes: the secret key.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_new(
    random: *const cliquet_random,
    decryption: *mut *mut cliquet_pk_decryption,
) -> cliquet_status {
    call(|| unsafe {
        let decryption = Slot::at(decryption)?;
        decryption.put(PkDecryption::new(&mut Random::of(random)?)?);
        Ok(())
    })
}

/// Makes the key pair of a secret key, 32 bytes. The caller frees `*decryption`, and wipes `secret_key` as soon as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_from_secret_key(
    secret_key: *const u8,
    decryption: *mut *mut cliquet_pk_decryption,
) -> cliquet_status {
    call(|| unsafe {
        let decryption = Slot::at(decryption)?;
        decryption.put(PkDecryption::from_secret_key(input::array(secret_key)?));
        Ok(())
    })
}

/// Makes the key pair of a secret key in base64, padded or not: as secret storage holds it under the name `m.megolm_backup.v1`. The caller frees
/// `*decryption`, and wipes `base64` as soon as it can.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_LENGTH`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_from_base64_secret_key(
    base64: *const c_char,
    base64_length: usize,
    decryption: *mut *mut cliquet_pk_decryption,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let decryption = Slot::at(decryption)?;
            decryption.put(PkDecryption::from_base64_secret_key(input::text(base64, base64_length)?)?);
            Ok(())
        })
    }
}

/// Makes the key pair of the recovery key that the user has kept (Matrix specification, "Key representation"); white space in it does not count. The
/// caller frees `*decryption`, and wipes `recovery_key` as soon as it can.
///
/// Errors: `CLIQUET_RECOVERY_KEY_LENGTH`, `CLIQUET_RECOVERY_KEY_CHARACTER`, `CLIQUET_RECOVERY_KEY_PREFIX`, `CLIQUET_RECOVERY_KEY_PARITY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_from_recovery_key(
    recovery_key: *const c_char,
    recovery_key_length: usize,
    decryption: *mut *mut cliquet_pk_decryption,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let decryption = Slot::at(decryption)?;
            let recovery_key = input::text(recovery_key, recovery_key_length)?;
            decryption.put(PkDecryption::from_recovery_key(recovery_key)?);
            Ok(())
        })
    }
}

/// Frees the key pair of a backup and wipes its secret key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_free(
    decryption: *mut cliquet_pk_decryption,
) -> cliquet_status {
    call(|| unsafe { free(decryption) })
}

/// Writes the public key of the backup, 32 bytes, to `public_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_public_key(
    decryption: *const cliquet_pk_decryption,
    public_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let public_key = Array::at(public_key)?;
        public_key.put(look(decryption)?.public_key().as_bytes());
        Ok(())
    })
}

/// Writes the secret key of the backup, 32 bytes, to `secret_key`, which the caller wipes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_export_secret_key(
    decryption: *const cliquet_pk_decryption,
    secret_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let secret_key = Array::at(secret_key)?;
        secret_key.put(look(decryption)?.export_secret_key());
        Ok(())
    })
}

/// Writes the secret key of the backup in unpadded base64, the form of secret storage: 43 characters, so that `capacity` is at least 44. The caller
/// wipes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_export_base64_secret_key(
    decryption: *const cliquet_pk_decryption,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        base64.put(look(decryption)?.export_base64_secret_key().as_str())
    })
}

/// Writes the secret key of the backup as a recovery key, for the user to keep: 48 characters in groups of four, 59 with the spaces, so that
/// `capacity` is at least 60. The caller wipes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_to_recovery_key(
    decryption: *const cliquet_pk_decryption,
    recovery_key: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let recovery_key = TextBuffer::at(recovery_key, capacity, length)?;
        recovery_key.put(look(decryption)?.to_recovery_key().as_str())
    })
}

/// Decrypts an entry to `plaintext`, which the caller wipes; it is shorter than the ciphertext by 1 to 16 bytes. It is NOT AUTHENTIC: see
/// `cliquet_pk_decryption`.
///
/// Errors: `CLIQUET_NON_CONTRIBUTORY_KEY` if the ephemeral key has small order, `CLIQUET_AUTHENTICATION_FAILED` if the MAC or the padding is
/// wrong; which of the two is not told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_decrypt(
    decryption: *const cliquet_pk_decryption,
    message: *const cliquet_pk_message,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let plaintext = Buffer::at(plaintext, capacity, length)?;
            plaintext.put(&Zeroizing::new(look(decryption)?.decrypt(&*look(message)?)?))
        })
    }
}
