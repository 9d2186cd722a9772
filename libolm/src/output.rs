//! What goes to the caller: buffers whose capacity is checked, and single values.

use std::ptr;

use crate::code::Code;

/// A buffer of the caller. NULL has room for nothing.
pub(crate) struct Output {
    bytes: *mut u8,
    capacity: usize,
}

impl Output {
    /// Nothing is written before [`put`](Self::put).
    ///
    /// # Safety
    ///
    /// `bytes` is NULL, or leads to `capacity` bytes that may be written until the call ends.
    pub(crate) unsafe fn at<T>(bytes: *mut T, capacity: usize) -> Self {
        Self { bytes: bytes.cast(), capacity: if bytes.is_null() { 0 } else { capacity } }
    }

    /// Refuses to go on unless so many bytes fit.
    pub(crate) fn check(&self, needed: usize) -> Result<(), Code> {
        if needed > self.capacity { Err(Code::OUTPUT_BUFFER_TOO_SMALL) } else { Ok(()) }
    }

    /// Writes the bytes if they fit; how many they are.
    pub(crate) fn put(&self, bytes: impl AsRef<[u8]>) -> Result<usize, Code> {
        let bytes = bytes.as_ref();
        self.check(bytes.len())?;
        if !bytes.is_empty() {
            // SAFETY: `at` was promised that as many bytes may be written, and ours are no part of the caller's.
            unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.bytes, bytes.len()) };
        }
        Ok(bytes.len())
    }
}

/// Writes a value, unless the caller does not want it.
///
/// # Safety
///
/// `place` is NULL, or a `T` may be written there, aligned or not.
pub(crate) unsafe fn put_value<T: Copy>(place: *mut T, value: T) {
    if !place.is_null() {
        // SAFETY: the caller's promise.
        unsafe { place.write_unaligned(value) };
    }
}
