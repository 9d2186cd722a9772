//! The system's random bytes, or the same ones again and again.

use std::cell::Cell;

use cliquet::{
    RandomError, SystemRandom,
    rand_core::{TryCryptoRng, TryRng},
};

thread_local! {
    static REPEATED: Cell<Option<u64>> = const { Cell::new(None) };
}

/// From now on, this thread draws the same as every other one that asked for that.
pub(crate) fn repeat() {
    REPEATED.set(Some(0));
}

pub(crate) struct Random;

impl TryRng for Random {
    type Error = RandomError;

    fn try_next_u32(&mut self) -> Result<u32, RandomError> {
        SystemRandom::new().try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, RandomError> {
        SystemRandom::new().try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        let Some(mut state) = REPEATED.get() else {
            return SystemRandom::new().try_fill_bytes(bytes);
        };
        for piece in bytes.chunks_mut(8) {
            // SplitMix64.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let drawn = (mixed ^ (mixed >> 31)).to_le_bytes();
            piece.iter_mut().zip(drawn).for_each(|(byte, drawn)| *byte = drawn);
        }
        REPEATED.set(Some(state));
        Ok(())
    }
}

impl TryCryptoRng for Random {}
