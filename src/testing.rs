//! What the unit tests share: random generators that repeat, end, or fail.

pub(crate) mod wire;

use alloc::vec::Vec;

use rand::{SeedableRng, rngs::StdRng};
use rand_core::{TryCryptoRng, TryRng};

use crate::random::RandomError;

/// A seeded generator, so that a failing test fails again.
pub(crate) fn seeded(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

/// `length` bytes that count up from `start`, modulo 256.
pub(crate) fn counting(start: u8, length: usize) -> Vec<u8> {
    (0..length).map(|offset| start.wrapping_add(offset.to_le_bytes()[0])).collect()
}

/// Calls `visit` with every sequence of `length` elements of `alphabet`; how many there were.
pub(crate) fn every_sequence<T: Copy>(alphabet: &[T], length: usize, mut visit: impl FnMut(&[T])) -> u64 {
    let mut places = alloc::vec![0; length];
    let mut sequence = alloc::vec![alphabet[0]; length];
    let mut count = 0;
    loop {
        visit(&sequence);
        count += 1;
        let Some(turning) = places.iter().rposition(|place| place + 1 < alphabet.len()) else {
            return count;
        };
        places[turning] += 1;
        places[turning + 1..].fill(0);
        for (element, place) in sequence.iter_mut().zip(&places).skip(turning) {
            *element = alphabet[*place];
        }
    }
}

/// Hands out the given bytes in order, and fails once they are used up.
pub(crate) struct FixedRandom(Vec<u8>);

impl FixedRandom {
    pub(crate) fn new(mut bytes: Vec<u8>) -> Self {
        bytes.reverse();
        Self(bytes)
    }

    /// Whether everything was drawn.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryRng for FixedRandom {
    type Error = RandomError;

    fn try_next_u32(&mut self) -> Result<u32, RandomError> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, RandomError> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        bytes.iter_mut().try_for_each(|byte| {
            *byte = self.0.pop().ok_or(RandomError)?;
            Ok(())
        })
    }
}

impl TryCryptoRng for FixedRandom {}
