//! Outbound group sessions.

use cliquet_core::megolm::OutboundGroupSession;

use super::config;
use super::message::cliquet_megolm_message;
use super::session_key::cliquet_megolm_session_key;
use crate::constants::{cliquet_version, message_version};
use crate::failure::call;
use crate::handle::{Slot, change, free, handle, look};
use crate::input;
use crate::output::{Array, Place};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// An outbound group session: encrypts what this device sends to a room. Its secrets are wiped when it is freed.
pub struct cliquet_outbound_group_session {
    _opaque: [u8; 0],
}
handle!(cliquet_outbound_group_session: OutboundGroupSession);

/// Makes an outbound group session at message index 0, whose messages are of `version`, one of the constants `CLIQUET_VERSION_...`. The caller
/// frees `*session`.
///
/// Draws 128 random bytes for the ratchet, then 32 for the signing key.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_new(
    version: cliquet_version,
    random: *const cliquet_random,
    session: *mut *mut cliquet_outbound_group_session,
) -> cliquet_status {
    call(|| unsafe {
        let session = Slot::at(session)?;
        let config = config(version)?;
        session.put(OutboundGroupSession::new(config, &mut Random::of(random)?)?);
        Ok(())
    })
}

/// Frees an outbound group session and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_free(
    session: *mut cliquet_outbound_group_session,
) -> cliquet_status {
    call(|| unsafe { free(session) })
}

/// Writes the id of the session, 32 bytes, which is its public signing key, to `session_id`. `cliquet_session_id_to_base64` makes the
/// `session_id` of an event of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_session_id(
    session: *const cliquet_outbound_group_session,
    session_id: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let session_id = Array::at(session_id)?;
        session_id.put(look(session)?.session_id().as_bytes());
        Ok(())
    })
}

/// Writes the version of the messages, one of the constants `CLIQUET_VERSION_...`, to `*version`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_version(
    session: *const cliquet_outbound_group_session,
    version: *mut cliquet_version,
) -> cliquet_status {
    call(|| unsafe {
        let version = Place::at(version)?;
        version.put(message_version(look(session)?.version()));
        Ok(())
    })
}

/// Writes the index of the next message, which is how many were encrypted so far, to `*message_index`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_message_index(
    session: *const cliquet_outbound_group_session,
    message_index: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let message_index = Place::at(message_index)?;
        message_index.put(look(session)?.message_index());
        Ok(())
    })
}

/// Writes how many bytes the next message has if its plaintext has `plaintext_length` bytes, to `*length`; `SIZE_MAX` if they are too many to count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_message_length(
    session: *const cliquet_outbound_group_session,
    plaintext_length: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let length = Place::at(length)?;
        length.put(look(session)?.message_len(plaintext_length));
        Ok(())
    })
}

/// Makes the session key at the index of the next message: whoever gets it reads that message and all after it, and none before. It is what an
/// `m.room_key` event carries over Olm to each device. The session stays as it is. The caller frees `*session_key`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_session_key(
    session: *const cliquet_outbound_group_session,
    session_key: *mut *mut cliquet_megolm_session_key,
) -> cliquet_status {
    call(|| unsafe {
        let session_key = Slot::at(session_key)?;
        session_key.put(look(session)?.session_key());
        Ok(())
    })
}

/// Encrypts and signs a plaintext of any length, and moves the session on by one message. The caller stores the session before the message
/// leaves the device, so that no message key is used twice, and frees `*message`.
///
/// Matrix specification, "Megolm group ratchet", "Message encryption".
///
/// Errors: `CLIQUET_SESSION_EXHAUSTED` at message index 2^32 - 1: make a new session.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_encrypt(
    session: *mut cliquet_outbound_group_session,
    plaintext: *const u8,
    plaintext_length: usize,
    message: *mut *mut cliquet_megolm_message,
) -> cliquet_status {
    call(|| unsafe {
        let message = Slot::at(message)?;
        let mut session = change(session)?;
        message.put(session.encrypt(input::bytes(plaintext, plaintext_length)?)?);
        Ok(())
    })
}
