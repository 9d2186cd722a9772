//! What comes from C: bytes, texts, arrays, figures.

use std::ffi::c_char;
use std::{slice, str};

use cliquet_core::{Curve25519PublicKey, Ed25519PublicKey};

use crate::failure::Failure;
use crate::handle::checked;
use crate::status;

/// Bytes of the caller; NULL stands for none if `length` is 0.
///
/// # Safety
///
/// `bytes` is NULL, or points to `length` bytes that may be read and that nobody changes until the call ends.
pub(crate) unsafe fn bytes<'a>(bytes: *const u8, length: usize) -> Result<&'a [u8], Failure> {
    // SAFETY: the caller's promise; bytes have no alignment, and every bit pattern is one.
    unsafe { elements(bytes, length) }
}

/// Bytes of the caller, to change in place; NULL stands for none if `length` is 0.
///
/// # Safety
///
/// `bytes` is NULL, or points to `length` bytes that may be read and written and that nobody else uses until the call ends.
pub(crate) unsafe fn bytes_in_place<'a>(bytes: *mut u8, length: usize) -> Result<&'a mut [u8], Failure> {
    if length == 0 {
        return Ok(&mut []);
    }
    check_elements(bytes, length)?;
    // SAFETY: the caller's promise; the length is one that a slice may have.
    Ok(unsafe { slice::from_raw_parts_mut(bytes, length) })
}

/// A text of the caller, in UTF-8; its length does not count a zero at its end.
///
/// # Safety
///
/// As [`bytes`].
pub(crate) unsafe fn text<'a>(text: *const c_char, length: usize) -> Result<&'a str, Failure> {
    // SAFETY: the caller's promise.
    let bytes = unsafe { bytes(text.cast(), length)? };
    str::from_utf8(bytes).map_err(|_| Failure::new(status::CLIQUET_NOT_UTF8))
}

/// Exactly `N` bytes of the caller.
///
/// # Safety
///
/// `array` is NULL, or points to `N` bytes that may be read and that nobody changes until the call ends.
pub(crate) unsafe fn array<'a, const N: usize>(array: *const u8) -> Result<&'a [u8; N], Failure> {
    checked(array)?;
    // SAFETY: the caller's promise; an array of bytes has no alignment.
    Ok(unsafe { &*array.cast() })
}

/// A structure of the caller.
///
/// # Safety
///
/// As [`optional`].
pub(crate) unsafe fn structure<'a, T: Copy>(value: *const T) -> Result<&'a T, Failure> {
    // SAFETY: the caller's promise.
    unsafe { optional(value)? }.ok_or(Failure::new(status::CLIQUET_NULL_POINTER))
}

/// A structure of the caller, none if the pointer is NULL.
///
/// # Safety
///
/// `value` is NULL, or points to a `T` that may be read and that nobody changes until the call ends; every bit pattern is a `T`.
pub(crate) unsafe fn optional<'a, T: Copy>(value: *const T) -> Result<Option<&'a T>, Failure> {
    if value.is_null() {
        return Ok(None);
    }
    checked(value)?;
    // SAFETY: the caller's promise, and the pointer is aligned.
    Ok(Some(unsafe { &*value }))
}

/// Structures of the caller in a row; NULL stands for none if `count` is 0.
///
/// # Safety
///
/// `first` is NULL, or points to `count` values that may be read and that nobody changes until the call ends; every bit pattern is a `T`.
pub(crate) unsafe fn elements<'a, T: Copy>(first: *const T, count: usize) -> Result<&'a [T], Failure> {
    if count == 0 {
        return Ok(&[]);
    }
    check_elements(first, count)?;
    // SAFETY: the caller's promise; the pointer is aligned and the length one that a slice may have.
    Ok(unsafe { slice::from_raw_parts(first, count) })
}

fn check_elements<T>(first: *const T, count: usize) -> Result<(), Failure> {
    checked(first)?;
    let most = isize::MAX.unsigned_abs().checked_div(size_of::<T>()).unwrap_or(usize::MAX);
    if count > most { Err(Failure::with(status::CLIQUET_LENGTH_OVERFLOW, count, most)) } else { Ok(()) }
}

/// A Curve25519 public key of the caller, 32 bytes.
///
/// # Safety
///
/// As [`array`].
pub(crate) unsafe fn curve25519_public_key(key: *const u8) -> Result<Curve25519PublicKey, Failure> {
    // SAFETY: the caller's promise.
    Ok(Curve25519PublicKey::from_bytes(*unsafe { array(key)? }))
}

/// An Ed25519 public key of the caller, 32 bytes, that must be a point.
///
/// # Safety
///
/// As [`array`].
pub(crate) unsafe fn ed25519_public_key(key: *const u8) -> Result<Ed25519PublicKey, Failure> {
    // SAFETY: the caller's promise.
    Ok(Ed25519PublicKey::from_bytes(unsafe { array(key)? })?)
}

/// The element of a list of ours at the position that a caller asks for.
pub(crate) fn element<T>(list: &[T], position: usize) -> Result<&T, Failure> {
    list.get(position).ok_or_else(|| Failure::with(status::CLIQUET_OUT_OF_RANGE, position, list.len()))
}
