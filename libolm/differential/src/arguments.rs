//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Error, Parser, ValueExt};

pub(crate) const USAGE: &str = "\
cliquet-libolm-differential --real FILE --headers FOLDER --ours FILE [option...]
cliquet-libolm-differential --real FILE --headers FOLDER --twin FILE [option...]

  --real FILE          the real libolm as a shared library, and the folder of its headers
  --headers FOLDER
  --ours FILE          the drop-in libolm
  --twin FILE          another copy of the real one in its place, to try out the comparison
  --our-headers FOLDER headers that must declare the same
  --readme FILE        where each expected difference must be listed
  --seed NUMBER        from which all is derived; a new one each time unless given
  --sequences NUMBER   how many random sequences to play
  --only NUMBER        play this sequence alone, and print every call before it is made
  --calls              print how often each function was called";

/// How many sequences take about a minute on two processors.
const SEQUENCES: u64 = 2_500;

pub(crate) struct Arguments {
    pub(crate) real: PathBuf,
    pub(crate) headers: PathBuf,
    pub(crate) other: Other,
    pub(crate) seed: Option<u64>,
    pub(crate) sequences: u64,
    pub(crate) only: Option<u64>,
    pub(crate) calls: bool,
}

/// What stands beside the real library.
pub(crate) enum Other {
    Ours { library: PathBuf, headers: Option<PathBuf>, readme: Option<PathBuf> },
    Twin(PathBuf),
}

pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Arguments, Error> {
    let mut parser = Parser::from_args(arguments);
    let (mut real, mut headers, mut ours, mut our_headers, mut readme, mut twin) =
        (None, None, None, None, None, None);
    let (mut seed, mut sequences, mut only, mut calls) = (None, SEQUENCES, None, false);
    while let Some(argument) = parser.next()? {
        let Arg::Long(name) = argument else { return Err(argument.unexpected()) };
        match name {
            "real" => real = Some(parser.value()?.into()),
            "headers" => headers = Some(parser.value()?.into()),
            "ours" => ours = Some(parser.value()?.into()),
            "our-headers" => our_headers = Some(parser.value()?.into()),
            "readme" => readme = Some(parser.value()?.into()),
            "twin" => twin = Some(parser.value()?.into()),
            "seed" => seed = Some(parser.value()?.parse()?),
            "sequences" => sequences = parser.value()?.parse()?,
            "only" => only = Some(parser.value()?.parse()?),
            "calls" => calls = true,
            _ => return Err(argument.unexpected()),
        }
    }
    let missing = |name: &str| Error::Custom(format!("--{name} is missing").into());
    let other = match twin {
        Some(twin) => Other::Twin(twin),
        None => Other::Ours { library: ours.ok_or_else(|| missing("ours"))?, headers: our_headers, readme },
    };
    Ok(Arguments {
        real: real.ok_or_else(|| missing("real"))?,
        headers: headers.ok_or_else(|| missing("headers"))?,
        other,
        seed,
        sequences,
        only,
        calls,
    })
}
