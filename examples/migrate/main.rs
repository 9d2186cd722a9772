//! Moves a saved account or session between cliquet, libolm and vodozemac:
//! cargo run --release --features vodozemac --example migrate -- --help
//!
//! `arguments` says what is asked, `source` recognises and opens what is there, `findings` shows it, `target` writes it in another
//! format, and `files` puts it in its place, whole or not at all.

mod arguments;
mod files;
mod findings;
mod key;
mod source;
mod target;

use std::{env, error::Error, process::ExitCode};

use arguments::{Command, HELP, Request};
use files::Place;
use findings::Findings;
use key::Key;
use source::Source;
use target::Target;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The exit code of a command line that says nothing that could be done.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match arguments::parse(env::args_os().skip(1)) {
        Ok(Command::Help) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Ok(Command::Migrate(request)) => match migrate(&request) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            eprintln!("error: {error} (`migrate --help` tells more)");
            ExitCode::from(USAGE)
        }
    }
}

fn migrate(request: &Request) -> Result<()> {
    let key = Key::read(&request.key_file)?;
    let out_key = request.out_key_file.as_deref().map(Key::read).transpose()?;
    let target = match &out_key {
        Some(out_key) => Target::new(request.to, out_key, &request.context)?,
        None => Target::new(request.to, &key, &request.context)
            .map_err(|error| format!("{error}; --out-key-file gives OUT a key of its own"))?,
    };

    let input = files::read(&request.input)?;
    let opened = Source::recognise(&input, &key, request).and_then(|source| {
        let state = source.open()?;
        eprint!("{}", Findings::new(&source, &state, request.to));
        Ok(state)
    });
    let state = opened.map_err(|error| format!("{}: {error}", request.input.name(Place::INPUT)))?;
    let text = target.seal(&state)?;

    files::write(&request.output, text.as_bytes())?;
    eprintln!("Written to {}, as a pickle of {}.", request.output.name(Place::OUTPUT), request.to);
    Ok(())
}
