use core::fmt;

use subtle::ConstantTimeEq;

use super::emoji::{self, Emoji};

/// Six bytes that both users compare, as seven emoji or as three numbers.
#[derive(Clone)]
pub struct SasBytes([u8; 6]);

impl SasBytes {
    pub(super) const fn new(bytes: [u8; 6]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 6] {
        &self.0
    }

    /// The seven emoji, in the order in which they are shown. Two secrets that differ show the same with a probability of 2^-42.
    #[must_use]
    pub fn emoji(&self) -> [Emoji; 7] {
        self.emoji_indices().map(emoji::with_index)
    }

    /// The numbers of the seven emoji, from 0 to 63: the first 42 bits in groups of six.
    #[must_use]
    pub fn emoji_indices(&self) -> [u8; 7] {
        let mut shift: u32 = 48;
        [(); 7].map(|()| {
            shift = shift.saturating_sub(6);
            let [low, ..] = (self.number() >> shift).to_le_bytes();
            low & 0x3f
        })
    }

    /// The three numbers, from 1000 to 9191: the first 39 bits in groups of 13. Two secrets that differ show the same with a
    /// probability of 2^-39.
    #[must_use]
    pub fn decimals(&self) -> [u16; 3] {
        let mut shift: u32 = 48;
        [(); 3].map(|()| {
            shift = shift.saturating_sub(13);
            let [low, high, ..] = (self.number() >> shift).to_le_bytes();
            (u16::from_le_bytes([low, high]) & 0x1fff).saturating_add(1000)
        })
    }

    /// The 48 bits as one number.
    fn number(&self) -> u64 {
        let [a, b, c, d, e, f] = self.0;
        u64::from_be_bytes([0, 0, a, b, c, d, e, f])
    }
}

impl PartialEq for SasBytes {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SasBytes {}

impl fmt::Debug for SasBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SasBytes(..)")
    }
}
