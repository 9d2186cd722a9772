//! cliquet beside its peers: `cargo run --release -p cliquet-bench`, see `README.md`.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    match cliquet_bench::speed(env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
