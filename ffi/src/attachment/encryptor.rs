//! Attachments encrypted where they lie, whole or in pieces.

use cliquet_core::attachment::{AttachmentEncryptor, encrypt_in_place};

use super::info::cliquet_attachment_info;
use crate::failure::call;
use crate::handle::{Slot, UsedOnce, change, free, handle};
use crate::input;
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// Encrypts one attachment, piece by piece, with a key of its own. What is secret in it is wiped when it is freed.
pub struct cliquet_attachment_encryptor {
    _opaque: [u8; 0],
}
handle!(cliquet_attachment_encryptor: UsedOnce<AttachmentEncryptor>);

/// Encrypts a whole attachment where it lies, `length` bytes at `bytes`: what is to be uploaded afterwards. Writes to `*info` what opens it, of
/// `CLIQUET_ATTACHMENT_VERSION_2`, which the caller frees.
///
/// Draws 40 bytes: the key (32), then the random part of the IV (8).
///
/// Errors: `CLIQUET_RANDOM`; the attachment is as it was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_encrypt_in_place(
    bytes: *mut u8,
    length: usize,
    random: *const cliquet_random,
    info: *mut *mut cliquet_attachment_info,
) -> cliquet_status {
    call(|| unsafe {
        let info = Slot::at(info)?;
        let bytes = input::bytes_in_place(bytes, length)?;
        info.put(encrypt_in_place(bytes, &mut Random::of(random)?)?);
        Ok(())
    })
}

/// Begins a new attachment of `CLIQUET_ATTACHMENT_VERSION_2`. The caller frees `*encryptor`.
///
/// Draws 40 bytes: the key (32), then the random part of the IV (8).
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_encryptor_new(
    random: *const cliquet_random,
    encryptor: *mut *mut cliquet_attachment_encryptor,
) -> cliquet_status {
    call(|| unsafe {
        let encryptor = Slot::at(encryptor)?;
        encryptor.put(UsedOnce::new(AttachmentEncryptor::new(&mut Random::of(random)?)?));
        Ok(())
    })
}

/// Frees an encryptor and wipes its key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_encryptor_free(
    encryptor: *mut cliquet_attachment_encryptor,
) -> cliquet_status {
    call(|| unsafe { free(encryptor) })
}

/// Encrypts the next piece of the attachment, of any length, where it lies: the next bytes of what is to be uploaded.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_encryptor_encrypt(
    encryptor: *mut cliquet_attachment_encryptor,
    piece: *mut u8,
    length: usize,
) -> cliquet_status {
    call(|| unsafe {
        let mut encryptor = change(encryptor)?;
        encryptor.get_mut()?.encrypt(input::bytes_in_place(piece, length)?);
        Ok(())
    })
}

/// Ends the attachment and uses the encryptor up. Writes to `*info` what opens all that was encrypted; the caller frees it, and the encryptor.
///
/// Errors: `CLIQUET_USED_UP`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_encryptor_finish(
    encryptor: *mut cliquet_attachment_encryptor,
    info: *mut *mut cliquet_attachment_info,
) -> cliquet_status {
    call(|| unsafe {
        let info = Slot::at(info)?;
        info.put(change(encryptor)?.take()?.finish());
        Ok(())
    })
}
