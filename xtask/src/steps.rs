//! The table of steps, and the order in which they run.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use crate::audit;
use crate::checks::{
    all_features, bench, clippy, clippy_apart, default_features, doc, example, format, instructions, interop,
    interop_sdk, no_default_features, no_std, wiping, xtask,
};
use crate::command::Outcome;
use crate::install::install;
use crate::{
    constant_time, coverage, drop_in, ffi, fuzz, libolm, mutants, proofs, public_api, supply_chain, targets,
    vectors,
};

/// One command of the table.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn() -> Outcome,
}

/// All steps of continuous integration.
const STEPS: &[Step] = &[
    Step { name: "install", what: "install what the steps need and the machine lacks", run: install },
    Step { name: "libolm", what: "bring the source of libolm 3.2.16 to target/", run: libolm::fetch },
    Step {
        name: "libolm-real",
        what: "build the real libolm, with which the drop-in is compared",
        run: drop_in::real::build,
    },
    Step { name: "format", what: "the code is formatted", run: format },
    Step {
        name: "supply-chain",
        what: "licences, sources and build scripts of dependencies; docs/dependencies.md has each; the oldest Rust",
        run: supply_chain::check,
    },
    Step {
        name: "clippy",
        what: "no lint complains, with default, no, all and single features",
        run: clippy,
    },
    Step { name: "doc", what: "the documentation builds without a warning, of private items too", run: doc },
    Step {
        name: "default-features",
        what: "the tests pass with the features that are on by default",
        run: default_features,
    },
    Step {
        name: "no-default-features",
        what: "the tests pass without default features",
        run: no_default_features,
    },
    Step {
        name: "vectors",
        what: "the test vectors are as their schemas say, and a checker in Python reproduces them all",
        run: vectors::check,
    },
    Step {
        name: "wiping",
        what: "in the release build no known secret is left in memory or on the used stack",
        run: wiping,
    },
    Step { name: "no-std", what: "the library builds for a target that has no std", run: no_std },
    Step {
        name: "firmware",
        what: "a conversation on a Cortex-M4 without an operating system, and what it takes of flash and RAM",
        run: targets::firmware,
    },
    Step {
        name: "wasm",
        what: "two devices talking in WebAssembly: in Node, and in the page for browsers",
        run: targets::wasm,
    },
    Step {
        name: "big-endian",
        what: "the vectors and a conversation on a processor with 32 bits and the highest byte first",
        run: targets::big_endian,
    },
    Step {
        name: "public-api",
        what: "the public API is the one of docs/public-api.txt",
        run: public_api::check,
    },
    Step {
        name: "constant-time",
        what: "under valgrind no operation branches on a secret or addresses memory by one, on two builds",
        run: constant_time::check,
    },
    Step {
        name: "c-header",
        what: "cliquet.h is what the source says, documented, and clean C and C++",
        run: ffi::header,
    },
    Step {
        name: "c-tests",
        what: "the tests and the example in C, under the address sanitizer and memcheck too",
        run: ffi::test,
    },
    Step { name: "c-library", what: "lay out cliquet for C in target/c-library", run: ffi::lay_out },
    Step {
        name: "c-use",
        what: "compile a program with the laid out cliquet for C, by pkg-config as C and C++, and by CMake",
        run: ffi::use_laid_out,
    },
    Step { name: "c-install", what: "install cliquet for C with cargo-c, and use it", run: ffi::cinstall },
    Step {
        name: "libolm-c",
        what: "tests of the drop-in libolm in C, under the address sanitizer and memcheck too; libolm's own tests",
        run: drop_in::c::test,
    },
    Step {
        name: "libolm-differential",
        what: "the drop-in libolm and the real one do the same, byte for byte",
        run: drop_in::differential::test,
    },
    Step {
        name: "libolm-library",
        what: "lay out the drop-in libolm in target/libolm-library",
        run: drop_in::package::lay_out,
    },
    Step {
        name: "libolm-use",
        what: "compile a program with the laid out drop-in libolm, by pkg-config as C and C++, and by CMake",
        run: drop_in::package::use_laid_out,
    },
    Step {
        name: "libolm-python",
        what: "conversations through python-olm, with the drop-in libolm, the real one, and both",
        run: drop_in::python::test,
    },
    Step { name: "interop", what: "conversations with libolm and vodozemac", run: interop },
    Step {
        name: "interop-sdk",
        what: "attachments, key exports, secret storage, signed JSON with matrix-sdk-crypto",
        run: interop_sdk,
    },
    Step {
        name: "fuzz",
        what: "the fuzz targets build, and find nothing in a short run each",
        run: fuzz::test,
    },
    Step { name: "example", what: "the example, on the README and on 5 MB of random bytes", run: example },
    Step { name: "bench", what: "the benchmarks run, and what they measure is right", run: bench },
    Step {
        name: "instructions",
        what: "operations take as many instructions as benches/instructions.json says, give or take 3 %",
        run: instructions,
    },
    Step { name: "xtask", what: "the tests of these steps and of the report pass", run: xtask },
    Step {
        name: "audit-report",
        what: "`cargo xtask audit --quick`: the report of what ran, in target/audit/report.html",
        run: audit::quick,
    },
];

