//! Keys and signatures that are no good.

use vodozemac::{base64_decode, base64_encode};

use super::{ACCEPTS, answer, compare, malleated};
use crate::party::{IMPLEMENTATIONS, Implementation, Random, first_seed};

/// The points of small order on Curve25519: no secret can be agreed with them. The last is 0 written as the prime.
fn small_order_keys() -> [[u8; 32]; 6] {
    let key = |first: u8, middle: u8, last: u8| {
        let mut key = [middle; 32];
        (key[0], key[31]) = (first, last);
        key
    };
    // RFC 7748, section 6.1, and the list at cr.yp.to/ecdh.html#validate.
    let of_order_8 = [
        [
            0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
            0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
        ],
        [
            0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
            0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
        ],
    ];
    [[0; 32], key(1, 0, 0), of_order_8[0], of_order_8[1], key(0xec, 0xff, 0x7f), key(0xed, 0xff, 0x7f)]
}

#[test]
fn curve25519_keys_of_small_order() {
    for key in small_order_keys() {
        let key = base64_encode(key);
        for which in ["identity key", "one-time key"] {
            let what = format!("{key} as {which}");
            compare(&what, ["NonContributoryKey", ACCEPTS, "NonContributoryKey"], |implementation| {
                let mut account = implementation.account(&Random::new(first_seed()));
                let good = account.curve25519_key();
                let (identity_key, one_time_key) =
                    if which == "identity key" { (&key, &good) } else { (&good, &key) };
                answer(account.start(identity_key, one_time_key))
            });
        }
    }
}

#[test]
fn curve25519_keys_in_bad_base64() {
    let good = base64_encode([7; 32]);
    let rows = [
        ("as it should be", good.clone(), [ACCEPTS, ACCEPTS, ACCEPTS]),
        ("padded", format!("{good}="), [ACCEPTS, "INVALID_BASE64", ACCEPTS]),
        ("a foreign character", good.replacen('B', "!", 1), ["Base64", ACCEPTS, "Base64"]),
        ("a byte short", base64_encode([7; 31]), ["Length", "INVALID_BASE64", "InvalidKeyLength"]),
        (
            "bits set that mean nothing",
            good.trim_end_matches('c').to_owned() + "d",
            ["Base64", ACCEPTS, "Base64"],
        ),
    ];
    for (what, key, expected) in rows {
        compare(what, expected, |implementation| {
            let mut account = implementation.account(&Random::new(first_seed()));
            let identity_key = account.curve25519_key();
            answer(account.start(&identity_key, &key))
        });
    }
}

/// `S` and `S + ORDER` satisfy the same equation; only the smaller one is a signature (RFC 8032, section 5.1.7).
#[test]
fn ed25519_signatures_written_a_second_way() {
    for signer in IMPLEMENTATIONS {
        let account = signer.account(&Random::new(first_seed()));
        let key = account.ed25519_key();
        for message in [&b""[..], b"message", &[0; 1_000]] {
            let signature = base64_decode(account.sign(message)).unwrap();
            let malleated = base64_encode(malleated(signature[..].try_into().unwrap()));
            compare("S + ORDER", ["SignatureError", ACCEPTS, "Signature("], |verifier| {
                answer(verifier.verify(&key, message, &malleated))
            });
        }
    }
}

/// The neutral element as public key and as `R`, with `S = 0`: a "signature" of every message.
#[test]
fn ed25519_keys_of_small_order() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let signature = [neutral, [0; 32]].concat();
    let (key, signature) = (base64_encode(neutral), base64_encode(signature));
    for message in ["one", "another"] {
        compare("the neutral element", ["SignatureError", ACCEPTS, "Signature("], |verifier| {
            answer(verifier.verify(&key, message.as_bytes(), &signature))
        });
    }
}

#[test]
fn ed25519_signatures_of_another_length() {
    let account = Implementation::Cliquet.account(&Random::new(first_seed()));
    let signature = base64_decode(account.sign(b"message")).unwrap();
    let (key, short) = (account.ed25519_key(), base64_encode(&signature[..63]));
    compare("63 bytes", ["Length", "BAD_MESSAGE_MAC", "Signature("], |verifier| {
        answer(verifier.verify(&key, b"message", &short))
    });
}
