//! A run of many random sequences, on all processors.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::dice::Dice;
use crate::header::Functions;
use crate::library::Library;
use crate::pair::Pair;
use crate::record::Record;
use crate::report::Mismatch;
use crate::world::World;

/// The two libraries, and what they have in common.
#[derive(Debug)]
pub(crate) struct Libraries {
    pub(crate) functions: Functions,
    pub(crate) real: Library,
    pub(crate) ours: Library,
    /// Whether both are the real one, to try out the comparison.
    pub(crate) twins: bool,
}

impl Libraries {
    pub(crate) fn pair<'a>(&'a self, record: &'a mut Record) -> Pair<'a> {
        Pair::new(&self.functions, &self.real, &self.ours, record).of_twins(self.twins)
    }
}

/// Which sequences to play.
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) sequences: std::ops::Range<u64>,
    pub(crate) trace: bool,
}

/// Mismatches of one kind: the first, the sequence that it is from, and how many there were.
pub(crate) type Mismatches = BTreeMap<String, (u64, String, u64)>;

/// Plays all sequences, each up to its first mismatch.
pub(crate) fn play(libraries: &Libraries, plan: &Plan) -> (Record, Mismatches) {
    let next = AtomicU64::new(plan.sequences.start);
    let all = Mutex::new((Record::default(), Mismatches::new()));
    let threads = if plan.trace { 1 } else { thread::available_parallelism().map_or(1, usize::from) };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut record = Record::default();
                let mut mismatches = Mismatches::new();
                loop {
                    let sequence = next.fetch_add(1, Ordering::Relaxed);
                    if !plan.sequences.contains(&sequence) {
                        break;
                    }
                    let pair = libraries.pair(&mut record).traced(plan.trace);
                    if let Err(mismatch) =
                        World::new(pair, Dice::new(plan.seed, sequence)).and_then(World::play)
                    {
                        add(&mut mismatches, mismatch, sequence, 1);
                    }
                }
                let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                all.0.absorb(record);
                for (key, (sequence, text, count)) in mismatches {
                    add(&mut all.1, Mismatch { key, text }, sequence, count);
                }
            });
        }
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn add(mismatches: &mut Mismatches, mismatch: Mismatch, sequence: u64, count: u64) {
    let known = mismatches.entry(mismatch.key).or_insert_with(|| (sequence, mismatch.text.clone(), 0));
    known.2 += count;
    if sequence < known.0 {
        (known.0, known.1) = (sequence, mismatch.text);
    }
}
