//! The letters that a homeserver holds for one device, until it has acknowledged them.

use std::{fs, io, path::PathBuf};

use cliquet::olm::OlmMessage;

use crate::{Result, files};

/// An Olm message on its way, as a Matrix event carries it.
pub(crate) struct Letter {
    /// The name that the sender gave it. Sent twice under one name, a letter arrives once.
    pub(crate) transaction: String,
    pub(crate) sender: String,
    pub(crate) message: OlmMessage,
}

impl Letter {
    fn to_text(&self) -> String {
        format!("{} {} {}", self.sender, self.message.message_type().as_usize(), self.message.to_base64())
    }

    fn from_text(transaction: &str, text: &str) -> Result<Self> {
        let mut words = text.split(' ');
        let [Some(sender), Some(message_type), Some(body)] = [words.next(), words.next(), words.next()]
        else {
            return Err("a letter needs a sender, a type and a body".into());
        };
        let message = OlmMessage::from_parts(message_type.parse()?, body)?;
        Ok(Self { transaction: transaction.to_owned(), sender: sender.to_owned(), message })
    }
}

/// How the name of a letter's file goes on after the transaction.
const WAITING: &str = "waiting";
const ACKNOWLEDGED: &str = "acknowledged";
const LOST: &str = "lost";

pub(crate) struct Mailbox {
    folder: PathBuf,
}

impl Mailbox {
    pub(crate) fn open(folder: PathBuf) -> Result<Self> {
        files::create_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Whether a letter of this name was sent, whatever became of it.
    pub(crate) fn knows(&self, transaction: &str) -> bool {
        [WAITING, ACKNOWLEDGED, LOST].iter().any(|state| self.path(transaction, state).exists())
    }

    pub(crate) fn put(&self, letter: &Letter) -> io::Result<()> {
        files::write(self.path(&letter.transaction, WAITING), letter.to_text().as_bytes())
    }

    /// What a bad network does: the letter is sent and never arrives.
    pub(crate) fn lose(&self, letter: &Letter) -> io::Result<()> {
        files::write(self.path(&letter.transaction, LOST), letter.to_text().as_bytes())
    }

    /// The letters that were sent and not acknowledged, by name.
    pub(crate) fn waiting(&self) -> Result<Vec<Letter>> {
        let mut letters = Vec::new();
        for name in files::names(&self.folder)? {
            if let Some((transaction, WAITING)) = name.split_once('.') {
                let text = files::read(&self.folder.join(&name))?.unwrap_or_default();
                letters.push(Letter::from_text(transaction, str::from_utf8(&text)?)?);
            }
        }
        Ok(letters)
    }

    /// From here on the letter is the recipient's to lose: it is not delivered again.
    pub(crate) fn acknowledge(&self, letter: &Letter) -> io::Result<()> {
        let transaction = &letter.transaction;
        fs::rename(self.path(transaction, WAITING), self.path(transaction, ACKNOWLEDGED))
    }

    fn path(&self, transaction: &str, state: &str) -> PathBuf {
        self.folder.join(format!("{transaction}.{state}"))
    }
}
