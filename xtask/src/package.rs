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
        // Programs ask for the first numbers of the version, and the file has all of them.
        let file = format!("{linked}.{}", self.version);
        if !file.starts_with(&asked_for) {
            return Err(io::Error::other(format!("{asked_for} is not of version {}", self.version)));
        }
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

/// Copies what is laid out into a folder beside which programs can be built, and says where it is then.
pub(crate) fn moved(laid_out: &str, used: &Path) -> Result<PathBuf, String> {
    let moved = used.join("moved");
    anew(used).map_err(|error| format!("cannot make {}: {error}", used.display()))?;
    run(&mut command("cp", [Path::new("-a"), &at_root(laid_out), &moved]))?;
    Ok(moved)
}

/// Compiles a program as C and as C++ as a user of pkg-config does, and with the static library, and runs it.
pub(crate) fn with_pkg_config(root: &Path, name: &str, source: &str, build: &Path) -> Outcome {
    let library = root.join("lib");
    let stem = Path::new(source).file_stem().unwrap_or_default().to_string_lossy();
    let flags = |options: &[&str]| {
        let mut pkg_config = command("pkg-config", options);
        pkg_config.arg(name).env("PKG_CONFIG_PATH", library.join("pkgconfig"));
        output(&mut pkg_config).ok_or_else(|| format!("pkg-config does not find {name}"))
    };
    let compile = |compiler: &str, language: &str, flags: &str, program: &Path| {
        let mut compile = command(compiler, ["-D_POSIX_C_SOURCE=200809L", "-x", language, source]);
        compile.args(["-x", "none"]).args(flags.split_whitespace());
        run(compile.arg("-o").arg(program))
    };
    for (compiler, language) in [("gcc", "c"), ("g++", "c++")] {
        let program = build.join(format!("{stem}-{compiler}"));
        compile(compiler, language, &flags(&["--cflags", "--libs"])?, &program)?;
        run(Command::new(program).current_dir(at_root("")).env("LD_LIBRARY_PATH", &library))?;
    }
    // A linker takes the shared library where there are both, unless the file is named.
    let flags = flags(&["--static", "--cflags", "--libs"])?;
    let (shared, archive) = (format!("-l{name}"), format!("-l:lib{name}.a"));
    let flags: Vec<_> =
        flags.split_whitespace().map(|flag| if flag == shared { &archive } else { flag }).collect();
    let program = build.join(format!("{stem}-static"));
    compile("gcc", "c", &flags.join(" "), &program)?;
    run(Command::new(program).current_dir(at_root("")))
}

/// Builds a project as a user of CMake does, and runs its programs. `variable` tells CMake to look in a folder, given from `root`.
pub(crate) fn with_cmake(
    root: &Path,
    variable: (&str, &str),
    project: &str,
    programs: &[&str],
    build: &Path,
) -> Outcome {
    let build = build.join("cmake");
    let mut configure = command("cmake", ["-S", project, "-B"]);
    let (name, folder) = variable;
    run(configure.arg(&build).env(name, root.join(folder)))?;
    run(command("cmake", ["--build"]).arg(&build))?;
    for program in programs {
        run(Command::new(build.join(program)).current_dir(at_root("")))?;
    }
    Ok(())
}
