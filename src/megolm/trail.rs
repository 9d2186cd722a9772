//! The ratchets on the way to the index that was read last: what reading backwards goes on from.

use core::array;

use super::{
    RatchetSnapshot,
    ratchet::{self, Ratchet},
};
use crate::secret::{self, Scratch, Secret};

/// How many low bits of an index are cleared to find the stops on the way to it.
///
/// Two neighbouring stops are at most half as far apart as the two before them, so a message read just before the one
/// read last is a few hashes away from one of their common stops, and eleven stops are enough.
const CLEARED_BITS: [u32; STOPS] = [24, 16, 8, 7, 6, 5, 4, 3, 2, 1, 0];
const STOPS: usize = 11;
const LENGTH: usize = Ratchet::LENGTH * STOPS;

/// The indexes on the way to `index` where a ratchet is kept, ascending; the last one is `index`.
fn stops(index: u32) -> impl Iterator<Item = u32> {
    CLEARED_BITS.into_iter().map(move |bits| index >> bits << bits)
}

/// One place for each stop, in memory that is kept as long as one of them is taken.
///
/// Stops that fall together are kept in the first of their places. Which that is, the index alone tells: so a stop of two ways is kept in one
/// place.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct Trail {
    indexes: [Option<u32>; STOPS],
    parts: Option<Secret<LENGTH>>,
}

impl Trail {
    /// The kept ratchets, by ascending index.
    pub(super) fn iter(&self) -> impl Iterator<Item = RatchetSnapshot<'_>> {
        let parts = self.parts.iter().flat_map(|parts| parts.as_bytes().as_chunks().0);
        self.indexes
            .iter()
            .zip(parts)
            .filter_map(|(index, parts)| Some(RatchetSnapshot { parts, index: (*index)? }))
    }

    /// Keeps what was staged, and of the rest what lies on the same way.
    pub(super) fn keep(&mut self, staged: &Staged) {
        let kept = self
            .parts
            .get_or_insert_with(Secret::zeroed)
            .as_mut_bytes()
            .as_chunks_mut::<{ Ratchet::LENGTH }>()
            .0;
        let places = self.indexes.iter_mut().zip(kept).zip(&staged.parts).zip(stops(staged.index));
        for (((index, kept), staged), stop) in places {
            if let Some(staged) = staged {
                *index = Some(stop);
                kept.copy_from_slice(staged.as_bytes());
            } else if *index != Some(stop) {
                *index = None;
                secret::wipe(kept);
            }
        }
    }

    /// Wipes everything up to `index`.
    pub(super) fn forget_up_to(&mut self, index: u32) {
        let kept = self
            .parts
            .iter_mut()
            .flat_map(|parts| parts.as_mut_bytes().as_chunks_mut::<{ Ratchet::LENGTH }>().0);
        for (place, kept) in self.indexes.iter_mut().zip(kept) {
            if place.take_if(|place| *place <= index).is_some() {
                secret::wipe(kept);
            }
        }
        if self.indexes.iter().all(Option::is_none) {
            self.parts = None;
        }
    }
}

/// The stops that a walk comes by, not kept yet.
pub(super) struct Staged {
    index: u32,
    parts: [Option<Scratch<{ Ratchet::LENGTH }>>; STOPS],
}

impl Staged {
    /// No stop yet on the way to `index`.
    pub(super) fn to(index: u32) -> Self {
        Self { index, parts: array::from_fn(|_| None) }
    }

    /// Walks there from a ratchet at an earlier index.
    pub(super) fn walk(&mut self, from: RatchetSnapshot<'_>) {
        let mut last = from.index;
        for (place, stop) in stops(self.index).enumerate() {
            let (before, rest) = self.parts.split_at_mut(place);
            if last < stop
                && let Some(place) = rest.first_mut()
            {
                let before = before.iter().rev().flatten().next().map_or(from.parts, Scratch::as_bytes);
                let parts = place.insert(Scratch::zeroed()).as_mut_bytes();
                ratchet::parts_at(RatchetSnapshot { parts: before, index: last }, stop, parts);
                last = stop;
            }
        }
    }

    /// The parts at the end of the walk; `None` if there was none.
    pub(super) fn last(&self) -> Option<&[u8; Ratchet::LENGTH]> {
        self.parts.iter().rev().flatten().next().map(Scratch::as_bytes)
    }
}
