use core::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
    ser::SerializeTuple,
};

use crate::secret::Secret;

/// `N` bytes as an array of numbers: borrowed on the way out, owned and wiped when dropped on the way in.
pub(super) enum Bytes<'a, const N: usize> {
    Borrowed(&'a [u8; N]),
    Owned(Secret<N>),
}

impl<const N: usize> Bytes<'_, N> {
    pub(super) fn as_bytes(&self) -> &[u8; N] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Owned(bytes) => bytes.as_bytes(),
        }
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Bytes<'a, N> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Self::Borrowed(bytes)
    }
}

impl<const N: usize> Serialize for Bytes<'_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(N)?;
        self.as_bytes().iter().try_for_each(|byte| tuple.serialize_element(byte))?;
        tuple.end()
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<'_, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(N, BytesVisitor::<N>).map(Self::Owned)
    }
}

/// Writes the numbers where they stay.
struct BytesVisitor<const N: usize>;

impl<'de, const N: usize> Visitor<'de> for BytesVisitor<N> {
    type Value = Secret<N>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an array of {N} bytes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Secret<N>, A::Error> {
        let mut secret = Secret::zeroed();
        for (position, byte) in secret.as_mut_bytes().iter_mut().enumerate() {
            *byte = numbers.next_element()?.ok_or_else(|| A::Error::invalid_length(position, &self))?;
        }
        match numbers.next_element::<u8>()? {
            None => Ok(secret),
            Some(_) => Err(A::Error::invalid_length(N.saturating_add(1), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn what_was_expected_is_said() {
        let said = |json| serde_json::from_str::<Bytes<'_, 2>>(json).err().unwrap().to_string();
        assert!(said("7").contains("expected an array of 2 bytes"), "{}", said("7"));
        assert!(said("[7]").contains("invalid length 1, expected an array of 2 bytes"), "{}", said("[7]"));
        assert!(
            said("[7,8,9]").contains("invalid length 3, expected an array of 2 bytes"),
            "{}",
            said("[7,8,9]")
        );
    }
}
