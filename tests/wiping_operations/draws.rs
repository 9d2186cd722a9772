//! Randomness that is known beforehand, each draw another one.

use std::convert::Infallible;

use cliquet::rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};

use crate::derived::Key;

/// A generator that hands out block after block of 32 bytes.
pub(crate) struct Draws {
    blocks: Vec<Key>,
    position: usize,
}

impl Draws {
    pub(crate) fn new(name: &str) -> Self {
        let block = |number: u8| Sha256::new().chain_update(name).chain_update([number]).finalize().into();
        Self { blocks: (0..64).map(block).collect(), position: 0 }
    }

    /// The block with this number.
    pub(crate) fn block(&self, number: usize) -> &Key {
        &self.blocks[number]
    }

    /// So many blocks from this number on, one after the other.
    pub(crate) fn blocks(&self, first: usize, count: usize) -> &[u8] {
        self.blocks[first..][..count].as_flattened()
    }
}

impl TryRng for Draws {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("bytes are drawn, never numbers")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("bytes are drawn, never numbers")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.copy_from_slice(&self.blocks.as_flattened()[self.position..][..bytes.len()]);
        self.position += bytes.len();
        Ok(())
    }
}

impl TryCryptoRng for Draws {}
