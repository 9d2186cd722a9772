//! Randomness: the system's, or the caller's.

use std::error::Error;
use std::ffi::c_void;
use std::fmt;

use cliquet_core::SystemRandom;
use cliquet_core::rand_core::{TryCryptoRng, TryRng};

use crate::failure::Failure;
use crate::{input, status};

/// A random generator of the caller. Where a function takes one, NULL stands for the operating system's.
///
/// It must be cryptographically secure, and must report a failure rather than hand out poor bytes. What a function draws, in which order, is
/// said in the documentation of the Rust library and is part of the interface: the same bytes give the same keys and messages.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_random {
    /// Writes `length` random bytes to `bytes` and returns 0; anything else says that it failed. It must not throw, jump out of the call, or use
    /// the objects of the call that it serves.
    pub fill: Option<unsafe extern "C" fn(context: *mut c_void, bytes: *mut u8, length: usize) -> i32>,
    /// Handed to `fill` as it is.
    pub context: *mut c_void,
}

type Fill = unsafe extern "C" fn(*mut c_void, *mut u8, usize) -> i32;

/// The generator of one call.
pub(crate) enum Random {
    System,
    Callers(Fill, *mut c_void),
}

impl Random {
    /// # Safety
    ///
    /// `random` is NULL, or points to a generator whose function may be called with its context until the call ends.
    pub(crate) unsafe fn of(random: *const cliquet_random) -> Result<Self, Failure> {
        // SAFETY: the caller's promise.
        match unsafe { input::optional(random)? } {
            None => Ok(Self::System),
            Some(cliquet_random { fill: Some(fill), context }) => Ok(Self::Callers(*fill, *context)),
            Some(cliquet_random { fill: None, .. }) => Err(Failure::new(status::CLIQUET_NULL_POINTER)),
        }
    }
}

/// The generator reported a failure; which one, only it knows.
#[derive(Debug)]
pub(crate) struct GeneratorFailed;

impl fmt::Display for GeneratorFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the random generator failed")
    }
}

impl Error for GeneratorFailed {}

impl TryRng for Random {
    type Error = GeneratorFailed;

    fn try_next_u32(&mut self) -> Result<u32, GeneratorFailed> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, GeneratorFailed> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), GeneratorFailed> {
        match *self {
            Self::System => SystemRandom::new().try_fill_bytes(bytes).map_err(|_| GeneratorFailed),
            // SAFETY: `of` was promised that the function may be called with its context; the bytes are ours to write.
            Self::Callers(fill, context) => match unsafe { fill(context, bytes.as_mut_ptr(), bytes.len()) } {
                0 => Ok(()),
                _ => Err(GeneratorFailed),
            },
        }
    }
}

impl TryCryptoRng for Random {}
