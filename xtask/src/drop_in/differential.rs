//! Runs the program that drives both libraries.

use std::fs;
use std::path::Path;

use super::{ours, real};
use crate::command::{Outcome, at_root, cargo, run_and_read};
use crate::figures::{note, sum_before};

const PACKAGE: &str = "cliquet-libolm-differential";

/// A second copy of the real library, to try out the comparison itself.
const TWIN: &str = "target/real-libolm/twin/libolm.so.3";
const TWIN_SEQUENCES: &str = "150";

/// `libolm/tests/README.md` tells how to run it for longer.
pub(crate) fn test() -> Outcome {
    ours::build()?;
    real::build()?;
    let twin = at_root(TWIN);
    let copied =
        fs::create_dir_all(twin.parent().unwrap_or(&twin)).and_then(|()| fs::copy(real::library(), &twin));
    copied.map_err(|error| format!("cannot copy to {TWIN}: {error}"))?;
    differential(&[("--twin", &twin), ("--sequences", Path::new(TWIN_SEQUENCES))])?;
    let (library, headers) = (ours::library(), ours::headers());
    let printed = differential(&[
        ("--ours", &library),
        ("--our-headers", &headers),
        ("--readme", Path::new("libolm/README.md")),
    ])?;
    note(sum_before(&printed, " functions, ")?, "functions");
    note(sum_before(&printed, " calls, ")?, "calls");
    note(sum_before(&printed, " of them refused")?, "of them refused");
    Ok(())
}

fn differential(options: &[(&str, &Path)]) -> Result<String, String> {
    let mut differential = cargo("run --release --package");
    differential.args([PACKAGE, "--", "--real"]).arg(real::library());
    differential.arg("--headers").arg(real::headers());
    for (option, value) in options {
        differential.arg(option).arg(value);
    }
    run_and_read(&mut differential)
}
