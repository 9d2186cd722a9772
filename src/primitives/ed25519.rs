//! Ed25519 (RFC 8032): signing with an expanded secret key, strict verification.

use ed25519_dalek::{
    Signature, VerifyingKey,
    hazmat::{ExpandedSecretKey, raw_sign},
};
use sha2::{Digest, Sha512};

/// A public key as a point of the curve, with its bytes.
pub(crate) type PublicPoint = VerifyingKey;

/// Decodes a public key, RFC 8032 section 5.1.3; `None` unless the bytes are the one encoding of a point of the curve.
pub(crate) fn public_point(bytes: &[u8; 32]) -> Option<PublicPoint> {
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

/// The signature is not valid under strict verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Invalid;

/// `expanded = SHA-512(seed)` with its first half clamped, RFC 8032 section 5.1.5.
pub(crate) fn expand(seed: &[u8; 32], expanded: &mut [u8; 64]) {
    Sha512::new_with_prefix(seed).finalize_into(expanded.into());
    clamp(expanded);
}

/// Clears the three lowest bits and the highest, sets the second highest: a scalar as RFC 8032 section 5.1.5 demands.
pub(crate) fn clamp(expanded: &mut [u8; 64]) {
    if let Some([first, .., last]) = expanded.first_chunk_mut::<32>() {
        *first &= 0xf8;
        *last = (*last & 0x3f) | 0x40;
    }
}

/// Whether [`clamp`] changes nothing.
pub(crate) fn is_clamped(expanded: &[u8; 64]) -> bool {
    matches!(expanded.first_chunk::<32>(), Some([first, .., last]) if first & 7 == 0 && last & 0xc0 == 0x40)
}

/// The public key of an expanded secret key: its scalar times the base point.
pub(crate) fn public_key(expanded: &[u8; 64]) -> PublicPoint {
    PublicPoint::from(&ExpandedSecretKey::from_bytes(expanded))
}

/// Signs `message`. `public_key` must belong to `expanded`, or the signature gives the secret key away.
pub(crate) fn sign(expanded: &[u8; 64], public_key: &PublicPoint, message: &[u8]) -> [u8; 64] {
    raw_sign::<Sha512>(&ExpandedSecretKey::from_bytes(expanded), message, public_key).to_bytes()
}

/// Strict verification: `s` below the group order, neither `R` nor the key of small order, `R` in its only
/// encoding, and the equation without the cofactor.
pub(crate) fn verify(public_key: &PublicPoint, message: &[u8], signature: &[u8; 64]) -> Result<(), Invalid> {
    public_key.verify_strict(message, &Signature::from_bytes(signature)).map_err(|_| Invalid)
}
