//! Builds the fuzz targets and runs them, as many at once as there are processors.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

use crate::command::{Outcome, at_root, cargo, command, run, side_by_side};
use crate::{drop_in, figures};

/// The fuzz targets. `fuzz/README.md` tells what each claims.
const TARGETS: [&str; 14] = [
    "decoders",
    "olm_network",
    "megolm_network",
    "megolm_bulk",
    "native_pickles",
    "libolm_pickles",
    "vodozemac_pickles",
    "saved_conversation",
    "verification",
    "documents",
    "peer_decoders",
    "peer_conversation",
    "c_interface",
    "libolm_interface",
];

/// How long each runs, unless the environment says otherwise.
const SECONDS: u32 = 8;
const SECONDS_VARIABLE: &str = "FUZZ_SECONDS";

/// cargo-fuzz names the platform in any case; the one that is named to it is the one where the programs are found.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// What each target reaches at least while it reads its seeds; `decoders` has the fewest, 950.
const LEAST_EDGES: u64 = 700;

/// What one run came to.
struct Run {
    target: &'static str,
    executions: u64,
    edges: u64,
}

pub(crate) fn test() -> Outcome {
    let seconds = match env::var(SECONDS_VARIABLE) {
        Ok(text) => text.parse().map_err(|error| format!("{SECONDS_VARIABLE}={text}: {error}"))?,
        Err(_) => SECONDS,
    };
    if seconds == 0 {
        return Err(format!("{SECONDS_VARIABLE}=0 would be without end"));
    }
    none_is_forgotten()?;
    run(&mut cargo("fmt --manifest-path fuzz/Cargo.toml --check"))?;
    // Beside which `libolm_interface` runs ours.
    drop_in::real::build()?;
    run(&mut command("python3", ["fuzz/make-seeds.py"]))?;
    // Without cargo-fuzz's `cfg(fuzzing)`, with which vodozemac leaves out its MACs and signatures.
    let build = format!(
        "fuzz build --release --sanitizer none --no-cfg-fuzzing --target {PLATFORM} --target-dir target/fuzz"
    );
    // Rust's own sanitizer flags are unstable; the coverage that the fuzzer needs works with the stable compiler.
    run(cargo(&build).env("RUSTC_BOOTSTRAP", "1"))?;

    eprintln!("running {} targets for {seconds} s each", TARGETS.len());
    let mut runs = side_by_side(&TARGETS, |target| fuzz(target, seconds))?;
    runs.sort_by_key(|run| run.target);
    figures::note(runs.len(), "targets");
    figures::note(format!("{seconds} s"), "each");
    figures::note(runs.iter().map(|run| run.executions).sum::<u64>(), "executions");
    figures::note(runs.iter().map(|run| run.edges).min().unwrap_or(0), "edges at least");
    eprintln!("{:<20} {:>11} {:>7}", "target", "executions", "edges");
    figures::note_detail("executions / edges", "target:");
    for run in runs {
        figures::note_detail(format!("{} / {}", run.executions, run.edges), run.target);
        eprintln!("{:<20} {:>11} {:>7}", run.target, run.executions, run.edges);
    }
    Ok(())
}

/// The targets are those of the manifest.
fn none_is_forgotten() -> Outcome {
    let manifest = fs::read_to_string(at_root("fuzz/Cargo.toml"))
        .map_err(|error| format!("cannot read fuzz/Cargo.toml: {error}"))?;
    let named = manifest.split("[[bin]]").skip(1).filter_map(|section| section.split('"').nth(1));
    let (named, listed): (BTreeSet<_>, BTreeSet<_>) = (named.collect(), TARGETS.into());
    if named == listed { Ok(()) } else { Err(format!("fuzz/Cargo.toml has {named:?}, the list {listed:?}")) }
}

/// Runs one target; what the fuzzer prints goes to a file, and is shown if there was a finding.
fn fuzz(target: &'static str, seconds: u32) -> Result<Run, String> {
    // What is found stays in target/, so that the next short run goes on from there.
    let found = at_root("target/fuzz/corpus").join(target);
    let artifacts = at_root("fuzz/artifacts").join(target);
    let log = at_root("target/fuzz/logs").join(format!("{target}.log"));
    for folder in [Some(found.as_path()), Some(artifacts.as_path()), log.parent()].into_iter().flatten() {
        fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    let cannot = |error| format!("cannot write {}: {error}", log.display());
    let output = File::create(&log).map_err(cannot)?;
    let errors = output.try_clone().map_err(cannot)?;

    let program = at_root("target/fuzz").join(PLATFORM).join("release").join(target);
    let mut fuzzer = command(&program.to_string_lossy(), [&found, &at_root("fuzz/seeds").join(target)]);
    fuzzer.arg(format!("-artifact_prefix={}/", artifacts.display()));
    fuzzer.arg(format!("-max_total_time={seconds}"));
    let fuzzer = fuzzer.stdin(Stdio::null()).stdout(output).stderr(errors);
    let status = fuzzer.status().map_err(|error| format!("{}: {error}", program.display()))?;
    let printed = read(&log)?;
    if !status.success() {
        return Err(format!("{target} found something ({status}):\n{printed}"));
    }
    let (executions, edges) =
        last_line(&printed).ok_or_else(|| format!("{target} did not come to an end:\n{printed}"))?;
    if edges < LEAST_EDGES {
        return Err(format!("{target} reached {edges} edges in {executions} executions: it does not run"));
    }
    eprintln!("{target}: nothing found in {executions} executions");
    Ok(Run { target, executions, edges })
}

/// The file as text; inputs that the fuzzer prints need not be any.
fn read(log: &Path) -> Result<String, String> {
    let bytes = fs::read(log).map_err(|error| format!("cannot read {}: {error}", log.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Executions and edges from the line `#1234 DONE cov: 567 ft: ...` with which libFuzzer ends.
fn last_line(printed: &str) -> Option<(u64, u64)> {
    let mut words = printed.lines().rev().find(|line| line.contains("DONE"))?.split_whitespace();
    let executions = words.next()?.strip_prefix('#')?.parse().ok()?;
    let edges = words.find(|word| *word == "cov:").and_then(|_| words.next())?.parse().ok()?;
    Some((executions, edges))
}
