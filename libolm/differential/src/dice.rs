//! The choices of a run: all from one seed, or from bytes that somebody else has chosen.

use std::collections::VecDeque;
use std::ops::Range;

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

/// Bytes up to this length are chosen one by one; of longer ones, keys and texts, nothing hangs.
const CHOSEN: usize = 8;

pub(crate) struct Dice {
    /// The choices that somebody else has made, and that are left.
    chosen: Option<VecDeque<u8>>,
    random: StdRng,
}

impl Dice {
    /// The choices of one sequence, which can be repeated alone.
    pub(crate) fn new(seed: u64, sequence: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..16].copy_from_slice(&sequence.to_le_bytes());
        Self { chosen: None, random: StdRng::from_seed(bytes) }
    }

    /// Choices that somebody else has made. Once they are used up, what is left of a step takes the first of what there is.
    pub(crate) fn chosen(choices: &[u8]) -> Self {
        Self { chosen: Some(choices.to_vec().into()), ..Self::new(0, 0) }
    }

    /// Whether there is nothing left to choose with; never so with a seed.
    pub(crate) fn is_used_up(&self) -> bool {
        self.chosen.as_ref().is_some_and(VecDeque::is_empty)
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        if length <= CHOSEN && self.chosen.is_some() {
            return (0..length).map(|_| self.byte()).collect();
        }
        let mut bytes = vec![0; length];
        self.random.fill_bytes(&mut bytes);
        bytes
    }

    pub(crate) fn byte(&mut self) -> u8 {
        match &mut self.chosen {
            Some(chosen) => chosen.pop_front().unwrap_or(0),
            None => self.random.random(),
        }
    }

    pub(crate) fn number(&mut self) -> u32 {
        u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    pub(crate) fn within(&mut self, range: Range<usize>) -> usize {
        if self.chosen.is_none() {
            return self.random.random_range(range);
        }
        // One byte where it suffices, so that a change of the input changes little.
        let length = range.end - range.start;
        let number = if length <= 256 { self.byte().into() } else { self.number() };
        range.start + usize::try_from(number).unwrap() % length
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
