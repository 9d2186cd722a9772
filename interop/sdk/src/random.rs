//! Randomness that repeats with its seed. What the peer draws, it draws from the system.

use std::fmt;

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

/// The seed that all others of a run follow from: `INTEROP_SEED`, or 1.
pub(crate) fn first_seed() -> u64 {
    std::env::var("INTEROP_SEED").map_or(1, |seed| seed.parse().expect("INTEROP_SEED is a number"))
}

/// A generator of the first seed.
pub(crate) fn generator() -> StdRng {
    StdRng::seed_from_u64(first_seed())
}

/// So many random bytes.
pub(crate) fn random_bytes(length: usize, random: &mut StdRng) -> Vec<u8> {
    let mut bytes = vec![0; length];
    random.fill_bytes(&mut bytes);
    bytes
}

/// One of several.
pub(crate) fn choose<T: Copy>(choices: &[T], random: &mut StdRng) -> T {
    choices[random.random_range(0..choices.len())]
}

/// Says on a failure what it takes to see it again.
pub(crate) struct Reminder<T: fmt::Debug>(pub(crate) T);

impl<T: fmt::Debug> Drop for Reminder<T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("failed with {:?}, INTEROP_SEED={}", self.0, first_seed());
        }
    }
}
