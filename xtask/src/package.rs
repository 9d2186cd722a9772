//! A library for C as it is installed: laid out in a folder that can be moved, and used from there.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::command::{Outcome, at_root, command, output, run};
use crate::ffi::soname;

/// Where the file lies, the rest is found from: the whole can be moved.
const PKG_CONFIG: &str = "\
prefix=${pcfiledir}/../..
includedir=${prefix}/include
libdir=${prefix}/lib

Name: @name@
Description: @description@
Version: @version@
Cflags: -I${includedir}
Libs: -L${libdir} -l@name@
Libs.private: -lpthread -ldl -lm
";

/// What is installed.
pub(crate) struct Package {
    /// As pkg-config and linkers know it.
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) version: String,
    /// Each header or file of CMake, and the folder that it goes to.
    pub(crate) files: Vec<(PathBuf, &'static str)>,
    /// Where Cargo has put the libraries.
    pub(crate) built: PathBuf,
    /// What follows the name of the shared library in the name of its file.
    pub(crate) suffix: &'static str,
}

impl Package {
    /// Lays everything out in a folder of which nothing else is left.
    pub(crate) fn lay_out(&self, folder: &str) -> Outcome {
        let copied = self.copy(&at_root(folder));
        copied.map_err(|error| format!("cannot lay out {folder}: {error}"))?;
        eprintln!("{folder} can be copied to where libraries are, such as /usr/local");
        Ok(())
    }

    fn copy(&self, root: &Path) -> io::Result<()> {
        anew(root)?;
        let (library, pkg_config) = (root.join("lib"), root.join("lib/pkgconfig"));
        fs::create_dir_all(&pkg_config)?;
        for (file, folder) in &self.files {
            let folder = root.join(folder);
            fs::create_dir_all(&folder)?;
            fs::copy(file, folder.join(file.file_name().unwrap_or_default()))?;
        }
        let archive = format!("lib{}.a", self.name);
        fs::copy(self.built.join(&archive), library.join(&archive))?;
        let linked = format!("lib{}.so", self.name);
        let shared = self.built.join(&linked);
        let asked_for = soname(&shared)
            .ok_or_else(|| io::Error::other(format!("{} has no versioned name", shared.display())))?;
        let file = format!("{asked_for}{}", self.suffix);
        fs::copy(shared, library.join(&file))?;
        if file != asked_for {
            symlink(&file, library.join(&asked_for))?;
        }
        symlink(&asked_for, library.join(linked))?;
        let text = PKG_CONFIG.replace("@name@", self.name).replace("@description@", self.description);
        fs::write(pkg_config.join(format!("{}.pc", self.name)), text.replace("@version@", &self.version))
    }
}

/// Makes an empty folder.
pub(crate) fn anew(folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)
}

/// Compiles a program as C and as C++ as a user of pkg-config does, and runs it.
pub(crate) fn with_pkg_config(root: &Path, name: &str, source: &str, build: &Path) -> Outcome {
    let library = root.join("lib");
    for (compiler, language) in [("gcc", "c"), ("g++", "c++")] {
        let program = build.join(format!("conversation-{compiler}"));
        let mut pkg_config = command("pkg-config", ["--cflags", "--libs", name]);
        pkg_config.env("PKG_CONFIG_PATH", library.join("pkgconfig"));
        let flags = output(&mut pkg_config).ok_or_else(|| format!("pkg-config does not find {name}"))?;
        let mut compile = command(compiler, ["-D_POSIX_C_SOURCE=200809L", "-x", language, source]);
        compile.args(["-x", "none"]).args(flags.split_whitespace());
        run(compile.arg("-o").arg(&program))?;
        run(Command::new(program).current_dir(at_root("")).env("LD_LIBRARY_PATH", &library))?;
    }
    Ok(())
}

/// Builds a project as a user of CMake does, and runs its programs.
pub(crate) fn with_cmake(root: &Path, project: &str, programs: &[&str], build: &Path) -> Outcome {
    let build = build.join("cmake");
    let mut configure = command("cmake", ["-S", project, "-B"]);
    configure.arg(&build).env("PKG_CONFIG_PATH", root.join("lib/pkgconfig")).env("CMAKE_PREFIX_PATH", root);
    run(&mut configure)?;
    run(command("cmake", ["--build"]).arg(&build))?;
    for program in programs {
        run(Command::new(build.join(program)).current_dir(at_root("")))?;
    }
    Ok(())
}
