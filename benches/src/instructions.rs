//! How many instructions each operation takes, compared with the counts that are committed.
//!
//! Each operation is counted in a process of its own, this very program once more under callgrind: there nothing but what
//! [`Contestant::batch`] measures counts, keys are the same in each run, and so are the counts.

use std::{collections::BTreeMap, env, fs, path::Path, process::Command};

use serde::{Deserialize, Serialize};

use crate::{FOLDER, Result, measure, measure::Contestant, random, rows};

/// The committed counts, and where new ones go.
const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.json");
const CURRENT: &str = "instructions.json";

/// How far a count may be from the committed one, in percent of that.
const TOLERANCE: u64 = 3;

/// How many runs are counted; the count is that of one operation among them.
const RUNS: u32 = 8;

/// The argument that makes this program do what is counted.
const COUNT: &str = "--count";

/// What is committed.
#[derive(Deserialize, Serialize)]
struct Counts {
    /// Another compiler makes other code.
    rustc: String,
    instructions: BTreeMap<String, u64>,
}

/// Counts everything, prints a table and writes `target/instructions.json`.
///
/// # Errors
///
/// If a count is not the committed one, valgrind does not run, or the arguments are others than the program knows.
pub fn instructions(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    match (arguments.next().as_deref(), arguments.next()) {
        (None, None) => compare(),
        (Some(COUNT), Some(operation)) => run(&operation),
        _ => Err("it takes no arguments".into()),
    }
}

fn compare() -> Result<()> {
    if !is_counted_here() {
        println!("Not counted: the committed counts are those of an x86-64 processor with AVX2.");
        return Ok(());
    }
    let committed: Option<Counts> = match fs::read(COMMITTED) {
        Ok(json) => Some(serde_json::from_slice(&json)?),
        Err(_) => None,
    };
    let mut current = Counts { rustc: rustc()?, instructions: BTreeMap::new() };
    let mut wrong = Vec::new();
    println!("{:<34}{:>14}{:>14}{:>10}", "instructions", "committed", "now", "change");
    for (operation, _) in rows::COUNTED {
        let now = count(operation)?;
        current.instructions.insert((*operation).to_owned(), now);
        let before = committed.as_ref().and_then(|counts| counts.instructions.get(*operation).copied());
        if !before.is_some_and(|before| is_near(now, before)) {
            wrong.push(*operation);
        }
        let (before, change) =
            before.map_or_else(Default::default, |before| (before.to_string(), change(now, before)));
        println!("{operation:<34}{before:>14}{now:>14}{change:>10}");
    }
    fs::create_dir_all(FOLDER)?;
    fs::write(Path::new(FOLDER).join(CURRENT), serde_json::to_string_pretty(&current)? + "\n")?;

    let known = committed.as_ref().map_or(0, |counts| counts.instructions.len());
    if wrong.is_empty() && known == current.instructions.len() {
        return Ok(());
    }
    let mut message = format!(
        "more than {TOLERANCE} % away from benches/{CURRENT}, or not in it: {}. If that is meant: cp target/{CURRENT} benches/{CURRENT}",
        if wrong.is_empty() {
            "nothing, but it has operations that are gone".to_owned()
        } else {
            wrong.join(", ")
        },
    );
    if let Some(committed) = committed.filter(|committed| committed.rustc != current.rustc) {
        message +=
            &format!(". The compiler is another one, too: {}, and {} before", current.rustc, committed.rustc);
    }
    Err(message.into())
}

/// Also where there are fewer: a later change could take them back unseen.
fn is_near(now: u64, before: u64) -> bool {
    now.abs_diff(before).saturating_mul(100) <= before.saturating_mul(TOLERANCE)
}

fn change(now: u64, before: u64) -> String {
    let thousandths = now.abs_diff(before).saturating_mul(1_000).checked_div(before).unwrap_or_default();
    let sign = if now < before { '-' } else { '+' };
    format!("{sign}{}.{} %", thousandths / 10, thousandths % 10)
}

fn rustc() -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Ok(String::from_utf8(Command::new(rustc).arg("--version").output()?.stdout)?.trim().to_owned())
}

/// The instructions of one operation.
fn count(operation: &str) -> Result<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    // Whether valgrind writes the name as the compiler does or as people do.
    valgrind.arg("--toggle-collect=*cliquet_bench*measure*measured*");
    valgrind.arg(env::current_exe()?).args([COUNT, operation]);
    // The stack begins with the environment, and where it lies changes how much is copied at a time.
    let path = env::var_os("PATH").unwrap_or_default();
    let output = valgrind.env_clear().env("PATH", path).output();
    let output = output.map_err(|error| format!("valgrind does not start: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{operation} under valgrind:\n{told}").into());
    }
    let collected = told.lines().find_map(|line| line.split_once("Collected :"));
    let (_, collected) = collected.ok_or("valgrind tells no count")?;
    let operations: u64 = String::from_utf8(output.stdout)?.trim().parse()?;
    let collected: u64 = collected.trim().parse()?;
    collected.checked_div(operations).filter(|count| *count > 0).ok_or_else(|| "nothing was counted".into())
}

/// Does what is counted, and tells how many operations that is.
fn run(operation: &str) -> Result<()> {
    check_processor()?;
    measure::keep_freed_memory();
    random::repeat();
    let found = rows::COUNTED.iter().find(|(known, _)| *known == operation);
    let (_, make) = found.ok_or_else(|| format!("no operation is called {operation}"))?;
    let mut contestant: Box<dyn Contestant> = make()?;
    contestant.batch(RUNS)?;
    println!("{}", RUNS.saturating_mul(contestant.operations()));
    Ok(())
}

/// Whether valgrind can show the processor whose counts are committed.
#[cfg(target_arch = "x86_64")]
fn is_counted_here() -> bool {
    is_x86_feature_detected!("avx2")
}

#[cfg(not(target_arch = "x86_64"))]
fn is_counted_here() -> bool {
    false
}

/// The libraries choose their code by the processor. valgrind shows each program the same one, but to one that it runs on without AVX2.
#[cfg(target_arch = "x86_64")]
fn check_processor() -> Result<()> {
    let present = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("aes");
    let absent = is_x86_feature_detected!("sha") || is_x86_feature_detected!("avx512f");
    if present && !absent {
        Ok(())
    } else {
        Err("the counts are those of a processor with AVX2 and AES, and without SHA and AVX-512".into())
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn check_processor() -> Result<()> {
    Err("the counts are those of an x86-64".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_percent_more_or_less_are_near() {
        let near: Vec<_> = (90..110).filter(|now| is_near(*now, 100)).collect();
        assert_eq!(near, [97, 98, 99, 100, 101, 102, 103]);
    }

    #[test]
    fn changes_are_told_with_their_sign() {
        assert_eq!([change(1_066, 1_000), change(934, 1_000), change(7, 0)], ["+6.6 %", "-6.6 %", "+0.0 %"]);
    }
}
