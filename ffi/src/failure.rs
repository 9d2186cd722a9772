//! What a call that fails tells.

use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::status::{self, cliquet_status};

/// What can be told of a failure beside its status: public figures, whose meaning each status says. What it does not name is zero.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct cliquet_details {
    /// What was found: an index, a length, a number.
    pub found: u64,
    /// What was expected, or the limit that was passed.
    pub limit: u64,
    /// Which of the things that a state keeps, one of the constants `CLIQUET_ITEMS_*`.
    pub items: u32,
    /// A public key, raw.
    pub key: [u8; 32],
    /// The name of a field, ended by a zero.
    pub field: [c_char; 48],
}

const NO_DETAILS: cliquet_details =
    cliquet_details { found: 0, limit: 0, items: 0, key: [0; 32], field: [0; 48] };

/// A status other than `CLIQUET_OK`, with its details.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure {
    status: cliquet_status,
    details: cliquet_details,
}

impl Failure {
    pub(crate) const fn new(status: cliquet_status) -> Self {
        Self { status, details: NO_DETAILS }
    }

    /// With what was found, and what was expected or the limit.
    pub(crate) fn with(status: cliquet_status, found: impl Figure, limit: impl Figure) -> Self {
        let details = cliquet_details { found: found.wide(), limit: limit.wide(), ..NO_DETAILS };
        Self { status, details }
    }

    /// The status and the details, where failures stand in a list.
    pub(crate) const fn told(self) -> (cliquet_status, cliquet_details) {
        (self.status, self.details)
    }

    /// With the position of the entry of a list that it is about; any other failure of this kind has a `limit` of 0.
    pub(crate) fn of_entry(mut self, position: usize, count: usize) -> Self {
        (self.details.found, self.details.limit) = (position.wide(), count.wide());
        self
    }

    pub(crate) const fn items(mut self, items: u32) -> Self {
        self.details.items = items;
        self
    }

    pub(crate) const fn key(mut self, key: [u8; 32]) -> Self {
        self.details.key = key;
        self
    }

    pub(crate) fn field(mut self, field: &str) -> Self {
        self.details.field = zero_ended(field);
        self
    }
}

/// A text in a structure, with a zero at its end. It would be cut, but none of ours is that long.
pub(crate) fn zero_ended<const N: usize>(text: &str) -> [c_char; N] {
    let mut places = [0; N];
    let room = places.iter_mut().take(N.saturating_sub(1));
    room.zip(text.bytes()).for_each(|(place, byte)| *place = c_char::from_ne_bytes([byte]));
    places
}

/// A figure of any width.
pub(crate) trait Figure {
    fn wide(self) -> u64;
}

impl Figure for u64 {
    fn wide(self) -> u64 {
        self
    }
}

impl Figure for u32 {
    fn wide(self) -> u64 {
        self.into()
    }
}

impl Figure for u8 {
    fn wide(self) -> u64 {
        self.into()
    }
}

impl Figure for usize {
    fn wide(self) -> u64 {
        u64::try_from(self).unwrap_or(u64::MAX)
    }
}

/// Runs the body of a function that has no details to tell.
pub(crate) fn call(body: impl FnOnce() -> Result<(), Failure>) -> cliquet_status {
    outcome(body).map_or_else(|failure| failure.status, |()| status::CLIQUET_OK)
}

/// Runs the body of a function, and writes the details of its failure where the caller wants them.
///
/// # Safety
///
/// `details` is NULL, or may be written until the call ends.
pub(crate) unsafe fn call_with(
    details: *mut cliquet_details,
    body: impl FnOnce() -> Result<(), Failure>,
) -> cliquet_status {
    if !details.is_null() && !details.is_aligned() {
        return status::CLIQUET_MISALIGNED;
    }
    let Err(failure) = outcome(body) else { return status::CLIQUET_OK };
    if !details.is_null() {
        // SAFETY: the caller's promise, and the pointer is aligned.
        unsafe { details.write(failure.details) };
    }
    failure.status
}

/// No panic leaves the library. What it left half done says so from then on: see [`crate::handle::Changing`].
fn outcome(body: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(Err(Failure::new(status::CLIQUET_PANIC)))
}
