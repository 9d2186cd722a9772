//! What one device keeps: a pickle in each slot, the texts that it has received, and the attachments that it has opened.

use std::{cell::Cell, fs::File, io, path::PathBuf, rc::Rc};

use cliquet::{
    RandomError, SystemRandom,
    pickle::{Pickle, PickleKey, UnpickleError},
};

use crate::{
    Result,
    files::{self, Unfinished},
};

/// How often devices and pickles were opened, and pickles written, for the report.
#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) devices: Cell<u32>,
    pub(crate) written: Cell<u32>,
    pub(crate) opened: Cell<u32>,
}

pub(crate) struct Store {
    /// The device that all of this belongs to.
    owner: String,
    pickles: PathBuf,
    texts: PathBuf,
    attachments: PathBuf,
    key: PickleKey,
    counters: Rc<Counters>,
}

impl Store {
    pub(crate) fn open(
        folder: PathBuf,
        owner: &str,
        key: &PickleKey,
        counters: Rc<Counters>,
    ) -> Result<Self> {
        let [pickles, texts, attachments] =
            ["pickles", "received", "attachments"].map(|name| folder.join(name));
        for folder in [&pickles, &texts, &attachments] {
            files::create_folder(folder)?;
        }
        count(&counters.devices);
        Ok(Self { owner: owner.to_owned(), pickles, texts, attachments, key: key.in_context(""), counters })
    }

    /// Replaces the pickle in a slot. Once this has returned, no crash takes it back.
    pub(crate) fn put(
        &self,
        slot: &str,
        seal: impl FnOnce(&PickleKey, &mut SystemRandom) -> std::result::Result<Pickle, RandomError>,
    ) -> Result<()> {
        let pickle = seal(&self.key_of(slot), &mut SystemRandom::new())?;
        files::write_and_sync(self.pickles.join(slot), pickle.as_bytes())?;
        count(&self.counters.written);
        Ok(())
    }

    /// Opens the pickle in a slot, if there is one.
    pub(crate) fn get<T>(
        &self,
        slot: &str,
        open: impl FnOnce(&Pickle, &PickleKey) -> std::result::Result<T, UnpickleError>,
    ) -> Result<Option<T>> {
        let Some(bytes) = files::read(&self.pickles.join(slot))? else { return Ok(None) };
        let state = Pickle::from_bytes(&bytes).and_then(|pickle| open(&pickle, &self.key_of(slot)));
        let state = state.map_err(|error| format!("{slot} of {}: {error}", self.owner))?;
        count(&self.counters.opened);
        Ok(Some(state))
    }

    /// User, device and slot are bound into each pickle, so that none opens in the place of another.
    fn key_of(&self, slot: &str) -> PickleKey {
        self.key.in_context(format!("{}|{slot}", self.owner))
    }

    /// Keeps a received text, in the clear for you to look at; a real client encrypts it. The same name again replaces
    /// it, so that a text that is stored twice counts once.
    pub(crate) fn put_text(&self, name: &str, text: &[u8]) -> io::Result<()> {
        files::write_and_sync(self.texts.join(name), text)
    }

    pub(crate) fn has_text(&self, name: &str) -> bool {
        self.texts.join(name).exists()
    }

    /// The names of the received texts that begin so, in order.
    pub(crate) fn text_names(&self, start: &str) -> io::Result<Vec<String>> {
        let mut names = files::names(&self.texts)?;
        names.retain(|name| name.starts_with(start));
        Ok(names)
    }

    pub(crate) fn text(&self, name: &str) -> Result<Vec<u8>> {
        Ok(files::read(&self.texts.join(name))?
            .ok_or_else(|| format!("{} has no text {name}", self.owner))?)
    }

    /// A new attachment, which the device has once it is finished.
    pub(crate) fn create_attachment(&self, name: &str) -> io::Result<Unfinished> {
        Unfinished::create(self.attachments.join(name))
    }

    pub(crate) fn has_attachment(&self, name: &str) -> bool {
        self.attachments.join(name).exists()
    }

    pub(crate) fn attachment_names(&self) -> io::Result<Vec<String>> {
        files::names(&self.attachments)
    }

    pub(crate) fn attachment(&self, name: &str) -> io::Result<File> {
        File::open(self.attachments.join(name))
    }
}

fn count(counter: &Cell<u32>) {
    counter.set(counter.get().saturating_add(1));
}
