//! The twelve cases on which implementations of Ed25519 differ ("Taming the many EdDSAs", 2020), made anew: which rule would
//! accept each, and what strict verification says.

use super::*;

/// A key and a signature that some rule accepts.
struct Case {
    forger: Forger,
    signed: Signed,
}

impl Case {
    /// Whether the equation holds without the cofactor and with it, and whether the signature is valid.
    fn leads_to(&self, without_cofactor: bool, with_cofactor: bool, valid: bool) {
        assert_eq!(self.forger.equations(&self.signed), (without_cofactor, with_cofactor));
        if valid {
            all_valid(&self.forger.key, core::slice::from_ref(&self.signed));
        } else {
            all_refused(&self.forger, core::slice::from_ref(&self.signed));
        }
    }
}

/// A signature without a nonce: `R` is the point of small order with these bytes.
fn with_small_r(forger: &Forger, r: [u8; 32], wanted: impl Fn(u8) -> bool) -> Signed {
    let message = forger.message_with(&r, wanted);
    let s = forger.s(Scalar::ZERO, &r, &message);
    Signed::new(message, r, s)
}

fn small(index: usize) -> [u8; 32] {
    torsion(index).compress().to_bytes()
}

#[test]
fn case_0_small_key_and_small_r_with_s_zero() {
    let forger = Forger::new(Scalar::ZERO, torsion(1));
    let signed = with_small_r(&forger, small(1), |k| k == 7);
    assert_eq!(signed.s(), [0; 32]);
    Case { forger, signed }.leads_to(true, true, false);
}

#[test]
fn case_1_small_key() {
    let forger = Forger::new(Scalar::ZERO, torsion(1));
    let signed = forger.sign_with(1, torsion(1), |k| k == 7);
    Case { forger, signed }.leads_to(true, true, false);
}

#[test]
fn case_2_small_r() {
    let forger = Forger::numbered(2, torsion(1));
    let signed = with_small_r(&forger, small(1), |k| k == 7);
    Case { forger, signed }.leads_to(true, true, false);
}

#[test]
fn case_3_mixed_key_and_mixed_r() {
    let forger = Forger::numbered(3, torsion(1));
    let signed = forger.sign_with(3, torsion(1), |k| k == 7);
    Case { forger, signed }.leads_to(true, true, true);
}

#[test]
fn case_4_the_cofactor_alone_makes_it_hold() {
    let forger = Forger::numbered(4, torsion(1));
    let signed = forger.sign_with(4, torsion(1), |k| k != 7);
    Case { forger, signed }.leads_to(false, true, false);
}

/// `8 k`, reduced before it multiplies the key, is no multiple of 8.
#[test]
fn case_5_eight_times_k_reduced() {
    let forger = Forger::numbered(5, torsion(1));
    for nonce in 0..8 {
        let signed = forger.sign_with(nonce, torsion(0), |k| k % 2 == 1);
        Case { forger: Forger::numbered(5, torsion(1)), signed }.leads_to(false, true, false);
    }
}

#[test]
fn case_6_and_7_s_above_the_group_order() {
    for factor in [1, 2, 8] {
        let forger = Forger::numbered(6, torsion(0));
        let valid = forger.sign(6, torsion(0), b"message");
        let signed = valid.with_s(add(valid.s(), group_order_times(factor)));
        Case { forger, signed }.leads_to(true, true, false);
    }
}

/// Hashed as received, or encoded anew.
#[test]
fn case_8_and_9_small_r_in_another_encoding() {
    for r in encodings::of_small_order().into_iter().skip(8) {
        let forger = Forger::numbered(8, torsion(1));
        let point = curve25519_dalek::edwards::CompressedEdwardsY(r).decompress().unwrap();
        let encoded = point.compress().to_bytes();
        let order = (0..8_u8).find(|k| torsion(usize::from(8 - k)) == point).unwrap();
        let as_received = with_small_r(&forger, r, |k| k == order);
        assert_eq!(forger.equations(&as_received), (true, true));
        let anew = with_small_r(&forger, encoded, |k| k == order).with_r(r);
        all_refused(&forger, &[as_received, anew]);
    }
}

/// Decoded, they would be of small order too; they are not even decoded.
#[test]
fn case_10_and_11_small_key_in_another_encoding() {
    for key in encodings::of_small_order().into_iter().skip(8) {
        assert!(super::super::public_point(&key).is_none());
        if let Ok(key) = PublicPoint::from_bytes(&key) {
            let forger = Forger { scalar: Scalar::ZERO, key };
            let signed: Vec<_> =
                (0..8).map(|wanted| forger.sign_with(1, torsion(0), |k| k == wanted)).collect();
            let library = |one: &Signed| {
                key.verify_strict(&one.message, &Signature::from_bytes(&one.signature)).is_ok()
            };
            assert!(!signed.iter().any(library));
        }
    }
}
