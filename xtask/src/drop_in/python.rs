//! python-olm, built against the headers and the library of ours and of the real libolm, and conversations through it.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use super::{ours, real};
use crate::command::{Outcome, at_root, command, run, run_and_read};
use crate::environment::{environment, pip};
use crate::figures;
use crate::libolm;

const TESTS: &str = "libolm/tests/python";
const BUILT: &str = "target/libolm-python";

/// python-olm's own build first builds libolm with CMake; here, what it would build is there.
const NOTHING_TO_BUILD: &str = "cmake_minimum_required(VERSION 3.4)\nproject(olm LANGUAGES NONE)\n";

/// A libolm against which python-olm was built.
struct Built {
    python: PathBuf,
    /// The library that was linked, the one that is loaded unless another folder is named.
    library: PathBuf,
}

pub(crate) fn test() -> Outcome {
    ours::build()?;
    real::build()?;
    let ours = build("ours", &ours::headers(), &ours::library())?;
    let real = build("real", &real::headers(), &real::library())?;
    // Each build with each library: what was linked against one runs with the other, without a rebuild.
    let mut printed = String::new();
    for built in [&ours, &real] {
        for library in [&ours.library, &real.library] {
            printed += &run_and_read(script(built, "conversation.py", library).arg(library))?;
        }
    }
    let mut mixed = command("python3", [format!("{TESTS}/mixed.py")]);
    printed += &run_and_read(mixed.args([&ours.python, &ours.library, &real.python, &real.library]))?;
    figures::note(printed.matches("conversation ").count(), "conversations");
    Ok(())
}

/// A script that runs with this library.
fn script(built: &Built, name: &str, library: &Path) -> Command {
    let mut script = command(&built.python.to_string_lossy(), [format!("{TESTS}/{name}")]);
    script.env("LD_LIBRARY_PATH", library.parent().unwrap_or(library)).env("PYTHONDONTWRITEBYTECODE", "1");
    script
}

/// Builds python-olm in an environment of its own.
fn build(name: &str, headers: &Path, library: &Path) -> Result<Built, String> {
    let folder = at_root(BUILT).join(name);
    let requirements = at_root(TESTS).join("requirements.txt");
    let python = environment(&folder.join("environment"), &requirements, &[])?;
    let source = folder.join("source");
    lay_out(&source, headers, library)
        .map_err(|error| format!("cannot fill {}: {error}", source.display()))?;
    let mut install = pip(&python);
    install.args(["--no-index", "--no-deps", "--no-build-isolation", "--force-reinstall"]);
    run(install.arg(&source))?;
    Ok(Built { python, library: library.to_owned() })
}

/// The source of python-olm, with headers and library in the place of the libolm that it brings.
fn lay_out(source: &Path, headers: &Path, library: &Path) -> io::Result<()> {
    if source.exists() {
        fs::remove_dir_all(source)?;
    }
    copy(&at_root(libolm::BINDING), source)?;
    let built = source.join("libolm/build");
    fs::create_dir_all(&built)?;
    fs::write(source.join("libolm/CMakeLists.txt"), NOTHING_TO_BUILD)?;
    symlink(headers, source.join("libolm/include"))?;
    symlink(library, built.join("libolm.so"))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
