use core::{error::Error, fmt};

use crate::{encoding::DecodeError, signed_json::JsonSignatureError};

/// Why device keys or a one-time key are not to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviceKeysError {
    /// A field is missing, or of another type than it should be.
    #[non_exhaustive]
    Field {
        /// The name of the field.
        field: &'static str,
    },
    /// The object is about another user than was asked for.
    MismatchedUserId,
    /// The object is about another device than was asked for.
    MismatchedDeviceId,
    /// A public key cannot be decoded.
    Key(DecodeError),
    /// The signature is missing or not valid.
    Signature(JsonSignatureError),
}

impl fmt::Display for DeviceKeysError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { field } => write!(formatter, "the keys have no {field} of the right form"),
            Self::MismatchedUserId => formatter.write_str("the keys are those of another user"),
            Self::MismatchedDeviceId => formatter.write_str("the keys are those of another device"),
            Self::Key(error) => write!(formatter, "a key is malformed: {error}"),
            Self::Signature(error) => error.fmt(formatter),
        }
    }
}

impl Error for DeviceKeysError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Key(error) => Some(error),
            Self::Signature(error) => Some(error),
            _ => None,
        }
    }
}

impl From<DecodeError> for DeviceKeysError {
    fn from(error: DecodeError) -> Self {
        Self::Key(error)
    }
}

impl From<JsonSignatureError> for DeviceKeysError {
    fn from(error: JsonSignatureError) -> Self {
        Self::Signature(error)
    }
}
