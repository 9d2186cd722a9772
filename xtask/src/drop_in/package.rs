//! The drop-in libolm as libolm's own build installs libolm, and a program that finds it there.

use std::path::PathBuf;

use super::{headers, ours};
use crate::command::{Outcome, at_root};
use crate::ffi::Form;
use crate::package::{Package, moved, with_cmake, with_pkg_config};

/// What `cargo xtask libolm-library` lays out, to be copied to where libraries are.
const LAID_OUT: &str = "target/libolm-library";
const USED: &str = "target/libolm-use";

/// The package of CMake, and a project that asks for it.
const CMAKE: [&str; 3] = ["OlmConfig.cmake", "OlmConfigVersion.cmake", "OlmTargets.cmake"];
const PROJECT: &str = "libolm/tests/cmake";
const PROGRAM: &str = "libolm/tests/conversation.c";

/// Lays out libraries, headers, and what build systems look for, under libolm's names.
pub(crate) fn lay_out() -> Outcome {
    ours::build()?;
    package(Form::Release.directory())?.lay_out(LAID_OUT)
}

/// What is laid out, with the libraries of a folder.
pub(crate) fn package(built: PathBuf) -> Result<Package, String> {
    let headers = headers::files()?.into_iter().map(|header| (header, "include/olm"));
    let cmake = CMAKE.map(|file| (at_root("libolm/cmake").join(file), "lib/cmake/Olm"));
    Ok(Package {
        name: "olm",
        description: "The Olm and Megolm ratchets of Matrix: libolm, made from cliquet",
        version: "3.2.16".to_owned(),
        files: headers.chain(cmake).collect(),
        built,
    })
}

/// Moves what is laid out to another folder, and uses it from there.
pub(crate) fn use_laid_out() -> Outcome {
    lay_out()?;
    let used = at_root(USED);
    let moved = moved(LAID_OUT, &used)?;
    with_pkg_config(&moved, "olm", PROGRAM, &used)?;
    with_cmake(&moved, ("CMAKE_PREFIX_PATH", ""), PROJECT, &["by-target", "by-variable"], &used)
}
