use core::{error::Error, fmt};

use crate::encoding::DecodeError;

/// Why session data was not read. No part of it is quoted: it may be secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionDataError {
    /// The text is no JSON object, a field is of another type than it should be, or one stands there twice.
    Malformed,
    /// A field is missing.
    #[non_exhaustive]
    Missing {
        /// The name of the field.
        field: &'static str,
    },
    /// The session is of another algorithm than `m.megolm.v1.aes-sha2`.
    UnsupportedAlgorithm,
    /// A key or an id cannot be decoded.
    #[non_exhaustive]
    Decode {
        /// The name of the field.
        field: &'static str,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// The session id that is given is not that of the session key.
    MismatchedSessionId,
}

impl fmt::Display for SessionDataError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => formatter.write_str("the session data is no JSON object of the right form"),
            Self::Missing { field } => write!(formatter, "the session data has no {field}"),
            Self::UnsupportedAlgorithm => formatter.write_str("the session is of an unknown algorithm"),
            Self::Decode { field, error } => write!(formatter, "the {field} of the session data: {error}"),
            Self::MismatchedSessionId => formatter.write_str("the session id is not that of the session key"),
        }
    }
}

impl Error for SessionDataError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decode { error, .. } => Some(error),
            _ => None,
        }
    }
}
