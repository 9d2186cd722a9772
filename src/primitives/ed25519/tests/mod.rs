//! Signatures forged with the secret scalar known, so that the equation holds, or nearly holds, where it must not count. Each is judged
//! alone, among many, and by `verify_strict` of ed25519-dalek: all three must agree. They do, once the key is the one encoding of
//! its point; other encodings of keys are refused when they are decoded, where the library would go on to verify.

mod encodings;
mod forgeries;
mod mutations;
mod speccheck;

use alloc::{collections::BTreeSet, vec::Vec};

use curve25519_dalek::{
    EdwardsPoint, Scalar,
    constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION},
    traits::Identity,
};
use ed25519_dalek::Signature;
use sha2::{Digest, Sha512};

use super::{BulkVerifier, PublicPoint, verify};

/// A message with a signature.
#[derive(Clone, Debug)]
struct Signed {
    message: Vec<u8>,
    signature: [u8; 64],
}

impl Signed {
    fn new(message: impl Into<Vec<u8>>, r: [u8; 32], s: [u8; 32]) -> Self {
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&r);
        signature[32..].copy_from_slice(&s);
        Self { message: message.into(), signature }
    }

    fn s(&self) -> [u8; 32] {
        self.signature[32..].try_into().unwrap()
    }

    fn with_s(&self, s: [u8; 32]) -> Self {
        let mut other = self.clone();
        other.signature[32..].copy_from_slice(&s);
        other
    }

    fn with_r(&self, r: [u8; 32]) -> Self {
        let mut other = self.clone();
        other.signature[..32].copy_from_slice(&r);
        other
    }
}

/// A forger's key: `A = a B + T`, where `T` has an order that divides 8.
struct Forger {
    scalar: Scalar,
    key: PublicPoint,
}

impl Forger {
    fn new(scalar: Scalar, torsion: EdwardsPoint) -> Self {
        Self { scalar, key: PublicPoint::from(ED25519_BASEPOINT_POINT * scalar + torsion) }
    }

    /// The key with a scalar that depends on a number.
    fn numbered(number: u64, torsion: EdwardsPoint) -> Self {
        Self::new(scalar(number), torsion)
    }

    /// `k = SHA-512(R || A || M)`, an integer below the group order.
    fn k(&self, r: &[u8; 32], message: &[u8]) -> Scalar {
        Scalar::from_hash(
            Sha512::new().chain_update(r).chain_update(self.key.as_bytes()).chain_update(message),
        )
    }

    /// With this `S` the equation holds after a multiplication by 8, if `R` is `nonce B` but for a torsion point.
    fn s(&self, nonce: Scalar, r: &[u8; 32], message: &[u8]) -> [u8; 32] {
        (nonce + self.k(r, message) * self.scalar).to_bytes()
    }

    /// A signature with `R = nonce B + torsion`.
    fn sign(&self, nonce: u64, torsion: EdwardsPoint, message: &[u8]) -> Signed {
        let nonce = scalar(nonce);
        let r = (ED25519_BASEPOINT_POINT * nonce + torsion).compress().to_bytes();
        Signed::new(message, r, self.s(nonce, &r, message))
    }

    /// A message for which `k` modulo 8 is as wanted.
    fn message_with(&self, r: &[u8; 32], wanted: impl Fn(u8) -> bool) -> Vec<u8> {
        let mut messages = (0_u32..1_000).map(u32::to_le_bytes);
        let wanted = |message: &[u8; 4]| wanted(self.k(r, message).as_bytes()[0] % 8);
        messages.find(wanted).unwrap().to_vec()
    }

    /// A signature as [`sign`](Self::sign) makes it, with `k` modulo 8 as wanted.
    fn sign_with(&self, nonce: u64, torsion: EdwardsPoint, wanted: impl Fn(u8) -> bool) -> Signed {
        let r = (ED25519_BASEPOINT_POINT * scalar(nonce) + torsion).compress().to_bytes();
        self.sign(nonce, torsion, &self.message_with(&r, wanted))
    }

    /// Whether the equation holds for the points: without the cofactor, and with it.
    fn equations(&self, signed: &Signed) -> (bool, bool) {
        let (r, _) = signed.signature.split_at(32);
        let r: [u8; 32] = r.try_into().unwrap();
        let point = curve25519_dalek::edwards::CompressedEdwardsY(r).decompress().unwrap();
        let k = self.k(&r, &signed.message);
        let s = Scalar::from_bytes_mod_order(signed.s());
        // The library multiplies by the integer that a scalar is, so that torsion counts.
        let difference = ED25519_BASEPOINT_POINT * s - self.key.to_edwards() * k - point;
        let identity = EdwardsPoint::identity();
        (difference == identity, difference.mul_by_cofactor() == identity)
    }
}

