//! The library as it is installed, by hand and by cargo-c; the example is compiled against both, with pkg-config and with CMake.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use super::library::{Form, PACKAGE, soname};
use crate::command::{Outcome, at_root, cargo, command, output, run};

const EXAMPLE: &str = "ffi/examples/conversation.c";
/// What `cargo xtask c-library` lays out, to be copied to where libraries are.
const LAID_OUT: &str = "target/c-library";
const INSTALLED: &str = "target/c-installed";

/// Where the file lies, the rest is found from: the whole can be moved.
const PKG_CONFIG: &str = "\
prefix=${pcfiledir}/../..
includedir=${prefix}/include
libdir=${prefix}/lib

Name: cliquet
Description: The Olm and Megolm ratchets of Matrix
Version: @version@
Cflags: -I${includedir}
Libs: -L${libdir} -lcliquet
Libs.private: -lpthread -ldl -lm
";

/// Lays out header, libraries and pkg-config file without cargo-c.
pub(crate) fn lay_out() -> Outcome {
    Form::Release.build(PACKAGE)?;
    let root = at_root(LAID_OUT);
    copy(&root).map_err(|error| format!("cannot lay out {LAID_OUT}: {error}"))?;
    eprintln!("{LAID_OUT} can be copied to where libraries are, such as /usr/local");
    Ok(())
}

/// Compiles the example with what is laid out, in each way that the README shows.
pub(crate) fn use_laid_out() -> Outcome {
    lay_out()?;
    with_pkg_config(LAID_OUT)?;
    with_cmake(LAID_OUT)
}

/// Installs with cargo-c, as distributions do.
pub(crate) fn cinstall() -> Outcome {
    let mut install =
        cargo("cinstall --release --package cliquet-ffi --target-dir target/cargo-c --libdir lib --prefix");
    run(install.arg(at_root(INSTALLED)))?;
    with_pkg_config(INSTALLED)
}

fn copy(root: &Path) -> io::Result<()> {
    if root.exists() {
        fs::remove_dir_all(root)?;
    }
    let (include, library, pkg_config) = (root.join("include"), root.join("lib"), root.join("lib/pkgconfig"));
    fs::create_dir_all(&include)?;
    fs::create_dir_all(&pkg_config)?;
    let built = Form::Release.directory();
    fs::copy(at_root("ffi/include/cliquet.h"), include.join("cliquet.h"))?;
    fs::copy(built.join("libcliquet.a"), library.join("libcliquet.a"))?;
    let shared = built.join("libcliquet.so");
    let name = soname(&shared).ok_or_else(|| io::Error::other("libcliquet.so has no versioned name"))?;
    fs::copy(shared, library.join(&name))?;
    symlink(&name, library.join("libcliquet.so"))?;
    let version = version().ok_or_else(|| io::Error::other("the version of cliquet-ffi is not known"))?;
    fs::write(pkg_config.join("cliquet.pc"), PKG_CONFIG.replace("@version@", &version))
}

fn version() -> Option<String> {
    Some(output(&mut cargo("pkgid --package cliquet-ffi"))?.rsplit_once(['@', '#'])?.1.to_owned())
}

/// Compiles the example as C and as C++ as a user of pkg-config does, and runs it.
fn with_pkg_config(root: &str) -> Outcome {
    let library = at_root(root).join("lib");
    for (compiler, arguments) in [("gcc", ["-x", "c"]), ("g++", ["-x", "c++"])] {
        let program = at_root(root).join(format!("conversation-{compiler}"));
        let mut pkg_config = command("pkg-config", ["--cflags", "--libs", "cliquet"]);
        pkg_config.env("PKG_CONFIG_PATH", library.join("pkgconfig"));
        let flags = output(&mut pkg_config).ok_or("pkg-config does not find cliquet")?;
        let mut compile = command(compiler, arguments);
        compile.args(["-D_POSIX_C_SOURCE=200809L", EXAMPLE, "-x", "none"]).args(flags.split_whitespace());
        run(compile.arg("-o").arg(&program))?;
        run(Command::new(program).current_dir(at_root("")).env("LD_LIBRARY_PATH", &library))?;
    }
    Ok(())
}

/// Builds the example as a user of CMake does, and runs it.
fn with_cmake(root: &str) -> Outcome {
    let build = at_root(root).join("cmake");
    let mut configure = command("cmake", ["-S", "ffi/examples", "-B"]);
    configure.arg(&build).env("PKG_CONFIG_PATH", at_root(root).join("lib/pkgconfig"));
    run(&mut configure)?;
    run(command("cmake", ["--build"]).arg(&build))?;
    run(Command::new(build.join("conversation")).current_dir(at_root("")))
}
