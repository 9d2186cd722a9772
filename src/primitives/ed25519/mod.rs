//! Ed25519 (RFC 8032): signing with an expanded secret key, strict verification of one signature and of many.

mod multiples;
mod point;
#[cfg(test)]
mod tests;
mod verification;

use ed25519_dalek::hazmat::{ExpandedSecretKey, raw_sign};
use sha2::{Digest, Sha512};

#[cfg(test)]
use super::work::Work;
use crate::secret::{FOR_CURVES, FOR_HASHES, with_wiped_stack};

pub(crate) use point::{PublicPoint, public_point};
pub(crate) use verification::{BulkVerifier, verify};

/// `expanded = SHA-512(seed)` with its first half clamped, RFC 8032 section 5.1.5.
pub(crate) fn expand(seed: &[u8; 32], expanded: &mut [u8; 64]) {
    #[cfg(test)]
    Work::sha512(seed.len());
    with_wiped_stack::<FOR_HASHES, _>(|| Sha512::new_with_prefix(seed).finalize_into(expanded.into()));
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
    #[cfg(test)]
    Work::ed25519();
    with_wiped_stack::<FOR_CURVES, _>(|| PublicPoint::from(&ExpandedSecretKey::from_bytes(expanded)))
}

/// Signs `message`. `public_key` must belong to `expanded`, or the signature gives the secret key away.
pub(crate) fn sign(expanded: &[u8; 64], public_key: &PublicPoint, message: &[u8]) -> [u8; 64] {
    #[cfg(test)]
    {
        Work::ed25519();
        [32, 64].iter().for_each(|before| Work::sha512(before + message.len()));
    }
    with_wiped_stack::<FOR_CURVES, _>(|| {
        raw_sign::<Sha512>(&ExpandedSecretKey::from_bytes(expanded), message, public_key).to_bytes()
    })
}
