//! Random signatures by random keys, changed at random.

use proptest::{collection::vec, prelude::*};

use super::*;

/// What happens to a signature after it was made.
#[derive(Clone, Debug)]
enum Change {
    None,
    SignatureBit(usize),
    MessageBit(usize),
    Order(u8),
    S([u8; 32]),
    R([u8; 32]),
    SmallR(usize),
}

impl Change {
    fn apply(&self, signed: Signed) -> Signed {
        match *self {
            Self::None => signed,
            Self::SignatureBit(bit) => {
                let mut signed = signed;
                signed.signature[bit / 8] ^= 1 << (bit % 8);
                signed
            }
            Self::MessageBit(bit) => {
                let mut signed = signed;
                let length = signed.message.len().max(1);
                if let Some(byte) = signed.message.get_mut(bit / 8 % length) {
                    *byte ^= 1 << (bit % 8);
                }
                signed
            }
            Self::Order(factor) => {
                let s = try_add(signed.s(), group_order_times(factor)).unwrap_or([0xff; 32]);
                signed.with_s(s)
            }
            Self::S(s) => signed.with_s(s),
            Self::R(r) => signed.with_r(r),
            Self::SmallR(index) => signed.with_r(encodings::of_small_order()[index]),
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => Just(Change::None),
        1 => (0_usize..512).prop_map(Change::SignatureBit),
        1 => any::<usize>().prop_map(Change::MessageBit),
        1 => (1_u8..16).prop_map(Change::Order),
        1 => any::<[u8; 32]>().prop_map(Change::S),
        1 => any::<[u8; 32]>().prop_map(Change::R),
        1 => (0_usize..14).prop_map(Change::SmallR),
    ]
}

/// What was put together must be in the same group as what the equation demands.
fn is_valid(forger: &Forger, key_torsion: usize, r_torsion: usize, signed: &Signed) -> bool {
    let (r, _) = signed.signature.split_at(32);
    let k = forger.k(r.try_into().unwrap(), &signed.message).as_bytes()[0];
    (r_torsion + usize::from(k % 8) * key_torsion).is_multiple_of(8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn every_verdict_is_the_same_from_everywhere(
        key in any::<[u8; 64]>(),
        key_torsion in 0_usize..8,
        signatures in vec((any::<u64>(), 0_usize..8, vec(any::<u8>(), 0..150), change()), 1..90),
    ) {
        let forger = Forger::new(Scalar::from_bytes_mod_order_wide(&key), torsion(key_torsion));
        let made: Vec<_> = signatures
            .iter()
            .map(|(nonce, r_torsion, message, _)| forger.sign(*nonce, torsion(*r_torsion), message))
            .collect();
        let changed: Vec<_> =
            made.iter().zip(&signatures).map(|(made, (.., change))| change.apply(made.clone())).collect();
        let found = verdicts(&forger.key, &changed);
        for ((made, verdict), (_, r_torsion, _, change)) in made.iter().zip(found).zip(&signatures) {
            if matches!(change, Change::None) {
                prop_assert_eq!(verdict, is_valid(&forger, key_torsion, *r_torsion, made));
            }
        }
    }
}
