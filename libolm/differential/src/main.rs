//! Drives the drop-in libolm and the real one with the same calls and compares every byte.

use std::process::ExitCode;

fn main() -> ExitCode {
    cliquet_libolm_differential::program::main()
}
