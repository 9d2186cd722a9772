//! Megolm messages.

use std::ffi::c_char;

use cliquet_core::megolm::MegolmMessage;

use crate::constants::{cliquet_version, message_version};
use crate::failure::{call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::output::{Array, Buffer, Place, TextBuffer, base64_length};
use crate::status::cliquet_status;

/// A Megolm message, exactly as it came. Nothing in it is authenticated before an inbound group session has decrypted it.
pub struct cliquet_megolm_message {
    _opaque: [u8; 0],
}
handle!(cliquet_megolm_message: MegolmMessage);

/// Reads a message from its bytes, strictly (Matrix specification, "Megolm group ratchet", "Message format"). The caller frees `*message`.
///
/// Errors: `CLIQUET_TRUNCATED`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_UNEXPECTED_FIELD`, `CLIQUET_NON_CANONICAL_VARINT`,
/// `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_from_bytes(
    bytes: *const u8,
    bytes_length: usize,
    message: *mut *mut cliquet_megolm_message,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let message = Slot::at(message)?;
            message.put(MegolmMessage::from_bytes(input::bytes(bytes, bytes_length)?)?);
            Ok(())
        })
    }
}

/// Reads a message from its text, the `ciphertext` of an `m.room.encrypted` event: base64, with or without padding. The caller frees `*message`.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_TRUNCATED`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_UNEXPECTED_FIELD`, `CLIQUET_NON_CANONICAL_VARINT`,
/// `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_from_base64(
    base64: *const c_char,
    base64_length: usize,
    message: *mut *mut cliquet_megolm_message,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let message = Slot::at(message)?;
            message.put(MegolmMessage::from_base64(input::text(base64, base64_length)?)?);
            Ok(())
        })
    }
}

/// Frees a message. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_free(message: *mut cliquet_megolm_message) -> cliquet_status {
    call(|| unsafe { free(message) })
}

/// Writes the bytes of a message. `cliquet_outbound_group_session_message_length` tells their number before the message is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_to_bytes(
    message: *const cliquet_megolm_message,
    bytes: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let bytes = Buffer::at(bytes, capacity, length)?;
        bytes.put(look(message)?.as_bytes())
    })
}

/// Writes a message as the `ciphertext` of an `m.room.encrypted` event, unpadded base64: four characters for three bytes, and two or three for
/// one or two that are left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_to_base64(
    message: *const cliquet_megolm_message,
    base64: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let base64 = TextBuffer::at(base64, capacity, length)?;
        let message = look(message)?;
        base64.reserve(base64_length(message.as_bytes().len()))?.put(&message.to_base64())
    })
}

/// Writes the version that a message states, one of the constants `CLIQUET_VERSION_...`, to `*version`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_version(
    message: *const cliquet_megolm_message,
    version: *mut cliquet_version,
) -> cliquet_status {
    call(|| unsafe {
        let version = Place::at(version)?;
        version.put(message_version(look(message)?.version()));
        Ok(())
    })
}

/// Writes how many messages of the session a message says were before it, to `*message_index`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_message_index(
    message: *const cliquet_megolm_message,
    message_index: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let message_index = Place::at(message_index)?;
        message_index.put(look(message)?.message_index());
        Ok(())
    })
}

/// Writes the ciphertext of a message, which alone is of no use: a multiple of 16 bytes, and not empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_ciphertext(
    message: *const cliquet_megolm_message,
    ciphertext: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let ciphertext = Buffer::at(ciphertext, capacity, length)?;
        ciphertext.put(look(message)?.ciphertext())
    })
}

/// Writes how many bytes the plaintext of a message has at most, one less than its ciphertext, to `*length`: the capacity that its decryption
/// asks for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_max_plaintext_length(
    message: *const cliquet_megolm_message,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let length = Place::at(length)?;
        length.put(look(message)?.max_plaintext_len());
        Ok(())
    })
}

/// Writes the signature of a message, 64 bytes, over all bytes before it, to `signature`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_megolm_message_signature(
    message: *const cliquet_megolm_message,
    signature: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let signature = Array::at(signature)?;
        signature.put(look(message)?.signature().as_bytes());
        Ok(())
    })
}
