//! Decryption of many messages by one inbound group session.

use std::num::NonZeroUsize;

use cliquet_core::megolm::{BulkDecryption, DecryptedMessage, DecryptionError};

use super::decryption::{Decrypted, Places};
use super::inbound::cliquet_inbound_group_session;
use super::message::cliquet_megolm_message;
use super::provenance::cliquet_provenance;
use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{Looking, Slot, change, free, handle, look};
use crate::input;
use crate::output::Place;
use crate::status::cliquet_status;

/// What became of many messages that were decrypted together: of each its plaintext, or why it was refused. The plaintexts are wiped when it is freed.
pub struct cliquet_decrypted_messages {
    _opaque: [u8; 0],
}
handle!(cliquet_decrypted_messages: Vec<Result<Decrypted, DecryptionError>>);

/// Decrypts `count` messages of the session together, in less time than `cliquet_inbound_group_session_decrypt` takes for one after the other: a client
/// that opens a room, or reads it back. `messages` may have any order and the same message more than once. A replay guard neither looks nor learns.
///
/// The call succeeds whatever becomes of the messages, and one that is refused does not touch the others: `cliquet_decrypted_messages_plaintext` gives
/// for each position what `cliquet_inbound_group_session_decrypt` would. The caller frees `*decrypted`; `messages` stay the caller's too.
///
/// Signatures are verified on up to `threads` threads, one for each 16 messages and 256 at most; 0 and 1 are the caller's alone. The others end before
/// the call does, and where none can be had the caller's does their work. The first call with 16 messages or more fills 145 KiB that stay until the
/// process ends: multiples of a constant, nothing of any session.
///
/// Errors: where an entry of `messages` cannot be used, nothing is decrypted: `found` is its position, `limit` is `count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_decrypt_bulk(
    session: *mut cliquet_inbound_group_session,
    messages: *const *mut cliquet_megolm_message,
    count: usize,
    threads: usize,
    decrypted: *mut *mut cliquet_decrypted_messages,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let decrypted = Slot::at(decrypted)?;
            let mut session = change(session)?;
            let messages = looked_at(messages, count)?;
            let mut bulk = on_threads(session.bulk(), threads);
            decrypted.put(results(bulk.decrypt(messages.iter().map(|message| &**message))));
            Ok(())
        })
    }
}

/// As `cliquet_inbound_group_session_decrypt_bulk`, with the replay guard of the session, which `cliquet_inbound_group_session_set_replay_guard` sets.
///
/// `events` are `count` times 32 bytes in a row: for each message, in the same order, what `cliquet_inbound_group_session_decrypt_event` takes. The guard
/// looks and learns in that order, too, and `cliquet_decrypted_messages_plaintext` gives what that function would: of two events with one index, the
/// first is read and the second is a replay. Store the session afterwards.
///
/// Errors: where an entry of `messages` cannot be used, nothing is decrypted: `found` is its position, `limit` is `count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_decrypt_events_bulk(
    session: *mut cliquet_inbound_group_session,
    messages: *const *mut cliquet_megolm_message,
    events: *const u8,
    count: usize,
    threads: usize,
    decrypted: *mut *mut cliquet_decrypted_messages,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let decrypted = Slot::at(decrypted)?;
            let mut session = change(session)?;
            let messages = looked_at(messages, count)?;
            let events = input::elements(events.cast::<[u8; 32]>(), count)?;
            let mut bulk = on_threads(session.bulk(), threads);
            let messages = messages.iter().map(|message| &**message);
            decrypted.put(results(bulk.decrypt_events(messages.zip(events))));
            Ok(())
        })
    }
}

/// Frees decrypted messages and wipes their plaintexts. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_decrypted_messages_free(
    decrypted: *mut cliquet_decrypted_messages,
) -> cliquet_status {
    call(|| unsafe { free(decrypted) })
}

/// Writes how many messages there were, those that were refused among them, to `*count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_decrypted_messages_count(
    decrypted: *const cliquet_decrypted_messages,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let count = Place::at(count)?;
        count.put(look(decrypted)?.len());
        Ok(())
    })
}

/// Writes what became of the message at a position, counted from 0 in the order in which they were given: the status, the details and the outputs are
/// those of `cliquet_inbound_group_session_decrypt`, or of `cliquet_inbound_group_session_decrypt_event`, for this message. It can be asked for again.
///
/// `plaintext` is a buffer whose length is told exactly; the caller wipes it. The index of the message goes to `*message_index`, where the session's key
/// of this index comes from to `*provenance`. Both may be NULL.
///
/// Errors: `CLIQUET_OUT_OF_RANGE`; if the message was refused, `CLIQUET_MISMATCHED_VERSION`, `CLIQUET_INVALID_SIGNATURE`, `CLIQUET_REPLAY`,
/// `CLIQUET_REPLAY_GUARD_FULL`, `CLIQUET_UNKNOWN_MESSAGE_INDEX`, `CLIQUET_AUTHENTICATION_FAILED`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_decrypted_messages_plaintext(
    decrypted: *const cliquet_decrypted_messages,
    position: usize,
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
            let decrypted = look(decrypted)?;
            let message = input::element(&decrypted, position)?.as_ref().map_err(|error| *error)?;
            places.receive(message.plaintext.len(), || Ok(message))
        })
    }
}

/// Looks at all messages of a list, or tells which one is none.
///
/// # Safety
///
/// `messages` is NULL, or points to `count` pointers that nobody changes until the call ends, each of them as [`look`] wants it.
unsafe fn looked_at<'a>(
    messages: *const *mut cliquet_megolm_message,
    count: usize,
) -> Result<Vec<Looking<'a, cliquet_megolm_message>>, Failure> {
    // SAFETY: the caller's promise.
    let messages = unsafe { input::elements(messages, count)? }.iter().enumerate();
    let looked_at = messages.map(|(position, message)| {
        // SAFETY: as above, of an entry.
        unsafe { look(message.cast_const()) }.map_err(|failure| failure.of_entry(position, count))
    });
    looked_at.collect()
}

fn on_threads(bulk: BulkDecryption<'_>, threads: usize) -> BulkDecryption<'_> {
    bulk.with_threads(NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN))
}

fn results(
    results: Vec<Result<DecryptedMessage, DecryptionError>>,
) -> Vec<Result<Decrypted, DecryptionError>> {
    results.into_iter().map(|result| result.map(Decrypted::from)).collect()
}
