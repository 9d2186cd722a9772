//! What a public key must be, to tell which keys ours refuses.

use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::montgomery::MontgomeryPoint;
use curve25519_dalek::traits::IsIdentity;

fn montgomery(key: &[u8]) -> Option<MontgomeryPoint> {
    Some(MontgomeryPoint(key.get(..32)?.try_into().ok()?))
}

/// The public key of a secret key.
pub(crate) fn curve25519_public_key(secret: [u8; 32]) -> [u8; 32] {
    MontgomeryPoint::mul_base_clamped(secret).to_bytes()
}

/// The same of the half of a secret key that is a number.
pub(crate) fn ed25519_public_key(secret: [u8; 32]) -> [u8; 32] {
    EdwardsPoint::mul_base_clamped(secret).compress().to_bytes()
}

/// Whether X25519 gives zero with this key, whatever the secret key is.
pub(crate) fn has_small_order(key: &[u8]) -> bool {
    montgomery(key).is_some_and(|point| point.mul_clamped([7; 32]).is_identity())
}

/// Whether a secret key can have this public key.
pub(crate) fn is_public_key(key: &[u8]) -> bool {
    let point = montgomery(key).and_then(|point| point.to_edwards(0));
    point.is_some_and(|point| point.is_torsion_free() && point.to_montgomery().as_bytes() == key)
}

/// Whether the bytes are a point.
pub(crate) fn is_ed25519_key(key: &[u8]) -> bool {
    CompressedEdwardsY::from_slice(key).is_ok_and(|point| point.decompress().is_some())
}
