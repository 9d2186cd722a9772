//! What comes from the caller: bytes, and bytes that are used up in place.

use std::{ptr, slice};

use zeroize::{Zeroize, Zeroizing};

use crate::base64;
use crate::code::Code;

/// The longest that a slice may be.
const LONGEST: usize = isize::MAX.unsigned_abs();

/// Bytes of the caller. NULL stands for none if `length` is 0.
///
/// # Safety
///
/// `bytes` is NULL, or leads to `length` bytes that may be read and that nobody changes as long as the result is used.
pub(crate) unsafe fn bytes<'a, T>(bytes: *const T, length: usize) -> Result<&'a [u8], Code> {
    if length == 0 {
        return Ok(&[]);
    }
    check(bytes.cast(), length)?;
    // SAFETY: the caller's promise; bytes have no alignment, and the length is one that a slice may have.
    Ok(unsafe { slice::from_raw_parts(bytes.cast(), length) })
}

fn check(bytes: *const u8, length: usize) -> Result<(), Code> {
    if bytes.is_null() || length > LONGEST { Err(Code::INPUT_BUFFER_TOO_SMALL) } else { Ok(()) }
}

/// Bytes of the caller that the call destroys.
pub(crate) struct InPlace {
    bytes: *mut u8,
    length: usize,
}

impl InPlace {
    /// NULL stands for none if `length` is 0.
    ///
    /// # Safety
    ///
    /// `bytes` is NULL, or leads to `length` bytes that may be read and written, and that nobody else uses until the call ends.
    pub(crate) unsafe fn at<T>(bytes: *mut T, length: usize) -> Result<Self, Code> {
        if length > 0 {
            check(bytes.cast(), length)?;
        }
        Ok(Self { bytes: bytes.cast(), length })
    }

    /// The bytes of a text in base64, which take the place of its beginning, as libolm leaves them. What is no base64 stays as it was.
    pub(crate) fn decode(&self) -> Result<Vec<u8>, Code> {
        self.decode_first(self.length)
    }

    /// [`decode`](Self::decode) of a text that may be padded, where libolm does not mind what follows the bytes that count.
    pub(crate) fn decode_padded(&self) -> Result<Vec<u8>, Code> {
        // SAFETY: `at` was promised that as many bytes may be read, and found the pointer to be one.
        let text = unsafe { bytes(self.bytes.cast_const(), self.length)? };
        self.decode_first(base64::unpadded(text).len())
    }

    /// [`decode`](Self::decode) of the first so many characters; what follows does not count.
    pub(crate) fn decode_first(&self, length: usize) -> Result<Vec<u8>, Code> {
        // SAFETY: `at` was promised that as many bytes may be read, and found the pointer to be one.
        let text = unsafe { bytes(self.bytes.cast_const(), self.length.min(length))? };
        let decoded = base64::decode(text)?;
        if !decoded.is_empty() {
            // SAFETY: `at` was promised that as many bytes may be written; base64 is longer than what it stands for, and ours are no part of
            // the caller's.
            unsafe { ptr::copy_nonoverlapping(decoded.as_ptr(), self.bytes, decoded.len()) };
        }
        Ok(decoded)
    }

    /// A copy, in whose place zeros are left.
    pub(crate) fn take(&self) -> Zeroizing<Vec<u8>> {
        if self.length == 0 {
            return Zeroizing::default();
        }
        // SAFETY: `at` was promised that as many bytes may be read and written, and found the pointer to be one.
        let bytes = unsafe { slice::from_raw_parts_mut(self.bytes, self.length) };
        let copy = Zeroizing::new(bytes.to_vec());
        bytes.zeroize();
        copy
    }

    pub(crate) const fn len(&self) -> usize {
        self.length
    }
}
