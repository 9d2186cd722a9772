//! No operation takes a time that depends on a secret: the harness under valgrind, with the processor's instructions and without.

use std::fs;

use crate::command::{Outcome, at_root, cargo, command, run, run_and_read};
use crate::figures::{note, sum_before};

/// What the crates of the primitives are told to leave the processor's instructions alone.
const SOFT: &str = "--cfg aes_backend=\"soft\" --cfg sha2_backend=\"soft\" --cfg curve25519_dalek_backend=\"serial\" \
    --cfg chacha20_backend=\"soft\" --cfg poly1305_backend=\"soft\"";

/// A target directory of each: other flags would throw away what was built before.
const BUILDS: [(&str, Option<&str>); 2] =
    [("target/constant-time", None), ("target/constant-time-soft", Some(SOFT))];

pub(crate) fn check() -> Outcome {
    let mut records = Vec::new();
    let mut program = at_root("");
    let mut counts = [Ok(0), Ok(0)];
    for (folder, flags) in BUILDS {
        let build = format!(
            "build --locked --package cliquet-constant-time --profile constant-time --target-dir {folder}"
        );
        let mut build = cargo(&build);
        if let Some(flags) = flags {
            build.env("RUSTFLAGS", flags);
        }
        run(&mut build)?;
        program = at_root(folder).join("constant-time/cliquet-constant-time");
        let record = at_root(folder).join("allowed-and-needed.txt");
        // One of an earlier run would hide that this one wrote none.
        if record.exists() {
            fs::remove_file(&record)
                .map_err(|error| format!("cannot remove {}: {error}", record.display()))?;
        }
        let printed = run_and_read(command(&program.display().to_string(), ["--record"]).arg(&record))?;
        counts = [" operations, built with", " functions of the public API:"]
            .map(|marker| sum_before(&printed, marker));
        records.push(record);
    }
    let printed = run_and_read(command(&program.display().to_string(), ["unused"]).args(records))?;
    let [operations, functions] = counts;
    note(operations?, "operations");
    note(BUILDS.len(), "builds");
    note(functions?, "public functions");
    note(sum_before(&printed, " entries of allowed.txt is needed")?, "allowed places");
    Ok(())
}
