//! What a session keeps, and how far it jumps.

use cliquet_core::olm::{Limits, SessionConfig};

use crate::constants::{cliquet_version, to_message_version};
use crate::failure::{Failure, call};
use crate::input;
use crate::output::Place;
use crate::status::cliquet_status;

/// What an Olm session keeps for messages that arrive late, and how much work one message may cause.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_limits {
    /// Skipped message keys per receiver chain: 40 to 2000, 40 by default.
    pub skipped_keys_per_chain: u32,
    /// Skipped message keys of the whole session: 40 to 10000, 200 by default.
    pub skipped_keys: u32,
    /// Receiver chains: 5 to 50, 5 by default.
    pub receiver_chains: u32,
    /// How many messages of a chain may be missing in front of one that is accepted: 2000 to 100000, 2000 by default.
    pub message_gap: u32,
}

/// Writes the limits that hold where a function is given NULL for them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_limits_default(limits: *mut cliquet_limits) -> cliquet_status {
    call(|| unsafe {
        Place::at(limits)?.put(to_c(Limits::default()));
        Ok(())
    })
}

pub(crate) fn to_c(limits: Limits) -> cliquet_limits {
    cliquet_limits {
        skipped_keys_per_chain: limits.skipped_keys_per_chain(),
        skipped_keys: limits.skipped_keys(),
        receiver_chains: limits.receiver_chains(),
        message_gap: limits.message_gap(),
    }
}

/// The limits of the caller, the default ones if the pointer is NULL.
///
/// # Safety
///
/// As [`input::optional`].
pub(crate) unsafe fn limits(pointer: *const cliquet_limits) -> Result<Limits, Failure> {
    // SAFETY: the caller's promise; every bit pattern is four numbers.
    let Some(limits) = (unsafe { input::optional(pointer)? }) else { return Ok(Limits::default()) };
    Ok(Limits::default()
        .with_skipped_keys_per_chain(limits.skipped_keys_per_chain)?
        .with_skipped_keys(limits.skipped_keys)?
        .with_receiver_chains(limits.receiver_chains)?
        .with_message_gap(limits.message_gap)?)
}

/// The configuration of a session, of a version and the limits of the caller.
///
/// # Safety
///
/// As [`limits`].
pub(crate) unsafe fn config(
    version: cliquet_version,
    pointer: *const cliquet_limits,
) -> Result<SessionConfig, Failure> {
    // SAFETY: the caller's promise.
    let limits = unsafe { limits(pointer)? };
    Ok(SessionConfig::default().with_version(to_message_version(version)?).with_limits(limits))
}
