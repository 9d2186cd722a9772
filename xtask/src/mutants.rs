//! What the tests do not notice: the library is changed in one place at a time, and all tests run.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;

use crate::command::{Outcome, at_root, cargo, output, run};
use crate::figures;

const VERSION: &str = "27.1.0";
/// Every mutant that is known to survive, and below it, indented, why.
const EXPLAINED: &str = "docs/surviving-mutants.txt";
const FOUND: &str = "target/mutants.out/missed.txt";
const OUTCOMES: &str = "target/mutants.out/outcomes.json";
/// What cargo-mutants ends with when it has run to the end: all caught, some survived, some took too long.
const ENDS: [i32; 3] = [0, 2, 3];

pub(crate) fn test() -> Outcome {
    // First, before hours are spent.
    let explained = explained(&read(EXPLAINED)?);
    let installed = output(&mut cargo("mutants --version"));
    if !installed.is_some_and(|installed| installed.contains(VERSION)) {
        run(&mut cargo(&format!("install cargo-mutants --version {VERSION} --locked")))?;
    }
    let mut mutants = cargo("mutants --all-features --output target");
    let status = mutants.stdin(Stdio::null()).status().map_err(|error| format!("cargo mutants: {error}"))?;
    if !status.code().is_some_and(|code| ENDS.contains(&code)) {
        return Err(format!("cargo mutants did not come to an end ({status})"));
    }
    for (count, what) in counts(&read(OUTCOMES)?)? {
        figures::note(count, what);
    }
    let found = found(&read(FOUND)?);
    let (unexplained, stale) = (without(&found, &explained), without(&explained, &found));
    if unexplained.is_empty() && stale.is_empty() {
        return Ok(());
    }
    Err(format!(
        "survived, and not explained in {EXPLAINED}:\n{unexplained}\nexplained, and does not survive:\n{stale}"
    ))
}

/// What cargo-mutants has counted.
fn counts(outcomes: &str) -> Result<[(u64, &'static str); 5], String> {
    let outcomes: serde_json::Value =
        serde_json::from_str(outcomes).map_err(|error| format!("{OUTCOMES}: {error}"))?;
    let count = |key: &str| {
        outcomes.get(key).and_then(|count| count.as_u64()).ok_or_else(|| format!("{OUTCOMES} has no `{key}`"))
    };
    Ok([
        (count("total_mutants")?, "mutants"),
        (count("caught")?, "noticed"),
        (count("timeout")?, "endless"),
        (count("unviable")?, "not compiling"),
        (count("missed")?, "explained"),
    ])
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(at_root(path)).map_err(|error| format!("cannot read {path}: {error}"))
}

/// Those of the first that are not among the second, one a line.
fn without(mutants: &BTreeSet<String>, others: &BTreeSet<String>) -> String {
    mutants.difference(others).cloned().collect::<Vec<_>>().join("\n")
}

/// The mutants of the committed list: what is neither indented nor a comment.
fn explained(list: &str) -> BTreeSet<String> {
    list.lines().filter(|line| line.starts_with("src/")).map(str::to_owned).collect()
}

/// The mutants of cargo-mutants' list, without line and column: `src/a.rs:1:2: replace ...` is `src/a.rs: replace ...`.
fn found(list: &str) -> BTreeSet<String> {
    let without_place = |line: &str| {
        let (place, change) = line.split_once(": ")?;
        Some(format!("{}: {change}", place.split(':').next()?))
    };
    list.lines().filter_map(without_place).collect()
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn a_count_that_has_gone_is_an_error() {
        let outcomes = r#"{"total_mutants": 80, "missed": 10, "caught": 32, "timeout": 0, "unviable": 38}"#;
        assert_eq!(counts(outcomes).unwrap().map(|(count, _)| count), [80, 32, 0, 38, 10]);
        assert!(counts(&outcomes.replace("caught", "found")).is_err());
    }
}
