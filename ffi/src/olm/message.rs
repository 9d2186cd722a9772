//! Olm messages: what a session encrypts to, and what it decrypts.

use std::ffi::c_char;

use cliquet_core::olm::{Message, MessageType, OlmMessage, PreKeyMessage};

use crate::constants::{cliquet_version, message_version, unknown};
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Slot, free, handle, look};
use crate::input;
use crate::olm::session_keys::cliquet_olm_session_keys;
use crate::output::{Array, Buffer, Place, TextBuffer, base64_length};
use crate::status::{self, cliquet_status};

/// An Olm message of either type. It is public, holds no key, and does not change.
pub struct cliquet_olm_message {
    _opaque: [u8; 0],
}
handle!(cliquet_olm_message: OlmMessage);

/// The two types of Olm message, with the numbers of the `type` field of a Matrix event.
pub type cliquet_message_type = u32;
/// A message that also carries what the other party needs to start the session.
pub const CLIQUET_MESSAGE_TYPE_PRE_KEY: cliquet_message_type = 0;
/// A message of a session that both parties have.
pub const CLIQUET_MESSAGE_TYPE_NORMAL: cliquet_message_type = 1;

pub(crate) fn type_number(message_type: MessageType) -> cliquet_message_type {
    match message_type {
        MessageType::PreKey => CLIQUET_MESSAGE_TYPE_PRE_KEY,
        MessageType::Normal => CLIQUET_MESSAGE_TYPE_NORMAL,
    }
}

/// The message as a pre-key message, for functions that take no other.
pub(crate) fn pre_key(message: &OlmMessage) -> Result<&PreKeyMessage, Failure> {
    match message {
        OlmMessage::PreKey(message) => Ok(message),
        OlmMessage::Normal(_) => Err(Failure::with(
            status::CLIQUET_MESSAGE_TYPE,
            CLIQUET_MESSAGE_TYPE_NORMAL,
            CLIQUET_MESSAGE_TYPE_PRE_KEY,
        )),
    }
}

/// Reads a message from the two fields of a Matrix event: its `type`, one of the constants `CLIQUET_MESSAGE_TYPE_*`, and its `body`, unpadded
/// base64. The caller frees `*message`. That it could be read does not say that it is authentic.
///
/// Errors: `CLIQUET_BASE64`, `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_UNEXPECTED_FIELD`,
/// `CLIQUET_LENGTH`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_NON_CANONICAL_VARINT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_from_base64(
    message_type: cliquet_message_type,
    body: *const c_char,
    body_length: usize,
    message: *mut *mut cliquet_olm_message,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let message = Slot::at(message)?;
            let body = input::text(body, body_length)?;
            message.put(match message_type {
                CLIQUET_MESSAGE_TYPE_PRE_KEY => PreKeyMessage::from_base64(body)?.into(),
                CLIQUET_MESSAGE_TYPE_NORMAL => Message::from_base64(body)?.into(),
                _ => return Err(unknown(message_type)),
            });
            Ok(())
        })
    }
}

/// Reads a message from its wire bytes. Otherwise as `cliquet_olm_message_from_base64`.
///
/// Errors: those of `cliquet_olm_message_from_base64` except `CLIQUET_BASE64`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_from_bytes(
    message_type: cliquet_message_type,
    bytes: *const u8,
    bytes_length: usize,
    message: *mut *mut cliquet_olm_message,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let message = Slot::at(message)?;
            let bytes = input::bytes(bytes, bytes_length)?;
            message.put(match message_type {
                CLIQUET_MESSAGE_TYPE_PRE_KEY => PreKeyMessage::from_bytes(bytes)?.into(),
                CLIQUET_MESSAGE_TYPE_NORMAL => Message::from_bytes(bytes)?.into(),
                _ => return Err(unknown(message_type)),
            });
            Ok(())
        })
    }
}

/// Frees a message. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_free(message: *mut cliquet_olm_message) -> cliquet_status {
    call(|| unsafe { free(message) })
}

/// Writes the type of a message, the `type` field of a Matrix event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_type(
    message: *const cliquet_olm_message,
    message_type: *mut cliquet_message_type,
) -> cliquet_status {
    call(|| unsafe {
        let message_type = Place::at(message_type)?;
        message_type.put(type_number(look(message)?.message_type()));
        Ok(())
    })
}

/// Writes a message in unpadded base64, the `body` field of a Matrix event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_to_base64(
    message: *const cliquet_olm_message,
    body: *mut c_char,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let body = TextBuffer::at(body, capacity, length)?;
        let message = look(message)?;
        body.reserve(base64_length(message.as_bytes().len()))?.put(&message.to_base64())
    })
}

/// Writes the wire bytes of a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_to_bytes(
    message: *const cliquet_olm_message,
    bytes: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let bytes = Buffer::at(bytes, capacity, length)?;
        bytes.put(look(message)?.as_bytes())
    })
}

/// Writes the most bytes that the plaintext of a message can have: the capacity with which it can be decrypted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_max_plaintext_length(
    message: *const cliquet_olm_message,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let length = Place::at(length)?;
        length.put(look(message)?.max_plaintext_len());
        Ok(())
    })
}

/// Writes the version of a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_version(
    message: *const cliquet_olm_message,
    version: *mut cliquet_version,
) -> cliquet_status {
    call(|| unsafe {
        let version = Place::at(version)?;
        version.put(message_version(match &*look(message)? {
            OlmMessage::PreKey(message) => message.version(),
            OlmMessage::Normal(message) => message.version(),
        }));
        Ok(())
    })
}

/// Writes the ratchet key of a message, 32 bytes, which names the chain that it belongs to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_ratchet_key(
    message: *const cliquet_olm_message,
    ratchet_key: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let ratchet_key = Array::at(ratchet_key)?;
        let key = match &*look(message)? {
            OlmMessage::PreKey(message) => message.ratchet_key(),
            OlmMessage::Normal(message) => message.ratchet_key(),
        };
        ratchet_key.put(key.as_bytes());
        Ok(())
    })
}

/// Writes the index of a message in its chain, from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_chain_index(
    message: *const cliquet_olm_message,
    chain_index: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let chain_index = Place::at(chain_index)?;
        chain_index.put(match &*look(message)? {
            OlmMessage::PreKey(message) => message.chain_index(),
            OlmMessage::Normal(message) => message.chain_index(),
        });
        Ok(())
    })
}

/// Writes the ciphertext of a message, a multiple of 16 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_ciphertext(
    message: *const cliquet_olm_message,
    ciphertext: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let ciphertext = Buffer::at(ciphertext, capacity, length)?;
        ciphertext.put(match &*look(message)? {
            OlmMessage::PreKey(message) => message.ciphertext(),
            OlmMessage::Normal(message) => message.ciphertext(),
        })
    })
}

/// Writes the three keys that a pre-key message carries. They are not authenticated.
///
/// Errors: `CLIQUET_MESSAGE_TYPE` for a normal message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_message_session_keys(
    message: *const cliquet_olm_message,
    session_keys: *mut cliquet_olm_session_keys,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let session_keys = Place::at(session_keys)?;
            session_keys.put(pre_key(&*look(message)?)?.session_keys().into());
            Ok(())
        })
    }
}
