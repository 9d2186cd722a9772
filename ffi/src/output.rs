//! What goes to C: values, arrays, and buffers whose capacity is checked before anything happens.

use std::ffi::c_char;
use std::{ptr, str};

use cliquet_core::SecretBytes;

use crate::failure::Failure;
use crate::handle::checked;
use crate::status;

/// Where the caller wants a value.
pub(crate) struct Place<T>(*mut T);

impl<T: Copy> Place<T> {
    /// Checks the place; nothing is written before [`put`](Self::put).
    ///
    /// # Safety
    ///
    /// `place` is NULL, or a `T` may be written there until the call ends.
    pub(crate) unsafe fn at(place: *mut T) -> Result<Self, Failure> {
        checked(place)?;
        Ok(Self(place))
    }

    /// A place that the caller may do without: none if the pointer is NULL.
    ///
    /// # Safety
    ///
    /// As [`at`](Self::at).
    pub(crate) unsafe fn wanted(place: *mut T) -> Result<Option<Self>, Failure> {
        // SAFETY: the caller's promise.
        if place.is_null() { Ok(None) } else { unsafe { Self::at(place).map(Some) } }
    }

    pub(crate) fn put(self, value: T) {
        // SAFETY: `at` was promised that the place may be written, and found it neither NULL nor misaligned.
        unsafe { self.0.write(value) };
    }
}

/// Where the caller wants exactly `N` bytes.
pub(crate) struct Array<const N: usize>(*mut u8);

impl<const N: usize> Array<N> {
    /// Checks the place; nothing is written before [`put`](Self::put).
    ///
    /// # Safety
    ///
    /// `place` is NULL, or `N` bytes may be written there until the call ends.
    pub(crate) unsafe fn at(place: *mut u8) -> Result<Self, Failure> {
        checked(place)?;
        Ok(Self(place))
    }

    pub(crate) fn put(self, bytes: &[u8; N]) {
        // SAFETY: `at` was promised that `N` bytes may be written; an array of bytes has no alignment, and ours is no part of the caller's.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.0, N) };
    }
}

/// A buffer of the caller: where to write, how much fits, and where to tell how much there is.
pub(crate) struct Buffer<T> {
    first: *mut T,
    capacity: usize,
    length: *mut usize,
}

impl<T: Copy> Buffer<T> {
    /// Checks the places; NULL stands for a buffer into which nothing fits if `capacity` is 0.
    ///
    /// # Safety
    ///
    /// `first` is NULL, or `capacity` values may be written there until the call ends; `length` is NULL or may be written.
    pub(crate) unsafe fn at(first: *mut T, capacity: usize, length: *mut usize) -> Result<Self, Failure> {
        checked(length)?;
        if capacity > 0 {
            checked(first)?;
        }
        Ok(Self { first, capacity, length })
    }

    /// A buffer that the caller may do without: none if both pointers are NULL and the capacity is 0.
    ///
    /// # Safety
    ///
    /// As [`at`](Self::at).
    pub(crate) unsafe fn wanted(
        first: *mut T,
        capacity: usize,
        length: *mut usize,
    ) -> Result<Option<Self>, Failure> {
        if first.is_null() && capacity == 0 && length.is_null() {
            return Ok(None);
        }
        // SAFETY: the caller's promise.
        unsafe { Self::at(first, capacity, length).map(Some) }
    }

    /// Refuses to go on unless `needed` values fit, and tells the caller how many they are.
    pub(crate) fn reserve(self, needed: usize) -> Result<Reserved<T>, Failure> {
        if needed > self.capacity {
            // SAFETY: `at` was promised that the length may be written, and found it neither NULL nor misaligned.
            unsafe { self.length.write(needed) };
            return Err(Failure::with(status::CLIQUET_SHORT_BUFFER, self.capacity, needed));
        }
        Ok(Reserved(self))
    }

    /// Writes values that can be had again, if they fit.
    pub(crate) fn put(self, values: &[T]) -> Result<(), Failure> {
        self.reserve(values.len())?.put(values)
    }
}

/// A buffer that was found large enough.
pub(crate) struct Reserved<T>(Buffer<T>);

impl<T: Copy> Reserved<T> {
    /// Writes the values. The operation that made them is done: that they are more than were reserved would be a defect, and no way back.
    pub(crate) fn put(self, values: &[T]) -> Result<(), Failure> {
        let Buffer { first, capacity, length } = self.0;
        assert!(values.len() <= capacity, "more came out than there was room for");
        // SAFETY: so many values fit and `at` was promised that they may be written; `first` is NULL only where there are none, and ours
        // are no part of the caller's.
        unsafe {
            if !values.is_empty() {
                ptr::copy_nonoverlapping(values.as_ptr(), first, values.len());
            }
            length.write(values.len());
        }
        Ok(())
    }
}

/// A buffer of the caller for a text: UTF-8, and a zero after it that the length does not count.
pub(crate) struct TextBuffer(Buffer<u8>);

impl TextBuffer {
    /// Checks the places, as [`Buffer::at`].
    ///
    /// # Safety
    ///
    /// As [`Buffer::at`].
    pub(crate) unsafe fn at(text: *mut c_char, capacity: usize, length: *mut usize) -> Result<Self, Failure> {
        // SAFETY: the caller's promise.
        Ok(Self(unsafe { Buffer::at(text.cast(), capacity, length)? }))
    }

    /// Refuses to go on unless a text of `length` bytes and its zero fit.
    pub(crate) fn reserve(self, length: usize) -> Result<ReservedText, Failure> {
        if length >= self.0.capacity {
            // SAFETY: `Buffer::at` was promised that the length may be written, and found it neither NULL nor misaligned.
            unsafe { self.0.length.write(length) };
            return Err(Failure::with(
                status::CLIQUET_SHORT_BUFFER,
                self.0.capacity,
                length.saturating_add(1),
            ));
        }
        Ok(ReservedText(self.0))
    }

    /// Writes a text that can be had again, if it fits.
    pub(crate) fn put(self, text: &str) -> Result<(), Failure> {
        self.reserve(text.len())?.put(text)
    }

    /// Writes JSON that holds a secret, if it fits. That it is no UTF-8 would be a defect.
    pub(crate) fn put_json(self, json: &SecretBytes) -> Result<(), Failure> {
        self.put(str::from_utf8(json.as_bytes()).map_err(|_| Failure::new(status::CLIQUET_OTHER))?)
    }
}

/// How many characters `length` bytes have in unpadded base64.
pub(crate) const fn base64_length(length: usize) -> usize {
    let (triples, rest) = (length / 3, length % 3);
    triples.saturating_mul(4).saturating_add(match rest {
        0 => 0,
        1 => 2,
        _ => 3,
    })
}

/// A buffer that was found large enough for a text.
pub(crate) struct ReservedText(Buffer<u8>);

impl ReservedText {
    /// Writes the text and its zero. The operation that made it is done: that it is longer than was reserved would be a defect, and no way back.
    pub(crate) fn put(self, text: &str) -> Result<(), Failure> {
        let Buffer { first, capacity, length } = self.0;
        assert!(text.len() < capacity, "more came out than there was room for");
        // SAFETY: one byte more than the text fits, so that `first` is not NULL; `Buffer::at` was promised that they may be written, and
        // ours are no part of the caller's.
        unsafe {
            ptr::copy_nonoverlapping(text.as_ptr(), first, text.len());
            first.add(text.len()).write(0);
            length.write(text.len());
        }
        Ok(())
    }
}
