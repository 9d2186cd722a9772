//! The ratchets that an inbound session keeps, so that reading a room in either direction is cheap.

use super::{
    RatchetSnapshot,
    ratchet::{self, Ratchet},
    trail::{Staged, Trail},
};
use crate::secret::Scratch;

/// The first known ratchet, and others that only save time: no result depends on them.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct Checkpoints {
    first: Ratchet,
    /// At the greatest index read so far: what live messages go on from.
    furthest: Option<Ratchet>,
    /// At the stops on the way to the index read last behind `furthest`.
    trail: Trail,
}

impl Checkpoints {
    pub(super) fn new(first: Ratchet) -> Self {
        Self { first, furthest: None, trail: Trail::default() }
    }

    pub(super) fn first_known_index(&self) -> u32 {
        self.first.index()
    }

    pub(super) fn first(&self) -> &Ratchet {
        &self.first
    }

    /// The ratchet at `index`, to be kept elsewhere; `None` before the first known index.
    pub(super) fn at(&self, index: u32) -> Option<Ratchet> {
        let nearest = self.nearest(index)?;
        let mut ratchet = Ratchet::from_bytes(nearest.parts, nearest.index);
        ratchet.advance_to(index);
        Some(ratchet)
    }

    /// Hands the parts of the ratchet at `index` to `open`, and keeps what saves time later if that succeeds; `None` before the first
    /// known index.
    pub(super) fn read<T, E>(
        &mut self,
        index: u32,
        open: impl FnOnce(&[u8; Ratchet::LENGTH]) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        let nearest = self.nearest(index)?;
        if nearest.index == index {
            return Some(open(nearest.parts));
        }
        if self.is_beyond_furthest(index) {
            let mut parts = Scratch::zeroed();
            ratchet::parts_at(nearest, index, parts.as_mut_bytes());
            let opened = open(parts.as_bytes());
            if opened.is_ok() {
                match &mut self.furthest {
                    Some(furthest) => furthest.replace(parts.as_bytes(), index),
                    None => self.furthest = Some(Ratchet::from_bytes(parts.as_bytes(), index)),
                }
            }
            return Some(opened);
        }
        // Apart from what is kept until the message has opened.
        let mut staged = Staged::to(index);
        staged.walk(nearest);
        let opened = open(staged.last().unwrap_or(nearest.parts));
        if opened.is_ok() {
            self.trail.keep(&staged);
        }
        Some(opened)
    }

    /// Keeps a ratchet from which a message was read, if it is at a greater index than any before.
    pub(super) fn keep(&mut self, ratchet: Ratchet) {
        if self.is_beyond_furthest(ratchet.index()) {
            self.furthest = Some(ratchet);
        }
    }

    /// Begins where another one of the same session begins, which is earlier.
    pub(super) fn begin_earlier(&mut self, earlier: &Self) {
        self.first = earlier.first.advanced_to(earlier.first.index());
    }

    /// Wipes everything from which an index before `index` could be read. Nothing happens before the first known index.
    pub(super) fn forget_before(&mut self, index: u32) {
        if let Some(first) = self.at(index) {
            self.trail.forget_up_to(index);
            self.furthest.take_if(|furthest| furthest.index() <= index);
            self.first = first;
        }
    }

    fn is_beyond_furthest(&self, index: u32) -> bool {
        self.furthest.as_ref().is_none_or(|furthest| furthest.index() < index)
    }

    /// The kept ratchet from which `index` is the fewest messages away.
    fn nearest(&self, index: u32) -> Option<RatchetSnapshot<'_>> {
        [Some(&self.first), self.furthest.as_ref()]
            .into_iter()
            .flatten()
            .map(Ratchet::snapshot)
            .chain(self.trail.iter())
            .filter(|ratchet| ratchet.index <= index)
            .max_by_key(|ratchet| ratchet.index)
    }
}

#[cfg(test)]
mod tests {
    mod proofs;

    use proptest::prelude::*;

    use super::*;

    fn first(index: u32) -> Ratchet {
        let mut parts = [0; Ratchet::LENGTH];
        for (position, part) in parts.iter_mut().enumerate() {
            *part = u8::try_from(position).unwrap();
        }
        Ratchet::from_bytes(&parts, index)
    }

