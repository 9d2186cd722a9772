//! Files that a crash leaves whole: as they were, or as they were to become. Nobody but the owner may read them.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
};

/// Ends the name of a file that is being written. What a crash leaves of it, the next write replaces.
const UNFINISHED: &str = ".new";

/// Writes a file as a whole, and waits for the disk: when this returns, not even a loss of power takes it back.
pub(crate) fn write_and_sync(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (unfinished, file) = write_unfinished(path, bytes)?;
    // The content must be on the disk before the name is: else the name could lead to an empty file.
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    sync_parent(path)
}

/// Writes a file as a whole. A crash of the program does not take it back; a loss of power may.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (unfinished, _) = write_unfinished(path, bytes)?;
    fs::rename(&unfinished, path)
}

fn write_unfinished(path: &Path, bytes: &[u8]) -> io::Result<(OsString, File)> {
    let mut unfinished = OsString::from(path);
    unfinished.push(UNFINISHED);
    let mut file = private().write(true).create(true).truncate(true).open(&unfinished)?;
    file.write_all(bytes)?;
    Ok((unfinished, file))
}

/// The content of a file, `None` if there is no such file.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The names of the finished files in a folder, sorted.
pub(crate) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| !name.ends_with(UNFINISHED)));
    }
    names.sort();
    Ok(names)
}

/// Makes a folder and those that it lies in, as far as they are missing.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        create_folder(parent)?;
    }
    create_private_folder(path)?;
    sync_parent(path)
}

#[cfg(unix)]
fn create_private_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(unix)]
fn private() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    options.mode(0o600);
    options
}

/// A new name in a folder is on the disk once the folder is.
#[cfg(unix)]
fn sync_parent(path: &Path) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn create_private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

#[cfg(not(unix))]
fn private() -> OpenOptions {
    File::options()
}

#[cfg(not(unix))]
fn sync_parent(_: &Path) -> io::Result<()> {
    Ok(())
}
