use core::num::NonZeroU32;

use rand_core::TryCryptoRng;

use super::{
    EncryptedKeyExport, KeyExportError, content,
    envelope::{Envelope, Header, SALT_LENGTH},
};
use crate::{
    handed_back::HandedBack,
    objects::session_data::ExportedSession,
    passphrase::{PassphraseStretching, StretchedPassphrase},
    random,
};

/// A key export that is about to be written: its salt, its IV and its rounds.
///
/// It serves once, because a key and an IV encrypt once; not `Clone`.
#[derive(Debug)]
pub struct NewKeyExport(Header);

impl NewKeyExport {
    /// So many rounds should be written today, at least.
    pub const DEFAULT_ROUNDS: u32 = 500_000;

    /// The fewest rounds that the specification allows to be written.
    pub const MIN_ROUNDS: u32 = 100_000;

    /// Begins an export whose passphrase is stretched in so many rounds, [`DEFAULT_ROUNDS`](Self::DEFAULT_ROUNDS) or more.
    ///
    /// Draws 32 bytes from `rng`: the salt (16), then the IV (16).
    ///
    /// # Errors
    ///
    /// [`KeyExportError::TooFewRounds`] if there are fewer than [`MIN_ROUNDS`](Self::MIN_ROUNDS), [`KeyExportError::Random`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(rounds: u32, rng: &mut R) -> Result<Self, KeyExportError> {
        let too_few = KeyExportError::TooFewRounds { rounds, limit: Self::MIN_ROUNDS };
        let rounds =
            NonZeroU32::new(rounds).filter(|rounds| rounds.get() >= Self::MIN_ROUNDS).ok_or(too_few)?;
        let mut salt = [0; SALT_LENGTH];
        random::fill(rng, &mut salt)?;
        let iv = random::counter_block(rng)?;
        Ok(Self(Header { salt, iv, rounds }))
    }

    /// Begins to stretch the passphrase, the text that the user types.
    #[must_use]
    pub fn stretch(&self, passphrase: &str) -> PassphraseStretching {
        PassphraseStretching::new(passphrase, &self.0.salt, self.0.rounds)
    }

    /// Encrypts sessions under the stretched passphrase.
    ///
    /// # Errors
    ///
    /// [`KeyExportError::OtherParameters`] if the passphrase was stretched for another export; this one is handed back.
    pub fn seal(
        self,
        sessions: &[ExportedSession],
        stretched: &StretchedPassphrase,
    ) -> Result<EncryptedKeyExport, HandedBack<Self, KeyExportError>> {
        match stretched.key_for(&self.0.salt, self.0.rounds) {
            Ok(keys) => Ok(EncryptedKeyExport::new(Envelope::seal(self.0, &content::write(sessions), keys))),
            Err(error) => Err(HandedBack::new(self, error)),
        }
    }
}
