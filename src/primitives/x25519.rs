//! X25519 (RFC 7748) that refuses a non-contributory result.

use curve25519_dalek::MontgomeryPoint;
use x25519_dalek::{PublicKey, StaticSecret};

/// The other party's public key has small order: the shared secret would be zero whatever our key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NonContributory;

/// The public key of `secret_key`, which is clamped inside and kept unclamped outside.
pub(crate) fn public_key(secret_key: &[u8; 32]) -> [u8; 32] {
    PublicKey::from(&StaticSecret::from(*secret_key)).to_bytes()
}

/// `shared_secret = X25519(secret_key, public_key)`, RFC 7748 section 6.1.
///
/// On an error `shared_secret` is left as it was.
pub(crate) fn diffie_hellman(
    secret_key: &[u8; 32],
    public_key: &[u8; 32],
    shared_secret: &mut [u8; 32],
) -> Result<(), NonContributory> {
    let shared = StaticSecret::from(*secret_key).diffie_hellman(&PublicKey::from(*public_key));
    if !shared.was_contributory() {
        return Err(NonContributory);
    }
    shared_secret.copy_from_slice(shared.as_bytes());
    Ok(())
}

/// Whether the key is the one encoding of a point of the prime-order subgroup, as every key is that was made from a
/// secret key. Others exist with which X25519 agrees the same secrets.
pub(crate) fn is_in_prime_order_subgroup(public_key: &[u8; 32]) -> bool {
    MontgomeryPoint(*public_key)
        .to_edwards(0)
        .is_some_and(|point| point.is_torsion_free() && point.to_montgomery().as_bytes() == public_key)
}
