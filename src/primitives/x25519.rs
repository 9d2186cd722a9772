//! X25519 (RFC 7748) that refuses a non-contributory result.

use curve25519_dalek::MontgomeryPoint;
use subtle::ConstantTimeEq;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroize;

#[cfg(test)]
use super::work::Work;
use crate::secret::{FOR_CURVES, with_wiped_stack};

/// The other party's public key has small order: the shared secret would be zero whatever our key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NonContributory;

/// The public key of `secret_key`, which is clamped inside and kept unclamped outside.
pub(crate) fn public_key(secret_key: &[u8; 32]) -> [u8; 32] {
    #[cfg(test)]
    Work::x25519(1);
    with_wiped_stack::<FOR_CURVES, _>(|| PublicKey::from(&StaticSecret::from(*secret_key)).to_bytes())
}

/// `shared_secret = X25519(secret_key, public_key)`, RFC 7748 section 6.1.
///
/// On an error `shared_secret` is left as it was.
pub(crate) fn diffie_hellman(
    secret_key: &[u8; 32],
    public_key: &[u8; 32],
    shared_secret: &mut [u8; 32],
) -> Result<(), NonContributory> {
    with_wiped_stack::<FOR_CURVES, _>(|| {
        let mut product = MontgomeryPoint([0; 32]);
        multiply(secret_key, &MontgomeryPoint(*public_key), &mut product);
        if bool::from(product.0.ct_eq(&[0; 32])) {
            return Err(NonContributory);
        }
        shared_secret.copy_from_slice(&product.0);
        product.zeroize();
        Ok(())
    })
}

/// The product, in a time that depends on the public key alone.
///
/// Where a processor has AVX2 the library multiplies with vectors, but only in the Edwards form of the curve: there and back is still a third faster
/// than the ladder (and a tenth slower on an x86-64 that has no AVX2). The keys without that form lie on the twist; none was made from a secret key.
fn multiply(secret_key: &[u8; 32], public_key: &MontgomeryPoint, product: &mut MontgomeryPoint) {
    #[cfg(test)]
    Work::x25519(1);
    let edwards = if cfg!(target_arch = "x86_64") { public_key.to_edwards(0) } else { None };
    let Some(point) = edwards else {
        *product = public_key.mul_clamped(*secret_key);
        return;
    };
    let mut point = point.mul_clamped(*secret_key);
    *product = point.to_montgomery();
    point.zeroize();
}

/// Whether the key is the one encoding of a point of the prime-order subgroup, as every key is that was made from a
/// secret key. Others exist with which X25519 agrees the same secrets.
pub(crate) fn is_in_prime_order_subgroup(public_key: &[u8; 32]) -> bool {
    #[cfg(test)]
    Work::x25519(1);
    MontgomeryPoint(*public_key)
        .to_edwards(0)
        .is_some_and(|point| point.is_torsion_free() && point.to_montgomery().as_bytes() == public_key)
}

#[cfg(test)]
mod tests {
    use curve25519_dalek::constants::{EIGHT_TORSION, X25519_BASEPOINT};
    use proptest::prelude::*;

    use super::*;

    /// Whatever the library's ladder says, with nothing written where it says zero.
    fn agrees_with_the_ladder(secret_key: [u8; 32], public_key: [u8; 32]) {
        let expected = StaticSecret::from(secret_key).diffie_hellman(&PublicKey::from(public_key));
        let mut shared_secret = [0xaa; 32];
        let result = diffie_hellman(&secret_key, &public_key, &mut shared_secret);
        if expected.was_contributory() {
            assert_eq!((result, shared_secret), (Ok(()), *expected.as_bytes()));
        } else {
            assert_eq!((result, shared_secret), (Err(NonContributory), [0xaa; 32]));
        }
    }

    proptest! {
        // Half of them lie on the twist.
        #[test]
        fn any_bytes_as_public_key(secret_key: [u8; 32], public_key: [u8; 32]) {
            agrees_with_the_ladder(secret_key, public_key);
        }

        #[test]
        fn points_outside_the_subgroup_too(secret_key: [u8; 32], factor: [u8; 32]) {
            let point = X25519_BASEPOINT.mul_clamped(factor).to_edwards(0).unwrap();
            for torsion in EIGHT_TORSION {
                let public_key = (point + torsion).to_montgomery().to_bytes();
                agrees_with_the_ladder(secret_key, public_key);
                agrees_with_the_ladder(secret_key, public_key.map(|byte| byte ^ 0xff));
            }
        }
    }

    // 2^255 - 19 and its neighbours, with the highest bit that counts for nothing, and those around zero.
    #[test]
    fn encodings_at_the_edge() {
        let secret_keys =
            [[0; 32], [0xff; 32], core::array::from_fn(|place| u8::try_from(place * 5).unwrap())];
        for (first, rest) in (0..=0x7f).flat_map(|first| [(first, 0), (first | 0x80, 0xff)]) {
            for last in [rest & 0x7f, rest | 0x80] {
                let mut public_key = [rest; 32];
                (public_key[0], public_key[31]) = (first, last);
                secret_keys.iter().for_each(|secret_key| agrees_with_the_ladder(*secret_key, public_key));
            }
        }
    }

    // Both forms of the curve are used, or the tests above compare the ladder with itself.
    #[test]
    #[cfg(target_arch = "x86_64")]
    fn half_of_all_keys_have_the_edwards_form() {
        let keys = (0..=0xff_u8).map(|number| MontgomeryPoint([number; 32]));
        let with_the_form = keys.filter(|key| key.to_edwards(0).is_some()).count();
        assert!((64..192).contains(&with_the_form), "{with_the_form}");
    }

    #[test]
    fn small_orders() {
        for torsion in EIGHT_TORSION {
            agrees_with_the_ladder([7; 32], torsion.to_montgomery().to_bytes());
        }
    }
}
