//! Three mistakes that must be caught on every run, or the run proves nothing.

#![allow(unsafe_code, reason = "memcmp is C's")]

use std::ffi::{c_int, c_void};
use std::hint::black_box;

use crate::allowed::{Entry, Kind};
use crate::harness::operation;
use crate::operations::Failure;
use crate::report::Report;
use crate::secrets::SecretRandom;

/// A mistake, made in an operation of this name by a function of this file.
pub(crate) struct Control {
    pub(crate) name: &'static str,
    function: &'static str,
    /// Whether it is a comparison that stops at the first difference, which a line `in` of the list does not allow.
    is_comparison: bool,
}

/// All of them.
pub(crate) const CONTROLS: [Control; 3] = [
    Control { name: "control: secrets compared by ==", function: "naive_comparison", is_comparison: true },
    Control { name: "control: secrets compared by memcmp", function: "c_comparison", is_comparison: true },
    Control { name: "control: a table indexed by a secret", function: "table_index", is_comparison: false },
];

/// How often each is made in one process: none may hide the next.
pub(crate) const RUNS: usize = 2;

/// Where they are made.
const PATH: &str = "constant-time/src/controls.rs";

/// Whether an operation is one of them.
pub(crate) fn is_control(name: &str) -> bool {
    CONTROLS.iter().any(|control| control.name == name)
}

impl Control {
    /// Whether this report is of the mistake, and the marks of the list tell what it is.
    pub(crate) fn is_caught_by(&self, report: &Report) -> bool {
        let allowed_by = |kind| Entry::new(kind, PATH, self.function).allows(self.name, report);
        allowed_by(Kind::Compared) && allowed_by(Kind::Below) && allowed_by(Kind::In) != self.is_comparison
    }
}

unsafe extern "C" {
    fn memcmp(first: *const c_void, second: *const c_void, length: usize) -> c_int;
}

/// Each of them looks at secrets as nobody should.
pub(crate) fn run() -> Result<(), Failure> {
    let random = SecretRandom::new(0);
    let (first, second) = (random.bytes::<32>(), random.bytes::<32>());
    let [by_operator, by_c, as_index] = CONTROLS.map(|control| control.name);
    for _ in 0..RUNS {
        operation(by_operator, &[], || black_box(naive_comparison(&*first, &*second)));
        operation(by_c, &[], || black_box(c_comparison(&*first, &*second)));
        operation(as_index, &[], || black_box(table_index(&*first)));
    }
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
