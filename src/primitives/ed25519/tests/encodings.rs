//! Points in other encodings than their one: `y` from `p` on, and a sign beside `x = 0`.

use curve25519_dalek::edwards::CompressedEdwardsY;
use proptest::prelude::*;

use super::{super::public_point, *};

/// The bytes of `y` with or without a sign.
fn encoding(y: [u8; 32], negative: bool) -> [u8; 32] {
    let mut bytes = y;
    bytes[31] |= if negative { 0x80 } else { 0 };
    bytes
}

/// A small number, or `2^255 - 19` and as much.
fn y(small: u8, added: bool) -> [u8; 32] {
    let mut bytes = if added { [0xff; 32] } else { [0; 32] };
    if added {
        bytes[31] = 0x7f;
    }
    bytes[0] = if added { 0xed + small } else { small };
    bytes
}

/// `-1`
const MINUS_ONE: [u8; 32] = {
    let mut bytes = [0xff; 32];
    (bytes[0], bytes[31]) = (0xec, 0x7f);
    bytes
};

/// Every encoding that means a point whose order divides 8, eight of which are right.
pub(super) fn of_small_order() -> Vec<[u8; 32]> {
    let canonical = (0..8).map(|index| torsion(index).compress().to_bytes());
    let others =
        [0, 1].into_iter().flat_map(|small| [false, true].map(|sign| encoding(y(small, true), sign)));
    let second_zeros = [y(1, false), MINUS_ONE].map(|y| encoding(y, true));
    canonical.chain(others).chain(second_zeros).collect()
}

#[test]
fn none_but_the_one_encoding_is_a_key() {
    for small in 0..19 {
        for negative in [false, true] {
            assert!(public_point(&encoding(y(small, true), negative)).is_none(), "p + {small}");
            let right = encoding(y(small, false), negative);
            let same = CompressedEdwardsY(right).decompress().filter(|point| point.compress().0 == right);
            assert_eq!(public_point(&right).is_some(), same.is_some(), "{small}");
        }
    }
    for encoding in of_small_order().into_iter().skip(8) {
        assert!(public_point(&encoding).is_none());
    }
    // The library decodes them: this is where it would go on.
    assert!(of_small_order().iter().filter(|encoding| PublicPoint::from_bytes(encoding).is_ok()).count() > 8);
}

/// Keys that are near an edge in one byte and not in another are as good as any.
#[test]
fn what_only_looks_like_an_edge_is_a_key() {
    let mut right = 0;
    for (rest, high) in [(0xff, 0x7f), (0, 0)] {
        for place in [1, 15, 30, 31] {
            for (low, change) in
                [0, 1, 0xec, 0xed, 0xff].into_iter().flat_map(|low| (1..5).map(move |change| (low, change)))
            {
                let mut y = [rest; 32];
                (y[0], y[31]) = (low, high);
                y[place] ^= change;
                for bytes in [false, true].map(|negative| encoding(y, negative)) {
                    let same =
                        CompressedEdwardsY(bytes).decompress().filter(|point| point.compress().0 == bytes);
                    assert_eq!(public_point(&bytes).is_some(), same.is_some(), "{bytes:x?}");
                    right += usize::from(same.is_some());
                }
            }
        }
    }
    assert!(right > 100, "{right}");
}

#[test]
fn other_encodings_of_r() {
    let forger = Forger::numbered(1, torsion(0));
    let valid = forger.sign(2, torsion(0), b"message");
    let mut forged = Vec::new();
    for (small, added, negative) in (0..19).flat_map(|small| {
        [(small, true, false), (small, true, true), (small, false, false), (small, false, true)]
    }) {
        let r = encoding(y(small, added), negative);
        // With the S that fits the hash of these bytes and no nonce, and with an S that fits nothing.
        let s = forger.s(Scalar::ZERO, &r, b"message");
        forged.extend([Signed::new("message", r, s), valid.with_r(r)]);
    }
    forged.extend(of_small_order().into_iter().map(|r| valid.with_r(r)));
    all_refused(&forger, &forged);
}

proptest! {
    #[test]
    fn a_key_is_a_point_that_encodes_to_it(bytes: [u8; 32], edge in 0_u8..3, negative: bool) {
        let bytes = match edge {
            0 => bytes,
            1 => encoding(y(bytes[0] % 19, true), negative),
            _ => encoding(y(bytes[0], false), negative),
        };
        let same = PublicPoint::from_bytes(&bytes).is_ok_and(|key| key.to_edwards().compress().0 == bytes);
        prop_assert_eq!(public_point(&bytes).is_some(), same);
    }
}
