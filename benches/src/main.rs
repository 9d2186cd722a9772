//! cliquet beside vodozemac, and attachments beside their primitives, interleaved in one run: `cargo run --release -p cliquet-bench`
//!
//! `-- --quick` measures for a few seconds instead of a minute. Every result that is timed is also checked.

mod attachments;
mod counting;
mod measure;
mod memory;
mod passphrases;
mod pickles;
mod report;

use std::{env, error::Error, process::ExitCode, time::Duration};

use measure::Bench;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let budget = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Duration::from_secs(8),
        ["--quick"] => Duration::from_secs(1),
        [memory::STREAM] => return memory::stream(),
        _ => return Err("nothing or --quick: cargo run --release -p cliquet-bench [-- --quick]".into()),
    };
    let mut bench = Bench::new(budget);
    let sizes = pickles::measure(&mut bench)?;
    println!("{}", report::times(&bench.rows(), "vodozemac"));
    println!("{}", report::sizes(&sizes));
    let mut bench = Bench::new(budget);
    let lengths = attachments::measure(&mut bench)?;
    println!("{}", report::throughput(&bench.rows(), &lengths));
    println!("{}", memory::measure()?);
    let mut bench = Bench::new(budget);
    passphrases::measure(&mut bench)?;
    println!("{}", report::times(&bench.rows(), "pbkdf2"));
    Ok(())
}
