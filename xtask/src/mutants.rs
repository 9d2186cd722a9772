//! What the tests do not notice: the library is changed in one place at a time, and all tests run.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;

use crate::command::{Outcome, at_root, cargo, output, run};
use crate::figures;

const VERSION: &str = "27.1.0";
/// Every mutant that is known to survive, and below it, indented, why.
const EXPLAINED: &str = "docs/surviving-mutants.txt";
const FOUND: &str = "target/mutants.out/missed.txt";
/// Behind the name of one that is known to run for ever; any other may only have run on a slow machine.
const ENDLESS: &str = " (endless)";
const TIMED_OUT: &str = "target/mutants.out/timeout.txt";
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
    let found = found(&read(FOUND)?, &read(TIMED_OUT)?);
    let (unexplained, stale) = (without(&found, &explained), without(&explained, &found));
    if unexplained.is_empty() && stale.is_empty() {
        return Ok(());
    }
    Err(format!(
        "survived or took too long, and not in {EXPLAINED}:\n{unexplained}\nin it, and did not:\n{stale}"
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

/// Names of mutants, and how many have each: those in two versions of one function have one name.
type Names = BTreeMap<String, usize>;

fn counted(names: impl Iterator<Item = String>) -> Names {
    let mut counted = Names::new();
    for name in names {
        let count = counted.entry(name).or_default();
        *count = count.saturating_add(1);
    }
    counted
}

/// Those of the first that are not among the second as often, one a line.
fn without(mutants: &Names, others: &Names) -> String {
    let more = mutants.iter().filter(|(name, count)| others.get(*name).unwrap_or(&0) < count);
    more.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("\n")
}

/// The mutants of the committed list: what is neither indented nor a comment.
fn explained(list: &str) -> Names {
    counted(list.lines().filter(|line| line.starts_with("src/")).map(str::to_owned))
}

/// The mutants of cargo-mutants' lists, without line and column: `src/a.rs:1:2: replace ...` is `src/a.rs: replace ...`.
fn found(missed: &str, timed_out: &str) -> Names {
    let without_place = |line: &str| {
        let (place, change) = line.split_once(": ")?;
        Some(format!("{}: {change}", place.split(':').next()?))
    };
    let endless = timed_out.lines().filter_map(without_place).map(|name| name + ENDLESS);
    counted(missed.lines().filter_map(without_place).chain(endless))
}

#[cfg(test)]
mod tests {
    use super::{counts, explained, found, without};

    #[test]
    fn two_of_one_name_are_two_and_what_takes_too_long_is_not_noticed() {
        let known = explained("# a comment\nsrc/a.rs: replace f\n    why\nsrc/b.rs: replace g (endless)\n");
        let missed = "src/a.rs:1:2: replace f\n";
        assert_eq!(without(&found(missed, "src/b.rs:3:4: replace g\n"), &known), "");
        assert_eq!(
            without(&found(&format!("{missed}src/a.rs:5:6: replace f\n"), ""), &known),
            "src/a.rs: replace f"
        );
        assert_eq!(without(&found("", "src/a.rs:1:2: replace f\n"), &known), "src/a.rs: replace f (endless)");
        assert_eq!(without(&known, &found(missed, "")), "src/b.rs: replace g (endless)");
    }

    #[test]
    fn a_count_that_has_gone_is_an_error() {
        let outcomes = r#"{"total_mutants": 80, "missed": 10, "caught": 32, "timeout": 0, "unviable": 38}"#;
        assert_eq!(counts(outcomes).unwrap().map(|(count, _)| count), [80, 32, 0, 38, 10]);
        assert!(counts(&outcomes.replace("caught", "found")).is_err());
    }
}
