//! Whatever the torsion of key and `R`: the equation without the cofactor decides, and small orders are refused.

use super::*;

/// One signature for each `k` modulo 8.
fn for_every_k(forger: &Forger, nonce: u64, r_torsion: EdwardsPoint) -> Vec<Signed> {
    (0..8).map(|wanted| forger.sign_with(nonce, r_torsion, |k| k == wanted)).collect()
}

#[test]
fn honest_signatures_are_valid() {
    for number in 0..3 {
        let forger = Forger::numbered(number, torsion(0));
        let signed: Vec<_> = [0, 1, 63, 64, 111, 112, 128, 1_000]
            .map(|length| forger.sign(u64::try_from(length).unwrap(), torsion(0), &alloc::vec![7; length]))
            .into();
        all_valid(&forger.key, &signed);
    }
}

#[test]
fn no_bit_may_be_another_one() {
    let forger = Forger::numbered(1, torsion(0));
    let signed = forger.sign(2, torsion(0), b"message");
    let bits = (0..512).map(|bit| {
        let mut other = signed.clone();
        other.signature[bit / 8] ^= 1 << (bit % 8);
        other
    });
    let bits = bits.chain((0..56).map(|bit| {
        let mut other = signed.clone();
        other.message[bit / 8] ^= 1 << (bit % 8);
        other
    }));
    all_refused(&forger, &bits.collect::<Vec<_>>());
}

#[test]
fn no_bit_of_the_key_may_be_another_one() {
    let forger = Forger::numbered(1, torsion(0));
    let signed = [forger.sign(2, torsion(0), b"message")];
    let mut decoded = 0;
    for bit in 0..256 {
        let mut bytes = *forger.key.as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Some(key) = super::super::public_point(&bytes) {
            assert_eq!(verdicts_in_batches(&key, &signed, &[17]), [false]);
            decoded += 1;
        }
    }
    assert!(decoded > 100, "half of all bytes are a point: {decoded}");
}

#[test]
fn the_other_points_with_torsion() {
    for (a, r) in (0..8).flat_map(|a| (0..8).map(move |r| (a, r))) {
        let forger = Forger::numbered(3, torsion(a));
        let signed = for_every_k(&forger, 4, torsion(r));
        // S B - k A is nonce B - k T, which is R for one k of as many as T has multiples, or for none.
        let expected: Vec<_> = (0..8).map(|k: usize| (r + k * a).is_multiple_of(8)).collect();
        let equations: Vec<_> = signed.iter().map(|signed| forger.equations(signed)).collect();
        assert!(equations.iter().all(|(_, with_cofactor)| *with_cofactor));
        assert!(equations.iter().map(|(without_cofactor, _)| *without_cofactor).eq(expected.iter().copied()));
        let found = verdicts_in_batches(&forger.key, &signed, &[65]);
        assert_eq!(found, expected, "torsion {a} of the key and {r} of R");
    }
}

#[test]
fn small_r_is_refused_though_the_equation_holds() {
    for (a, r) in (1..8).flat_map(|a| (0..8).map(move |r| (a, r))) {
        let forger = Forger::numbered(5, torsion(a));
        let small = torsion(r).compress().to_bytes();
        // Without a nonce S B - k A is - k T.
        let reached = (0..8_u8).find(|k| (r + usize::from(*k) * a) % 8 == 0);
        let Some(reached) = reached else { continue };
        let message = forger.message_with(&small, |k| k == reached);
        let s = forger.s(Scalar::ZERO, &small, &message);
        let forged = Signed::new(message, small, s);
        assert_eq!(forger.equations(&forged), (true, true));
        all_refused(&forger, &[forged]);
    }
}

#[test]
fn small_r_in_every_encoding_is_refused() {
    let encodings = encodings::of_small_order();
    assert_eq!(encodings.len(), 14);
    for a in [0, 1, 2, 4] {
        let forger = Forger::numbered(6, torsion(a));
        let forged: Vec<_> = encodings
            .iter()
            .flat_map(|r| (0..8).map(move |wanted| (*r, wanted)))
            .map(|(r, wanted)| {
                let message = forger.message_with(&r, |k| k == wanted);
                let s = forger.s(Scalar::ZERO, &r, &message);
                Signed::new(message, r, s)
            })
            .collect();
        all_refused(&forger, &forged);
    }
}

