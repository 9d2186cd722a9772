//! Test vectors that are too long for `test-vectors/`: what is computed again and again.

use super::super::{sha256, x25519};
use crate::known_answers::hex;

/// RFC 7748, section 5.2: the secret key of each round is the result of the round before, whose secret key is its public key.
#[test]
fn x25519_a_thousand_times() {
    let mut public_key = [0; 32];
    public_key[0] = 9;
    let mut secret_key = public_key;
    for round in 1..=1_000 {
        let mut result = [0; 32];
        x25519::diffie_hellman(&secret_key, &public_key, &mut result).unwrap();
        (public_key, secret_key) = (secret_key, result);
        if round == 1 {
            assert_eq!(hex(secret_key), "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
        }
    }
    assert_eq!(hex(secret_key), "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

/// FIPS 180-4's example of a million letters, in parts of all lengths.
#[test]
fn sha256_of_a_million_letters() {
    const HASH: &str = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    let text = alloc::vec![b'a'; 1_000_000];
    let mut parts: alloc::vec::Vec<&[u8]> = alloc::vec::Vec::new();
    let mut left = text.as_slice();
    for length in (0..=200).cycle() {
        let (part, rest) = left.split_at(length.min(left.len()));
        parts.push(part);
        left = rest;
        if left.is_empty() {
            break;
        }
    }
    assert_eq!(hex(sha256::hash(&parts)), HASH);
    #[cfg(feature = "attachment")]
    {
        let mut hasher = sha256::Hasher::new();
        parts.iter().for_each(|part| hasher.update(part));
        assert_eq!(hex(hasher.finish()), HASH);
    }
}
