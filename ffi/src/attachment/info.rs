//! What opens an attachment, and whole attachments opened with it.

use cliquet_core::attachment::AttachmentInfo;
use zeroize::Zeroizing;

use super::{attachment_version, cliquet_attachment_version, to_attachment_version};
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, Place};
use crate::status::cliquet_status;

/// What opens an attachment: key, IV, and the SHA-256 of the ciphertext. It is secret, and travels in encrypted events alone; its key is wiped when
/// it is freed.
pub struct cliquet_attachment_info {
    _opaque: [u8; 0],
}
handle!(cliquet_attachment_info: AttachmentInfo);

/// A second one with the same content, because it is no type that is copied by accident.
pub(super) fn copy(info: &AttachmentInfo) -> AttachmentInfo {
    AttachmentInfo::new(info.version(), info.key(), *info.iv(), *info.sha256())
}

/// Makes of what an event says what opens an attachment: `version` is one of the constants `CLIQUET_ATTACHMENT_VERSION_...`, `key` has 32 bytes, `iv`
/// 16, `sha256`, that of the ciphertext, 32. The caller frees `*info`, and wipes `key` as soon as it can.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_new(
    version: cliquet_attachment_version,
    key: *const u8,
    iv: *const u8,
    sha256: *const u8,
    info: *mut *mut cliquet_attachment_info,
) -> cliquet_status {
    call(|| unsafe {
        let info = Slot::at(info)?;
        let (version, key) = (to_attachment_version(version)?, input::array(key)?);
        info.put(AttachmentInfo::new(version, key, *input::array(iv)?, *input::array(sha256)?));
        Ok(())
    })
}

/// Frees what opens an attachment and wipes its key. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_free(info: *mut cliquet_attachment_info) -> cliquet_status {
    call(|| unsafe { free(info) })
}

/// Writes the version of the format, one of the constants `CLIQUET_ATTACHMENT_VERSION_...`, to `version`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_version(
    info: *const cliquet_attachment_info,
    version: *mut cliquet_attachment_version,
) -> cliquet_status {
    call(|| unsafe {
        let version = Place::at(version)?;
        version.put(attachment_version(look(info)?.version()));
        Ok(())
    })
}

/// Writes the key, 32 bytes, to `key`, which the caller wipes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_key(
    info: *const cliquet_attachment_info,
    key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let key = Array::at(key)?;
        key.put(look(info)?.key());
        Ok(())
    })
}

/// Writes the IV, the counter block of the first 16 bytes, to `iv`: 16 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_iv(
    info: *const cliquet_attachment_info,
    iv: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let iv = Array::at(iv)?;
        iv.put(look(info)?.iv());
        Ok(())
    })
}

/// Writes the SHA-256 of the ciphertext, 32 bytes, to `sha256`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_sha256(
    info: *const cliquet_attachment_info,
    sha256: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let sha256 = Array::at(sha256)?;
        sha256.put(look(info)?.sha256());
        Ok(())
    })
}

/// Writes to `equal` whether both open the same attachment, after a comparison in constant time. They may be the same object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_equals(
    info: *const cliquet_attachment_info,
    other: *const cliquet_attachment_info,
    equal: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let equal = Place::at(equal)?;
        equal.put(*look(info)? == *look(other)?);
        Ok(())
    })
}

/// Checks the SHA-256 of a whole ciphertext, and decrypts it: to `plaintext`, whose `capacity` is at least `ciphertext_length`, which the caller
/// wipes.
///
/// Errors: `CLIQUET_HASH_MISMATCH` if the ciphertext has another hash, `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for its length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_decrypt(
    info: *const cliquet_attachment_info,
    ciphertext: *const u8,
    ciphertext_length: usize,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let plaintext = Buffer::at(plaintext, capacity, length)?;
            let info = look(info)?;
            let ciphertext = input::bytes(ciphertext, ciphertext_length)?;
            let plaintext = plaintext.reserve(ciphertext.len())?;
            plaintext.put(&Zeroizing::new(info.decrypt(ciphertext)?))
        })
    }
}

/// Checks the SHA-256 of a whole ciphertext, `length` bytes at `bytes`, and decrypts it where it lies. The caller wipes it.
///
/// Errors: `CLIQUET_HASH_MISMATCH` if the ciphertext has another hash, `CLIQUET_COUNTER_OVERFLOW` if the IV has no room for its length; the
/// ciphertext is as it was after both.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_attachment_info_decrypt_in_place(
    info: *const cliquet_attachment_info,
    bytes: *mut u8,
    length: usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let info = look(info)?;
            info.decrypt_in_place(input::bytes_in_place(bytes, length)?)?;
            Ok(())
        })
    }
}
