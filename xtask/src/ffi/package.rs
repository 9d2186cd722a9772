//! The library as it is installed, by hand and by cargo-c; the example is compiled against both, with pkg-config and with CMake.

use std::path::PathBuf;

use super::library::{Form, PACKAGE};
use crate::command::{Outcome, at_root, cargo, output, run};
use crate::package::{Package, moved, with_cmake, with_pkg_config};

const EXAMPLES: &str = "ffi/examples";
const EXAMPLE: &str = "ffi/examples/conversation.c";
/// What `cargo xtask c-library` lays out, to be copied to where libraries are.
const LAID_OUT: &str = "target/c-library";
const USED: &str = "target/c-use";
const INSTALLED: &str = "target/c-installed";

/// Lays out header, libraries and pkg-config file without cargo-c.
pub(crate) fn lay_out() -> Outcome {
    Form::Release.build(PACKAGE)?;
    package(Form::Release.directory())?.lay_out(LAID_OUT)
}

/// What is laid out, with the libraries of a folder.
pub(crate) fn package(built: PathBuf) -> Result<Package, String> {
    Ok(Package {
        name: "cliquet",
        description: "The Olm and Megolm ratchets of Matrix",
        version: version().ok_or("the version of cliquet-ffi is not known")?,
        files: vec![(at_root("ffi/include/cliquet.h"), "include")],
        built,
    })
}

/// Compiles the example with what is laid out, in each way that the README shows.
pub(crate) fn use_laid_out() -> Outcome {
    lay_out()?;
    let used = at_root(USED);
    let moved = moved(LAID_OUT, &used)?;
    with_pkg_config(&moved, "cliquet", EXAMPLE, &used)?;
    with_cmake(&moved, ("PKG_CONFIG_PATH", "lib/pkgconfig"), EXAMPLES, &["conversation"], &used)
}

/// Installs with cargo-c, as distributions do.
pub(crate) fn cinstall() -> Outcome {
    let mut install =
        cargo("cinstall --release --package cliquet-ffi --target-dir target/cargo-c --libdir lib --prefix");
    let root = at_root(INSTALLED);
    run(install.arg(&root))?;
    with_pkg_config(&root, "cliquet", EXAMPLE, &root)
}

fn version() -> Option<String> {
    Some(output(&mut cargo("pkgid --package cliquet-ffi"))?.rsplit_once(['@', '#'])?.1.to_owned())
}
