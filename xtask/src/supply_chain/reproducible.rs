//! The libraries for C, built so that their bytes tell nothing of the machine: twice, in different places, with the same hash.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::packages::cargo_home;
use crate::command::{Outcome, at_root, command, output, run};
use crate::package::anew;

/// The second of them is as other as it can be: a longer path, with a space, another unpacking of the packages, another umask,
/// language and time zone.
const PLACES: [(&str, bool); 2] =
    [("target/reproducible/first", false), ("target/reproducible/a second place/further down", true)];

/// What is compared.
pub(super) const LIBRARIES: [(&str, [&str; 2]); 2] =
    [("cliquet-ffi", ["libcliquet.so", "libcliquet.a"]), ("cliquet-libolm", ["libolm.so", "libolm.a"])];

/// Builds everything twice and compares.
pub(crate) fn check() -> Outcome {
    let mut builds = Vec::new();
    for (place, other) in PLACES {
        let place = at_root(place);
        anew(&place).map_err(|error| format!("cannot make {}: {error}", place.display()))?;
        copy_source(&place.join("source"))?;
        let build = Build {
            source: place.join("source"),
            target: place.join("built"),
            home: place.join("home"),
            other,
        };
        build.run()?;
        build.names_no_place()?;
        builds.push(build.hashes()?);
    }
    let different = |first: &BTreeMap<_, _>, second| first != second;
    if let [first, second] = builds.as_slice() {
        for (library, hash) in first {
            eprintln!("{hash}  {library}");
        }
        eprintln!("for {}, with {}", compiler("host")?, conditions()?.join(", "));
        if different(first, second) {
            return Err(format!("two builds differ: {first:#?}\n{second:#?}"));
        }
    }
    Ok(())
}

/// One build of the libraries, as they are released.
pub(super) struct Build {
    pub(super) source: PathBuf,
    pub(super) target: PathBuf,
    /// Cargo's folder, where `other` asks for one of its own.
    pub(super) home: PathBuf,
    pub(super) other: bool,
}

/// How variables begin with which a person changes what is built.
const CHANGES_A_BUILD: [&str; 8] = [
    "RUSTFLAGS",
    "RUSTC",
    "CARGO_INCREMENTAL",
    "CARGO_PROFILE_",
    "CARGO_BUILD_",
    "CARGO_TARGET_",
    "CC",
    "CFLAGS",
];

impl Build {
    pub(super) fn run(&self) -> Outcome {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        for (package, _) in LIBRARIES {
            let arguments = ["build", "--release", "--locked", "--package", package];
            let mut build = if self.other {
                self.own_home().map_err(|error| format!("{}: {error}", self.home.display()))?;
                let mut shell = Command::new("sh");
                shell.args(["-c", "umask 077; exec \"$@\"", "sh", &cargo]).args(arguments);
                shell.env("CARGO_HOME", &self.home).env("LC_ALL", "tr_TR.UTF-8").env("TZ", "Asia/Tokyo");
                shell
            } else {
                command(&cargo, arguments)
            };
            // A build of the release has these from nobody.
            for (name, _) in
                env::vars().filter(|(name, _)| CHANGES_A_BUILD.iter().any(|begin| name.starts_with(begin)))
            {
                build.env_remove(name);
            }
            build.env("CARGO_ENCODED_RUSTFLAGS", self.renamed()?).env("CARGO_TARGET_DIR", &self.target);
            run(build.current_dir(&self.source))?;
        }
        Ok(())
    }

    /// A folder of Cargo's with nothing in it but what was downloaded: packages are unpacked anew.
    fn own_home(&self) -> std::io::Result<()> {
        let registry = self.home.join("registry");
        fs::create_dir_all(&registry)?;
        let downloaded = cargo_home().map_err(std::io::Error::other)?;
        for folder in ["index", "cache"] {
            let link = registry.join(folder);
            if !link.exists() {
                symlink(downloaded.join("registry").join(folder), link)?;
            }
        }
        // Where packages come from, if the machine has a mirror.
        let settings = downloaded.join("config.toml");
        if settings.exists() {
            fs::copy(settings, self.home.join("config.toml"))?;
        }
        Ok(())
    }

