//! Which lines of the library its own tests run.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::Path;

use crate::command::{Outcome, at_root, cargo, command, output, run, succeeds};
use crate::figures;

const TRACE: &str = "target/coverage.lcov";
const TABLE: &str = "target/coverage.md";
/// A directory of its own: what is instrumented serves nothing else.
const TARGET: &str = "target/coverage";

/// The least of each hundred lines that tests run; docs/test-strength.md says what they do run.
const LEAST: u32 = 99;

/// Files and folders that are compiled for tests alone.
const FOR_TESTS: [&str; 6] = ["tests", "testing", "bounded_work", "error_texts", "known_answers", "work"];

/// Lines that could run, and lines that did.
#[derive(Clone, Copy, Default)]
struct Lines {
    all: u32,
    run: u32,
}

impl Lines {
    fn add(&mut self, other: Self) {
        self.all = self.all.saturating_add(other.all);
        self.run = self.run.saturating_add(other.run);
    }

    fn share(self) -> String {
        format!("{:.1} %", f64::from(self.run) * 100.0 / f64::from(self.all.max(1)))
    }

    fn row(self, name: &str) -> String {
        format!("| {name} | {} | {} | {} |", self.all, self.run, self.share())
    }
}

/// One file of the library: its lines, and the numbers of those that no test runs.
struct FileLines {
    path: String,
    lines: Lines,
    missed: Vec<u32>,
}

pub(crate) fn measure() -> Outcome {
    if !succeeds(&mut cargo("llvm-cov --version")) {
        run(&mut cargo("install cargo-llvm-cov --locked"))?;
    }
    let mut measure = cargo("llvm-cov test --all-features --lcov --output-path");
    measure.arg(TRACE).env("CARGO_LLVM_COV_TARGET_DIR", at_root(TARGET));
    for (variable, program) in [("LLVM_COV", "llvm-cov"), ("LLVM_PROFDATA", "llvm-profdata")] {
        if let Some(path) = debian_program(variable, program) {
            measure.env(variable, path);
        }
    }
    // A test that ends its process in the middle leaves an empty profile.
    measure.env("CARGO_LLVM_PROFDATA_FLAGS", "--failure-mode=all");
    run(&mut measure)?;
    let trace =
        fs::read_to_string(at_root(TRACE)).map_err(|error| format!("cannot read {TRACE}: {error}"))?;
    let files = parse(&trace)?;
    for file in files.iter().filter(|file| !file.missed.is_empty()) {
        let lines: Vec<_> = file.missed.iter().map(u32::to_string).collect();
        eprintln!("not run: {}:{}", file.path, lines.join(","));
    }
    let sums = sums(&files);
    figures::note(sums.1.share(), "of lines run");
    figures::note(sums.1.all, "lines");
    sums.0.iter().for_each(|(folder, lines)| figures::note_detail(lines.share(), folder));
    let table = table(&sums);
    eprintln!("\n{table}");
    fs::write(at_root(TABLE), table).map_err(|error| format!("cannot write {TABLE}: {error}"))?;
    if sums.1.run.saturating_mul(100) < sums.1.all.saturating_mul(LEAST) {
        return Err(format!(
            "the tests run {} of {} lines, which is less than {LEAST} %",
            sums.1.run, sums.1.all
        ));
    }
    Ok(())
}

/// Debian's `program` of the LLVM that rustc is made with, where rustup has none and nobody has chosen another.
fn debian_program(variable: &str, program: &str) -> Option<String> {
    let verbose = output(&mut command("rustc", ["-vV"]))?;
    let version = verbose.lines().find_map(|line| line.strip_prefix("LLVM version: "))?;
    let path = format!("/usr/bin/{program}-{}", version.split('.').next()?);
    (env::var_os(variable).is_none() && Path::new(&path).exists()).then_some(path)
}

/// The files of `src/` in an lcov trace, without tests: files of tests, and modules of tests at the end of a file.
fn parse(trace: &str) -> Result<Vec<FileLines>, String> {
    let mut files = Vec::new();
    for record in trace.split("end_of_record") {
        let Some(path) = record.lines().find_map(|line| line.strip_prefix("SF:")) else { continue };
        let Some(path) = Path::new(path).strip_prefix(at_root("")).ok().and_then(Path::to_str) else {
            continue;
        };
        if !path.starts_with("src/") || path.split(['/', '.']).any(|part| FOR_TESTS.contains(&part)) {
            continue;
        }
        let source = fs::read_to_string(at_root(path)).map_err(|error| format!("{path}: {error}"))?;
        let tests = lines_of_tests(&source);
        let mut file = FileLines { path: path.to_owned(), lines: Lines::default(), missed: Vec::new() };
        for (line, count) in record.lines().filter_map(line_count) {
            if !tests.contains(&line) {
                file.lines.add(Lines { all: 1, run: u32::from(count > 0) });
                file.missed.extend((count == 0).then_some(line));
            }
        }
        files.push(file);
    }
    if files.is_empty() { Err(format!("{TRACE} tells nothing of src/")) } else { Ok(files) }
}

/// The numbers of the lines of items that only tests have: from the attribute to where the item ends, in the first column.
fn lines_of_tests(source: &str) -> BTreeSet<u32> {
    let mut numbers = BTreeSet::new();
    let mut inside = false;
    for (number, line) in (1..).zip(source.lines()) {
        inside |= line.starts_with("#[cfg(") && line.contains("test");
        if inside {
            numbers.insert(number);
        }
        let ends = line.starts_with('}') || (line.ends_with(';') && !line.starts_with(' '));
        inside &= !ends;
    }
    numbers
}

/// Line and count of `DA:12,3`.
fn line_count(line: &str) -> Option<(u32, u64)> {
    let (line, count) = line.strip_prefix("DA:")?.split_once(',')?;
    Some((line.parse().ok()?, count.parse().ok()?))
}

/// The lines of each folder of `src/`, of the files beside them, and of all.
fn sums(files: &[FileLines]) -> (BTreeMap<&str, Lines>, Lines) {
    let mut folders: BTreeMap<&str, Lines> = BTreeMap::new();
    let mut sum = Lines::default();
    for file in files {
        let mut parts = file.path.split('/').skip(1);
        let folder = parts.next().filter(|_| parts.next().is_some()).unwrap_or("files beside them");
        folders.entry(folder).or_default().add(file.lines);
        sum.add(file.lines);
    }
    (folders, sum)
}

/// A row for each.
fn table((folders, sum): &(BTreeMap<&str, Lines>, Lines)) -> String {
    let rows = folders.iter().map(|(folder, lines)| lines.row(folder)).chain([sum.row("**all**")]);
    let rows: Vec<_> = rows.collect();
    format!("| part of `src/` | lines | run by tests | share |\n|---|---|---|---|\n{}\n", rows.join("\n"))
}
