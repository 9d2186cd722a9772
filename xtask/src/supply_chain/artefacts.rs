//! All that is released, in one folder, as whoever signs it needs it: archives, bills of materials, hashes, provenance.

use std::fs;
use std::path::{Path, PathBuf};

use super::bill::{self, BILLS, dated};
use super::provenance;
use super::reproducible::{Build, compiler, copy_source, file_name, sha256};
use crate::command::{Outcome, at_root, cargo, command, output, run};
use crate::package::{Package, anew};
use crate::{drop_in, ffi};

const FOLDER: &str = "target/release-artefacts";
/// Where it is built: nothing of an earlier build is left in it.
const WORK: &str = "target/release-build";
const HASHES: &str = "SHA256SUMS";
const PROVENANCE: &str = "provenance.intoto.json";

/// Builds everything anew from the commit, and lays it out.
pub(crate) fn lay_out() -> Outcome {
    let changed = output(&mut command("git", ["status", "--porcelain"]));
    if changed.is_none_or(|changed| !changed.is_empty()) {
        return Err("a release is made from a clone of the repository without changes".to_owned());
    }
    bill::write()?;
    let (folder, work) = (at_root(FOLDER), at_root(WORK));
    for folder in [&folder, &work] {
        anew(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    copy_source(&work.join("source"))?;
    let build = Build {
        source: work.join("source"),
        target: work.join("built"),
        home: work.join("home"),
        other: false,
    };
    build.run()?;
    build.names_no_place()?;

    let built = build.target.join("release");
    let host = compiler("host")?;
    for package in [ffi::package(built.clone())?, drop_in::package::package(built)?] {
        archive(&package, &host, &folder)?;
    }
    crate_archive(&folder)?;
    for bill in files(&at_root(BILLS))? {
        copy(&bill, &folder)?;
    }
    let hashes = hashes(&folder)?;
    let provenance = provenance::statement(&hashes)?;
    write(&folder.join(PROVENANCE), &provenance)?;
    // The hashes are over all else, so that one signature covers everything.
    let lines: String =
        self::hashes(&folder)?.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect();
    write(&folder.join(HASHES), &lines)?;
    eprintln!("{FOLDER} is complete but for the signature of {HASHES} (docs/release.md)");
    Ok(())
}

/// The package as a folder in an archive, of which every byte follows from the commit.
fn archive(package: &Package, host: &str, folder: &Path) -> Outcome {
    let name = format!("lib{}-{}-{host}", package.name, package.version);
    package.lay_out(&format!("{WORK}/{name}"))?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        copy(&at_root(licence), &at_root(WORK).join(&name))?;
    }
    let time =
        output(&mut command("git", ["log", "-1", "--format=%ct"])).ok_or("git does not know the commit")?;
    let mut tar = command(
        "tar",
        ["--create", "--sort=name", "--format=gnu", "--owner=0", "--group=0", "--numeric-owner"],
    );
    tar.args([
        "--mode=u=rwX,go=rX",
        &format!("--mtime=@{time}"),
        "--use-compress-program=gzip --no-name --best",
    ]);
    tar.args(["--directory", WORK]).arg("--file").arg(folder.join(format!("{name}.tar.gz")));
    run(tar.arg(&name))
}

/// The archive of the library's source, which Cargo has checked by compiling it.
fn crate_archive(folder: &Path) -> Outcome {
    let mut package = cargo("package --locked --package cliquet --target-dir");
    run(dated(package.arg(at_root(WORK).join("crate"))))?;
    let made = files(&at_root(WORK).join("crate/package"))?;
    let archive = made.iter().find(|file| file.extension().is_some_and(|extension| extension == "crate"));
    copy(archive.ok_or("Cargo made no archive")?, folder)
}

/// The hash of each file in the folder, by name.
fn hashes(folder: &Path) -> Result<Vec<(String, String)>, String> {
    files(folder)?.iter().map(|file| Ok((file_name(file), sha256(file)?))).collect()
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

fn copy(file: &Path, folder: &Path) -> Outcome {
    let copied = fs::copy(file, folder.join(file_name(file)));
    copied.map(|_| ()).map_err(|error| format!("cannot copy {}: {error}", file.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))
}
