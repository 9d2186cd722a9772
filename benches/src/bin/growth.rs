//! How cost grows: `cargo run --release -p cliquet-bench --bin growth`, see `README.md`.

use std::{env, process::ExitCode};

use cliquet_bench::CountingHeap;

#[global_allocator]
static HEAP: CountingHeap = CountingHeap::new();

fn main() -> ExitCode {
    match cliquet_bench::growth(env::args_os().skip(1), &HEAP) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
