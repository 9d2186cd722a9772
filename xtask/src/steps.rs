//! The table of steps, and the steps that are one or two commands.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::process::Command;
use std::time::Instant;

use crate::audit;
use crate::command::{Outcome, at_root, cargo, command, run as run_command, run_and_read};
use crate::figures;
use crate::install::{BARE_TARGET, DEBIAN_CARGO, DEBIAN_RUSTC, bare_target, install};
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

/// All steps, in the order in which `ci` takes them.
const STEPS: &[Step] = &[
    Step { name: "install", what: "install what the steps need and the machine lacks", run: install },
    Step { name: "libolm", what: "bring the source of libolm 3.2.16 to target/", run: libolm::fetch },
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

const AUDIT: &str = "\
cargo xtask audit [--quick] [--with STEP]...   all evidence, and a page of what came of it: target/audit/report.html
  (without options whatever is `quick` or `whole`; with --quick what is `quick`, and what else has run in this tree)";

/// Each must do without the others.
const FEATURES_ALONE: [&str; 14] = [
    "std",
    "serde",
    "vodozemac",
    "dehydrated-device",
    "sas",
    "qr-code",
    "insecure-pk-encryption",
    "ecies",
    "hpke",
    "attachment",
    "key-export",
    "key-backup",
    "secret-storage",
    "signed-json",
];

/// A random file larger than any cache or buffer on the way.
const RANDOM_FILE: &str = "target/random-bytes";
const RANDOM_LENGTH: u64 = 5_000_000;

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
            "all of the above, in this order; the report runs `all-features`, too, unless it has run"
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
    let mut steps: Vec<&Step> = Vec::new();
    for name in names {
        if name == ALL {
            steps.extend(STEPS);
        } else {
            let step = STEPS.iter().chain(BESIDE).find(|step| step.name == name);
            steps.push(step.ok_or_else(|| format!("no step is called `{name}`\n\n{}", table()))?);
        }
    }
    let mut times = Vec::new();
    for step in &steps {
        eprintln!("==> {}: {}", step.name, step.what);
        let start = Instant::now();
        audit::recorded(step.name, step.run)
            .map_err(|error| format!("step `{}` failed: {error}", step.name))?;
        let time = format!("{:>7.1} s  {}", start.elapsed().as_secs_f64(), step.name);
        eprintln!("<== {}", time.trim_start());
        times.push(time);
    }
    if times.len() > 1 {
        eprintln!("\nAll passed:\n{}", times.join("\n"));
    }
    Ok(())
}

fn format() -> Outcome {
    run_command(&mut cargo("fmt --all --check"))
}

