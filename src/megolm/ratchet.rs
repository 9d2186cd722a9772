//! The Megolm ratchet: four parts of 32 bytes and a counter (Megolm specification, "Advancing the ratchet").
//!
//! ```text
//! H_j(x) = HMAC-SHA-256(x, byte j)        part j turns once every 2^(8 * (3 - j)) messages
//! ```

use rand_core::TryCryptoRng;

use super::RatchetSnapshot;
use crate::{
    primitives::kdf::HmacKey,
    random::{self, RandomError},
    secret::{FOR_HASHES, Secret, with_wiped_stack},
};

/// The number of parts.
const PARTS: usize = 4;

/// The ratchet at one message index: everything that the keys from there on follow from.
#[derive(Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(Clone))]
pub(super) struct Ratchet {
    parts: Secret<{ Ratchet::LENGTH }>,
    index: u32,
}

impl Ratchet {
    /// The length of the four parts, in bytes.
    pub(super) const LENGTH: usize = 128;

    /// Draws 128 bytes; the index is 0.
    pub(super) fn random<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        let mut parts = Secret::zeroed();
        random::fill(rng, parts.as_mut_bytes())?;
        Ok(Self { parts, index: 0 })
    }

    /// The ratchet with these parts at this index.
    pub(super) fn from_bytes(parts: &[u8; Self::LENGTH], index: u32) -> Self {
        Self { parts: Secret::copy_of(parts), index }
    }

    pub(super) fn snapshot(&self) -> RatchetSnapshot<'_> {
        RatchetSnapshot { parts: self.as_bytes(), index: self.index }
    }

    pub(super) fn index(&self) -> u32 {
        self.index
    }

    pub(super) fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        self.parts.as_bytes()
    }

    /// A second ratchet, moved forward to `index`.
    pub(super) fn advanced_to(&self, index: u32) -> Self {
        let mut ratchet = Self::from_bytes(self.as_bytes(), self.index);
        ratchet.advance_to(index);
        ratchet
    }

    /// Moves forward to `index`; at an earlier index than the ratchet's nothing happens.
    pub(super) fn advance_to(&mut self, index: u32) {
        if self.index < index {
            advance(self.parts.as_mut_bytes(), self.index, index);
            self.index = index;
        }
    }

    /// Takes over what another one has become, without memory of its own.
    pub(super) fn replace(&mut self, parts: &[u8; Self::LENGTH], index: u32) {
        self.parts.as_mut_bytes().copy_from_slice(parts);
        self.index = index;
    }
}

/// Writes the parts that a ratchet has at its index or a later one; the ratchet stays where it is.
pub(super) fn parts_at(ratchet: RatchetSnapshot<'_>, index: u32, parts: &mut [u8; Ratchet::LENGTH]) {
    parts.copy_from_slice(ratchet.parts);
    advance(parts, ratchet.index, index);
}

/// Moves the parts of a ratchet from one index forward to another.
fn advance(parts: &mut [u8; Ratchet::LENGTH], from: u32, to: u32) {
    if from == to {
        return;
    }
    with_wiped_stack::<FOR_HASHES, _>(|| {
        turn_parts(from.to_be_bytes(), to.to_be_bytes(), |part, set_below| hash_part(parts, part, set_below));
    });
}

/// Tells `hash` which part is to be hashed next, and whether that also sets the parts below it anew.
///
/// The indexes are given by their digits, one a part: nothing here knows how many values a digit has. A part that turns `n`
/// times is hashed `n - 1` times alone; its last turn also sets the parts below it anew. That is at most 255 hashes for each
/// part and a few more.
fn turn_parts(from: [u8; PARTS], to: [u8; PARTS], mut hash: impl FnMut(usize, bool)) {
    // Once a part has turned, those below it were set anew and count from zero.
    let mut set_anew = false;
    for (part, (from, to)) in from.into_iter().zip(to).enumerate() {
        let turns = if set_anew { to } else { to.wrapping_sub(from) };
        for turns_left in (1..=turns).rev() {
            hash(part, turns_left == 1);
        }
        set_anew |= turns > 0;
    }
}

/// `R_part = H_part(R_part)`; with `set_below` also `R_k = H_k(R_part)` for each `k > part`, from the old `R_part`.
fn hash_part(parts: &mut [u8; Ratchet::LENGTH], part: usize, set_below: bool) {
    let parts = parts.as_chunks_mut::<32>().0;
    let Some(hmac) = parts.get(part).map(|old| HmacKey::new(old)) else {
        return;
    };
    let count = if set_below { PARTS } else { 1 };
    for (label, target) in (0_u8..).zip(parts).skip(part).take(count) {
        hmac.mac(&[&[label]], target);
    }
}

#[cfg(test)]
mod tests {
    mod proofs;

    use proptest::prelude::*;

    use super::*;

    fn ratchet(index: u32) -> Ratchet {
        Ratchet::from_bytes(&core::array::from_fn(|position| u8::try_from(position).unwrap()), index)
    }

    /// The specification's own words: the single step, written without any jump.
    fn single_step(ratchet: &Ratchet) -> Ratchet {
        let index = ratchet.index() + 1;
        let turning = [24, 16, 8, 0].into_iter().position(|bits| index.is_multiple_of(1 << bits)).unwrap();
        let mut parts = *ratchet.as_bytes();
        let old: [u8; 32] = parts[turning * 32..][..32].try_into().unwrap();
        for part in turning..4 {
            let mut new = [0; 32];
            HmacKey::new(&old).mac(&[&[u8::try_from(part).unwrap()]], &mut new);
            parts[part * 32..][..32].copy_from_slice(&new);
        }
        Ratchet::from_bytes(&parts, index)
    }

    proptest! {
        #[test]
        fn a_jump_equals_single_steps(start: u32, length in 0_u32..2_000) {
            let end = start.saturating_add(length);
            let mut stepped = ratchet(start);
            while stepped.index() < end {
                stepped = single_step(&stepped);
            }
            prop_assert_eq!(ratchet(start).advanced_to(end), stepped);
        }

        #[test]
        fn two_jumps_equal_one(start: u32, first: u32, second: u32) {
            let mut indexes = [start, first, second];
            indexes.sort_unstable();
            let [start, middle, end] = indexes;
            let jumped = ratchet(start).advanced_to(middle).advanced_to(end);
            prop_assert_eq!(jumped, ratchet(start).advanced_to(end));
        }
    }

    #[test]
    fn jumps_across_the_borders_of_the_parts_equal_single_steps() {
        for border in [1 << 8, 1 << 16, 1 << 24, 0xff << 24] {
            let start = ratchet(border - 200);
            let mut stepped = single_step(&start);
            for _ in 0..600 {
                assert_eq!(start.advanced_to(stepped.index()), stepped);
                stepped = single_step(&stepped);
            }
        }
    }

    #[test]
    fn an_earlier_index_changes_nothing() {
        assert_eq!(ratchet(7).advanced_to(6), ratchet(7));
    }
}
