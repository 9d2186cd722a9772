//! The messages of the room, which a homeserver keeps for everybody to read.

use std::path::PathBuf;

use cliquet::megolm::MegolmMessage;

use crate::{Result, files};

pub(crate) struct Timeline {
    folder: PathBuf,
}

impl Timeline {
    pub(crate) fn open(folder: PathBuf) -> Result<Self> {
        files::create_folder(&folder)?;
        Ok(Self { folder })
    }

    /// How many messages were sent.
    pub(crate) fn len(&self) -> Result<usize> {
        Ok(files::count(&self.folder)?)
    }

    /// Puts a message at a place, counted from 0.
    pub(crate) fn put(&self, place: usize, message: &MegolmMessage) -> Result<()> {
        Ok(files::write(self.path(place), message.to_base64().as_bytes())?)
    }

    /// The message at a place.
    pub(crate) fn message(&self, place: usize) -> Result<MegolmMessage> {
        let text = files::read(&self.path(place))?.ok_or_else(|| format!("no message at place {place}"))?;
        Ok(MegolmMessage::from_base64(str::from_utf8(&text)?)?)
    }

    fn path(&self, place: usize) -> PathBuf {
        self.folder.join(name(place))
    }
}

/// A place as a name that sorts like the number.
pub(crate) fn name(place: usize) -> String {
    format!("room-{place:09}")
}