fn clippy() -> Outcome {
    figures::note(FEATURES_ALONE.len().saturating_add(3), "sets of features");
    // The whole workspace includes interop, which does not build without libolm.
    libolm::fetch()?;
    run_command(&mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    run_command(&mut cargo("clippy --all-targets --no-default-features -- -D warnings"))?;
    run_command(&mut cargo("clippy --all-targets --all-features -- -D warnings"))?;
    // The library alone: which tests there are with one feature is nobody's promise.
    for feature in FEATURES_ALONE {
        let arguments = format!("clippy --lib --no-default-features --features {feature} -- -D warnings");
        run_command(&mut cargo(&arguments))?;
    }
    Ok(())
}

fn doc() -> Outcome {
    for arguments in ["doc --no-deps --all-features", "doc --no-deps --document-private-items"] {
        run_command(cargo(arguments).env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// Runs tests, and notes how many have passed.
fn test(command: &mut Command) -> Result<String, String> {
    let printed = run_and_read(command)?;
    figures::tests(&printed)?;
    Ok(printed)
}

fn all_features() -> Outcome {
    let printed = test(&mut cargo("test --all-features"))?;
    // That test goes through all of them, and fails if it leaves one out.
    figures::tests_named(&printed, &[" known_answers::every_vector_has_its_verdict "])?;
    figures::note(figures::vectors(&at_root("test-vectors"))?, "vectors");
    let kinds: [(&[&str], &str); 3] = [
        (&["::f0", "::f1", "::f2"], "tests of findings"),
        (&[" bounded_work::"], "tests of costs"),
        (&["::proofs::"], "short proofs"),
    ];
    for (parts, what) in kinds {
        figures::note(figures::tests_named(&printed, parts)?, what);
    }
    Ok(())
}

fn no_default_features() -> Outcome {
    test(&mut cargo("test --no-default-features")).map(|_| ())
}

fn default_features() -> Outcome {
    test(&mut cargo("test")).map(|_| ())
}

fn wiping() -> Outcome {
    let tests = "test --release --all-features --test wiping_operations -- --show-output";
    let printed = test(&mut cargo(tests))?;
    // The test's own table; its controls watch what they call `operation`.
    let depths = printed.lines().filter_map(|line| line.strip_suffix(" bytes of stack"));
    let operations: BTreeSet<_> = depths.map(|line| line.trim_end_matches(char::is_numeric).trim()).collect();
    figures::note(operations.iter().filter(|name| **name != "operation").count(), "operations");
    Ok(())
}

fn xtask() -> Outcome {
    test(&mut cargo("test --package xtask")).map(|_| ())
}

fn no_std() -> Outcome {
    if !bare_target() {
        return Err("Debian's Rust for a bare target is missing: run `cargo xtask install`".to_owned());
    }
    // The feature `vodozemac` needs std, as vodozemac does.
    let all_others = "dehydrated-device,sas,qr-code,ecies,hpke,attachment,key-backup,secret-storage";
    let sets = ["", "serde", all_others];
    figures::note(sets.len(), "sets of features");
    for features in sets {
        let arguments =
            ["check", "--locked", "--no-default-features", "--target", BARE_TARGET, "--features", features];
        let mut check = command(DEBIAN_CARGO, arguments);
        without_rustup(&mut check);
        // A directory of its own: two compilers would throw away each other's files.
        check.env("RUSTC", DEBIAN_RUSTC).env("CARGO_TARGET_DIR", at_root("target/no-std"));
        run_command(&mut check)?;
    }
    Ok(())
}

/// Takes away whatever would lead Debian's Cargo to rustup's compiler or its libraries.
fn without_rustup(command: &mut Command) {
    command.env("PATH", "/usr/bin:/bin");
    for name in ["RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "CARGO", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
        command.env_remove(name);
    }
}

fn interop() -> Outcome {
    libolm::fetch()?;
    test(&mut cargo("test --package cliquet-interop --release")).map(|_| ())
}

fn interop_sdk() -> Outcome {
    run_command(&mut cargo("fmt --manifest-path interop/sdk/Cargo.toml --check"))?;
    // A workspace and a target directory of its own: nothing of the peer is compiled for anything else.
    let manifest = "--manifest-path interop/sdk/Cargo.toml --target-dir target/interop-sdk";
    test(&mut cargo(&format!("test --release --locked {manifest}"))).map(|_| ())
}

fn example() -> Outcome {
    let written = fs::create_dir_all(at_root("target")).and_then(|()| write_random_file());
    written.map_err(|error| format!("cannot write {RANDOM_FILE}: {error}"))?;
    let run = "run --release --features attachment,signed-json,std --example conversation --";
    run_command(&mut cargo(run))?;
    run_command(cargo(run).arg(RANDOM_FILE))
}

fn bench() -> Outcome {
    libolm::fetch()?;
    // cliquet's own tests of the primitives run with cliquet.
    test(&mut cargo("test --release --package cliquet-bench -- --skip floor::primitives"))?;
    run_command(&mut cargo("run --release --package cliquet-bench -- --quick"))?;
    run_command(&mut cargo("run --release --package cliquet-bench --bin growth -- --quick"))
}

fn instructions() -> Outcome {
    libolm::fetch()?;
    let printed = run_and_read(&mut cargo("run --release --package cliquet-bench --bin instructions"))?;
    // A processor for which no counts are committed has none, and the audit does not take that for a pass.
    figures::note(printed.lines().filter(|line| line.ends_with(" %")).count(), "operations");
    Ok(())
}

fn write_random_file() -> io::Result<u64> {
    let mut random = File::open("/dev/urandom")?.take(RANDOM_LENGTH);
    io::copy(&mut random, &mut File::create(at_root(RANDOM_FILE))?)
}
