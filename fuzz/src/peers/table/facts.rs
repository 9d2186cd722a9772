//! What the predicates of the table ask of an input, found by hand.

use super::super::Subject;
use crate::reference_base64;

/// A text of base64, or several with `|` between them, of which one has one or two signs of padding and not the right number.
pub(super) fn has_inexact_padding(texts: &[u8]) -> bool {
    let is_inexact = |text: &str| {
        reference_base64::decode(text.trim_end_matches('=')).is_some()
            && reference_base64::decode_with_optional_padding(text).is_none()
            && matches!(text.len() - text.trim_end_matches('=').len(), 1 | 2)
    };
    str::from_utf8(texts).is_ok_and(|texts| texts.split('|').any(is_inexact))
}

/// A text that ends in a sign of padding.
pub(super) fn is_padded(text: &[u8]) -> bool {
    text.ends_with(b"=")
}

/// A text as long as that of a key, in base64 with any padding, that holds more or fewer bytes.
pub(super) fn is_key_of_other_length(text: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(text) else { return false };
    let held = reference_base64::decode(text.trim_end_matches('='));
    matches!(text.len(), 43 | 44) && held.is_some_and(|bytes| bytes.len() != 32)
}

/// More than the 165 bytes of an export, also as text.
pub(super) fn is_longer_than_an_export(input: &[u8]) -> bool {
    let held = str::from_utf8(input).ok().and_then(reference_base64::decode);
    input.len() > 165 && input[0] == 1 || held.is_some_and(|bytes| bytes.len() > 165 && bytes[0] == 1)
}

/// How many bytes the MAC of the three texts of a backup entry has.
pub(super) fn mac_length_of_entry(texts: &[u8]) -> Option<usize> {
    let mac = str::from_utf8(texts).ok()?.split('|').nth(1)?;
    Some(reference_base64::decode_with_optional_padding(mac)?.len())
}

/// Bytes or text of a public key of Ed25519 that are not the one encoding of a point: y as large as the prime, or the sign of x where x
/// is 0. What holds a key has it in its place.
pub(super) fn has_other_encoding(subject: Subject, input: &[u8]) -> bool {
    let text = str::from_utf8(input).ok().and_then(reference_base64::decode_with_optional_padding);
    let is_other = |bytes: &[u8]| match subject {
        Subject::Export => bytes.get(133..165).is_some_and(is_other_encoding),
        Subject::LibolmInbound => bytes.get(268..300).is_some_and(is_other_encoding),
        Subject::InboundJson => serde_json::from_slice::<serde_json::Value>(bytes).is_ok_and(|json| {
            super::stored::bytes(&json["signing_key"]).is_some_and(|key| is_other_encoding(&key))
        }),
        _ => is_other_encoding(bytes),
    };
    is_other(input) || text.is_some_and(|bytes| is_other(&bytes))
}

fn is_other_encoding(key: &[u8]) -> bool {
    let Ok(mut y) = <[u8; 32]>::try_from(key) else { return false };
    let sign = y[31] & 0x80 != 0;
    y[31] &= 0x7f;
    let is_below = |low: u8| y[0] < low && y[1..31] == [0xff; 30] && y[31] == 0x7f;
    let is_prime_or_more = y[0] >= 0xed && y[1..31] == [0xff; 30] && y[31] == 0x7f;
    // x is 0 where y is 1 or -1.
    let has_no_x = y[0] == 1 && y[1..] == [0; 31] || y[0] == 0xec && is_below(0xed);
    is_prime_or_more || sign && has_no_x
}
