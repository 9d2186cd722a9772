//! From a passphrase to a key (layer 3, features `key-export` and `secret-storage`): slow on purpose, and therefore in steps.

use alloc::vec::Vec;
use core::{fmt, num::NonZeroU32};

use crate::{primitives::pbkdf2::FirstBlock, secret::Secret};

/// A passphrase that is being stretched to a key with PBKDF2-HMAC-SHA-512 (RFC 8018 section 5.2).
///
/// That takes from a tenth of a second to many seconds, on purpose. [`advance`](Self::advance) does a part of it, so that a program can show
/// [how far](Self::rounds_done) it has come and stay responsive; to cancel, drop the value. What is kept is wiped when dropped.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "secret-storage")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::secret_storage::{PassphraseParameters, SecretStorageKey};
///
/// let parameters = PassphraseParameters::new("the salt of the key description", 500_000)?;
/// let mut stretching = parameters.stretch("correct horse battery staple", 1_000_000)?;
/// while !stretching.advance(50_000) {
///     println!("{} of {} rounds", stretching.rounds_done(), stretching.rounds());
/// }
/// let key = SecretStorageKey::from_passphrase(&parameters, &stretching.finish())?;
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "secret-storage"))]
/// # fn main() {}
/// ```
pub struct PassphraseStretching {
    salt: Vec<u8>,
    rounds: NonZeroU32,
    block: FirstBlock,
}

/// A passphrase that was stretched: the key of the one export or storage whose salt and rounds it was stretched with.
///
/// Wiped when dropped, not printable.
pub struct StretchedPassphrase {
    salt: Vec<u8>,
    rounds: NonZeroU32,
    key: Secret<64>,
}

/// The passphrase was stretched with another salt, or in another number of rounds, than the export or the storage has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OtherParameters;

impl PassphraseStretching {
    /// Does the first round.
    pub(crate) fn new(passphrase: &str, salt: &[u8], rounds: NonZeroU32) -> Self {
        Self { salt: salt.to_vec(), rounds, block: FirstBlock::new(passphrase.as_bytes(), salt) }
    }

    /// How many rounds there are to do in all.
    #[must_use]
    pub fn rounds(&self) -> u32 {
        self.rounds.get()
    }

    /// How many of them are done.
    #[must_use]
    pub fn rounds_done(&self) -> u32 {
        self.block.rounds_done()
    }

    /// Does up to `rounds` more rounds; whether none are left. `benches/README.md` tells how long they take: 10 000 are a good step between two frames.
    pub fn advance(&mut self, rounds: u32) -> bool {
        self.block.advance(rounds.min(self.rounds_left()));
        self.rounds_left() == 0
    }

    fn rounds_left(&self) -> u32 {
        self.rounds().saturating_sub(self.rounds_done())
    }

    /// Does whatever is left to do.
    #[must_use]
    pub fn finish(mut self) -> StretchedPassphrase {
        self.advance(u32::MAX);
        StretchedPassphrase { salt: self.salt, rounds: self.rounds, key: self.block.into_output() }
    }
}

impl StretchedPassphrase {
    /// The key, 64 bytes, for whatever has these parameters.
    pub(crate) fn key_for(&self, salt: &[u8], rounds: NonZeroU32) -> Result<&[u8; 64], OtherParameters> {
        if self.salt == salt && self.rounds == rounds {
            Ok(self.key.as_bytes())
        } else {
            Err(OtherParameters)
        }
    }
}

impl fmt::Debug for PassphraseStretching {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PassphraseStretching")
            .field("rounds", &self.rounds)
            .field("rounds_done", &self.rounds_done())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for StretchedPassphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("StretchedPassphrase").field("rounds", &self.rounds).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    fn start(rounds: u32) -> PassphraseStretching {
        PassphraseStretching::new("passphrase", b"salt", NonZeroU32::new(rounds).unwrap())
    }

    #[test]
    fn steps_of_any_size_lead_to_the_same_key() {
        let whole = start(100).finish();
        for step in [1, 3, 99, 100, 1000, u32::MAX] {
            let mut stretching = start(100);
            let mut done = 1;
            while !stretching.advance(step) {
                done += step;
                assert_eq!((stretching.rounds_done(), stretching.rounds()), (done, 100));
            }
            assert!(stretching.advance(1), "there is no round behind the last");
            assert_eq!(stretching.rounds_done(), 100);
            assert_eq!(stretching.finish().key, whole.key);
        }
        let mut interrupted = start(100);
        interrupted.advance(40);
        assert_eq!(interrupted.finish().key, whole.key);
        assert_ne!(start(99).finish().key, whole.key);
    }

    #[test]
    fn one_round_is_done_at_once() {
        let mut stretching = start(1);
        assert!(stretching.advance(0));
        assert_eq!(stretching.rounds_done(), 1);
    }

    #[test]
    fn the_key_serves_for_its_own_parameters_alone() {
        let (ten, eleven) = (NonZeroU32::new(10).unwrap(), NonZeroU32::new(11).unwrap());
        let stretched = start(10).finish();
        assert!(stretched.key_for(b"salt", ten).is_ok());
        assert_eq!(stretched.key_for(b"salt", eleven), Err(OtherParameters));
        assert_eq!(stretched.key_for(b"salT", ten), Err(OtherParameters));
    }

    #[test]
    fn nothing_secret_is_printed() {
        let printed = format!("{:?} {:?}", start(2), start(2).finish());
        assert_eq!(
            printed,
            "PassphraseStretching { rounds: 2, rounds_done: 1, .. } StretchedPassphrase { rounds: 2, .. }"
        );
    }
}
