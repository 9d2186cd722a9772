//! How many instructions each operation takes: `cargo run --release -p cliquet-bench --bin instructions`, see `README.md`.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    match cliquet_bench::instructions(env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
