use core::{error::Error, fmt};

use crate::{
    encoding::DecodeError, passphrase::OtherParameters, primitives::ctr::CannotOpen, random::RandomError,
};

/// Why a key export was not read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyExportError {
    /// The random generator failed; try again.
    Random,
    /// The text does not begin with the line `-----BEGIN MEGOLM SESSION DATA-----` or does not end with the line
    /// `-----END MEGOLM SESSION DATA-----`.
    MissingLine,
    /// What stands between these lines cannot be decoded.
    Decode(DecodeError),
    /// The file asks for more rounds than the caller allows.
    #[non_exhaustive]
    TooManyRounds {
        /// The rounds that it asks for.
        rounds: u32,
        /// The rounds that are allowed.
        limit: u32,
    },
    /// A new export is to have fewer rounds than the specification allows, or a file asks for none.
    #[non_exhaustive]
    TooFewRounds {
        /// The rounds that it was to have.
        rounds: u32,
        /// The fewest that are allowed.
        limit: u32,
    },
    /// The passphrase was stretched with another salt, or in another number of rounds.
    OtherParameters,
    /// The MAC is wrong: the passphrase is another one, or the file is damaged.
    AuthenticationFailed,
    /// The passphrase is right, but the IV leaves its last 8 bytes, the counter, no room for a file of this length. No client makes such an IV; readers with a
    /// counter of 8 bytes and readers with one of 16 would see different sessions.
    CounterOverflow,
    /// The passphrase is right, but what is encrypted is no list in JSON.
    Content,
}

impl fmt::Display for KeyExportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random => formatter.write_str("the random generator failed"),
            Self::MissingLine => {
                formatter.write_str("the text does not begin and end with the lines of a key export")
            }
            Self::Decode(error) => write!(formatter, "the key export is malformed: {error}"),
            Self::TooManyRounds { rounds, limit } => {
                write!(formatter, "the key export needs {rounds} rounds where {limit} are allowed")
            }
            Self::TooFewRounds { rounds, limit } => {
                write!(formatter, "a key export needs at least {limit} rounds, not {rounds}")
            }
            Self::OtherParameters => formatter
                .write_str("the passphrase was stretched with another salt or another number of rounds"),
            Self::AuthenticationFailed => {
                formatter.write_str("the passphrase is wrong, or the key export is damaged")
            }
            Self::CounterOverflow => {
                formatter.write_str("the IV of the key export has no room for a file of this length")
            }
            Self::Content => formatter.write_str("the content of the key export is no list of sessions"),
        }
    }
}

impl Error for KeyExportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            _ => None,
        }
    }
}

impl From<RandomError> for KeyExportError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

impl From<DecodeError> for KeyExportError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<OtherParameters> for KeyExportError {
    fn from(_: OtherParameters) -> Self {
        Self::OtherParameters
    }
}

impl From<CannotOpen> for KeyExportError {
    fn from(error: CannotOpen) -> Self {
        match error {
            CannotOpen::AuthenticationFailed => Self::AuthenticationFailed,
            CannotOpen::CounterOverflow => Self::CounterOverflow,
        }
    }
}
