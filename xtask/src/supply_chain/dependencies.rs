//! Compares docs/dependencies.md with what Cargo takes: a package that is new, gone or of another version, or whose licence or
//! use of `unsafe` has changed, needs somebody who looks at it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::packages::{Folders, Package, all_shipped, locked};
use crate::command::{Outcome, at_root};

const TABLES: &str = "docs/dependencies.md";
/// The headings above the two tables.
const SHIPPED: &str = "## What is shipped";
const OTHERS: &str = "## What is not shipped";
/// What fuzzing and other targets take besides stands in the second table too; the peer of interop/sdk brings its own two hundred.
const LOCKS: [&str; 3] = ["Cargo.lock", "fuzz/Cargo.lock", "targets/Cargo.lock"];

pub(super) fn check() -> Outcome {
    let text =
        fs::read_to_string(at_root(TABLES)).map_err(|error| format!("cannot read {TABLES}: {error}"))?;
    let (shipped, mut wrong) = (all_shipped()?, Vec::new());
    let (rows, folders) = (rows(section(&text, SHIPPED)?), Folders::ask()?);
    compare(&shipped.keys().cloned().collect(), &rows.keys().cloned().collect(), SHIPPED, &mut wrong);
    for (package, row) in &rows {
        if let Some(licence) = shipped.get(package) {
            wrong.extend(row_faults(package, folders.of(package)?, row, licence)?);
        }
    }

    let mut others = BTreeSet::new();
    for lock in LOCKS {
        others.extend(locked(lock)?);
    }
    others.retain(|package| !shipped.contains_key(package));
    let listed = section(&text, OTHERS)?.lines().flat_map(named).collect();
    compare(&others, &listed, OTHERS, &mut wrong);

    if wrong.is_empty() {
        eprintln!("{TABLES} has all {} shipped packages and {} others", shipped.len(), others.len());
        return Ok(());
    }
    Err(format!("{TABLES} is not what Cargo takes:\n  {}", wrong.join("\n  ")))
}

/// What is between a heading and the next.
fn section<'a>(text: &'a str, heading: &str) -> Result<&'a str, String> {
    let (_, rest) = text.split_once(heading).ok_or_else(|| format!("{TABLES} has no \"{heading}\""))?;
    Ok(rest.split_once("\n## ").map_or(rest, |(section, _)| section))
}

/// The cells of each row, by the package in the first.
fn rows(section: &str) -> BTreeMap<Package, Vec<&str>> {
    let cells = |line| -> Vec<&str> { str::split(line, '|').skip(1).map(str::trim).collect() };
    section.lines().filter_map(|line| Some((named(line).next()?, cells(line)))).collect()
}

/// The packages in the first cell of a row: between backticks, name and version.
fn named(row: &str) -> impl Iterator<Item = Package> {
    let first = row.strip_prefix("| `").and_then(|row| row.split('|').next()).unwrap_or_default();
    let names = first.split(['`', ',']).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

fn compare(taken: &BTreeSet<Package>, listed: &BTreeSet<Package>, table: &str, wrong: &mut Vec<String>) {
    let table = table.trim_start_matches('#');
    wrong.extend(
        taken.difference(listed).map(|package| format!("{package} has no row under \"{}\"", table.trim())),
    );
    wrong.extend(
        listed
            .difference(taken)
            .map(|package| format!("{package} has a row under \"{}\" and is not taken", table.trim())),
    );
}

/// The second cell is the licence, the third the number of lines with `unsafe`.
fn row_faults(package: &str, folder: &Path, row: &[&str], licence: &str) -> Result<Vec<String>, String> {
    let mut faults = Vec::new();
    let cell = |number: usize| row.get(number).copied().unwrap_or_default();
    if cell(1) != licence {
        faults.push(format!("{package} is under {licence}, not {}", cell(1)));
    }
    let lines = lines_with_unsafe(&folder.join("src"))?.to_string();
    if cell(2) != lines {
        faults.push(format!("{package} has {lines} lines with `unsafe`, not {}", cell(2)));
    }
    Ok(faults)
}

fn lines_with_unsafe(folder: &Path) -> Result<usize, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut lines: usize = 0;
    for path in entries.flatten().map(|entry| entry.path()) {
        let more = if path.is_dir() {
            lines_with_unsafe(&path)?
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            text.lines().filter(|line| has_unsafe(line)).count()
        } else {
            0
        };
        lines = lines.saturating_add(more);
    }
    Ok(lines)
}

/// Whether the keyword is in the line. One that stands in a text, or in a comment behind code, counts too: better than to miss one.
fn has_unsafe(line: &str) -> bool {
    let mut words = line.split(|character: char| !character.is_alphanumeric() && character != '_');
    !line.trim_start().starts_with("//") && words.any(|word| word == "unsafe")
}

#[cfg(test)]
mod tests {
    use super::has_unsafe;

    #[test]
    fn the_keyword_counts_wherever_there_is_code() {
        for line in [
            "unsafe { read() }",
            "let c = '\"'; let url = \"https://a\"; unsafe { read() }",
            "*/ unsafe fn a() {}",
        ] {
            assert!(has_unsafe(line), "{line}");
        }
        for line in ["// unsafe", "    /// unsafe", "#![forbid(unsafe_code)]"] {
            assert!(!has_unsafe(line), "{line}");
        }
    }
}
