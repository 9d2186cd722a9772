//! Randomness of which every bit follows from the fuzzer's input, so that a finding can be repeated.

use std::{error::Error, fmt};

use cliquet::rand_core::{TryCryptoRng, TryRng};
use rand::{SeedableRng, rngs::StdRng};

/// A deterministic generator, for tests alone: `StdRng` from a seed of 64 bits.
pub fn seeded(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

/// A generator that always fails.
#[derive(Debug)]
pub struct Failing;

/// The failure of [`Failing`].
#[derive(Debug)]
pub struct Failure;

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no randomness")
    }
}

impl Error for Failure {}

impl TryRng for Failing {
    type Error = Failure;

    fn try_next_u32(&mut self) -> Result<u32, Failure> {
        Err(Failure)
    }

    fn try_next_u64(&mut self) -> Result<u64, Failure> {
        Err(Failure)
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Failure> {
        Err(Failure)
    }
}

impl TryCryptoRng for Failing {}
