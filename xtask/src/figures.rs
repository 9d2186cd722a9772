//! What a step tells of itself: how many tests, calls, operations. The report of `cargo xtask audit` shows it.
//!
//! What is read out of another program's output is an error where the line has gone, so that no figure vanishes unseen.

use std::fmt::Display;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::{fs, mem};

use crate::command::Outcome;

/// `value` is in front when it is read: 132 tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) value: String,
    pub(crate) what: String,
    /// One of many of a kind, for the small print.
    pub(crate) is_detail: bool,
}

static NOTED: Mutex<Vec<Figure>> = Mutex::new(Vec::new());

/// Notes a figure of the step that runs.
pub(crate) fn note(value: impl Display, what: &str) {
    push(Figure { value: grouped(&value.to_string()), what: what.to_owned(), is_detail: false });
}

/// Notes one of many figures of a kind.
pub(crate) fn note_detail(value: impl Display, what: &str) {
    push(Figure { value: grouped(&value.to_string()), what: what.to_owned(), is_detail: true });
}

/// Takes what was noted since the last time.
pub(crate) fn take() -> Vec<Figure> {
    mem::take(&mut NOTED.lock().unwrap_or_else(PoisonError::into_inner))
}

fn push(figure: Figure) {
    NOTED.lock().unwrap_or_else(PoisonError::into_inner).push(figure);
}

/// Notes how many tests have passed, from what `cargo test` prints.
pub(crate) fn tests(printed: &str) -> Outcome {
    let results: String = printed.lines().filter(|line| line.contains("test result: ")).collect();
    match sum_before(&results, " passed;")? {
        0 => Err("no test has passed".to_owned()),
        passed => {
            note(passed, "tests");
            Ok(())
        }
    }
}

/// How many tests have passed whose name has one of these in it; an error if there is none.
pub(crate) fn tests_named(printed: &str, parts: &[&str]) -> Result<usize, String> {
    let passed = printed.lines().filter(|line| line.starts_with("test ") && line.ends_with("ok"));
    match passed.filter(|line| parts.iter().any(|part| line.contains(part))).count() {
        0 => Err(format!("no test with {parts:?} in its name has passed")),
        count => Ok(count),
    }
}

/// How many vectors the files below a folder hold.
pub(crate) fn vectors(folder: &Path) -> Result<usize, String> {
    let cannot = |error| format!("cannot read {}: {error}", folder.display());
    let mut count = 0_usize;
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.is_dir() {
            count = count.saturating_add(vectors(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read_to_string(&path).map_err(cannot)?;
            let file: serde_json::Value =
                serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
            let vectors = file.get("vectors").and_then(|vectors| vectors.as_array());
            count = count.saturating_add(vectors.map_or(0, Vec::len));
        }
    }
    Ok(count)
}

/// The sum of the numbers that stand right before each `marker`; an error if there is no marker, or another thing before it.
pub(crate) fn sum_before(printed: &str, marker: &str) -> Result<u64, String> {
    let mut parts: Vec<&str> = printed.split(marker).collect();
    parts.pop();
    if parts.is_empty() {
        return Err(format!("nothing was printed with `{marker}` in it"));
    }
    let number = |part: &&str| {
        let digits = part.rsplit(|character: char| !character.is_ascii_digit()).next().unwrap_or_default();
        digits.parse::<u64>().map_err(|_| format!("there is no number before `{marker}`"))
    };
    parts.iter().map(number).sum()
}

/// A whole number with a space between each three digits, anything else as it is.
fn grouped(value: &str) -> String {
    if value.len() <= 4 || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.to_owned();
    }
    let mut text = String::new();
    for (place, digit) in value.chars().enumerate() {
        let left = value.len().saturating_sub(place);
        if place > 0 && left.is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{grouped, sum_before, tests_named};

    #[test]
    fn a_line_that_has_gone_is_an_error() {
        let printed =
            "test result: \u{1b}[32mok\u{1b}[m. 12 passed; 0 failed\ntest result: ok. 30 passed; 1 failed\n";
        assert_eq!(sum_before(printed, " passed;"), Ok(42));
        assert!(sum_before(printed, " operations").is_err());
        assert!(sum_before("no number passed;", " passed;").is_err());
    }

    #[test]
    fn tests_that_fail_are_not_counted() {
        let printed = "test a::proofs::one ... ok\ntest a::proofs::two ... FAILED\ntest b ... ok\n";
        assert_eq!(tests_named(printed, &["::proofs::", "::f0"]), Ok(1));
        assert!(tests_named(printed, &["::bounded_work::"]).is_err());
    }

    #[test]
    fn whole_numbers_are_grouped() {
        assert_eq!(grouped("1000"), "1000");
        assert_eq!(grouped("2266795"), "2 266 795");
        assert_eq!(grouped("97.31 %"), "97.31 %");
    }
}
