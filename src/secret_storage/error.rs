use core::{error::Error, fmt};

use crate::{passphrase::OtherParameters, primitives::ctr::CannotOpen};

/// A stored secret does not open: another key, another name, a damaged ciphertext or MAC, or an IV whose counter would overflow; which of them is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecretStorageError;

/// Why a text is no recovery key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecoveryKeyError {
    /// Without white space, the text has not exactly 48 characters.
    #[non_exhaustive]
    Length {
        /// How many characters it has.
        actual: usize,
    },
    /// A character is none of those that recovery keys are made of (0, O, I and l are not among them), or the number is too large.
    Character,
    /// The text is no recovery key of Matrix: it begins otherwise.
    Prefix,
    /// The check sum is wrong: a character was mistaken, or two were exchanged.
    Parity,
}

/// Why a passphrase gives no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PassphraseError {
    /// The description of the key asks for more rounds than the caller allows.
    #[non_exhaustive]
    TooManyRounds {
        /// The rounds that it asks for.
        rounds: u32,
        /// The rounds that are allowed.
        limit: u32,
    },
    /// The description of the key asks for no round at all.
    NoRounds,
    /// The passphrase was stretched with another salt, or in another number of rounds.
    OtherParameters,
}

impl fmt::Display for SecretStorageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the stored secret does not open with this key under this name")
    }
}

impl fmt::Display for RecoveryKeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { actual } => {
                write!(formatter, "a recovery key has 48 characters without the spaces, not {actual}")
            }
            Self::Character => formatter.write_str("the text has a character that no recovery key has"),
            Self::Prefix => formatter.write_str("the text is no recovery key of Matrix"),
            Self::Parity => formatter.write_str("the recovery key is mistyped: its check sum is wrong"),
        }
    }
}

impl fmt::Display for PassphraseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyRounds { rounds, limit } => {
                write!(formatter, "the passphrase needs {rounds} rounds where {limit} are allowed")
            }
            Self::NoRounds => formatter.write_str("the passphrase needs at least one round"),
            Self::OtherParameters => formatter
                .write_str("the passphrase was stretched with another salt or another number of rounds"),
        }
    }
}

impl Error for SecretStorageError {}
impl Error for RecoveryKeyError {}
impl Error for PassphraseError {}

impl From<CannotOpen> for SecretStorageError {
    fn from(_: CannotOpen) -> Self {
        Self
    }
}

impl From<OtherParameters> for PassphraseError {
    fn from(_: OtherParameters) -> Self {
        Self::OtherParameters
    }
}