/// What `.ci/run` runs before `ci`, and steps for an auditor, which take longer than continuous integration may.
const BESIDE: &[Step] = &[
    Step { name: "all-features", what: "`cargo test --all-features`", run: all_features },
    Step {
        name: "clippy-apart",
        what: "no lint complains in fuzz/, interop/sdk and targets/, which are no part of the workspace",
        run: clippy_apart,
    },
    Step {
        name: "proofs",
        what: "the exhaustive tests of docs/proofs.md in their whole length, in an optimised build",
        run: proofs::test,
    },
    Step {
        name: "processors",
        what: "all unit tests on four other processors: 32 and 64 bits, big- and little-endian (an hour)",
        run: targets::processors,
    },
    Step {
        name: "firmware-figures",
        what: "measure the firmware in each configuration, and write the tables of docs/targets.md",
        run: targets::firmware_figures,
    },
    Step {
        name: "coverage",
        what: "which lines of the library its tests run; the table is written to target/coverage.md",
        run: coverage::measure,
    },
    Step {
        name: "mutants",
        what: "change the library in one place at a time: what the tests do not notice is known (hours)",
        run: mutants::test,
    },
    Step {
        name: "msrv",
        what: "all that is released compiles with the oldest Rust, and the tests pass with it",
        run: supply_chain::msrv::compile,
    },
    Step {
        name: "reproducible",
        what: "two builds of the libraries for C, in different places, have the same hashes and name no place",
        run: supply_chain::reproducible::check,
    },
    Step {
        name: "sbom",
        what: "write a bill of materials for each release to target/sbom, in CycloneDX",
        run: supply_chain::bill::write,
    },
    Step {
        name: "release-artefacts",
        what: "lay out all that is released in target/release-artefacts, with hashes and provenance, to be signed",
        run: supply_chain::artefacts::lay_out,
    },
];

/// The name of all steps in one go.
const ALL: &str = "ci";

/// What `ci` begins with, since others need it.
const FIRST: [&str; 3] = ["install", "libolm", "libolm-real"];

/// What it ends with, since it tells of the others.
const LAST: [&str; 1] = ["audit-report"];

/// What it does in a second lane, beside the others, so that both are as long: what builds in directories of its own, and all of the
/// drop-in, which one lane alone may lay out.
const APART: [&str; 12] = [
    "no-std",
    "constant-time",
    "interop-sdk",
    "fuzz",
    "firmware",
    "wasm",
    "big-endian",
    "libolm-c",
    "libolm-differential",
    "libolm-library",
    "libolm-use",
    "libolm-python",
];

const AUDIT: &str = "\
cargo xtask audit [--quick] [--with STEP]...   all evidence, and a page of what came of it: target/audit/report.html
  (without options whatever is `quick` or `whole`; with --quick what is `quick`, and what else has run in this tree)";

