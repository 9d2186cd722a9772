//! The steps of cliquet's continuous integration, each one command that a person can run alone.
//!
//! `cargo xtask` lists them.

mod audit;
mod checks;
mod command;
mod constant_time;
mod coverage;
mod drop_in;
mod environment;
mod ffi;
mod figures;
mod fuzz;
mod install;
mod libolm;
mod mutants;
mod package;
mod proofs;
mod public_api;
mod steps;
mod supply_chain;
mod targets;
mod vectors;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let names: Vec<String> = env::args().skip(1).collect();
    if names.is_empty() || names.iter().any(|name| matches!(name.as_str(), "help" | "-h" | "--help")) {
        println!("{}", steps::table());
        return ExitCode::SUCCESS;
    }
    audit::note_start();
    let outcome = match names.split_first() {
        Some((first, options)) if first == "audit" => audit::audit(options),
        _ => steps::run(&names),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
