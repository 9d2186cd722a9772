//! The guard of an inbound group session against replays.

use cliquet_core::megolm::ReplayGuard;

use super::inbound::cliquet_inbound_group_session;
use crate::failure::call;
use crate::handle::{change, look};
use crate::input;
use crate::output::{Buffer, Place};
use crate::status::cliquet_status;

/// How many message indexes a replay guard remembers if nothing speaks for another number: a hundred times what Matrix clients send in a session.
pub const CLIQUET_REPLAY_GUARD_DEFAULT_CAPACITY: usize = 10_000;
/// The most message indexes that a replay guard makes room for; only what it has seen already can be more.
pub const CLIQUET_REPLAY_GUARD_MAX_CAPACITY: usize = 1_000_000;

// The header holds figures, not paths: they are those of the library.
const _: () = assert!(CLIQUET_REPLAY_GUARD_DEFAULT_CAPACITY == ReplayGuard::DEFAULT_CAPACITY);
const _: () = assert!(CLIQUET_REPLAY_GUARD_MAX_CAPACITY == ReplayGuard::MAX_CAPACITY);

/// What a replay guard has seen: a message index, and the event that carried its message. Nothing of it is secret.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_replay_guard_entry {
    /// The message index.
    pub message_index: u32,
    /// The 32 bytes that name the event.
    pub event: [u8; 32],
}

/// Sets the guard of the session against replays, which `cliquet_inbound_group_session_decrypt_event` asks: an empty one when the session is made, or
/// one that was kept elsewhere. With a guard, use that function alone: what `cliquet_inbound_group_session_decrypt` reads, the guard does not learn.
///
/// The guard has room for `capacity` message indexes, at most `CLIQUET_REPLAY_GUARD_MAX_CAPACITY` and at least so many as `entries` has, at about
/// 60 bytes each once they are seen. `entries` is a list of `count` entries that it has seen; of an index that comes twice the last
/// event counts. A capacity of 0 without entries takes the guard away. The guard that was there is dropped.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_set_replay_guard(
    session: *mut cliquet_inbound_group_session,
    capacity: usize,
    entries: *const cliquet_replay_guard_entry,
    count: usize,
) -> cliquet_status {
    call(|| unsafe {
        let mut session = change(session)?;
        let entries = input::elements(entries, count)?.iter();
        let seen = entries.map(|entry| (entry.message_index, entry.event));
        session.set_replay_guard(ReplayGuard::from_entries(capacity, seen));
        Ok(())
    })
}

/// Gives the replay guard of the session more room or less, but never less than it has filled, nor more than `CLIQUET_REPLAY_GUARD_MAX_CAPACITY`.
/// What it has seen stays.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_set_replay_guard_capacity(
    session: *mut cliquet_inbound_group_session,
    capacity: usize,
) -> cliquet_status {
    call(|| unsafe {
        let mut session = change(session)?;
        let mut replay_guard = session.replay_guard().clone();
        replay_guard.set_capacity(capacity);
        session.set_replay_guard(replay_guard);
        Ok(())
    })
}

/// Writes how many message indexes the replay guard of the session can remember, to `*replay_guard_capacity`; 0 where there is no guard.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_replay_guard_capacity(
    session: *const cliquet_inbound_group_session,
    replay_guard_capacity: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let replay_guard_capacity = Place::at(replay_guard_capacity)?;
        replay_guard_capacity.put(look(session)?.replay_guard().capacity());
        Ok(())
    })
}

/// Writes how many message indexes the replay guard of the session has seen, to `*replay_guard_count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_replay_guard_count(
    session: *const cliquet_inbound_group_session,
    replay_guard_count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let replay_guard_count = Place::at(replay_guard_count)?;
        replay_guard_count.put(look(session)?.replay_guard().len());
        Ok(())
    })
}

/// Writes what the replay guard of the session has seen, in the order of the message indexes, to be stored beside the session. `capacity` and
/// `*length` count entries: `cliquet_inbound_group_session_replay_guard_count` tells how many there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_replay_guard_entries(
    session: *const cliquet_inbound_group_session,
    entries: *mut cliquet_replay_guard_entry,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let entries = Buffer::at(entries, capacity, length)?;
        let session = look(session)?;
        let replay_guard = session.replay_guard();
        let room = entries.reserve(replay_guard.len())?;
        let seen: Vec<_> = replay_guard
            .entries()
            .map(|(message_index, event)| cliquet_replay_guard_entry { message_index, event: *event })
            .collect();
        room.put(&seen)
    })
}
