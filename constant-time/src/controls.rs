//! Three mistakes that must be caught on every run, or the run proves nothing.

#![allow(unsafe_code, reason = "memcmp is C's")]

use std::ffi::{c_int, c_void};
use std::hint::black_box;

use crate::harness::operation;
use crate::operations::Failure;
use crate::secrets::SecretRandom;

/// How the names of these operations begin.
const PREFIX: &str = "control: ";
/// Where they are made.
pub(crate) const PATH: &str = "constant-time/src/controls.rs";

/// Whether an operation is one of them.
pub(crate) fn is_control(name: &str) -> bool {
    name.starts_with(PREFIX)
}

unsafe extern "C" {
    fn memcmp(first: *const c_void, second: *const c_void, length: usize) -> c_int;
}

/// Each of them looks at secrets as nobody should.
pub(crate) fn run() -> Result<(), Failure> {
    let random = SecretRandom::new(0);
    let (first, second) = (random.bytes::<32>(), random.bytes::<32>());
    operation("control: secrets compared by ==", &[], || black_box(naive_comparison(&*first, &*second)));
    operation("control: secrets compared by memcmp", &[], || black_box(c_comparison(&*first, &*second)));
    operation("control: a table indexed by a secret", &[], || black_box(table_index(&*first)));
    Ok(())
}

#[inline(never)]
fn naive_comparison(first: &[u8], second: &[u8]) -> bool {
    // A length that the compiler knows could become one comparison of a wide register.
    let length = black_box(first.len());
    first.get(..length) == second.get(..length)
}

#[inline(never)]
fn c_comparison(first: &[u8], second: &[u8]) -> bool {
    let length = black_box(first.len().min(second.len()));
    // SAFETY: both are as long.
    unsafe { memcmp(first.as_ptr().cast(), second.as_ptr().cast(), length) == 0 }
}

#[inline(never)]
fn table_index(secret: &[u8]) -> u8 {
    let table: Vec<u8> = (0..=u8::MAX).rev().collect();
    let length = black_box(secret.len());
    secret.iter().take(length).fold(0, |sum, byte| sum ^ table.get(usize::from(*byte)).copied().unwrap_or(0))
}
