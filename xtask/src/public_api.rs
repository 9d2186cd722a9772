//! Compares the public API with the one that is committed.

use std::fs;

use crate::command::{Outcome, at_root, cargo, output, run};
use crate::figures;

/// The API that users rely on; a change of it belongs to the change that makes it.
const COMMITTED: &str = "docs/public-api.txt";
const CURRENT: &str = "target/public-api.txt";
/// A directory of its own, so that the documentation for people is not mixed with it.
const TARGET: &str = "target/public-api";

pub(crate) fn check() -> Outcome {
    let rustdoc = "rustdoc --quiet --lib --all-features --target-dir";
    let mut rustdoc = cargo(rustdoc);
    rustdoc.args([TARGET, "--", "-Zunstable-options", "--output-format", "json"]);
    // The JSON form of the documentation is not stable; nothing but this list is made from it.
    run(rustdoc.env("RUSTC_BOOTSTRAP", "1"))?;
    let list = format!("public-api -sss --rustdoc-json {TARGET}/doc/cliquet.json");
    let current = output(&mut cargo(&list)).ok_or("cargo-public-api failed: run `cargo xtask install`")?;
    let current = current + "\n";
    fs::write(at_root(CURRENT), &current).map_err(|error| format!("cannot write {CURRENT}: {error}"))?;

    let committed = fs::read_to_string(at_root(COMMITTED)).unwrap_or_default();
    if committed == current {
        figures::note(current.lines().count(), "public items");
        return Ok(());
    }
    for line in committed.lines().filter(|line| !current.lines().any(|other| other == *line)) {
        eprintln!("- {line}");
    }
    for line in current.lines().filter(|line| !committed.lines().any(|other| other == *line)) {
        eprintln!("+ {line}");
    }
    Err(format!("the public API is not the one of {COMMITTED}; if that is meant: cp {CURRENT} {COMMITTED}"))
}
