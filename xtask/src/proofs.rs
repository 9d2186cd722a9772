//! The exhaustive tests, also those that are too many for every day.

use std::process::Command;

use crate::command::{Outcome, cargo, output, run};

/// How many long ones there are at least; a name that nothing matches any more would pass unseen.
const LONG_PROOFS: usize = 16;

pub(crate) fn test() -> Outcome {
    let long = output(proofs("--list --ignored").env("CARGO_TERM_QUIET", "true")).unwrap_or_default();
    let count = long.lines().filter(|line| line.ends_with(": test")).count();
    if count < LONG_PROOFS {
        return Err(format!("{count} long proofs are left of {LONG_PROOFS}"));
    }
    run(&mut proofs("--include-ignored"))
}

/// A target directory of its own: optimised, the tests would throw away what was built for every day.
fn proofs(arguments: &str) -> Command {
    let tests = "test --all-features --lib --target-dir target/proofs proofs --";
    let mut proofs = cargo(&format!("{tests} {arguments}"));
    proofs.env("CARGO_PROFILE_TEST_OPT_LEVEL", "1");
    proofs
}
