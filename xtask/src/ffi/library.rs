//! The three forms in which libraries for C are tested.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{Outcome, at_root, cargo, command, output, run};

/// What is tested here.
pub(super) const PACKAGE: &str = "cliquet-ffi";

/// How a library is built, and what its programs run under.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// With all checks of handles; what was freed is kept, so that no leak can be told.
    Debug,
    /// As released, under the address sanitizer.
    Sanitized,
    /// As released, under memcheck.
    Release,
}

pub(super) const FORMS: [Form; 3] = [Form::Debug, Form::Sanitized, Form::Release];

impl Form {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Sanitized => "address sanitizer",
            Self::Release => "memcheck",
        }
    }

    /// Builds the library of a package.
    pub(crate) fn build(self, package: &str) -> Outcome {
        let mut build = cargo(match self {
            Self::Debug => "build --package",
            Self::Sanitized => {
                "build --profile sanitized --target x86_64-unknown-linux-gnu --target-dir target/sanitized --package"
            }
            Self::Release => "build --release --package",
        });
        if self == Self::Sanitized {
            // Dependencies are instrumented too; checks of handles are off, so that what is freed is given back.
            build.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Zsanitizer=address");
        }
        run(build.arg(package))
    }

    /// Makes a directory in which the shared library has the name that programs look for.
    pub(super) fn link_shared(self) -> Result<PathBuf, String> {
        let directory = at_root("target/ffi").join(self.name().replace(' ', "-"));
        let shared = self.directory().join("libcliquet.so");
        let name = soname(&shared).ok_or("libcliquet.so has no versioned name")?;
        let link = |name: &str| {
            let link = directory.join(name);
            fs::remove_file(&link).or_else(|_| fs::create_dir_all(&directory))?;
            symlink(&shared, link)
        };
        link(&name)
            .and_then(|()| link("libcliquet.so"))
            .map_err(|error| format!("{}: {error}", directory.display()))?;
        Ok(directory)
    }

    /// Where its files are.
    pub(crate) fn directory(self) -> PathBuf {
        at_root(match self {
            Self::Debug => "target/debug",
            Self::Sanitized => "target/sanitized/x86_64-unknown-linux-gnu/sanitized",
            Self::Release => "target/release",
        })
    }

    /// What a program needs to be compiled with it.
    pub(crate) const fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Debug => &["-DDEBUG_LIBRARY"],
            Self::Sanitized => &["-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
            Self::Release => &[],
        }
    }

    /// The command that runs a program.
    pub(crate) fn runner(self, program: &PathBuf) -> Command {
        let mut run = Command::new(if self == Self::Release { "valgrind" } else { "env" });
        if self == Self::Release {
            // All kinds but "reachable": the multiples of the curve's base point are made once and kept.
            let kinds = "definite,indirect,possible";
            run.args(["--quiet", "--error-exitcode=99", "--leak-check=full"]);
            run.args([format!("--show-leak-kinds={kinds}"), format!("--errors-for-leak-kinds={kinds}")]);
        }
        // What prints a backtrace keeps its memory.
        run.arg(program).env("RUST_BACKTRACE", "0");
        run.env("ASAN_OPTIONS", "detect_leaks=1:detect_stack_use_after_return=1");
        run
    }
}

/// The name under which programs look for a shared library.
pub(crate) fn soname(library: &Path) -> Option<String> {
    let dynamic = output(command("readelf", ["--dynamic", "--wide"]).arg(library))?;
    let name = dynamic.lines().find(|line| line.contains("(SONAME)"))?.rsplit_once('[')?.1;
    Some(name.trim_end_matches(']').to_owned())
}

/// The names in the symbol table of a file.
pub(crate) fn symbols(file: &Path, options: &[&str]) -> Result<BTreeSet<String>, String> {
    let mut nm = command("nm", options);
    let symbols = output(nm.arg("--format=posix").arg(file));
    let symbols = symbols.ok_or_else(|| format!("nm cannot read {}", file.display()))?;
    Ok(symbols.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

/// A shared library exports what its headers declare, and nothing else.
pub(crate) fn exports_are<'a>(library: &Path, declared: impl Iterator<Item = &'a str>) -> Outcome {
    let exported = symbols(library, &["--dynamic", "--defined-only"])?;
    let declared: BTreeSet<_> = declared.map(str::to_owned).collect();
    match exported.symmetric_difference(&declared).next() {
        None => Ok(()),
        Some(name) => Err(format!("{name} is exported or declared, but not both")),
    }
}
