//! The ratchets that an inbound session keeps, so that reading a room in either direction is cheap.

use alloc::vec::Vec;

use super::ratchet::Ratchet;

/// How many low bits of an index are cleared to find the stops on the way to it.
///
/// Two neighbouring stops are at most half as far apart as the two before them, so a message read just before the one
/// read last is a few hashes away from one of their common stops, and eleven stops are enough.
const CLEARED_BITS: [u32; 11] = [24, 16, 8, 7, 6, 5, 4, 3, 2, 1, 0];

/// The first known ratchet, and others that only save time: no result depends on them.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct Checkpoints {
    first: Ratchet,
    /// At the greatest index read so far: what live messages go on from.
    furthest: Option<Ratchet>,
    /// At the stops on the way to the index read last behind `furthest`, ascending: what reading backwards goes on from.
    trail: Vec<Ratchet>,
}

impl Checkpoints {
    pub(super) fn new(first: Ratchet) -> Self {
        Self { first, furthest: None, trail: Vec::new() }
    }

    pub(super) fn first_known_index(&self) -> u32 {
        self.first.index()
    }

    pub(super) fn first(&self) -> &Ratchet {
        &self.first
    }

    /// The ratchet at `index`, to be kept elsewhere; `None` before the first known index.
    pub(super) fn at(&self, index: u32) -> Option<Ratchet> {
        self.nearest(index).map(|nearest| nearest.advanced_to(index))
    }

    /// Hands the ratchet at `index` to `open`, and keeps what saves time later if that succeeds; `None` before the first
    /// known index.
    pub(super) fn read<T, E>(
        &mut self,
        index: u32,
        open: impl FnOnce(&Ratchet) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        let nearest = self.nearest(index)?;
        if nearest.index() == index {
            return Some(open(nearest));
        }
        if self.furthest.as_ref().is_none_or(|furthest| furthest.index() < index) {
            let ratchet = nearest.advanced_to(index);
            let opened = open(&ratchet);
            if opened.is_ok() {
                self.furthest = Some(ratchet);
            }
            return Some(opened);
        }
        let mut staged: Vec<Ratchet> = Vec::new();
        for stop in stops(index) {
            let last = staged.last().unwrap_or(nearest);
            if last.index() < stop {
                let next = last.advanced_to(stop);
                staged.push(next);
            }
        }
        let opened = open(staged.last().unwrap_or(nearest));
        if opened.is_ok() {
            self.trail.retain(|kept| stops(index).any(|stop| stop == kept.index()));
            self.trail.append(&mut staged);
        }
        Some(opened)
    }

    /// Begins where another one of the same session begins, which is earlier.
    pub(super) fn begin_earlier(&mut self, earlier: &Self) {
        self.first = earlier.first.advanced_to(earlier.first.index());
    }

    /// Wipes everything from which an index before `index` could be read. Nothing happens before the first known index.
    pub(super) fn forget_before(&mut self, index: u32) {
        if let Some(first) = self.at(index) {
            self.trail.retain(|kept| kept.index() > index);
            self.furthest.take_if(|furthest| furthest.index() <= index);
            self.first = first;
        }
    }

    /// The kept ratchet from which `index` is the fewest messages away.
    fn nearest(&self, index: u32) -> Option<&Ratchet> {
        [Some(&self.first), self.furthest.as_ref()]
            .into_iter()
            .flatten()
            .chain(&self.trail)
            .filter(|ratchet| ratchet.index() <= index)
            .max_by_key(|ratchet| ratchet.index())
    }
}

/// The indexes on the way to `index` where a checkpoint is kept, ascending; the last one is `index`.
fn stops(index: u32) -> impl Iterator<Item = u32> {
    CLEARED_BITS.into_iter().map(move |bits| index >> bits << bits)
}

#[cfg(test)]
mod tests {
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
        checkpoints.read(index, |ratchet| Ok::<_, ()>(ratchet.clone())).map(Result::unwrap)
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
                    let seen = checkpoints.read(index, |ratchet| Err::<(), _>(ratchet.clone()));
                    prop_assert_eq!(seen.map(Result::unwrap_err), expected);
                    prop_assert_eq!(&checkpoints, &before);
                }
                prop_assert!(checkpoints.trail.is_sorted_by_key(Ratchet::index));
                prop_assert!(checkpoints.trail.len() <= CLEARED_BITS.len());
            }
        }
    }

    #[test]
    fn reading_backwards_costs_a_few_hashes_a_message() {
        let mut checkpoints = Checkpoints::new(first(0));
        read(&mut checkpoints, 2_000);
        let mut hashes = 0;
        for index in (0..2_000).rev() {
            hashes += hashes_between(checkpoints.nearest(index).unwrap().index(), index);
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
        assert_eq!(checkpoints.nearest(1_002).unwrap().index(), 1_001);
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
        assert!(checkpoints.trail.iter().chain(&checkpoints.furthest).all(|kept| kept.index() > 300));
        assert_eq!(read(&mut checkpoints, 299), None);
        assert_eq!(read(&mut checkpoints, 300), Some(first(3).advanced_to(300)));
        assert_eq!(read(&mut checkpoints, 250), None);
        checkpoints.forget_before(2);
        assert_eq!(checkpoints.first_known_index(), 300);
    }
}
