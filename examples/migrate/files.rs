//! Reading what is secret, and replacing a file whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use crate::Result;

/// Where something is read from or written to.
pub(crate) enum Place {
    /// Standard input or output.
    Standard,
    File(PathBuf),
}

impl From<OsString> for Place {
    fn from(argument: OsString) -> Self {
        if argument == "-" { Self::Standard } else { Self::File(argument.into()) }
    }
}

impl Place {
    pub(crate) const INPUT: &str = "standard input";
    pub(crate) const OUTPUT: &str = "standard output";

    /// The name of the place; `standard` if it is no file.
    pub(crate) fn name(&self, standard: &str) -> String {
        match self {
            Self::Standard => standard.to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

pub(crate) fn read(place: &Place) -> Result<Zeroizing<Vec<u8>>> {
    let bytes = match place {
        Place::Standard => read_all(io::stdin().lock()),
        Place::File(path) => File::open(path).and_then(read_all),
    };
    Ok(bytes.map_err(|error| format!("cannot read {}: {error}", place.name(Place::INPUT)))?)
}

/// Reads to the end, and leaves no copy behind where the buffer has grown out.
pub(crate) fn read_all(mut input: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(4096));
    loop {
        let room = bytes.capacity().saturating_sub(bytes.len());
        let limit = u64::try_from(room).unwrap_or(u64::MAX);
        if input.by_ref().take(limit).read_to_end(&mut bytes)? < room {
            return Ok(bytes);
        }
        let mut larger = Zeroizing::new(Vec::with_capacity(bytes.capacity().saturating_mul(2)));
        larger.extend_from_slice(&bytes);
        bytes = larger;
    }
}

pub(crate) fn write(place: &Place, bytes: &[u8]) -> Result<()> {
    let written = match place {
        Place::Standard => io::stdout().lock().write_all(bytes).and_then(|()| io::stdout().flush()),
        Place::File(path) => replace(path, bytes),
    };
    Ok(written.map_err(|error| format!("cannot write {}: {error}", place.name(Place::OUTPUT)))?)
}

/// Whatever fails, and whenever the power fails, `path` holds what it held or all of `bytes`.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = behind_links(path)?;
    let directory = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    // For its owner alone; removed unless it gets to its place.
    let mut file = tempfile::Builder::new().prefix(".migrate-").tempfile_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    sync_directory(directory)
}

/// The file itself: a link stays a link, and nothing that is no file is replaced by one.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => fs::canonicalize(path),
        Ok(_) => Err(io::Error::new(ErrorKind::InvalidInput, "it is there and no regular file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(path.to_owned()),
        Err(error) => Err(error),
    }
}

/// The new name is safe once the directory is.
#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// Directories cannot be opened as files elsewhere.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
