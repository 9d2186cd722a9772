//! From bytes to fields and back (layer 1): base64, base58, varints, protobuf fields, a checked reader.
//!
//! Decoders take arbitrary bytes and accept one encoding of each value only: what two readers could understand
//! differently is refused.

mod error;
mod reader;
mod version;

#[cfg(feature = "secret-storage")]
pub(crate) mod base58;
pub(crate) mod base64;
#[cfg(feature = "serde")]
pub(crate) mod json_object;
#[cfg(any(feature = "attachment", feature = "key-export"))]
pub(crate) mod json_text;
pub(crate) mod protobuf;
pub(crate) mod varint;

pub use error::DecodeError;
pub(crate) use reader::Reader;
pub use version::MessageVersion;
