//! Builds the real libolm 3.2.16 as a shared library, as its own build does.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::command::{Outcome, at_root, command};
use crate::ffi::quietly;
use crate::libolm;

const SOURCE: &str = "target/libolm-3.2.16";
const BUILT: &str = "target/real-libolm";

/// The name under which programs look for libolm, the real one and ours.
pub(super) const SONAME: &str = "libolm.so.3";

/// What libolm's own build takes besides everything in `src/`.
const BUNDLED: [&str; 3] = [
    "lib/crypto-algorithms/aes.c",
    "lib/crypto-algorithms/sha256.c",
    "lib/curve25519-donna/curve25519-donna.c",
];

/// The archive's `olm_export.h` was made for a static library; that of a shared one exports what the headers declare.
const FLAGS: [&str; 8] = [
    "-O3",
    "-fPIC",
    "-DNDEBUG",
    "-DOLMLIB_VERSION_MAJOR=3",
    "-DOLMLIB_VERSION_MINOR=2",
    "-DOLMLIB_VERSION_PATCH=16",
    "-fvisibility=hidden",
    r#"-DOLM_EXPORT=__attribute__((visibility("default")))"#,
];

/// The library, the folder of which also has the name that linkers look for.
pub(super) fn library() -> PathBuf {
    at_root(BUILT).join(SONAME)
}

/// The folder of its headers.
pub(super) fn headers() -> PathBuf {
    at_root(SOURCE).join("include")
}

/// The object file of one of its sources.
pub(super) fn object(name: &str) -> PathBuf {
    at_root(BUILT).join("objects").join(format!("{name}.o"))
}

/// Builds it, unless that was done from the same source with the same flags.
pub(crate) fn build() -> Outcome {
    libolm::fetch()?;
    let mark = at_root(BUILT).join("built.txt");
    let wanted = format!("{}\n{}", FLAGS.join(" "), libolm::PINNED);
    if fs::read_to_string(&mark).is_ok_and(|found| found == wanted) && library().exists() {
        eprintln!("{} is there", library().display());
        return Ok(());
    }
    let objects = at_root(BUILT).join("objects");
    anew(&objects).map_err(|error| format!("cannot make {BUILT}: {error}"))?;
    for (compiler, standard, extension) in [("gcc", "-std=c99", "c"), ("g++", "-std=c++11", "cpp")] {
        let mut compile = command(compiler, ["-c", standard, "-w"]);
        compile.args(FLAGS).current_dir(&objects);
        compile.arg("-I").arg(headers()).arg("-I").arg(at_root(SOURCE).join("lib"));
        quietly(compile.args(sources(extension)?))?;
    }
    let mut link = command("g++", ["-shared", &format!("-Wl,-soname,{SONAME}"), "-o"]);
    link.arg(library()).args(files(&objects, "o")?);
    quietly(&mut link)?;
    eprintln!("{} is built", library().display());
    fs::write(mark, wanted).map_err(|error| format!("cannot mark {BUILT}: {error}"))
}

fn anew(objects: &Path) -> io::Result<()> {
    if at_root(BUILT).exists() {
        fs::remove_dir_all(at_root(BUILT))?;
    }
    fs::create_dir_all(objects)?;
    std::os::unix::fs::symlink(SONAME, at_root(BUILT).join("libolm.so"))
}

fn sources(extension: &str) -> Result<Vec<PathBuf>, String> {
    let mut sources = files(&at_root(SOURCE).join("src"), extension)?;
    let bundled = BUNDLED.iter().filter(|path| path.rsplit('.').next() == Some(extension));
    sources.extend(bundled.map(|path| at_root(SOURCE).join(path)));
    Ok(sources)
}

/// The files in `folder` with this extension, in order.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let entries =
        fs::read_dir(folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|end| end == extension)).collect();
    files.sort();
    Ok(files)
}
