//! Brings the source of libolm 3.2.16 to `target/libolm-3.2.16`, and that of its Python binding to `target/python-olm-3.2.16`.
//!
//! pip finds the archive, by its name alone, and refuses it if its hash is not the pinned one. Since pip asks a source
//! archive's own build for its name and version before it saves the archive, `xtask/libolm/` stands in for that build:
//! nothing out of the archive runs.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::command::{Outcome, at_root, command, run};

const DESTINATION: &str = "target/libolm-3.2.16";
/// The rest of the archive.
pub(crate) const BINDING: &str = "target/python-olm-3.2.16";
const DOWNLOAD: &str = "target/libolm-download";
const ARCHIVE: &str = "python-olm-3.2.16";
const STAND_IN: &str = "xtask/libolm";

/// Name, version and hash of the archive.
pub(crate) const PINNED: &str = include_str!("../libolm/requirements.txt");

/// Written into the unpacked source last, with `PINNED` as content.
const MARK: &str = "verified.txt";

pub(crate) fn fetch() -> Outcome {
    let destination = at_root(DESTINATION);
    let binding = at_root(BINDING);
    let is_there = |folder: &Path| fs::read_to_string(folder.join(MARK)).is_ok_and(|mark| mark == PINNED);
    if is_there(&destination) && is_there(&binding) {
        eprintln!("{DESTINATION} is there and verified");
        return Ok(());
    }
    let download = at_root(DOWNLOAD);
    remove(&download)?;
    fs::create_dir_all(&download).map_err(|error| format!("cannot create {DOWNLOAD}: {error}"))?;

    let pip = "-m pip download --quiet --no-deps --no-binary :all: --no-build-isolation --require-hashes";
    let mut pip = command("python3", pip.split_whitespace());
    pip.args(["--dest", DOWNLOAD, "--requirement"]).arg(format!("{STAND_IN}/requirements.txt"));
    pip.env("PYTHONPATH", at_root(STAND_IN)).env("PYTHONDONTWRITEBYTECODE", "1");
    run(&mut pip).map_err(|error| {
        format!("{error}\nIt takes python3 with pip, and a network (`cargo xtask install`).")
    })?;

    let mut tar = command("tar", ["--extract", "--gzip", "--no-same-owner", "--directory", DOWNLOAD]);
    tar.args([format!("--file={DOWNLOAD}/{ARCHIVE}.tar.gz"), ARCHIVE.to_owned()]);
    run(&mut tar)?;

    // Moved into place only when complete, so that an interrupted run leaves nothing half done.
    let unpacked = download.join(ARCHIVE);
    for (from, to) in [(unpacked.join("libolm"), destination), (unpacked, binding)] {
        remove(&to)?;
        let placed = fs::write(from.join(MARK), PINNED).and_then(|()| fs::rename(&from, &to));
        placed.map_err(|error| format!("cannot fill {}: {error}", to.display()))?;
    }
    remove(&download)
}

fn remove(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}
