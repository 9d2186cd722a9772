//! Which packages of others there are, and which of them are in a release.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{at_root, cargo, output};

/// What is released: package, name, and what its users can choose.
pub(super) const SHIPPED: [(&str, &str, &str); 3] = [
    ("cliquet", "Cargo.toml", "--all-features"),
    ("cliquet-ffi", "ffi/Cargo.toml", ""),
    ("cliquet-libolm", "libolm/Cargo.toml", ""),
];

/// The other packages of the workspace.
pub(super) const UNSHIPPED: [&str; 5] =
    ["cliquet-bench", "cliquet-constant-time", "cliquet-interop", "cliquet-libolm-differential", "xtask"];

/// Name and version, with a space between.
pub(super) type Package = String;

/// Packages of others in one of the releases, for a target or `all`, macros among them; and the licence of each.
pub(super) fn shipped(
    package: &str,
    features: &str,
    target: &str,
) -> Result<BTreeMap<Package, String>, String> {
    let tree = "tree --locked --edges normal --prefix none --no-dedupe --format {p}|{l} --target";
    let listed = output(&mut cargo(&format!("{tree} {target} --package {package} {features}")));
    let listed = listed.ok_or_else(|| format!("`cargo tree` cannot list what {package} needs"))?;
    // One that was copied into a folder has neither a hash in Cargo.lock nor a rule of cargo-deny.
    let is_own = |line: &str| SHIPPED.iter().any(|(name, ..)| line.starts_with(&format!("{name} v")));
    if let Some(line) = listed.lines().find(|line| registry_package(line).is_none() && !is_own(line)) {
        return Err(format!("{line} comes from no registry"));
    }
    Ok(listed.lines().filter_map(registry_package).collect())
}

/// All of them together.
pub(super) fn all_shipped() -> Result<BTreeMap<Package, String>, String> {
    let mut all = BTreeMap::new();
    for (package, _, features) in SHIPPED {
        all.extend(shipped(package, features, "all")?);
    }
    Ok(all)
}

/// A line such as `aes v0.9.4|MIT OR Apache-2.0`; the packages of this repository have a path behind their version.
fn registry_package(line: &str) -> Option<(Package, String)> {
    let (package, licence) = line.split_once('|')?;
    let package = package.trim_end_matches(" (proc-macro)");
    let (name, version) = package.split_once(" v")?;
    (!version.contains(' ')).then(|| (format!("{name} {version}"), licence.to_owned()))
}

/// Packages of others in a lock file.
pub(super) fn locked(lock: &str) -> Result<BTreeSet<Package>, String> {
    let text = fs::read_to_string(at_root(lock)).map_err(|error| format!("cannot read {lock}: {error}"))?;
    Ok(text.split("[[package]]").filter_map(locked_package).collect())
}

/// The packages of this repository have no source.
fn locked_package(entry: &str) -> Option<Package> {
    let value = |key: &str| {
        let line = entry.lines().find_map(|line| line.strip_prefix(key))?;
        Some(line.strip_prefix(" = ")?.trim_matches('"').to_owned())
    };
    value("source")?;
    Some(format!("{} {}", value("name")?, value("version")?))
}

/// Where Cargo keeps what it has fetched.
pub(super) fn cargo_home() -> Result<PathBuf, String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    home.ok_or_else(|| "neither CARGO_HOME nor HOME is set".to_owned())
}

/// Where Cargo has unpacked each package of a registry that the workspace may take.
pub(super) struct Folders(BTreeMap<Package, PathBuf>);

impl Folders {
    pub(super) fn ask() -> Result<Self, String> {
        let listed = output(&mut cargo("metadata --locked --all-features --format-version 1"));
        let listed = listed.ok_or("`cargo metadata` fails: run `cargo fetch`")?;
        let listed: Value = serde_json::from_str(&listed)
            .map_err(|error| format!("`cargo metadata` wrote no JSON: {error}"))?;
        let packages =
            listed.get("packages").and_then(Value::as_array).ok_or("`cargo metadata` lists no packages")?;
        let mut folders = BTreeMap::new();
        for (name, folder) in packages.iter().filter_map(unpacked) {
            if folders.insert(name.clone(), folder).is_some() {
                return Err(format!("{name} comes from two registries"));
            }
        }
        Ok(Self(folders))
    }

    pub(super) fn of(&self, package: &str) -> Result<&Path, String> {
        let folder = self.0.get(package).map(PathBuf::as_path);
        folder.ok_or_else(|| format!("`cargo metadata` does not tell where {package} is"))
    }
}

/// Name and folder of a package, unless it is of this repository or of another.
fn unpacked(package: &Value) -> Option<(Package, PathBuf)> {
    let text = |key: &str| package.get(key)?.as_str();
    text("source")?.strip_prefix("registry+")?;
    let folder = Path::new(text("manifest_path")?).parent()?.to_owned();
    Some((format!("{} {}", text("name")?, text("version")?), folder))
}