/// A scalar that depends on a number, and looks like any other.
fn scalar(number: u64) -> Scalar {
    Scalar::from_hash(Sha512::new_with_prefix(number.to_le_bytes()))
}

/// The point whose order divides 8 at this place: the multiples of a generator.
fn torsion(index: usize) -> EdwardsPoint {
    (0..index % 8).fold(EdwardsPoint::identity(), |point, _| point + EIGHT_TORSION[1])
}

/// The group order, times a number up to 15.
fn group_order_times(factor: u8) -> [u8; 32] {
    let mut order = (-Scalar::ONE).to_bytes();
    order[0] += 1;
    (0..factor).fold([0; 32], |sum, _| add(sum, order))
}

/// The sum of two integers; it must fit.
fn add(a: [u8; 32], b: [u8; 32]) -> [u8; 32] {
    try_add(a, b).unwrap()
}

fn try_add(a: [u8; 32], b: [u8; 32]) -> Option<[u8; 32]> {
    let mut carry = 0;
    let sum = core::array::from_fn(|place| {
        let [low, high] = (u16::from(a[place]) + u16::from(b[place]) + carry).to_le_bytes();
        carry = high.into();
        low
    });
    (carry == 0).then_some(sum)
}

/// Batches around 16 and 64, of which the code knows.
const LENGTHS: [usize; 8] = [1, 2, 15, 17, 63, 64, 65, 129];

/// The verdict on each of these, which must be the same from everywhere.
fn verdicts(key: &PublicPoint, signed: &[Signed]) -> Vec<bool> {
    verdicts_in_batches(key, signed, &LENGTHS)
}

fn verdicts_in_batches(key: &PublicPoint, signed: &[Signed], lengths: &[usize]) -> Vec<bool> {
    let verdicts: Vec<_> = signed
        .iter()
        .map(|one| key.verify_strict(&one.message, &Signature::from_bytes(&one.signature)).is_ok())
        .collect();
    for (one, verdict) in signed.iter().zip(&verdicts) {
        assert_eq!(verify(key, &one.message, &one.signature).is_ok(), *verdict, "alone: {one:x?}");
    }
    let verifier = BulkVerifier::new(key);
    // A few come first and last, and on either side of a border; an odd step, so that every other one takes its turn.
    let step = (signed.len() / 16) | 1;
    let lengths = lengths.iter().copied().chain([signed.len()]);
    let starts = |length: usize| (0..signed.len()).step_by(if length < 20 { step } else { step * 8 });
    for (length, start) in lengths.flat_map(|length| starts(length).map(move |start| (length, start))) {
        let batch = signed.iter().cycle().skip(start).take(length);
        let found: Vec<_> = verifier
            .verify(batch.map(|one| (one.message.as_slice(), &one.signature)))
            .into_iter()
            .map(|verdict| verdict.is_ok())
            .collect();
        let expected: Vec<_> = verdicts.iter().copied().cycle().skip(start).take(length).collect();
        assert_eq!(found, expected, "{length} from {start} of {signed:x?}");
    }
    verdicts
}

fn all_valid(key: &PublicPoint, signed: &[Signed]) {
    assert!(verdicts(key, signed).into_iter().all(|verdict| verdict));
}

/// None of these is valid; a valid one between them stays so.
fn all_refused(forger: &Forger, signed: &[Signed]) {
    let valid = forger.sign_with(99, EdwardsPoint::identity(), |k| k == 0);
    let valid_counts = !forger.key.is_weak();
    let mixed: Vec<_> = signed.iter().flat_map(|one| [one.clone(), valid.clone()]).collect();
    let found = verdicts(&forger.key, &mixed);
    for (one, verdicts) in signed.iter().zip(found.chunks(2)) {
        assert_eq!(verdicts, [false, valid_counts], "{one:x?}");
    }
}

#[test]
fn the_torsion_points_are_eight() {
    let encodings: BTreeSet<_> = (0..8).map(|index| torsion(index).compress().to_bytes()).collect();
    assert_eq!(encodings.len(), 8);
    assert_eq!(torsion(7) + torsion(1), EdwardsPoint::identity());
}

#[test]
fn nothing_has_no_verdicts() {
    assert!(BulkVerifier::new(&Forger::numbered(1, torsion(0)).key).verify([]).is_empty());
}

#[test]
fn signing_hashes_the_message_twice() {
    let mut expanded = [0; 64];
    super::expand(&[7; 32], &mut expanded);
    let key = super::public_key(&expanded);
    let work = super::Work::during(|| _ = super::sign(&expanded, &key, &[0; 200]));
    // With 32 and 64 bytes before it and 17 behind it, in blocks of 128.
    assert_eq!((work.ed25519, work.sha512), (1, 2 + 3));
}
