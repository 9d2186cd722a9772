use alloc::string::{String, ToString};
use core::{error::Error, fmt};

use crate::{encoding::DecodeError, keys::SignatureError};

/// A text is no JSON object, or none that has a canonical form. Its `Display` says what is wrong, and in which line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JsonError {
    reason: String,
}

/// The signatures of an object do not have the form `{entity: {key id: signature}}`, so that none can be added. The object is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MalformedSignatures;

/// Why an object does not count as signed by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonSignatureError {
    /// The object has no signature of this entity with a key of this name.
    Missing,
    /// What stands in its place is no signature: no text, or not 64 bytes in base64.
    Malformed,
    /// The signature is not valid for this key and this object.
    Invalid,
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason)
    }
}

impl fmt::Display for MalformedSignatures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the signatures of the object are malformed")
    }
}

impl fmt::Display for JsonSignatureError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Missing => "the object is not signed with this key",
            Self::Malformed => "the signature of the object is malformed",
            Self::Invalid => "the signature of the object is not valid",
        })
    }
}

impl Error for JsonError {}
impl Error for MalformedSignatures {}
impl Error for JsonSignatureError {}

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        Self { reason: error.to_string() }
    }
}

impl From<DecodeError> for JsonSignatureError {
    fn from(_: DecodeError) -> Self {
        Self::Malformed
    }
}

impl From<SignatureError> for JsonSignatureError {
    fn from(_: SignatureError) -> Self {
        Self::Invalid
    }
}
