use alloc::string::String;

use super::{KeyExport, KeyExportError, content, envelope::Envelope};
use crate::passphrase::{PassphraseStretching, StretchedPassphrase};

/// A key export file that was read, or written, and is encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedKeyExport(Envelope);

impl EncryptedKeyExport {
    /// A limit for the rounds of a file that somebody else has written: twenty times what clients write, which is 100 000 to 500 000 rounds.
    pub const DEFAULT_MAX_ROUNDS: u32 = 10_000_000;

    pub(super) fn new(envelope: Envelope) -> Self {
        Self(envelope)
    }

    /// Reads the text of a file. Lines may end in any way and have any length, ASCII white space in them is skipped, padding of the base64 is optional.
    ///
    /// # Errors
    ///
    /// [`KeyExportError::MissingLine`] unless the text begins and ends with the lines of a key export, [`KeyExportError::Decode`] if what stands between them
    /// is no base64, is too short or has another version than 1, [`KeyExportError::TooFewRounds`] if it asks for no round at all.
    pub fn from_text(text: &str) -> Result<Self, KeyExportError> {
        Envelope::from_text(text).map(Self)
    }

    /// The text of a file: lines of at most 96 characters, unpadded base64 between the first and the last.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// In how many rounds the passphrase has to be stretched.
    #[must_use]
    pub fn rounds(&self) -> u32 {
        self.0.header.rounds.get()
    }

    /// Begins to stretch a passphrase, the text that the user types. At most `max_rounds`: a hostile file could ask for hours.
    ///
    /// # Errors
    ///
    /// [`KeyExportError::TooManyRounds`] if the file asks for more.
    pub fn stretch(&self, passphrase: &str, max_rounds: u32) -> Result<PassphraseStretching, KeyExportError> {
        let (header, rounds) = (&self.0.header, self.rounds());
        if rounds > max_rounds {
            return Err(KeyExportError::TooManyRounds { rounds, limit: max_rounds });
        }
        Ok(PassphraseStretching::new(passphrase, &header.salt, header.rounds))
    }

    /// Checks the MAC and reads the sessions.
    ///
    /// # Errors
    ///
    /// [`KeyExportError::AuthenticationFailed`] if the passphrase is wrong or the file damaged, [`KeyExportError::Content`] if what is encrypted is no list in JSON,
    /// [`KeyExportError::CounterOverflow`] if the IV has no room for it,
    /// [`KeyExportError::OtherParameters`] if the passphrase was stretched for another file.
    pub fn open(&self, stretched: &StretchedPassphrase) -> Result<KeyExport, KeyExportError> {
        let header = &self.0.header;
        let plaintext = self.0.open(stretched.key_for(&header.salt, header.rounds)?)?;
        content::read(plaintext)
    }

    /// [`stretch`](Self::stretch) to the end, and [`open`](Self::open).
    ///
    /// # Errors
    ///
    /// As both.
    pub fn decrypt(&self, passphrase: &str, max_rounds: u32) -> Result<KeyExport, KeyExportError> {
        self.open(&self.stretch(passphrase, max_rounds)?.finish())
    }
}
