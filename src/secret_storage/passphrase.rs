use alloc::string::String;
use core::num::NonZeroU32;

use rand_core::TryCryptoRng;

use super::PassphraseError;
use crate::{
    encoding::base64,
    passphrase::PassphraseStretching,
    random::{self, RandomError},
};

/// The random bytes of a new salt.
const SALT_LENGTH: usize = 24;

/// How a storage's key comes from a passphrase: the `passphrase` of the key's description, with the algorithm `m.pbkdf2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassphraseParameters {
    salt: String,
    rounds: NonZeroU32,
}

impl PassphraseParameters {
    /// So many rounds are written for a new key.
    pub const DEFAULT_ROUNDS: u32 = 500_000;

    /// A limit for the rounds that a description asks for: twenty times those of a new key.
    pub const DEFAULT_MAX_ROUNDS: u32 = 10_000_000;

    /// How the key of a new storage is to come from a passphrase: with a salt of its own, 32 characters, in
    /// [`DEFAULT_ROUNDS`](Self::DEFAULT_ROUNDS) rounds.
    ///
    /// Draws 24 bytes from `rng`: the salt.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn random<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        let mut salt = [0; SALT_LENGTH];
        random::fill(rng, &mut salt)?;
        let rounds = NonZeroU32::MIN.saturating_add(Self::DEFAULT_ROUNDS.saturating_sub(1));
        Ok(Self { salt: base64::encode(&salt), rounds })
    }

    /// How the key of a storage that exists comes from its passphrase: what its description says, the `salt` and the `iterations`. The number of `bits` is 256. For a new storage,
    /// [`random`](Self::random) has rounds enough.
    ///
    /// # Errors
    ///
    /// [`PassphraseError::NoRounds`] if `rounds` is zero.
    pub fn new(salt: impl Into<String>, rounds: u32) -> Result<Self, PassphraseError> {
        let rounds = NonZeroU32::new(rounds).ok_or(PassphraseError::NoRounds)?;
        Ok(Self { salt: salt.into(), rounds })
    }

    /// The salt, any text.
    #[must_use]
    pub fn salt(&self) -> &str {
        &self.salt
    }

    /// The number of rounds, `iterations` in the description.
    #[must_use]
    pub fn rounds(&self) -> u32 {
        self.rounds.get()
    }

    /// Begins to stretch a passphrase, the text that the user types. At most `max_rounds`: the description comes from the server, and could ask for hours.
    ///
    /// # Errors
    ///
    /// [`PassphraseError::TooManyRounds`] if the description asks for more.
    pub fn stretch(
        &self,
        passphrase: &str,
        max_rounds: u32,
    ) -> Result<PassphraseStretching, PassphraseError> {
        let rounds = self.rounds();
        if rounds > max_rounds {
            return Err(PassphraseError::TooManyRounds { rounds, limit: max_rounds });
        }
        Ok(PassphraseStretching::new(passphrase, self.salt.as_bytes(), self.rounds))
    }

    pub(super) fn salt_and_rounds(&self) -> (&str, NonZeroU32) {
        (&self.salt, self.rounds)
    }
}
