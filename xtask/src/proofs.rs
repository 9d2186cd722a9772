//! The exhaustive tests, also those that are too many for every day.

use std::process::Command;

use crate::command::{Outcome, cargo, output, run};

pub(crate) fn test() -> Outcome {
    let long = output(proofs("--list --ignored").env("CARGO_TERM_QUIET", "true")).unwrap_or_default();
    let count = long.lines().filter(|line| line.ends_with(": test")).count();
    if count < LONG_PROOFS {
        return Err(format!("{count} long proofs are left of {LONG_PROOFS}"));
    }
    run(&mut proofs("--include-ignored"))
}

/// How many there are at least; a name that nothing matches any more would pass unseen.
const LONG_PROOFS: usize = 5;

/// With the build of `cargo test --all-features`, so that nothing is compiled for them. What wants an optimised build is left
/// out.
fn proofs(arguments: &str) -> Command {
    cargo(&format!("test --all-features --lib proofs -- --skip at_length {arguments}"))
}
