//! Processes that die at any moment, on a network that delays, reorders and repeats: a party that stores in the right order, and
//! goes on from its last pickles, never uses a message key twice and never loses what it has acknowledged.
//!
//! Every other order of the same writes is tried too, and the search must find what is wrong with it.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

mod direct;
mod room;

use std::fmt::Debug;

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{RngAlgorithm, RngSeed, TestRng, TestRunner},
};

/// What must not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Violation {
    /// Two messages with one message key have left.
    KeyUsedTwice,
    /// A message was acknowledged, and its text is not stored.
    Lost,
    /// A text is stored twice, or it is not the one that was sent.
    Altered,
    /// A message that is to be read is not read, or one that is not to be read any more is read again.
    Verdict(String),
    /// A message was acknowledged, and a key that it used is still stored.
    KeyKept,
    /// A message was read again in the place of another event.
    ReplayAccepted,
}

type Outcome = Result<(), Violation>;

/// In how many cases a property must hold.
const CASES: u32 = 150;
/// Among how many cases a search must find what is wrong with an order.
const SEARCHED: u32 = 400;

fn config() -> ProptestConfig {
    ProptestConfig { cases: CASES, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() }
}

/// The first violation among random cases, always the same ones.
fn search<T: Debug>(cases: &impl Strategy<Value = T>, run: impl Fn(&T) -> Outcome) -> Option<Violation> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    (0..SEARCHED).find_map(|_| run(&cases.new_tree(&mut runner).unwrap().current()).err())
}

/// After how many actions of a step the process is killed; beyond its actions, or not at all, in about half of the cases.
fn kill() -> impl Strategy<Value = Option<usize>> {
    proptest::option::weighted(0.6, 0_usize..5)
}

/// Every order of some actions.
fn orders<T: Copy>(actions: &[T]) -> Vec<Vec<T>> {
    if actions.is_empty() {
        return vec![Vec::new()];
    }
    let with_first = |first: usize| {
        let rest = [&actions[..first], &actions[first + 1..]].concat();
        orders(&rest).into_iter().map(move |order| [&[actions[first]], &order[..]].concat())
    };
    (0..actions.len()).flat_map(with_first).collect()
}
