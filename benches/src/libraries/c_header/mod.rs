//! cliquet through its C header, as a program in C calls it: objects behind pointers, buffers of the caller.

#![allow(unsafe_code, reason = "the header is C")]

mod functions;
mod library;
mod olm;
mod rooms;

use std::{
    ffi::{c_char, c_void},
    ptr::null_mut,
};

use crate::{Result, text};

const OK: i32 = 0;
const SHORT_BUFFER: i32 = 8;
const VERSION_1: u32 = 1;

pub(crate) struct CHeader;

impl CHeader {
    /// Builds the library, unless it is there and as new as its source.
    pub(crate) fn build() -> Result<()> {
        library::build()
    }
}

/// An object of the library, freed when dropped.
pub(crate) struct Handle {
    pointer: *mut c_void,
    free: unsafe extern "C" fn(*mut c_void) -> i32,
}

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the library made the pointer, and nobody uses it afterwards.
        unsafe { (self.free)(self.pointer) };
    }
}

fn succeeded(status: i32) -> Result<()> {
    if status == OK { Ok(()) } else { Err(format!("the C library returns {status}").into()) }
}

/// The object that `make` writes the pointer of, to be freed with `free`.
fn made(
    free: unsafe extern "C" fn(*mut c_void) -> i32,
    make: impl FnOnce(*mut *mut c_void) -> i32,
) -> Result<Handle> {
    let mut pointer = null_mut();
    succeeded(make(&raw mut pointer))?;
    Ok(Handle { pointer, free })
}

/// The number that `write` writes.
fn number<N: Default>(write: impl FnOnce(*mut N) -> i32) -> Result<N> {
    let mut number = N::default();
    succeeded(write(&raw mut number))?;
    Ok(number)
}

/// The bytes of fixed length that `write` writes.
fn array<const N: usize>(write: impl FnOnce(*mut u8) -> i32) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    succeeded(write(bytes.as_mut_ptr()))?;
    Ok(bytes)
}

/// What `write` writes into a buffer of so many bytes, and returns the length of.
fn bytes(capacity: usize, write: impl FnOnce(*mut u8, usize, *mut usize) -> i32) -> Result<Vec<u8>> {
    let (mut bytes, mut length) = (vec![0; capacity], 0);
    succeeded(write(bytes.as_mut_ptr(), capacity, &raw mut length))?;
    bytes.truncate(length);
    Ok(bytes)
}

/// The text that `write` writes, after it was asked for its length.
fn written(mut write: impl FnMut(*mut c_char, usize, *mut usize) -> i32) -> Result<String> {
    let mut length = 0;
    let status = write(null_mut(), 0, &raw mut length);
    if status != SHORT_BUFFER {
        succeeded(status)?;
    }
    // A zero comes behind the text.
    let capacity = length.saturating_add(1);
    text(bytes(capacity, |start, capacity, length| write(start.cast(), capacity, length))?)
}
