//! Unpadded base64. A text is one that the encoder would have written, or none: libolm also reads others, to bytes that nobody meant.

use base64ct::{Base64Unpadded, Encoding};

use crate::code::Code;

/// How many characters so many bytes become; all that there are where that is too many.
pub(crate) const fn encoded_length(length: usize) -> usize {
    let rest = match length % 3 {
        0 => 0,
        1 => 2,
        _ => 3,
    };
    (length / 3).saturating_mul(4).saturating_add(rest)
}

/// How many bytes so many characters become; `None` if no number of bytes becomes so many.
pub(crate) const fn decoded_length(length: usize) -> Option<usize> {
    let rest = match length % 4 {
        0 => 0,
        1 => return None,
        2 => 1,
        _ => 2,
    };
    Some((length / 4).saturating_mul(3).saturating_add(rest))
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64Unpadded::encode_string(bytes)
}

pub(crate) fn decode(text: &[u8]) -> Result<Vec<u8>, Code> {
    let length = decoded_length(text.len()).ok_or(Code::INVALID_BASE64)?;
    let mut bytes = vec![0; length];
    Base64Unpadded::decode(text, &mut bytes).map_err(|_| Code::INVALID_BASE64)?;
    Ok(bytes)
}

/// What comes before the padding, if a text is padded to a multiple of four characters.
pub(crate) fn unpadded(text: &[u8]) -> &[u8] {
    if !text.len().is_multiple_of(4) {
        return text;
    }
    let two = text.strip_suffix(b"==");
    two.or_else(|| text.strip_suffix(b"=")).filter(|rest| !rest.ends_with(b"=")).unwrap_or(text)
}

/// A text that is as long as one of exactly `N` bytes.
pub(crate) fn of_length<const N: usize>(text: &[u8]) -> Result<&[u8], Code> {
    if decoded_length(text.len()) == Some(N) { Ok(text) } else { Err(Code::INVALID_BASE64) }
}

/// A text of exactly `N` bytes.
pub(crate) fn decode_array<const N: usize>(text: &[u8]) -> Result<[u8; N], Code> {
    decode(of_length::<N>(text)?)?.try_into().map_err(|_| Code::INVALID_BASE64)
}
