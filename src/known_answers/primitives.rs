//! Runs the vectors of `test-vectors/primitives/`: what standards publish, through our wrappers.

use serde_json::json;

use super::{Input, Outcome, hex, refused};
#[cfg(any(feature = "dehydrated-device", feature = "ecies", feature = "hpke"))]
use crate::primitives::aead;
#[cfg(any(feature = "attachment", feature = "key-export", feature = "secret-storage"))]
use crate::primitives::ctr::KeyStream;
use crate::primitives::{cbc_hmac, kdf, sha256};

pub(super) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    Some(match kind {
        "sha256" => Ok(json!({ "hash": hex(sha256::hash(&[&input.bytes("message")])) })),
        "hmac-sha256" => {
            let mut mac = [0; 32];
            kdf::hmac(&input.bytes("key"), [input.bytes("message").as_slice()], &mut mac);
            Ok(json!({ "mac": hex(mac) }))
        }
        "aes-256-cbc" => aes_cbc(input),
        #[cfg(any(feature = "attachment", feature = "key-export", feature = "secret-storage"))]
        "aes-256-ctr" => {
            let mut text = input.bytes("plaintext");
            KeyStream::new(&input.array("key"), &input.array("counter_block"))
                .apply(&mut text)
                .map(|()| json!({ "ciphertext": hex(text) }))
                .map_err(refused)
        }
        #[cfg(any(feature = "dehydrated-device", feature = "ecies", feature = "hpke"))]
        "chacha20-poly1305" => chacha20_poly1305(input),
        _ => return None,
    })
}

/// The feature that vectors of this kind need, where it is off.
pub(super) fn missing_feature(kind: &str) -> Option<&'static str> {
    let counter_mode = cfg!(any(feature = "attachment", feature = "key-export", feature = "secret-storage"));
    let aead = cfg!(any(feature = "dehydrated-device", feature = "ecies", feature = "hpke"));
    match kind {
        "aes-256-ctr" if !counter_mode => Some("attachment, key-export or secret-storage"),
        "chacha20-poly1305" if !aead => Some("dehydrated-device, ecies or hpke"),
        _ => None,
    }
}

/// Decrypts; what is accepted must be what encrypting gives.
fn aes_cbc(input: &Input<'_>) -> Outcome {
    let (key, iv, ciphertext) = (input.array("key"), input.array("iv"), input.bytes("ciphertext"));
    let plaintext = cbc_hmac::testing::decrypt(&key, &iv, &ciphertext).map_err(refused)?;
    assert_eq!(cbc_hmac::testing::encrypt(&key, &iv, &plaintext), ciphertext);
    Ok(json!({ "plaintext": hex(plaintext) }))
}

#[cfg(any(feature = "dehydrated-device", feature = "ecies", feature = "hpke"))]
fn chacha20_poly1305(input: &Input<'_>) -> Outcome {
    let (key, nonce) = (input.array("key"), input.array("nonce"));
    let (associated_data, ciphertext) = (input.bytes("associated_data"), input.bytes("ciphertext"));
    let plaintext = aead::open(&key, &nonce, &associated_data, &ciphertext).map_err(refused)?;
    let opened = hex(plaintext.as_bytes());
    assert_eq!(aead::seal(&key, &nonce, &associated_data, plaintext), Ok(ciphertext));
    Ok(json!({ "plaintext": opened }))
}
