//! What the evidence was made of and with: the tree, the tools, the peers, the crates of the primitives, the machine.

use std::env;
use std::fs;
use std::num::NonZero;
use std::thread;

use super::record::Subject;
use super::report::Table;
use crate::command::{at_root, cargo, command, output};
use crate::libolm;

/// The crates that compute with secrets, in the order of Cargo.toml.
const PRIMITIVES: [&str; 15] = [
    "curve25519-dalek",
    "ed25519-dalek",
    "x25519-dalek",
    "aes",
    "cbc",
    "ctr",
    "hmac",
    "sha2",
    "chacha20poly1305",
    "hpke",
    "base64",
    "base64ct",
    "subtle",
    "zeroize",
    "getrandom",
];

const CARGO_PROGRAMS: [&str; 4] = ["fuzz", "mutants", "llvm-cov", "public-api"];
const PROGRAMS: [&str; 4] = ["valgrind", "gcc", "cbindgen", "python3"];

/// Instructions on which the primitives have a faster form.
const INSTRUCTIONS: [&str; 6] = ["aes", "pclmulqdq", "sha_ni", "avx2", "avx512f", "bmi2"];

pub(super) fn tables(subject: &Subject) -> Vec<Table> {
    vec![
        Table { title: "Tree", rows: tree(subject) },
        Table { title: "Peers", rows: peers() },
        Table { title: "Primitives", rows: locked("Cargo.lock", &PRIMITIVES) },
        Table { title: "Tools now", rows: tools() },
        Table { title: "Machine", rows: machine() },
    ]
}

fn tree(subject: &Subject) -> Vec<(String, String)> {
    let git = |arguments: &str| output(&mut command("git", arguments.split_whitespace()));
    // git that has nothing to say is another thing than no git.
    let state = match git("status --porcelain") {
        Some(changes) if changes.is_empty() => "as committed".to_owned(),
        Some(changes) => format!("{} uncommitted changes", changes.lines().count()),
        None => "git knows nothing of it".to_owned(),
    };
    let commit = git("rev-parse HEAD").unwrap_or_else(|| "unknown".to_owned());
    let short = |text: &str| text.chars().take(12).collect::<String>();
    rows(vec![
        ("version", own_version()),
        ("commit", short(&commit)),
        ("files", state),
        ("SHA-256 of all", short(&subject.tree)),
    ])
}

/// The version in the library's manifest.
fn own_version() -> String {
    let manifest = fs::read_to_string(at_root("Cargo.toml")).unwrap_or_default();
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    line.unwrap_or("unknown").trim_matches('"').to_owned()
}

fn peers() -> Vec<(String, String)> {
    let libolm = libolm::PINNED.split("==").nth(1).and_then(|rest| rest.split_whitespace().next());
    let mut peers = rows(vec![("libolm", libolm.unwrap_or("unknown").to_owned())]);
    peers.extend(locked("Cargo.lock", &["vodozemac"]));
    peers.extend(locked("interop/sdk/Cargo.lock", &["matrix-sdk-crypto"]));
    peers
}

/// The versions that a lock file names.
pub(super) fn locked(file: &str, names: &[&str]) -> Vec<(String, String)> {
    let text = fs::read_to_string(at_root(file)).unwrap_or_default();
    names.iter().map(|name| ((*name).to_owned(), versions(&text, name))).collect()
}

/// The versions of a package in the text of a lock file.
fn versions(lock: &str, name: &str) -> String {
    let first = format!("\nname = \"{name}\"\nversion = \"");
    let found: Vec<_> = lock.split(&first).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    if found.is_empty() { "not in the lock file".to_owned() } else { found.join(", ") }
}

fn tools() -> Vec<(String, String)> {
    let mut tools =
        vec![("rustc".to_owned(), command("rustc", ["--version"])), ("cargo".to_owned(), cargo("--version"))];
    let of_cargo = |name| (format!("cargo-{name}"), cargo(&format!("{name} --version")));
    tools.extend(CARGO_PROGRAMS.map(of_cargo));
    tools.extend(PROGRAMS.map(|name| (name.to_owned(), command(name, ["--version"]))));
    let version = |mut program| match output(&mut program) {
        Some(text) => number(&text).unwrap_or("unknown").to_owned(),
        None => "not installed".to_owned(),
    };
    tools.into_iter().map(|(name, program)| (name, version(program))).collect()
}

/// The first word with a digit in front, of the first line.
fn number(text: &str) -> Option<&str> {
    let mut words = text.lines().next()?.split([' ', '-', '(', ')']);
    words.find(|word| word.starts_with(|character: char| character.is_ascii_digit()))
}

fn machine() -> Vec<(String, String)> {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let value = |text: &str, name: &str, between: char| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(between)?.1.trim().trim_matches('"').to_owned())
    };
    let unknown = || "unknown".to_owned();
    let processor = read("/proc/cpuinfo");
    let flags = value(&processor, "flags", ':').unwrap_or_default();
    let has = INSTRUCTIONS.iter().filter(|name| flags.split_whitespace().any(|flag| flag == **name));
    let kernel = output(&mut command("uname", ["-srm"])).unwrap_or_else(unknown);
    rows(vec![
        ("system", value(&read("/etc/os-release"), "PRETTY_NAME", '=').unwrap_or_else(unknown)),
        ("kernel", kernel),
        ("processor", value(&processor, "model name", ':').unwrap_or_else(unknown)),
        ("processors", thread::available_parallelism().map_or(1, NonZero::get).to_string()),
        ("instructions", has.copied().collect::<Vec<_>>().join(", ")),
        ("RUSTFLAGS", env::var("RUSTFLAGS").unwrap_or_else(|_| "none".to_owned())),
    ])
}

fn rows(rows: Vec<(&str, String)>) -> Vec<(String, String)> {
    rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::{PRIMITIVES, locked, number, peers};

    #[test]
    fn every_package_is_in_its_lock_file() {
        for (name, version) in locked("Cargo.lock", &PRIMITIVES).into_iter().chain(peers()) {
            assert!(version.starts_with(|first: char| first.is_ascii_digit()), "{name}: {version}");
        }
    }

    #[test]
    fn a_version_is_found_in_what_programs_print() {
        assert_eq!(number("gcc (Debian 12.2.0-14) 12.2.0\nCopyright"), Some("12.2.0"));
        assert_eq!(number("valgrind-3.19.0"), Some("3.19.0"));
        assert_eq!(number("rustc 1.95.0 (59807616e 2026-04-14)"), Some("1.95.0"));
    }
}
