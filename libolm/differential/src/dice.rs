//! The random choices of a run, all from one seed.

use std::ops::Range;

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

pub(crate) struct Dice(StdRng);

impl Dice {
    /// The choices of one sequence, which can be repeated alone.
    pub(crate) fn new(seed: u64, sequence: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..16].copy_from_slice(&sequence.to_le_bytes());
        Self(StdRng::from_seed(bytes))
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.0.random()
    }

    pub(crate) fn number(&mut self) -> u32 {
        self.0.random()
    }

    pub(crate) fn within(&mut self, range: Range<usize>) -> usize {
        self.0.random_range(range)
    }

    /// True in one of `of` cases.
    pub(crate) fn once_in(&mut self, of: usize) -> bool {
        self.within(0..of) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.within(0..from.len())]
    }

    /// A length such as texts have: mostly short, at the borders of blocks more often than not, now and then long.
    pub(crate) fn length(&mut self) -> usize {
        match self.within(0..8) {
            0 => 0,
            1 => *self.pick(&[1, 15, 16, 17, 31, 32, 33, 47, 48, 127, 128]),
            2 => self.within(0..3_000),
            _ => self.within(0..80),
        }
    }

    /// A key for pickles; a few that come again, so that a wrong one is wrong.
    pub(crate) fn pickle_key(&mut self) -> Vec<u8> {
        match self.within(0..6) {
            0 => Vec::new(),
            1 => b"secret".to_vec(),
            2 => vec![7; 64],
            3 => vec![9; 200],
            _ => vec![5; 32],
        }
    }
}
