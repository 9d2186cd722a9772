//! The Megolm ratchet.

use super::kdf::{keyed, mac};

/// Four parts of 32 bytes, and the message index.
#[derive(Clone)]
pub(super) struct Ratchet {
    pub(super) parts: [u8; 128],
    pub(super) index: u32,
}

impl Ratchet {
    /// Moves on to an index that is not behind.
    pub(super) fn advance_to(&mut self, index: u32) {
        let parts = self.parts.as_chunks_mut::<32>().0;
        for (part, bits) in [24, 16, 8, 0].into_iter().enumerate() {
            let turns = (index >> bits).saturating_sub(self.index >> bits);
            if turns == 0 {
                continue;
            }
            for turn in 1..=turns {
                let Some(key) = parts.get(part).map(|part| keyed(part)) else { return };
                // The last turn sets what is below anew.
                let count = if turn == turns { 4 } else { 1 };
                for (number, target) in (0_u8..).zip(parts.iter_mut()).skip(part).take(count) {
                    *target = mac(key.clone(), &[&[number]]);
                }
            }
            self.index = index >> bits << bits;
        }
    }
}
