//! Strict verification, of one signature or of many by one key: the same verdicts.
//!
//! Strict means: `S` below the group order, neither `R` nor the key `A` of small order, `R` in its only encoding, and the equation without the
//! cofactor, `R = S B - SHA-512(R || A || M) A` (RFC 8032 section 5.1.7). The point on the right is computed and encoded, and compared
//! with the bytes of `R`, which need not be decoded: a point has one encoding, and of small order there are eight.

use alloc::vec::Vec;

use curve25519_dalek::{EdwardsPoint, Scalar, edwards::CompressedEdwardsY};
use sha2::{Digest, Sha512};

#[cfg(test)]
use super::super::work::Work;
use super::{
    multiples::{self, BaseMultiples, KeyMultiples},
    point::PublicPoint,
};

/// The signature is not valid under strict verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Invalid;

/// Verifies one signature.
#[expect(clippy::arithmetic_side_effects, reason = "every point has a negative")]
pub(crate) fn verify(public_key: &PublicPoint, message: &[u8], signature: &[u8; 64]) -> Result<(), Invalid> {
    let claim = Claim::read(public_key, message, signature)?;
    #[cfg(test)]
    Work::ed25519();
    let minus_key = -public_key.to_edwards();
    let point = EdwardsPoint::vartime_double_scalar_mul_basepoint(&claim.k, &minus_key, &claim.s);
    claim.judge(&point.compress())
}

/// Verifies many signatures by one key, faster the more there are.
pub(crate) struct BulkVerifier {
    public_key: PublicPoint,
    key: KeyMultiples,
    base: BaseMultiples,
}

impl BulkVerifier {
    /// Makes the multiples of the key: what ten signatures save where those of the base point are kept.
    pub(crate) fn new(public_key: &PublicPoint) -> Self {
        Self {
            public_key: *public_key,
            key: KeyMultiples::of(&public_key.to_edwards()),
            base: multiples::of_base_point(),
        }
    }

    /// The verdict on each pair of message and signature, in their order: that of [`verify`].
    pub(crate) fn verify<'a>(
        &self,
        signed: impl IntoIterator<Item = (&'a [u8], &'a [u8; 64])>,
    ) -> Vec<Result<(), Invalid>> {
        let mut signed = signed.into_iter();
        let mut verdicts = Vec::with_capacity(signed.size_hint().0);
        let (mut claims, mut points) = (Vec::with_capacity(TOGETHER), Vec::with_capacity(TOGETHER));
        loop {
            claims.clear();
            let read = |(message, signature)| Claim::read(&self.public_key, message, signature);
            claims.extend(signed.by_ref().take(TOGETHER).map(read));
            if claims.is_empty() {
                return verdicts;
            }
            points.clear();
            points.extend(claims.iter().flatten().map(|claim| self.point(claim)));
            let mut encodings = EdwardsPoint::compress_batch_alloc(&points).into_iter();
            let mut judge = |claim: &Claim| claim.judge(&encodings.next().ok_or(Invalid)?);
            verdicts
                .extend(claims.iter().map(|claim| claim.as_ref().map_err(|_| Invalid).and_then(&mut judge)));
        }
    }

    fn point(&self, claim: &Claim) -> EdwardsPoint {
        #[cfg(test)]
        Work::ed25519();
        multiples::difference(&self.base, &claim.s, &self.key, &claim.k)
    }
}

/// How many points are encoded together, with one inversion.
const TOGETHER: usize = 64;

/// What a signature claims: `R = S B - k A`.
struct Claim {
    r: [u8; 32],
    s: Scalar,
    /// `k = SHA-512(R || A || M)`, reduced to an integer below the group order.
    k: Scalar,
}

impl Claim {
    /// Reads a signature; one whose `S` is not reduced, or whose `R` or key has a small order, claims nothing.
    fn read(public_key: &PublicPoint, message: &[u8], signature: &[u8; 64]) -> Result<Self, Invalid> {
        let (r, s) = signature.split_at(32);
        let (Ok(r), Ok(s)) = (r.try_into(), s.try_into()) else { return Err(Invalid) };
        if is_of_small_order(&r) || is_of_small_order(public_key.as_bytes()) {
            return Err(Invalid);
        }
        let s = Option::from(Scalar::from_canonical_bytes(s)).ok_or(Invalid)?;
        #[cfg(test)]
        Work::sha512(64 + message.len());
        let hash = Sha512::new().chain_update(r).chain_update(public_key.as_bytes()).chain_update(message);
        let k = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
        Ok(Self { r, s, k })
    }

    /// Whether `R` is this encoding of `S B - k A`.
    fn judge(&self, encoding: &CompressedEdwardsY) -> Result<(), Invalid> {
        if *encoding.as_bytes() == self.r { Ok(()) } else { Err(Invalid) }
    }
}

/// The `y` of the points whose order divides 8: 0, 1, -1, and two that are opposite to each other.
const SMALL_ORDERS: [[u8; 32]; 5] = {
    let (mut one, mut minus_one) = ([0; 32], [0xff; 32]);
    one[0] = 1;
    (minus_one[0], minus_one[31]) = (0xec, 0x7f);
    [[0; 32], one, minus_one, ORDER_8, ORDER_8_OPPOSITE]
};
const ORDER_8: [u8; 32] = [
    0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a,
    0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
];
const ORDER_8_OPPOSITE: [u8; 32] = [
    0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5,
    0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
];

/// Whether these bytes encode a point whose order divides 8; other than the one encoding of a point they may say yes or no.
fn is_of_small_order(bytes: &[u8; 32]) -> bool {
    let mut y = *bytes;
    let [.., sign_of_x] = &mut y;
    *sign_of_x &= 0x7f;
    SMALL_ORDERS.contains(&y)
}

#[cfg(test)]
mod tests {
    use curve25519_dalek::constants::EIGHT_TORSION;

    use super::*;

    #[test]
    fn small_orders_are_those_of_the_eight_points() {
        let encodings = EIGHT_TORSION.map(|point| point.compress().to_bytes());
        assert!(encodings.iter().all(is_of_small_order));
        let mut ys = encodings.map(|mut bytes| {
            bytes[31] &= 0x7f;
            bytes
        });
        ys.sort_unstable();
        let mut listed = SMALL_ORDERS;
        listed.sort_unstable();
        // Each y but those of 1 and -1 has two points.
        assert!(ys.iter().all(|y| listed.contains(y)) && listed.iter().all(|y| ys.contains(y)));
    }
}