    fn read(checkpoints: &mut Checkpoints, index: u32) -> Option<Ratchet> {
        checkpoints.read(index, |parts| Ok::<_, ()>(Ratchet::from_bytes(parts, index))).map(Result::unwrap)
    }

    proptest! {
        #[test]
        fn whatever_was_read_before_the_ratchet_is_the_same(
            start in 0_u32..600,
            reads in proptest::collection::vec((0_u32..70_000, any::<bool>()), 1..20),
        ) {
            let mut checkpoints = Checkpoints::new(first(start));
            for (index, succeeds) in reads {
                let expected = (index >= start).then(|| first(start).advanced_to(index));
                if succeeds {
                    prop_assert_eq!(read(&mut checkpoints, index), expected);
                } else {
                    let before = checkpoints.clone();
                    let seen = checkpoints.read(index, |parts| Err::<(), _>(Ratchet::from_bytes(parts, index)));
                    prop_assert_eq!(seen.map(Result::unwrap_err), expected);
                    prop_assert_eq!(&checkpoints, &before);
                }
                prop_assert!(checkpoints.trail.iter().map(|kept| kept.index).is_sorted_by(|first, second| first < second));
                for kept in checkpoints.trail.iter() {
                    let kept = Ratchet::from_bytes(kept.parts, kept.index);
                    prop_assert_eq!(&first(start).advanced_to(kept.index()), &kept);
                }
            }
        }
    }

    #[test]
    fn reading_backwards_costs_a_few_hashes_a_message() {
        let mut checkpoints = Checkpoints::new(first(0));
        read(&mut checkpoints, 2_000);
        let mut hashes = 0;
        for index in (0..2_000).rev() {
            hashes += hashes_between(checkpoints.nearest(index).unwrap().index, index);
            read(&mut checkpoints, index);
        }
        // 8 levels within a block of 256, half a hash each, and a little for the blocks. Starting over: 262 000.
        assert!(hashes < 5 * 2_000, "{hashes}");
    }

    /// How many turns of parts lie between two indexes: the hashes of a jump but for the parts set anew.
    fn hashes_between(from: u32, to: u32) -> u32 {
        let mut set_anew = false;
        let mut hashes = 0;
        for (from, to) in from.to_be_bytes().into_iter().zip(to.to_be_bytes()) {
            let turns = if set_anew { to } else { to - from };
            set_anew |= turns > 0;
            hashes += u32::from(turns);
        }
        hashes
    }

    #[test]
    fn live_messages_do_not_disturb_reading_backwards() {
        let mut checkpoints = Checkpoints::new(first(0));
        read(&mut checkpoints, 1_000);
        read(&mut checkpoints, 500);
        let trail = checkpoints.trail.clone();
        read(&mut checkpoints, 1_001);
        assert_eq!(checkpoints.trail, trail);
        assert_eq!(checkpoints.nearest(1_002).unwrap().index, 1_001);
    }

    #[test]
    fn checkpoints_before_the_new_beginning_are_wiped() {
        let mut checkpoints = Checkpoints::new(first(0));
        for index in [200, 100, 40] {
            read(&mut checkpoints, index);
        }
        checkpoints.forget_before(300);
        assert_eq!(checkpoints, Checkpoints::new(first(0).advanced_to(300)));
        assert_eq!(read(&mut checkpoints, 299), None);
    }

    #[test]
    fn what_lies_before_is_forgotten() {
        let mut checkpoints = Checkpoints::new(first(3));
        for index in [900, 100, 40, 700] {
            read(&mut checkpoints, index);
        }
        checkpoints.forget_before(300);
        assert_eq!(checkpoints.first_known_index(), 300);
        let furthest = checkpoints.furthest.iter().map(Ratchet::snapshot);
        assert!(checkpoints.trail.iter().chain(furthest).all(|kept| kept.index > 300));
        assert_eq!(read(&mut checkpoints, 299), None);
        assert_eq!(read(&mut checkpoints, 300), Some(first(3).advanced_to(300)));
        assert_eq!(read(&mut checkpoints, 250), None);
        checkpoints.forget_before(2);
        assert_eq!(checkpoints.first_known_index(), 300);
    }
}
