//! The shared library, which no Rust program links: Cargo builds it, and it is loaded when first called.

use std::{
    env::{
        self,
        consts::{DLL_PREFIX, DLL_SUFFIX},
    },
    path::PathBuf,
    process::Command,
};

use libloading::Library;

use crate::Result;

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");

/// Builds the library beside this program.
pub(super) fn build() -> Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--release", "--package", "cliquet-ffi", "--manifest-path", MANIFEST]);
    let status = build.arg("--target-dir").arg(target()?).status()?;
    if status.success() { Ok(()) } else { Err(format!("cliquet-ffi does not build ({status})").into()) }
}

pub(super) fn load() -> Result<Library> {
    let path = target()?.join("release").join(format!("{DLL_PREFIX}cliquet{DLL_SUFFIX}"));
    // SAFETY: the library runs no code when it is loaded.
    unsafe { Library::new(&path) }.map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The directory of this program's profile is in it.
fn target() -> Result<PathBuf> {
    let program = env::current_exe()?;
    Ok(program.ancestors().nth(2).ok_or("this program is in no target directory")?.to_owned())
}
