//! Decryption by inbound group sessions.

use std::borrow::Borrow;

use cliquet_core::megolm::DecryptedMessage;
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
/// Many are read faster by `cliquet_inbound_group_session_decrypt_bulk`.
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
            places.receive(message.max_plaintext_len(), || Ok(Decrypted::from(session.decrypt(&message)?)))
        })
    }
}

/// As `cliquet_inbound_group_session_decrypt`, with the replay guard of the session, which `cliquet_inbound_group_session_set_replay_guard` sets.
///
/// `event` is 32 bytes that name the event which carried the message, and no other: a SHA-256 of room id, event id and timestamp, say. The same
/// index with the same event passes as often as it is read, with another event it is a replay. The guard remembers the message once it has
/// opened, and not otherwise: store the session afterwards. Many are read faster by `cliquet_inbound_group_session_decrypt_events_bulk`.
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
            places.receive(message.max_plaintext_len(), || {
                Ok(Decrypted::from(session.decrypt_event(&message, event)?))
            })
        })
    }
}

/// A decrypted message, which is wiped when it is dropped.
pub(crate) struct Decrypted {
    pub(super) plaintext: Zeroizing<Vec<u8>>,
    message_index: u32,
    provenance: cliquet_provenance,
}

impl From<DecryptedMessage> for Decrypted {
    fn from(message: DecryptedMessage) -> Self {
        Self {
            plaintext: Zeroizing::new(message.plaintext),
            message_index: message.message_index,
            provenance: message.provenance.into(),
        }
    }
}

/// Where the caller wants a decrypted message.
pub(super) struct Places {
    plaintext: Buffer<u8>,
    message_index: Option<Place<u32>>,
    provenance: Option<Place<cliquet_provenance>>,
}

impl Places {
    /// # Safety
    ///
    /// As [`Buffer::at`] and [`Place::at`].
    pub(super) unsafe fn at(
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

    /// Makes sure that a plaintext of at most so many bytes fits, decrypts its message, and writes all that came out.
    pub(super) fn receive<D: Borrow<Decrypted>>(
        self,
        max_length: usize,
        decrypt: impl FnOnce() -> Result<D, Failure>,
    ) -> Result<(), Failure> {
        let room = self.plaintext.reserve(max_length)?;
        let decrypted = decrypt()?;
        let Decrypted { plaintext, message_index, provenance } = decrypted.borrow();
        room.put(plaintext)?;
        if let Some(place) = self.message_index {
            place.put(*message_index);
        }
        if let Some(place) = self.provenance {
            place.put(*provenance);
        }
        Ok(())
    }
}
