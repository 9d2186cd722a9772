//! The test vectors without the library: each file against its schema, the checker in Python, and whether that notices changes.

use std::fs;
use std::path::Path;

use crate::command::{Outcome, at_root, command, output, run};

const REQUIREMENTS: &str = "test-vectors/checker/requirements.txt";
const ENVIRONMENT: &str = "target/vectors";

pub(crate) fn check() -> Outcome {
    let python = at_root(ENVIRONMENT).join("bin/python");
    install(&python)?;
    for arguments in
        ["test-vectors/schema/validate.py", "test-vectors/checker", "test-vectors/checker --damage"]
    {
        let mut script = command(&python.to_string_lossy(), arguments.split_whitespace());
        run(script.env("PYTHONDONTWRITEBYTECODE", "1"))?;
    }
    Ok(())
}

/// Brings the packages of the scripts to an environment of their own, unless they are there.
fn install(python: &Path) -> Outcome {
    let mark = at_root(ENVIRONMENT).join("installed.txt");
    let wanted =
        fs::read_to_string(at_root(REQUIREMENTS)).map_err(|error| format!("{REQUIREMENTS}: {error}"))?;
    let wanted = format!("{wanted}{}", output(&mut command("python3", ["-VV"])).unwrap_or_default());
    if fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        eprintln!("{ENVIRONMENT} is there");
        return Ok(());
    }
    run(command("python3", ["-m", "venv", "--clear", "--without-pip"]).arg(at_root(ENVIRONMENT)))?;
    // Debian's environments have no pip of their own; the machine's serves.
    let mut pip = command("python3", ["-m", "pip", "--python"]);
    pip.arg(python).args([
        "install",
        "--quiet",
        "--no-cache-dir",
        "--disable-pip-version-check",
        "--no-deps",
    ]);
    run(pip.args(["--only-binary=:all:", "--require-hashes", "--requirement", REQUIREMENTS]))?;
    fs::write(&mark, wanted).map_err(|error| format!("cannot mark {ENVIRONMENT}: {error}"))
}
