//! The functions of the drop-in libolm beside those of the real one: the fuzzer chooses the calls of `libolm/differential`, which
//! go to both, and whatever differs and is not in the table of `libolm/README.md` is a finding.
//!
//! What the real library does not survive is kept from it as there, and not in this target: those calls go to the drop-in alone.

#![no_main]

mod functions;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, process};

use cliquet_libolm_differential::fuzzed::Fuzzed;
use libfuzzer_sys::fuzz_target;

/// Names the real libolm, as a shared library.
const VARIABLE: &str = "REAL_LIBOLM";

/// Where `cargo xtask libolm-differential` builds it.
const BUILT: &str = "target/real-libolm/libolm.so.3";

static LIBRARIES: OnceLock<Fuzzed> = OnceLock::new();

fuzz_target!(
    init: {
        LIBRARIES.get_or_init(open);
    },
    |choices: &[u8]| {
        if let Err(difference) = LIBRARIES.get_or_init(open).play(choices) {
            panic!("not in the table of differences: {difference}");
        }
    }
);

/// Without the real library there is nothing to claim.
fn open() -> Fuzzed {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let real = env::var_os(VARIABLE).map_or_else(|| root.join(BUILT), PathBuf::from);
    let opened = Fuzzed::open(&real, &root.join("libolm/include"), &functions::all());
    opened.unwrap_or_else(|error| {
        eprintln!("error: {error}\nBuild the real libolm by `cargo xtask libolm-differential`, or name its file in {VARIABLE}.");
        process::exit(1)
    })
}
