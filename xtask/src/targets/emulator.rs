//! The emulator of a whole board. Its package and newer ones of `qemu-utils` exclude each other, and a machine that has that one
//! shall keep it: the program alone is unpacked where nothing else sees it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Outcome, at_root, command, run, succeeds};

const PACKAGE: &str = "qemu-system-arm";
const UNPACKED: &str = "target/qemu";

/// What the program is linked with and a Debian without it may lack.
pub(crate) const LIBRARIES: &[&str] =
    &["libcapstone4", "libfdt1", "libibverbs1", "libpmem1", "librdmacm1", "libslirp0", "libvdeplug2"];

/// The folder of the unpacked program.
pub(crate) fn folder() -> PathBuf {
    at_root(UNPACKED).join("usr/bin")
}

/// The program: the machine's own, or the unpacked one.
pub(crate) fn program() -> Option<PathBuf> {
    let candidates = [PathBuf::from(PACKAGE), folder().join(PACKAGE)];
    candidates
        .into_iter()
        .find(|program| succeeds(&mut command(&program.display().to_string(), ["--version"])))
}

/// Unpacks the program, if the machine has none.
pub(crate) fn unpack() -> Outcome {
    if program().is_some() {
        return Ok(());
    }
    let folder = at_root(UNPACKED);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {UNPACKED}: {error}"))?;
    // One that was left there would be taken for the one that is fetched now.
    for package in packages(&folder)? {
        fs::remove_file(&package).map_err(|error| format!("cannot remove {}: {error}", package.display()))?;
    }
    // What is listed may be older than what there is.
    run(&mut command("apt-get", ["update", "--quiet"]))?;
    run(command("apt-get", ["download", "--quiet", PACKAGE]).current_dir(&folder))?;
    let package = packages(&folder)?.pop().ok_or_else(|| format!("{PACKAGE} was not downloaded"))?;
    run(command("dpkg", ["--extract"]).args([&package, &folder]))?;
    program().map(|_| ()).ok_or_else(|| format!("{PACKAGE} does not run: is one of its libraries missing?"))
}

/// Debian's packages that lie in a folder.
fn packages(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let files = fs::read_dir(folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let paths = files.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|extension| extension == "deb")).collect())
}
