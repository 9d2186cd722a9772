//! What a package of the library holds: its source, and what is needed to read and test it.

use std::collections::BTreeSet;

use crate::command::{Outcome, cargo, output};

/// Files and folders at its root. Cargo adds the first two.
const CONTENTS: [&str; 15] = [
    ".cargo_vcs_info.json",
    "Cargo.toml.orig",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.fr.md",
    "README.md",
    "SECURITY.md",
    "docs",
    "examples",
    "src",
    "test-vectors",
    "tests",
];

/// No file or folder at its root is of use in the repository alone, and none is missing.
pub(super) fn check() -> Outcome {
    let list = output(&mut cargo("package --list --allow-dirty --offline --package cliquet"));
    let list = list.ok_or("`cargo package --list` failed")?;
    let listed: BTreeSet<_> = list.lines().filter_map(|file| file.split(['/', '\\']).next()).collect();
    let expected = BTreeSet::from(CONTENTS);
    match listed.symmetric_difference(&expected).next() {
        None => Ok(()),
        Some(name) => {
            Err(format!("{name} is in the package of the library, or expected there, but not both"))
        }
    }
}
