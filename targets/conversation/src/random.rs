//! Generators for a run that must repeat. Neither may ever make a key that protects something.

use cliquet::rand_core::{TryCryptoRng, TryRng};
use core::convert::Infallible;
use sha2::{Digest, Sha256};

/// **Not random**: SHA-256 of a text and a counter, the same bytes in every run.
///
/// It stands where a product has the true random generator of its chip, conditioned as the chip's maker says and asked for its
/// health. That this one claims to be cryptographically secure is a lie that the type system cannot see.
#[derive(Debug)]
pub struct FixedSeed {
    blocks: u32,
}

impl FixedSeed {
    /// The start of the one sequence that there is.
    #[must_use]
    #[allow(clippy::new_without_default, reason = "nobody shall get it without naming it")]
    pub const fn new() -> Self {
        Self { blocks: 0 }
    }
}

impl TryRng for FixedSeed {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for piece in bytes.chunks_mut(32) {
            let block =
                Sha256::new().chain_update(b"not random").chain_update(self.blocks.to_be_bytes()).finalize();
            piece.iter_mut().zip(block).for_each(|(byte, fixed)| *byte = fixed);
            self.blocks = self.blocks.wrapping_add(1);
        }
        Ok(())
    }
}

impl TryCryptoRng for FixedSeed {}

/// A generator that fails, as hardware may.
#[derive(Clone, Copy, Debug)]
pub struct BrokenGenerator;

/// What a [`BrokenGenerator`] answers.
#[derive(Clone, Copy, Debug)]
pub struct Broken;

impl core::fmt::Display for Broken {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("the generator is broken")
    }
}

impl core::error::Error for Broken {}

impl TryRng for BrokenGenerator {
    type Error = Broken;

    fn try_next_u32(&mut self) -> Result<u32, Broken> {
        Err(Broken)
    }

    fn try_next_u64(&mut self) -> Result<u64, Broken> {
        Err(Broken)
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Broken> {
        Err(Broken)
    }
}

impl TryCryptoRng for BrokenGenerator {}
