//! The command line.

use std::{ffi::OsString, path::PathBuf, str::FromStr};

use lexopt::{
    Arg::{Long, Short, Value},
    Error, Parser, ValueExt,
};

use crate::{files::Place, target::Format};

pub(crate) const HELP: &str = "\
migrate [OPTIONS] --key-file KEY IN OUT

Moves a saved account, Olm session, outbound or inbound group session between
the formats of cliquet (native), libolm 3 and vodozemac 0.11. It recognises what
IN is, and tells on standard error what it found: public keys and counts, no
secret.

  IN                   the saved state, `-` for standard input
  OUT                  where it goes, `-` for standard output; may be IN

  --to FORMAT          native (default), libolm or vodozemac
  --key-file KEY       the file with the key of IN, and of OUT without KEY2
  --out-key-file KEY2  the file with the key of OUT
  --context TEXT       the context that a native IN is bound to, and a native
                       OUT will be (default: empty)
  --assume-version-1   a session of vodozemac that does not state the version of
                       its messages has version 1
  -h, --help           this text

Keys. A key file is taken as it is, byte for byte: a newline at its end is part
of the key. Native and vodozemac pickles take a key of exactly 32 bytes, those
of libolm a key of any length. IN may also be a native pickle without encryption
or the bare JSON of vodozemac, which no key protects; OUT is always encrypted.

Formats. IN is a text, with or without white space around it, or a native pickle
in bytes. OUT is base64: a native pickle with a newline at its end, those of
libolm and vodozemac without, as libolm reads none.

Files. OUT is replaced whole, and only once everything else is done: after an
error it is as it was. Its owner alone can read and write it. Stop the client
before its state is moved, and let only one of the two run on from there: both
would encrypt different messages under the same keys.

The exit code is 0 if OUT is written, 1 if it is not, and 2 if the command line
is wrong.
";

pub(crate) enum Command {
    Help,
    Migrate(Request),
}

/// What is asked.
pub(crate) struct Request {
    pub(crate) to: Format,
    pub(crate) key_file: PathBuf,
    pub(crate) out_key_file: Option<PathBuf>,
    pub(crate) context: String,
    pub(crate) assume_version_1: bool,
    pub(crate) input: Place,
    pub(crate) output: Place,
}

#[derive(Default)]
struct Given {
    to: Option<Format>,
    key_file: Option<PathBuf>,
    out_key_file: Option<PathBuf>,
    context: Option<String>,
    assume_version_1: Option<()>,
    input: Option<Place>,
    output: Option<Place>,
}

pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, Error> {
    let mut parser = Parser::from_args(arguments);
    let mut given = Given::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("to") => once("--to", &mut given.to, parser.value()?.parse_with(Format::from_str)?)?,
            Long("key-file") => once("--key-file", &mut given.key_file, parser.value()?.into())?,
            Long("out-key-file") => once("--out-key-file", &mut given.out_key_file, parser.value()?.into())?,
            Long("context") => once("--context", &mut given.context, parser.value()?.string()?)?,
            Long("assume-version-1") => once("--assume-version-1", &mut given.assume_version_1, ())?,
            Value(place) if given.input.is_none() => given.input = Some(place.into()),
            Value(place) if given.output.is_none() => given.output = Some(place.into()),
            _ => return Err(argument.unexpected()),
        }
    }
    given.request().map(Command::Migrate)
}

fn once<T>(name: &str, slot: &mut Option<T>, value: T) -> Result<(), Error> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("option '{name}' is given twice").into()),
    }
}

impl Given {
    fn request(self) -> Result<Request, Error> {
        Ok(Request {
            to: self.to.unwrap_or(Format::Native),
            key_file: self.key_file.ok_or("missing option '--key-file KEY'")?,
            out_key_file: self.out_key_file,
            context: self.context.unwrap_or_default(),
            assume_version_1: self.assume_version_1.is_some(),
            input: self.input.ok_or("missing arguments IN and OUT")?,
            output: self.output.ok_or("missing argument OUT")?,
        })
    }
}
