//! Every operation of cliquet's public API under valgrind, with its secrets undefined: a branch or an address that depends on one is reported.
//!
//! `README.md` says how to run it, and what it shows.

mod allowed;
mod backends;
mod client;
mod controls;
mod coverage;
mod harness;
mod judge;
mod memory;
mod operations;
mod report;
mod secrets;
mod supervisor;
mod twin;

use std::env;
use std::process::ExitCode;

#[global_allocator]
static BLOCKS: memory::Blocks = memory::Blocks;

const USAGE: &str = "\
cliquet-constant-time                    run all operations under valgrind
cliquet-constant-time --record FILE      and write down which entries of allowed.txt were needed
cliquet-constant-time unused FILE...     fail if an entry was needed in none of these runs
cliquet-constant-time measure GROUP      run one group: what valgrind is given";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match *arguments.as_slice() {
        [] => supervisor::run(None),
        ["--record", file] => supervisor::run(Some(file)),
        ["unused", ref files @ ..] => supervisor::unused(files),
        ["measure", group] => measure(group),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(name: &str) -> Result<(), String> {
    if !client::is_running() {
        return Err("without valgrind nothing is measured: run this program without arguments".to_owned());
    }
    backends::check_processor()?;
    let group = operations::GROUPS.iter().find(|group| group.name == name).ok_or("no such group")?;
    (group.run)().map_err(|failure| format!("{name}: {failure}"))
}