    /// The compiler's flags: messages of panics name files, and shall name them alike everywhere. Cargo's hashes leave them out.
    fn renamed(&self) -> Result<String, String> {
        let home = if self.other { self.home.clone() } else { cargo_home()? };
        let sources = home.join("registry/src");
        let mut flags = Vec::new();
        let mut rename = |from: &Path, to: &str| {
            flags.push(format!("--remap-path-prefix={}={to}", from.display()));
        };
        // The more exact ones last: the last that fits is taken.
        rename(&home, "/cargo");
        for registry in fs::read_dir(cargo_home()?.join("registry/src")).into_iter().flatten().flatten() {
            rename(&sources.join(registry.file_name()), "/packages");
        }
        rename(&self.source, "/cliquet");
        rename(
            &Path::new(&sysroot()?).join("lib/rustlib/src/rust"),
            &format!("/rustc/{}", compiler("commit-hash")?),
        );
        Ok(flags.join("\u{1f}"))
    }

    /// Each library and its hash.
    fn hashes(&self) -> Result<BTreeMap<&'static str, String>, String> {
        let files = LIBRARIES.iter().flat_map(|(_, files)| files);
        files.map(|file| Ok((*file, sha256(&self.target.join("release").join(file))?))).collect()
    }

    /// No folder of this machine stands in a library.
    pub(super) fn names_no_place(&self) -> Outcome {
        let home = env::var_os("HOME").map(PathBuf::from);
        let places: Vec<_> = [Some(self.source.clone()), Some(cargo_home()?), Some(self.home.clone()), home]
            .into_iter()
            .flatten()
            .filter(|place| place.components().count() > 1)
            .collect();
        for file in LIBRARIES.iter().flat_map(|(_, files)| files) {
            let path = self.target.join("release").join(file);
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            for place in &places {
                // With what follows: a short name could stand there by chance.
                let name = [place.as_os_str().as_encoded_bytes(), b"/"].concat();
                if bytes.windows(name.len()).any(|bytes| bytes == name) {
                    return Err(format!("{file} names the folder {}", place.display()));
                }
            }
        }
        Ok(())
    }
}

/// What the hashes depend on besides the source.
pub(super) fn conditions() -> Result<Vec<String>, String> {
    let first_line = |program: &str| {
        let text =
            output(&mut command(program, ["--version"])).ok_or_else(|| format!("{program} is missing"))?;
        Ok::<_, String>(text.lines().next().unwrap_or_default().to_owned())
    };
    Ok(vec![first_line("rustc")?, first_line("cc")?, first_line("ld")?])
}

/// One line of what the compiler says about itself.
pub(super) fn compiler(key: &str) -> Result<String, String> {
    let text = output(&mut command("rustc", ["-vV"])).ok_or("rustc is missing")?;
    let value = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    value.map(str::to_owned).ok_or_else(|| format!("rustc does not say its {key}"))
}

fn sysroot() -> Result<String, String> {
    output(&mut command("rustc", ["--print", "sysroot"])).ok_or_else(|| "rustc is missing".to_owned())
}

/// The hash of a file, from the program that everybody verifies it with.
pub(super) fn sha256(file: &Path) -> Result<String, String> {
    let printed = output(command("sha256sum", ["--"]).arg(file));
    let hash = printed.as_deref().and_then(|line| line.split_whitespace().next());
    // A name with a backslash has one before the hash.
    hash.map(|hash| hash.trim_start_matches('\\').to_owned())
        .ok_or_else(|| format!("no hash of {}", file.display()))
}

/// Copies what git knows or would know, as it lies in the folder.
pub(super) fn copy_source(destination: &Path) -> Outcome {
    let listed =
        output(&mut command("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]));
    let listed = listed.ok_or("git does not list the files: a clone of the repository is needed")?;
    for file in listed.split('\0').filter(|file| !file.is_empty()) {
        let (from, to) = (at_root(file), destination.join(file));
        // What has been deleted and is not committed yet is still listed.
        if !from.exists() {
            continue;
        }
        let folder = to.parent().unwrap_or(destination);
        let copied = fs::create_dir_all(folder).and_then(|()| fs::copy(&from, &to));
        copied.map_err(|error| format!("cannot copy {file}: {error}"))?;
    }
    Ok(())
}

/// A name that is part of no other.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_else(|| OsStr::new("")).to_string_lossy().into_owned()
}
