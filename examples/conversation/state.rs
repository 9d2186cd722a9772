//! The folder that holds a whole conversation: what the devices keep, and what the server holds for them.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    rc::Rc,
};

use cliquet::{SystemRandom, pickle::PickleKey};

use crate::{
    Result,
    device::Device,
    directory::Directory,
    files::{self, Unfinished},
    kept_file::KeptFile,
    mailbox::Mailbox,
    media::Media,
    store::{Counters, Store},
    timeline::Timeline,
};

const LOCK: &str = "lock";
const KEY: &str = "pickle.key";
const FILE: &str = "file";

pub(crate) struct State {
    path: PathBuf,
    key: PickleKey,
    pub(crate) counters: Rc<Counters>,
    /// Held to the end of the process, however it ends: two that encrypt with one session would use a message key twice.
    _lock: File,
}

impl State {
    /// Opens the folder of a conversation that goes on, or begins one.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        files::create_folder(path)?;
        if !path.join(LOCK).exists() && fs::read_dir(path)?.next().is_some() {
            return Err(format!("{} holds something else than a conversation", path.display()).into());
        }
        let lock = File::create(path.join(LOCK))?;
        lock.try_lock().map_err(|error| format!("cannot lock {}: {error}", path.display()))?;
        let key = pickle_key(path.join(KEY))?;
        Ok(Self { path: path.to_owned(), key, counters: Rc::default(), _lock: lock })
    }

    /// Copies the file that is to be sent: what the conversation began with, which must not change until it ends.
    pub(crate) fn keep_file(&self, file: File) -> Result<()> {
        let path = self.path.join(FILE);
        if !path.exists() {
            let mut copy = Unfinished::create(path)?;
            let copied = files::for_each_piece(file, |piece| copy.write_all(piece));
            copied.map_err(|error| format!("cannot copy the file that is to be sent: {error}"))?;
            return Ok(copy.finish_and_sync()?);
        }
        if files::is_same(file, File::open(path)?)? {
            return Ok(());
        }
        Err(format!("the conversation in {} sends another file", self.path.display()).into())
    }

    pub(crate) fn kept_file(&self) -> Result<KeptFile> {
        KeptFile::open(&self.path.join(FILE))
    }

    /// Opens a device from its pickles; makes it, if there are none.
    pub(crate) fn device(&self, name: &str) -> Result<Device> {
        let folder = self.path.join("devices").join(name);
        Device::open(name, Store::open(folder, name, &self.key, Rc::clone(&self.counters))?)
    }

    // The server below is taken not to lose power: its files are written whole, and nobody waits for its disk.

    pub(crate) fn directory(&self) -> Result<Directory> {
        Directory::open(self.path.join("server").join("directory"))
    }

    pub(crate) fn mailbox(&self, name: &str) -> Result<Mailbox> {
        Mailbox::open(self.path.join("server").join("mailboxes").join(name))
    }

    pub(crate) fn timeline(&self) -> Result<Timeline> {
        Timeline::open(self.path.join("server").join("room"))
    }

    pub(crate) fn media(&self) -> Result<Media> {
        Media::open(self.path.join("server").join("media"))
    }

    /// How many pickles there are on disk, and their bytes.
    pub(crate) fn pickles(&self, devices: &[&str]) -> Result<(usize, u64)> {
        let (mut count, mut bytes) = (0_usize, 0_u64);
        for name in devices {
            let folder = self.path.join("devices").join(name).join("pickles");
            for slot in files::names(&folder)? {
                count = count.saturating_add(1);
                bytes = bytes.saturating_add(fs::metadata(folder.join(slot))?.len());
            }
        }
        Ok((count, bytes))
    }
}

/// The key of all pickles. It lies beside them so that the example runs by itself, which protects nothing: a real client
/// keeps it in the system's key store.
fn pickle_key(path: PathBuf) -> Result<PickleKey> {
    if let Some(bytes) = files::read(&path)? {
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| "a pickle key has 32 bytes")?;
        return Ok(PickleKey::new(&bytes));
    }
    let key = PickleKey::random(&mut SystemRandom::new())?;
    files::write_and_sync(path, key.as_bytes())?;
    Ok(key)
}
