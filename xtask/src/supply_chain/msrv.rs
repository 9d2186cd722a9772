//! The oldest Rust that compiles the library: that every file names the same one, and, with that compiler, that it is true.

use std::fs;

use super::packages::{Folders, SHIPPED, all_shipped};
use crate::command::{Outcome, at_root, command, output, run};

/// Files that name it, and the words around it.
const NAMED: [(&str, &str, &str); 8] = [
    ("interop/sdk/Cargo.toml", "\nrust-version = \"", "\""),
    ("targets/Cargo.toml", "\nrust-version = \"", "\""),
    ("README.fr.md", "Avec Rust ", " ou une"),
    ("ffi/README.md", "With Rust ", " or later"),
    ("docs/audit/answers.md", "`rust-version` is ", ","),
    ("README.md", "With nothing but Rust ", " or later"),
    ("docs/support.md", "**Minimum supported Rust version**: ", ". "),
    ("docs/dependencies.md", "ask for Rust ", " or less"),
];

/// Every file names the same version, and no dependency asks for a newer one.
pub(super) fn agrees() -> Outcome {
    let oldest = oldest()?;
    for (file, before, after) in NAMED {
        let named = between(file, before, after)?;
        if named != oldest {
            return Err(format!("{file} says Rust {named}, Cargo.toml {oldest}"));
        }
    }
    let folders = Folders::ask()?;
    for package in all_shipped()?.keys() {
        let manifest = folders.of(package)?.join("Cargo.toml");
        let text =
            fs::read_to_string(&manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
        // Those that name none are old: the step `msrv` compiles them.
        let named = text.lines().find_map(|line| line.strip_prefix("rust-version = "));
        if named.is_some_and(|named| numbers(named) > numbers(&oldest)) {
            return Err(format!(
                "{package} asks for Rust {}, and Cargo.toml says {oldest}",
                named.unwrap_or_default().trim_matches('"')
            ));
        }
    }
    Ok(())
}

/// Compiles all that is released with that compiler, and runs the tests of the library.
pub(crate) fn compile() -> Outcome {
    let oldest = oldest()?;
    if output(&mut command("rustup", ["run", &oldest, "rustc", "--version"])).is_none() {
        run(&mut command(
            "rustup",
            ["toolchain", "install", &oldest, "--profile", "minimal", "--no-self-update"],
        ))?;
    }
    // A directory of its own: two compilers would throw away each other's files.
    let with = |arguments: &str| {
        let mut cargo = command("rustup", ["run", &oldest, "cargo"]);
        cargo.args(arguments.split_whitespace()).args(["--locked", "--target-dir", "target/msrv"]);
        // Set by the Cargo that runs this; it would be the compiler again.
        cargo.env_remove("CARGO").env_remove("RUSTC").env_remove("RUSTUP_TOOLCHAIN");
        run(&mut cargo)
    };
    for (package, _, features) in SHIPPED {
        with(&format!("check --package {package} {features}"))?;
    }
    with("check --package cliquet --no-default-features")?;
    with("test --all-features")
}

/// The version in Cargo.toml.
fn oldest() -> Result<String, String> {
    between("Cargo.toml", "\nrust-version = \"", "\"")
}

fn between(file: &str, before: &str, after: &str) -> Result<String, String> {
    let text = fs::read_to_string(at_root(file)).map_err(|error| format!("cannot read {file}: {error}"))?;
    let found = text.split_once(before).and_then(|(_, rest)| Some(rest.split_once(after)?.0.to_owned()));
    found.ok_or_else(|| format!("{file} does not name the oldest Rust after `{}`", before.trim()))
}

/// `"1.85.0"` is 1, 85: the last number changes nothing for whoever compiles.
fn numbers(version: &str) -> Vec<u32> {
    version.trim_matches('"').split('.').take(2).filter_map(|number| number.parse().ok()).collect()
}
