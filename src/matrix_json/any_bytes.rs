//! Bytes of any length that have no type of their own.

use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Base64, Base64Visitor};
use crate::encoding::{DecodeError, base64};

/// Public bytes of any length, in unpadded base64; padding is optional when read.
pub(super) struct AnyBytes(pub(super) Vec<u8>);

impl Base64 for AnyBytes {
    const NAME: &'static str = "bytes";
    type Error = DecodeError;

    fn read(text: &str) -> Result<Self, DecodeError> {
        base64::decode(text).map(Self)
    }
}

impl Serialize for AnyBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for AnyBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Base64Visitor::new())
    }
}
