//! Environments of Python with pinned packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{command, output, run};

/// The Python of the environment in `folder`, which is made anew unless its packages are those of `requirements`, for this Python.
/// `options` are pip's.
pub(crate) fn environment(folder: &Path, requirements: &Path, options: &[&str]) -> Result<PathBuf, String> {
    let python = folder.join("bin/python");
    let mark = folder.join("installed.txt");
    let wanted = fs::read_to_string(requirements)
        .map_err(|error| format!("cannot read {}: {error}", requirements.display()))?;
    let wanted = format!("{wanted}{}", output(&mut command("python3", ["-VV"])).unwrap_or_default());
    if fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        eprintln!("{} is there", folder.display());
        return Ok(python);
    }
    run(command("python3", ["-m", "venv", "--clear", "--without-pip"]).arg(folder))?;
    run(pip(&python).args(options).args(["--require-hashes", "--requirement"]).arg(requirements))?;
    fs::write(&mark, wanted).map_err(|error| format!("cannot mark {}: {error}", folder.display()))?;
    Ok(python)
}

/// Debian's environments have no pip of their own unless another package is there; the machine's serves.
pub(crate) fn pip(python: &Path) -> Command {
    let mut pip = command("python3", ["-m", "pip", "--python"]);
    pip.arg(python).args(["install", "--quiet", "--no-cache-dir", "--disable-pip-version-check"]);
    pip
}
