//! Encrypting to a backup.

use cliquet_core::pk::PkEncryption;

use super::message::cliquet_pk_message;
use crate::failure::call;
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::Array;
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// Encrypts to a backup.
pub struct cliquet_pk_encryption {
    _opaque: [u8; 0],
}
handle!(cliquet_pk_encryption: PkEncryption);

/// Makes what encrypts to the backup with this public key, 32 bytes. The caller frees `*encryption`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_encryption_new(
    recipient_key: *const u8,
    encryption: *mut *mut cliquet_pk_encryption,
) -> cliquet_status {
    call(|| unsafe {
        let encryption = Slot::at(encryption)?;
        encryption.put(PkEncryption::new(input::curve25519_public_key(recipient_key)?));
        Ok(())
    })
}

/// Frees what encrypts to a backup. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_encryption_free(
    encryption: *mut cliquet_pk_encryption,
) -> cliquet_status {
    call(|| unsafe { free(encryption) })
}

/// Writes the public key of the backup, 32 bytes, to `recipient_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_encryption_recipient_key(
    encryption: *const cliquet_pk_encryption,
    recipient_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let recipient_key = Array::at(recipient_key)?;
        recipient_key.put(look(encryption)?.recipient_key().as_bytes());
        Ok(())
    })
}

/// Encrypts a plaintext of any length. The caller frees `*message`.
///
/// Draws 32 bytes: the ephemeral secret key.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_NON_CONTRIBUTORY_KEY` if the public key of the backup has small order.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_encryption_encrypt(
    encryption: *const cliquet_pk_encryption,
    plaintext: *const u8,
    plaintext_length: usize,
    random: *const cliquet_random,
    message: *mut *mut cliquet_pk_message,
) -> cliquet_status {
    call(|| unsafe {
        let message = Slot::at(message)?;
        let encryption = look(encryption)?;
        let plaintext = input::bytes(plaintext, plaintext_length)?;
        message.put(encryption.encrypt(plaintext, &mut Random::of(random)?)?);
        Ok(())
    })
}
