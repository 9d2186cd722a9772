//! The program: random sequences from a seed, and directed tests.

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::arguments::{self, Arguments, Other};
use crate::header::{self, Functions};
use crate::library::Library;
use crate::record::Record;
use crate::run::{self, Libraries, Mismatches, Plan};
use crate::{differences, directed, self_test};

/// Reads the command line, and does what it says.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match arguments::parse(env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("{error}\n\n{}", arguments::USAGE);
            return ExitCode::FAILURE;
        }
    };
    match test(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn test(arguments: &Arguments) -> Result<(), String> {
    let libraries = open(arguments)?;
    let seed = arguments
        .seed
        .unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs());
    let sequences = match arguments.only {
        Some(only) => only..only + 1,
        None => 0..arguments.sequences,
    };
    println!("seed {seed}, sequences {sequences:?}");
    if libraries.twins {
        self_test::run(&libraries, seed)?;
    }
    let (mut all, failures) = if arguments.only.is_none() && !libraries.twins {
        directed::run(&libraries, seed)
    } else {
        (Record::default(), Vec::new())
    };
    failures.iter().for_each(|failure| println!("\ndirected test: {failure}"));
    let plan = Plan { seed, sequences, trace: arguments.only.is_some() };
    let (record, mismatches) = run::play(&libraries, &plan);
    all.absorb(record);
    all.print(arguments.calls);
    judge(&mismatches, seed)?;
    if !failures.is_empty() {
        return Err(format!("{} directed tests failed", failures.len()));
    }
    if arguments.only.is_none() { is_complete(&all, &libraries) } else { Ok(()) }
}

/// Opens both libraries, and shows that they are the two that are meant.
fn open(arguments: &Arguments) -> Result<Libraries, String> {
    let functions = header::read(&arguments.headers)?;
    let (other, twins) = match &arguments.other {
        Other::Ours { library, headers, readme } => {
            if let Some(headers) = headers {
                same_declarations(&functions, &header::read(headers)?)?;
            }
            if let Some(readme) = readme {
                differences::check_list(readme)?;
            }
            (library, false)
        }
        Other::Twin(library) => (library, true),
    };
    let (real, ours) = (Library::open(&arguments.real, &functions)?, Library::open(other, &functions)?);
    let contents = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    if real.path() == ours.path() || (!twins && contents(real.path())? == contents(ours.path())?) {
        return Err(format!("{} would be compared with itself", real.path().display()));
    }
    println!("all {} functions of the one side come from {}", functions.len(), real.path().display());
    println!("all {} functions of the other side come from {}", functions.len(), ours.path().display());
    Ok(Libraries { functions, real, ours, twins })
}

/// Our headers declare what libolm's do, with the same types.
fn same_declarations(real: &Functions, ours: &Functions) -> Result<(), String> {
    for (name, function) in real {
        match ours.get(name) {
            Some(other) if other == function => {}
            other => return Err(format!("{name} is declared as {other:?}, not as {function:?}")),
        }
    }
    match ours.keys().find(|name| !real.contains_key(*name)) {
        Some(name) => Err(format!("libolm does not declare {name}")),
        None => Ok(()),
    }
}

fn judge(mismatches: &Mismatches, seed: u64) -> Result<(), String> {
    for (key, (sequence, text, count)) in mismatches {
        println!("\n{count} sequences: {key}\nagain with --seed {seed} --only {sequence}\n{text}");
    }
    if mismatches.is_empty() { Ok(()) } else { Err(format!("{} unexplained differences", mismatches.len())) }
}

/// That everything was called, and everything seen that can be.
fn is_complete(record: &Record, libraries: &Libraries) -> Result<(), String> {
    let uncalled = record.uncalled(&libraries.functions);
    if !uncalled.is_empty() {
        return Err(format!("never called: {uncalled:?}"));
    }
    let unseen = record.unseen_codes();
    if !unseen.is_empty() {
        return Err(format!("no call ended with the error codes {unseen:?}"));
    }
    let unseen: Vec<_> =
        differences::TABLE.iter().filter(|difference| !record.has_seen(difference)).collect();
    match unseen.first() {
        Some(difference) if !libraries.twins => {
            Err(format!("the difference `{}` was not seen", difference.name))
        }
        _ => Ok(()),
    }
}