#[test]
fn a_small_key_verifies_nothing() {
    for a in 0..8 {
        let forger = Forger::new(Scalar::ZERO, torsion(a));
        assert!(forger.key.is_weak());
        // Any S with R = S B, for every k; the identity as R; and S of another key.
        let mut forged = for_every_k(&forger, 7, torsion(0));
        forged.extend(for_every_k(&forger, 8, torsion(3)));
        forged.push(Signed::new("", torsion(0).compress().to_bytes(), [0; 32]));
        forged.push(Forger::numbered(1, torsion(0)).sign(2, torsion(0), b"of another"));
        let holds = forged.iter().filter(|signed| forger.equations(signed).0).count();
        assert!(holds > 0);
        all_refused(&forger, &forged);
    }
}

#[test]
fn the_identity_as_a_result_is_no_other_r() {
    let forger = Forger::numbered(9, torsion(0));
    let identity = torsion(0).compress().to_bytes();
    let honest = forger.sign(10, torsion(0), b"message");
    let (r, _) = honest.signature.split_at(32);
    let r: [u8; 32] = r.try_into().unwrap();
    let mut forged = Vec::new();
    // S = k a: S B - k A is the identity, which is neither R nor allowed as R.
    for r in [r, identity] {
        forged.push(Signed::new("message", r, forger.s(Scalar::ZERO, &r, b"message")));
    }
    assert!(forger.equations(&forged[1]).0);
    all_refused(&forger, &forged);
}

/// `S` fits the hash of another `R`, the opposite one among them: the result is compared to the last bit.
#[test]
fn no_bit_of_r_may_be_another_one_though_s_is_made_for_it() {
    for a in [0, 1] {
        let forger = Forger::numbered(15, torsion(a));
        let nonce = scalar(16);
        let r = (ED25519_BASEPOINT_POINT * nonce).compress().to_bytes();
        let forged = (0..256).map(|bit| {
            let mut other = r;
            other[bit / 8] ^= 1 << (bit % 8);
            let message = forger.message_with(&other, |k| k == 0);
            let s = forger.s(nonce, &other, &message);
            Signed::new(message, other, s)
        });
        all_refused(&forger, &forged.collect::<Vec<_>>());
    }
}

#[test]
fn s_has_one_form() {
    for a in [0, 1, 4] {
        let forger = Forger::numbered(11, torsion(a));
        let valid = forger.sign_with(12, torsion(0), |k| k == 0);
        all_valid(&forger.key, core::slice::from_ref(&valid));
        let larger: Vec<_> = (1..=15)
            .filter_map(|factor| try_add(valid.s(), group_order_times(factor)))
            .map(|s| valid.with_s(s))
            .collect();
        assert!(larger.len() >= 14);
        assert!(larger.iter().all(|signed| forger.equations(signed).0), "the same modulo the order");
        all_refused(&forger, &larger);
    }
}

#[test]
fn s_at_the_edges() {
    let order = group_order_times(1);
    assert!(bool::from(Scalar::from_canonical_bytes(order).is_none()));
    let minus_one = (-Scalar::ONE).to_bytes();
    let twice = group_order_times(2);
    let mut highest_bits = [0; 32];
    for a in [0, 1, 4] {
        let forger = Forger::numbered(13, torsion(a));
        let valid = forger.sign_with(14, torsion(0), |k| k == 0);
        let mut edges: Vec<_> =
            [[0; 32], Scalar::ONE.to_bytes(), minus_one, order, twice, group_order_times(15), [0xff; 32]]
                .map(|s| valid.with_s(s))
                .into();
        for bits in [0x10, 0x20, 0x40, 0x80, 0xe0] {
            highest_bits[31] = bits;
            edges.push(valid.with_s(highest_bits));
            let mut s = valid.s();
            s[31] |= bits;
            if s != valid.s() {
                edges.push(valid.with_s(s));
            }
        }
        all_refused(&forger, &edges);
    }
}
