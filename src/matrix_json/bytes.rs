//! Bytes of one length that have no type of their own.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Base64, Base64Visitor};
use crate::encoding::{DecodeError, base64};

/// `N` public bytes in unpadded base64; padding is optional when read.
pub(super) struct Bytes<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> Base64 for Bytes<N> {
    const NAME: &'static str = "bytes of one length";
    type Error = DecodeError;

    fn read(text: &str) -> Result<Self, DecodeError> {
        base64::decode_array(text).map(Self)
    }
}

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Base64Visitor::new())
    }
}
