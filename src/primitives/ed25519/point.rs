use ed25519_dalek::VerifyingKey;

#[cfg(test)]
use super::super::work::Work;

/// A public key as a point of the curve, with its bytes.
pub(crate) type PublicPoint = VerifyingKey;

/// Decodes a public key, RFC 8032 section 5.1.3; `None` unless the bytes are the one encoding of a point of the curve.
pub(crate) fn public_point(bytes: &[u8; 32]) -> Option<PublicPoint> {
    #[cfg(test)]
    Work::decoding();
    if is_canonical(bytes) { PublicPoint::from_bytes(bytes).ok() } else { None }
}

/// Whether `y < 2^255 - 19`, and the sign bit is clear where `x` is zero, that is at `y = 1` and `y = -1`.
fn is_canonical(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    let (magnitude, negative) = (high & 0x7f, high & 0x80 != 0);
    let all_ones = magnitude == 0x7f && middle.iter().all(|byte| *byte == 0xff);
    let all_zeros = magnitude == 0 && middle.iter().all(|byte| *byte == 0);
    let too_large = all_ones && *low >= 0xed;
    let x_is_zero = (all_zeros && *low == 1) || (all_ones && *low == 0xec);
    let second_zero = x_is_zero && negative;
    !(too_large || second_zero)
}
