use alloc::string::String;
use core::fmt;

use crate::encoding::{DecodeError, base64};

/// The id of a one-time key or a fallback key within its account.
///
/// One counter serves both kinds, so that an account never gives the same id twice. As text, 11 characters: the
/// unpadded base64 of the number in 8 big-endian bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(u64);

impl KeyId {
    /// The id with this number.
    #[must_use]
    pub const fn from_u64(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn as_u64(self) -> u64 {
        self.0
    }

    /// The id as 11 characters of unpadded base64.
    #[must_use]
    pub fn to_base64(self) -> String {
        base64::encode(&self.0.to_be_bytes())
    }

    /// The id as libolm writes it, 6 characters: the unpadded base64 of the number in 4 big-endian bytes. `None` if
    /// the number does not fit.
    #[must_use]
    pub fn to_libolm_base64(self) -> Option<String> {
        u32::try_from(self.0).ok().map(|number| base64::encode(&number.to_be_bytes()))
    }

    /// The id with this text: 11 characters, or the 6 that libolm writes; padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64, [`DecodeError::Length`] if it holds neither 8 bytes nor 4.
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        let bytes = base64::decode(text)?;
        let libolm = <[u8; 4]>::try_from(bytes.as_slice()).map(u32::from_be_bytes).map(u64::from);
        let number = libolm.or_else(|_| <[u8; 8]>::try_from(bytes.as_slice()).map(u64::from_be_bytes));
        number.map(Self).map_err(|_| DecodeError::Length { expected: 8, actual: bytes.len() })
    }

    /// The id after this one, unless this is the last.
    pub(crate) fn next(self) -> Option<Self> {
        self.0.checked_add(1).map(Self)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_base64())
    }
}

/// The id of an Olm or Megolm session: 32 bytes; as text, 43 characters of unpadded base64.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId([u8; 32]);

impl SessionId {
    /// The id with these 32 bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The id with this text, the `session_id` of a Matrix event: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64, [`DecodeError::Length`] if it does not hold exactly 32 bytes.
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        base64::decode_array(text).map(Self)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The id as 43 characters of unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.0)
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_base64())
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SessionId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_text_forms_read_back() {
        for number in [0, 1, 300, u64::from(u32::MAX)] {
            let id = KeyId::from_u64(number);
            assert_eq!(id.as_u64(), number);
            assert_eq!(KeyId::from_base64(&id.to_base64()), Ok(id));
            assert_eq!(KeyId::from_base64(&id.to_libolm_base64().unwrap()), Ok(id));
        }
        assert_eq!(KeyId::from_u64(u64::MAX).to_libolm_base64(), None);
        assert_eq!(KeyId::from_base64("AAAA"), Err(DecodeError::Length { expected: 8, actual: 3 }));
        assert_eq!(KeyId::from_base64("AAAAA"), Err(DecodeError::Base64));
    }

    #[test]
    fn a_session_id_is_printed_as_its_text() {
        let id = SessionId::from_bytes([7; 32]);
        let text = id.to_base64();
        assert_eq!(alloc::format!("{id} {id:?}"), alloc::format!("{text} SessionId({text})"));
    }
}
