//! The bill of materials of each release, in CycloneDX, by cargo-cyclonedx: exactly what Cargo compiles into it, and its macros.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::packages::{Package, SHIPPED, shipped};
use super::reproducible::{compiler, copy_source};
use crate::command::{Outcome, at_root, cargo, command, output, run};
use crate::package::anew;

const VERSION: &str = "0.5.9";
/// Where the finished ones are.
pub(crate) const BILLS: &str = "target/sbom";
const SOURCE: &str = "target/sbom-source";

/// Writes one for each release.
pub(crate) fn write() -> Outcome {
    let installed = output(&mut cargo("cyclonedx --version"));
    if !installed.is_some_and(|installed| installed.contains(VERSION)) {
        run(&mut cargo(&format!("install cargo-cyclonedx --version {VERSION} --locked")))?;
    }
    anew(&at_root(BILLS)).map_err(|error| format!("cannot make {BILLS}: {error}"))?;
    for (package, manifest, features) in SHIPPED {
        write_one(package, manifest, features)?;
    }
    Ok(())
}

fn write_one(package: &str, manifest: &str, features: &str) -> Outcome {
    // The library is source, for every target; those for C are binaries, for one.
    let host = compiler("host")?;
    let target = if features.is_empty() { &host } else { "all" };
    // The library is a member of the workspace beside the one for C, whose bill shall not have what the library has by default.
    let chosen = if features.is_empty() { "--no-default-features" } else { features };
    // Where tests and other packages ask for more features of a dependency, these would be counted: they are left out.
    let source = at_root(SOURCE);
    anew(&source).map_err(|error| format!("cannot make {SOURCE}: {error}"))?;
    copy_source(&source)?;
    let name = Path::new(manifest).parent().map_or("", |folder| folder.to_str().unwrap_or_default());
    alone(&source, name).map_err(|error| format!("{SOURCE}: {error}"))?;

    let mut bill =
        cargo("cyclonedx --format json --spec-version 1.5 --no-build-deps --override-filename bill --target");
    bill.args([target, chosen, "--manifest-path"]).arg(source.join(manifest));
    run(dated(bill.current_dir(&source)))?;

    let written = source.join(name).join("bill.json");
    let text = fs::read_to_string(&written).map_err(|error| format!("{}: {error}", written.display()))?;
    // Of the packages of this repository it says where they lie on this machine.
    let text = text.replace(&*source.to_string_lossy(), "/cliquet");
    let (listed, taken) = (packages(&text), shipped(package, features, target)?.into_keys().collect());
    if listed != taken {
        let only =
            |one: &BTreeSet<Package>, other| one.difference(other).cloned().collect::<Vec<_>>().join(", ");
        return Err(format!(
            "the bill of {package} is not what Cargo takes: too much: {}; missing: {}",
            only(&listed, &taken),
            only(&taken, &listed)
        ));
    }
    let destination = format!("{BILLS}/{package}.cdx.json");
    fs::write(at_root(&destination), text).map_err(|error| format!("cannot write {destination}: {error}"))?;
    eprintln!("{destination}: {} packages of others", listed.len());
    Ok(())
}

/// Leaves one package of the workspace, and none of the dependencies of tests.
fn alone(source: &Path, member: &str) -> std::io::Result<()> {
    let manifest = source.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    let members = text.lines().find(|line| line.starts_with("members = ")).unwrap_or_default();
    let member = if member.is_empty() { String::new() } else { format!("\"{member}\"") };
    let text = text.replace(members, &format!("members = [{member}]"));
    let (before, rest) = text.split_once("[dev-dependencies]").unwrap_or((&text, ""));
    let after = rest.split_once("\n[").map_or(String::new(), |(_, after)| format!("[{after}"));
    fs::write(manifest, format!("{before}{after}"))
}

/// The same bill from the same commit: cargo-cyclonedx takes the time from here, and leaves the random number out.
pub(super) fn dated(program: &mut Command) -> &mut Command {
    let time = output(&mut command("git", ["log", "-1", "--format=%ct"]));
    program.env("SOURCE_DATE_EPOCH", time.unwrap_or_else(|| "0".to_owned()))
}

/// Name and version of every package of a registry: `pkg:cargo/aes@0.9.4`, or with more behind it.
fn packages(bill: &str) -> BTreeSet<Package> {
    let urls = bill.split("\"purl\": \"pkg:cargo/").skip(1).filter_map(|rest| rest.split('"').next());
    let others = urls.filter(|url| !url.contains("download_url=file"));
    others
        .filter_map(|url| Some(url.split(['?', '#']).next()?.replace('@', " ").replace("%2B", "+")))
        .collect()
}
