//! Decryption by inbound group sessions.

use cliquet_core::megolm::{DecryptedMessage, DecryptionError, MegolmMessage};
use zeroize::Zeroizing;

use super::inbound::cliquet_inbound_group_session;
use super::message::cliquet_megolm_message;
use super::provenance::cliquet_provenance;
use crate::failure::{Failure, call_with, cliquet_details};
use crate::handle::{change, look};
use crate::input;
use crate::output::{Buffer, Place};
use crate::status::cliquet_status;

/// Decrypts a message of the session, earlier or later than those before it, as often as it is asked to. A replay guard neither looks nor learns.
///
/// `plaintext` is a buffer for at most as many bytes as `cliquet_megolm_message_max_plaintext_length` tells; the caller wipes it. The index of the
/// message goes to `*message_index`: the same index twice is a replay. Where the session's key of this index comes from goes to `*provenance`. Both may be NULL.
///
/// Errors: `CLIQUET_MISMATCHED_VERSION`, `CLIQUET_INVALID_SIGNATURE` if the message is of another session, forged or damaged,
/// `CLIQUET_UNKNOWN_MESSAGE_INDEX`, `CLIQUET_AUTHENTICATION_FAILED` if the sender has another key at this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_decrypt(
    session: *mut cliquet_inbound_group_session,
    message: *const cliquet_megolm_message,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    message_index: *mut u32,
    provenance: *mut cliquet_provenance,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let places = Places::at(plaintext, capacity, length, message_index, provenance)?;
            let (mut session, message) = (change(session)?, look(message)?);
            places.receive(&message, || session.decrypt(&message))
        })
    }
}

/// As `cliquet_inbound_group_session_decrypt`, with the replay guard of the session, which `cliquet_inbound_group_session_set_replay_guard` sets.
///
/// `event` is 32 bytes that name the event which carried the message, and no other: a SHA-256 of room id, event id and timestamp, say. The same
/// index with the same event passes as often as it is read, with another event it is a replay. The guard remembers the message once it has
/// opened, and not otherwise: store the session afterwards.
///
/// Errors: `CLIQUET_MISMATCHED_VERSION`, `CLIQUET_INVALID_SIGNATURE` if the message is of another session, forged or damaged, `CLIQUET_REPLAY`
/// if the index was seen with another event, `CLIQUET_REPLAY_GUARD_FULL` if it was not seen and there is no room to remember it, or no guard at all,
/// `CLIQUET_UNKNOWN_MESSAGE_INDEX`, `CLIQUET_AUTHENTICATION_FAILED` if the sender has another key at this index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_decrypt_event(
    session: *mut cliquet_inbound_group_session,
    message: *const cliquet_megolm_message,
    event: *const u8,
    plaintext: *mut u8,
    capacity: usize,
    length: *mut usize,
    message_index: *mut u32,
    provenance: *mut cliquet_provenance,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let places = Places::at(plaintext, capacity, length, message_index, provenance)?;
            let (mut session, message) = (change(session)?, look(message)?);
            let event = input::array(event)?;
            places.receive(&message, || session.decrypt_event(&message, event))
        })
    }
}

/// Where the caller wants a decrypted message.
struct Places {
    plaintext: Buffer<u8>,
    message_index: Option<Place<u32>>,
    provenance: Option<Place<cliquet_provenance>>,
}

impl Places {
    /// # Safety
    ///
    /// As [`Buffer::at`] and [`Place::at`].
    unsafe fn at(
        plaintext: *mut u8,
        capacity: usize,
        length: *mut usize,
        message_index: *mut u32,
        provenance: *mut cliquet_provenance,
    ) -> Result<Self, Failure> {
        // SAFETY: the caller's promise.
        unsafe {
            Ok(Self {
                plaintext: Buffer::at(plaintext, capacity, length)?,
                message_index: Place::wanted(message_index)?,
                provenance: Place::wanted(provenance)?,
            })
        }
    }

    /// Makes sure that every plaintext of the message fits, decrypts it, and writes all that came out.
    fn receive(
        self,
        message: &MegolmMessage,
        decrypt: impl FnOnce() -> Result<DecryptedMessage, DecryptionError>,
    ) -> Result<(), Failure> {
        let room = self.plaintext.reserve(message.max_plaintext_len())?;
        let decrypted = decrypt()?;
        room.put(&Zeroizing::new(decrypted.plaintext))?;
        if let Some(place) = self.message_index {
            place.put(decrypted.message_index);
        }
        if let Some(place) = self.provenance {
            place.put(decrypted.provenance.into());
        }
        Ok(())
    }
}
