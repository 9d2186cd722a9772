//! One hostile input, and what it costs.

use alloc::{boxed::Box, string::String};
use core::hint::black_box;
use std::{
    fs,
    time::{Duration, Instant},
};

use allocation_counter::{AllocationInfo, measure};

use crate::primitives::{ed25519, kdf, work::Work};

/// What is measured, and how long the input is.
pub(super) struct Case {
    pub(super) name: String,
    /// In bytes, as it comes from outside.
    pub(super) length: usize,
    run: Runner,
}

/// Prepares the state, hands an action to its argument, and cleans up.
type Runner = Box<dyn Fn(&mut dyn FnMut(&mut dyn FnMut()))>;

/// What an input costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) work: Work,
    pub(super) allocations: u64,
    /// The most bytes on the heap at a time, on top of what was there before.
    pub(super) peak: u64,
}

impl Case {
    /// `prepare` makes the receiver's state, `run` is measured; it asserts that the verdict is the expected one.
    pub(super) fn new<S: 'static, R: 'static>(
        name: impl Into<String>,
        length: usize,
        prepare: impl Fn() -> S + 'static,
        run: impl Fn(&mut S) -> R + 'static,
    ) -> Self {
        let run: Runner = Box::new(move |observe| {
            let (mut state, mut result) = (prepare(), None);
            observe(&mut || result = Some(black_box(run(black_box(&mut state)))));
        });
        Self { name: name.into(), length, run }
    }

    /// What it costs once what is kept for the whole process is there.
    pub(super) fn cost(&self) -> Cost {
        warm_up();
        let (mut work, mut heap) = (Work::default(), AllocationInfo::default());
        (self.run)(&mut |action| work = Work::during(|| heap = measure(action)));
        Cost { work, allocations: heap.count_total, peak: heap.bytes_max }
    }

    /// The shortest of several runs, in microseconds: whatever else the machine does makes none shorter.
    pub(super) fn time(&self) -> f64 {
        const BUDGET: Duration = Duration::from_millis(300);
        let (started, mut runs, mut shortest) = (Instant::now(), 0, Duration::MAX);
        while runs < 7 || (runs < 1_001 && started.elapsed() < BUDGET) {
            (self.run)(&mut |action| {
                let (before, waited_before) = (Instant::now(), waited());
                let started = Instant::now();
                action();
                let elapsed = started.elapsed();
                let waited = waited().saturating_sub(waited_before);
                // Where it had to wait, it is not known whether that was within the action: then asking how long counts, too.
                let time = if waited.is_zero() { elapsed } else { before.elapsed().saturating_sub(waited) };
                shortest = shortest.min(time);
            });
            runs += 1;
        }
        shortest.as_secs_f64() * 1e6
    }
}

/// How long this thread has waited for a processor, as far as Linux tells.
fn waited() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').nth(1).and_then(|field| field.parse().ok()).unwrap_or(0))
}

/// Makes what is made once for the whole process: the key of HKDF without a salt, the multiples of the base point.
fn warm_up() {
    kdf::hkdf::<32>(&[], &[], &[], &mut [0; 32]);
    let point = ed25519::public_key(&[8; 64]);
    drop(ed25519::BulkVerifier::new(&point));
}

/// The compressions of HMAC-SHA-256 under a key of at most 64 bytes.
pub(super) fn hmac(length: usize) -> u64 {
    HMAC_KEY + hmac_again(length)
}

/// [`hmac`] with a key that was hashed before.
pub(super) fn hmac_again(length: usize) -> u64 {
    u64::try_from((length + 9).div_ceil(64)).unwrap() + 1
}

/// Both paddings of a key.
pub(super) const HMAC_KEY: u64 = 2;

/// The compressions of HKDF-SHA-256 without a salt, with an `info` of at most 22 bytes.
pub(super) fn hkdf(key_material: usize, output: usize) -> u64 {
    hmac_again(key_material) + HMAC_KEY + 2 * u64::try_from(output.div_ceil(32)).unwrap()
}

/// The compressions of SHA-512 for a signature over so many bytes.
pub(super) fn signature(length: usize) -> u64 {
    u64::try_from((64 + length + 17).div_ceil(128)).unwrap()
}
