//! The steps that are one or two commands.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::process::Command;

use crate::command::{Outcome, at_root, cargo, command, run, run_and_read};
use crate::figures;
use crate::install::{BARE_TARGET, DEBIAN_CARGO, DEBIAN_RUSTC, bare_target};
use crate::{libolm, targets};

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

pub(crate) fn format() -> Outcome {
    run(&mut cargo("fmt --all --check"))
}

pub(crate) fn clippy() -> Outcome {
    figures::note(FEATURES_ALONE.len().saturating_add(3), "sets of features");
    // The whole workspace includes interop, which does not build without libolm.
    libolm::fetch()?;
    run(&mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    run(&mut cargo("clippy --all-targets --no-default-features -- -D warnings"))?;
    run(&mut cargo("clippy --all-targets --all-features -- -D warnings"))?;
    // The library alone: which tests there are with one feature is nobody's promise.
    for feature in FEATURES_ALONE {
        let arguments = format!("clippy --lib --no-default-features --features {feature} -- -D warnings");
        run(&mut cargo(&arguments))?;
    }
    Ok(())
}

/// A workspace of its own: its folder, the directory below `target/` in which it is built, and what is in it, with the target
/// of what compiles for that one alone.
type Workspace = (&'static str, &'static str, &'static [(&'static str, Option<&'static str>)]);

const FUZZ: Workspace = ("fuzz", "fuzz", &[("--workspace", None)]);
const SDK: Workspace = ("interop/sdk", "interop-sdk", &[("--workspace", None)]);
const TARGETS: Workspace = (
    "targets",
    "targets",
    &[
        ("--package conversation", None),
        ("--package firmware", Some(targets::FIRMWARE_TARGET)),
        ("--package cliquet-wasm", Some(targets::WASM_TARGET)),
    ],
);

/// What is no part of the workspace, and is built for its own purposes alone.
pub(crate) fn clippy_apart() -> Outcome {
    libolm::fetch()?;
    let workspaces = [FUZZ, SDK, TARGETS];
    is_all("Cargo.toml", "exclude", workspaces.len())?;
    is_all("targets/Cargo.toml", "members", TARGETS.2.len())?;
    for (folder, directory, packages) in workspaces {
        for (package, target) in packages {
            let place = format!("--manifest-path {folder}/Cargo.toml --target-dir target/{directory}");
            // Tests are compiled where something can run them.
            let what = target.map_or("--all-targets".to_owned(), |target| format!("--target {target}"));
            run(&mut cargo(&format!("clippy --locked {place} {package} {what} -- -D warnings")))?;
        }
    }
    let packages = workspaces.map(|(_, _, packages)| packages.len());
    figures::note(packages.iter().sum::<usize>(), "sets of packages");
    Ok(())
}

/// Fails unless a list of a manifest has as many names as are known here: none is forgotten, and Cargo refuses a wrong one.
fn is_all(manifest: &str, list: &str, known: usize) -> Outcome {
    let text =
        fs::read_to_string(at_root(manifest)).map_err(|error| format!("cannot read {manifest}: {error}"))?;
    let names = text.split_once(&format!("\n{list} = [")).and_then(|(_, rest)| rest.split_once(']'));
    match names.map(|(names, _)| names.split(',').count()) {
        Some(count) if count == known => Ok(()),
        count => {
            Err(format!("`{list}` of {manifest} has {count:?} names, {known} are in xtask/src/checks.rs"))
        }
    }
}

pub(crate) fn doc() -> Outcome {
    for arguments in ["doc --no-deps --all-features", "doc --no-deps --document-private-items"] {
        run(cargo(arguments).env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// Runs tests, and notes how many have passed.
fn test(command: &mut Command) -> Result<String, String> {
    let printed = run_and_read(command)?;
    figures::tests(&printed)?;
    Ok(printed)
}

pub(crate) fn all_features() -> Outcome {
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

pub(crate) fn no_default_features() -> Outcome {
    test(&mut cargo("test --no-default-features")).map(|_| ())
}

pub(crate) fn default_features() -> Outcome {
    test(&mut cargo("test")).map(|_| ())
}

pub(crate) fn wiping() -> Outcome {
    let tests = "test --release --all-features --test wiping_operations -- --show-output";
    let printed = test(&mut cargo(tests))?;
    // The test's own table; its controls watch what they call `operation`.
    let depths = printed.lines().filter_map(|line| line.strip_suffix(" bytes of stack"));
    let operations: BTreeSet<_> = depths.map(|line| line.trim_end_matches(char::is_numeric).trim()).collect();
    figures::note(operations.iter().filter(|name| **name != "operation").count(), "operations");
    Ok(())
}

pub(crate) fn xtask() -> Outcome {
    test(&mut cargo("test --package xtask")).map(|_| ())
}

pub(crate) fn no_std() -> Outcome {
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
        run(&mut check)?;
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

pub(crate) fn interop() -> Outcome {
    libolm::fetch()?;
    test(&mut cargo("test --package cliquet-interop --release")).map(|_| ())
}

pub(crate) fn interop_sdk() -> Outcome {
    run(&mut cargo("fmt --manifest-path interop/sdk/Cargo.toml --check"))?;
    // A workspace and a target directory of its own: nothing of the peer is compiled for anything else.
    let manifest = "--manifest-path interop/sdk/Cargo.toml --target-dir target/interop-sdk";
    test(&mut cargo(&format!("test --release --locked {manifest}"))).map(|_| ())
}

pub(crate) fn example() -> Outcome {
    let written = fs::create_dir_all(at_root("target")).and_then(|()| write_random_file());
    written.map_err(|error| format!("cannot write {RANDOM_FILE}: {error}"))?;
    let arguments = "run --release --features attachment,signed-json,std --example conversation --";
    run(&mut cargo(arguments))?;
    run(cargo(arguments).arg(RANDOM_FILE))
}

pub(crate) fn bench() -> Outcome {
    libolm::fetch()?;
    // cliquet's own tests of the primitives run with cliquet.
    test(&mut cargo("test --release --package cliquet-bench -- --skip floor::primitives"))?;
    run(&mut cargo("run --release --package cliquet-bench -- --quick"))?;
    run(&mut cargo("run --release --package cliquet-bench --bin growth -- --quick"))
}

pub(crate) fn instructions() -> Outcome {
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
