//! The drop-in libolm, under the names that programs and linkers look for.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::real::SONAME;
use crate::command::{Outcome, at_root, cargo, run};

pub(super) const PACKAGE: &str = "cliquet-libolm";

const LAID_OUT: &str = "target/drop-in-libolm";

/// The library, the folder of which also has the name that linkers look for.
pub(super) fn library() -> PathBuf {
    at_root(LAID_OUT).join(SONAME)
}

/// The folder of its headers.
pub(super) fn headers() -> PathBuf {
    at_root("libolm/include")
}

/// Builds it as it is released.
pub(super) fn build() -> Outcome {
    run(cargo("build --release --package").arg(PACKAGE))?;
    let copied = lay_out(&at_root("target/release/libolm.so"));
    copied.map_err(|error| format!("cannot lay out {LAID_OUT}: {error}"))
}

fn lay_out(built: &Path) -> io::Result<()> {
    let folder = at_root(LAID_OUT);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    fs::copy(built, library())?;
    symlink(SONAME, folder.join("libolm.so"))
}
