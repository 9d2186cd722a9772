//! The caller's random bytes, as a generator: the same bytes give what they give with libolm.

use std::error::Error;
use std::{fmt, slice};

use cliquet::rand_core::{TryCryptoRng, TryRng};
use zeroize::{Zeroize, Zeroizing};

use crate::code::Code;
use crate::input;

/// Random bytes in the caller's memory. NULL stands for none.
pub(crate) struct Random {
    bytes: *mut u8,
    length: usize,
    /// Whether they serve once: then they are wiped at the end, whatever came of them.
    once: bool,
}

impl Random {
    /// # Safety
    ///
    /// `bytes` is NULL, or leads to `length` bytes that may be read, and written if they are to be wiped, and that nobody else uses until the
    /// call ends.
    pub(crate) unsafe fn at<T>(bytes: *mut T, length: usize) -> Self {
        Self { bytes: bytes.cast(), length: if bytes.is_null() { 0 } else { length }, once: false }
    }

    /// Those that libolm wipes also where the call fails.
    ///
    /// # Safety
    ///
    /// As [`at`](Self::at); nobody else uses them until they are wiped.
    pub(crate) unsafe fn once<T>(bytes: *mut T, length: usize) -> Self {
        // SAFETY: the caller's promise.
        Self { once: true, ..unsafe { Self::at(bytes, length) } }
    }

    /// A generator that has the first `needed` bytes and no more.
    pub(crate) fn draw(&self, needed: usize) -> Result<Drawn, Code> {
        if self.length < needed {
            return Err(Code::NOT_ENOUGH_RANDOM);
        }
        // SAFETY: `at` was promised that as many bytes may be read.
        let bytes = unsafe { input::bytes(self.bytes.cast_const(), needed) };
        bytes.map(Drawn::of).map_err(|_| Code::NOT_ENOUGH_RANDOM)
    }

    /// Overwrites all of them, used or not.
    pub(crate) fn wipe(&self) {
        // No object is longer than a slice may be, so that a greater length is no length.
        if self.length > 0 && isize::try_from(self.length).is_ok() {
            // SAFETY: `at` was promised that as many bytes may be written, and found the pointer to be one.
            unsafe { slice::from_raw_parts_mut(self.bytes, self.length) }.zeroize();
        }
    }
}

impl Drop for Random {
    fn drop(&mut self) {
        if self.once {
            self.wipe();
        }
    }
}

/// A copy of random bytes, handed out once and in their order.
pub(crate) struct Drawn {
    left: Zeroizing<Vec<u8>>,
    position: usize,
}

impl Drawn {
    /// Bytes that were drawn before.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { left: Zeroizing::new(bytes.to_vec()), position: 0 }
    }
}

/// More bytes were asked for than there are.
#[derive(Debug)]
pub(crate) struct UsedUp;

impl fmt::Display for UsedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the random bytes are used up")
    }
}

impl Error for UsedUp {}

impl TryRng for Drawn {
    type Error = UsedUp;

    fn try_next_u32(&mut self) -> Result<u32, UsedUp> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, UsedUp> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), UsedUp> {
        let left = self.left.get(self.position..).ok_or(UsedUp)?;
        bytes.copy_from_slice(left.get(..bytes.len()).ok_or(UsedUp)?);
        self.position = self.position.saturating_add(bytes.len());
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}