/// What `cargo xtask` prints without arguments.
pub(crate) fn table() -> String {
    let row = |name: &str, audit: &str, what: &str| format!("  {name:<20}  {audit:<5}  {what}\n");
    let rows = |steps: &[Step]| {
        let rows = steps.iter().map(|step| row(step.name, audit::when(step.name).name(), step.what));
        rows.collect::<String>()
    };
    format!(
        "cargo xtask <step>...\n\n{}{}{}{}\n{AUDIT}",
        row("step", "audit", ""),
        rows(STEPS),
        row(
            ALL,
            "",
            "all of the above, in two lanes; the report runs `all-features`, too, unless it has run"
        ),
        rows(BESIDE)
    )
}

/// Name and purpose of every step.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    STEPS.iter().chain(BESIDE).map(|step| (step.name, step.what))
}

/// Runs the named steps one after the other and stops at the first that fails.
pub(crate) fn run(names: &[String]) -> Outcome {
    let times = Times::default();
    for name in names {
        if name == ALL {
            all_of_ci(&times)?;
        } else {
            let step = STEPS.iter().chain(BESIDE).find(|step| step.name == name);
            let step = step.ok_or_else(|| format!("no step is called `{name}`\n\n{}", table()))?;
            times.take(step.name, || here(step))?;
        }
    }
    times.print();
    Ok(())
}

/// All steps of continuous integration, in two lanes: a single one leaves a processor idle for a third of the time.
fn all_of_ci(times: &Times) -> Outcome {
    let is_one_of = |names: &[&str], step: &&Step| names.contains(&step.name);
    let (first, rest): (Vec<_>, Vec<_>) = STEPS.iter().partition(|step| is_one_of(&FIRST, step));
    let (last, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|step| is_one_of(&LAST, step));
    let (apart, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|step| is_one_of(&APART, step));
    let failed = AtomicBool::new(false);
    let lane = |steps: &[&Step], way: fn(&Step) -> Outcome| {
        for step in steps.iter().take_while(|_| !failed.load(Ordering::Relaxed)) {
            times.take(step.name, || way(step)).inspect_err(|_| failed.store(true, Ordering::Relaxed))?;
        }
        Ok(())
    };
    lane(&first, here)?;
    thread::scope(|scope| {
        let beside = scope.spawn(|| lane(&apart, elsewhere));
        let here = lane(&rest, here);
        let beside = beside.join().unwrap_or_else(|_| Err("the second lane panicked".to_owned()));
        match (here, beside) {
            (Err(here), Err(beside)) => Err(format!("{here}\n{beside}")),
            (here, beside) => here.and(beside),
        }
    })?;
    lane(&last, here)
}

fn here(step: &Step) -> Outcome {
    eprintln!("==> {}: {}", step.name, step.what);
    audit::recorded(step.name, step.run).map_err(|error| format!("step `{}` failed: {error}", step.name))
}

/// Runs a step as a program of its own, and shows what it printed when it has ended.
fn elsewhere(step: &Step) -> Outcome {
    let (status, log) = audit::run_apart(step.name)?;
    let printed = fs::read(&log).map_err(|error| format!("cannot read {}: {error}", log.display()))?;
    eprint!("{}", String::from_utf8_lossy(&printed));
    if status.success() { Ok(()) } else { Err(format!("step `{}` failed ({status})", step.name)) }
}

/// How long each step took.
#[derive(Default)]
struct Times(Mutex<Vec<String>>);

impl Times {
    /// Does the work of a step, and notes how long it took.
    fn take(&self, name: &str, work: impl FnOnce() -> Outcome) -> Outcome {
        let start = Instant::now();
        work()?;
        let time = format!("{:>7.1} s  {name}", start.elapsed().as_secs_f64());
        eprintln!("<== {}", time.trim_start());
        self.0.lock().map_err(|_| "a step panicked")?.push(time);
        Ok(())
    }

    fn print(&self) {
        match self.0.lock() {
            Ok(times) if times.len() > 1 => eprintln!("\nAll passed:\n{}", times.join("\n")),
            _ => {}
        }
    }
}
