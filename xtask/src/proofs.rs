//! The exhaustive tests, also those that are too many for every day.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::command::{Outcome, at_root, cargo, output, run_and_read};
use crate::figures;

/// Their names: one that is gone or has got another name would pass unseen.
const NAMES: &str = include_str!("proofs.txt");

/// Behind the name of a proof that only this step runs.
const LONG: &str = " long";

/// What an auditor reads of them.
const DOCUMENT: &str = "docs/proofs.md";

/// The head of its table, whose last column names tests.
const TABLE: &str = "| claim | scope | cases | test |";

pub(crate) fn test() -> Outcome {
    let text =
        fs::read_to_string(at_root(DOCUMENT)).map_err(|error| format!("cannot read {DOCUMENT}: {error}"))?;
    let names: BTreeSet<String> =
        NAMES.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    check_document(&text, &names)?;
    check_names(&names, &found()?)?;
    figures::tests(&run_and_read(&mut proofs("--include-ignored"))?)
}

/// The tests that there are, written as in the list.
fn found() -> Result<BTreeSet<String>, String> {
    let (all, long) = (listed("--list")?, listed("--list --ignored")?);
    let written = |name: &String| if long.contains(name) { format!("{name}{LONG}") } else { name.clone() };
    Ok(all.iter().map(written).collect())
}

/// The names of tests as the test program prints them.
fn listed(arguments: &str) -> Result<BTreeSet<String>, String> {
    let text =
        output(proofs(arguments).env("CARGO_TERM_QUIET", "true")).ok_or("the proofs do not compile")?;
    Ok(text.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// Every proof of the list is there, under its name and as long as it says, and no other.
fn check_names(listed: &BTreeSet<String>, found: &BTreeSet<String>) -> Outcome {
    let wrong: Vec<String> = listed.symmetric_difference(found).cloned().collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("either in xtask/src/proofs.txt or among the tests, but not in both:\n{}", wrong.join("\n")))
}

/// Every proof stands below a name in the table of the document, and every name there has one.
fn check_document(text: &str, proofs: &BTreeSet<String>) -> Outcome {
    let rows = text.lines().skip_while(|line| !line.starts_with(TABLE)).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let last_cells = rows.filter_map(|row| row.strip_suffix('|')?.rsplit('|').next());
    let claimed: Vec<&str> = last_cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let is_below =
        |proof: &str, name: &str| proof.strip_prefix(name).is_some_and(|rest| rest.starts_with("::"));
    let without_claim = proofs.iter().filter(|proof| !claimed.iter().any(|name| is_below(proof, name)));
    let without_proof =
        claimed.iter().filter(|name| !proofs.iter().any(|proof| is_below(proof, name))).copied();
    let wrong: Vec<&str> = without_claim.map(String::as_str).chain(without_proof).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{DOCUMENT} claims in its table what is no proof, or leaves out one:\n{}", wrong.join("\n")))
}

/// A target directory of its own: optimised, the tests would throw away what was built for every day.
fn proofs(arguments: &str) -> Command {
    let tests = "test --all-features --lib --target-dir target/proofs proofs --";
    let mut proofs = cargo(&format!("{tests} {arguments}"));
    proofs.env("CARGO_PROFILE_TEST_OPT_LEVEL", "1");
    proofs
}
