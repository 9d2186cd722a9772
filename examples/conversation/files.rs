//! Files that a crash leaves whole: as they were, or as they were to become. Nobody but the owner may read them.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

/// Ends the name of a file that is being written.
const UNFINISHED: &str = ".new";

/// As much of a file of any size is in memory at once.
const PIECE: u64 = 64 * 1024;

/// A file that has its name once it is complete. Dropped before, it is removed; what a crash leaves, the next write replaces.
pub(crate) struct Unfinished {
    path: PathBuf,
    unfinished: OsString,
    file: File,
}

impl Unfinished {
    pub(crate) fn create(path: PathBuf) -> io::Result<Self> {
        let mut unfinished = OsString::from(&path);
        unfinished.push(UNFINISHED);
        let file = private().write(true).create(true).truncate(true).open(&unfinished)?;
        Ok(Self { path, unfinished, file })
    }

    /// A crash of the program does not take the file back; a loss of power may.
    pub(crate) fn finish(self) -> io::Result<()> {
        fs::rename(&self.unfinished, &self.path)
    }

    /// Waits for the disk: when this returns, not even a loss of power takes the file back.
    pub(crate) fn finish_and_sync(self) -> io::Result<()> {
        // The content must be on the disk before the name is: else the name could lead to an empty file.
        self.file.sync_all()?;
        fs::rename(&self.unfinished, &self.path)?;
        sync_parent(&self.path)
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // There is none once the file is finished; and where it cannot be removed, it is as after a crash.
        let _ = fs::remove_file(&self.unfinished);
    }
}

/// Writes a file as a whole, and waits for the disk, as [`Unfinished::finish_and_sync`] does.
pub(crate) fn write_and_sync(path: PathBuf, bytes: &[u8]) -> io::Result<()> {
    let mut file = Unfinished::create(path)?;
    file.write_all(bytes)?;
    file.finish_and_sync()
}

/// Writes a file as a whole, as [`Unfinished::finish`] does.
pub(crate) fn write(path: PathBuf, bytes: &[u8]) -> io::Result<()> {
    let mut file = Unfinished::create(path)?;
    file.write_all(bytes)?;
    file.finish()
}

/// The content of a file, `None` if there is no such file.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads to the end, and hands over piece by piece what it reads.
pub(crate) fn for_each_piece(
    mut source: impl Read,
    mut take: impl FnMut(&mut [u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut piece = Vec::new();
    while read_piece(&mut source, &mut piece)? > 0 {
        take(&mut piece)?;
    }
    Ok(())
}

/// Whether the same bytes are left in both.
pub(crate) fn is_same(mut first: impl Read, mut second: impl Read) -> io::Result<bool> {
    let (mut piece, mut other) = (Vec::new(), Vec::new());
    while read_piece(&mut first, &mut piece)? > 0 {
        read_piece(&mut second, &mut other)?;
        if piece != other {
            return Ok(false);
        }
    }
    Ok(read_piece(&mut second, &mut other)? == 0)
}

/// Reads a whole piece; less at the end of the source.
fn read_piece(source: &mut impl Read, piece: &mut Vec<u8>) -> io::Result<usize> {
    piece.clear();
    source.take(PIECE).read_to_end(piece)
}

/// The names of the finished files in a folder, sorted.
pub(crate) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = finished(folder)?.collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// How many finished files there are in a folder.
pub(crate) fn count(folder: &Path) -> io::Result<usize> {
    finished(folder)?.try_fold(0_usize, |count, name| name.map(|_| count.saturating_add(1)))
}

fn finished(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    let name = |entry: fs::DirEntry| entry.file_name().into_string().ok();
    let names = fs::read_dir(folder)?.filter_map(move |entry| entry.map(name).transpose());
    Ok(names.filter(|name| !name.as_ref().is_ok_and(|name| name.ends_with(UNFINISHED))))
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
