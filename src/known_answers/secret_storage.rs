//! Runs the vectors of `test-vectors/secret-storage/`.

use alloc::string::String;

use serde_json::json;

use super::{Input, Outcome, hex, refused};
use crate::{
    encoding::base64,
    secret_storage::{EncryptedSecret, KeyCheck, PassphraseParameters, SecretStorageKey},
    testing::FixedRandom,
};

pub(super) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    Some(match kind {
        "recovery-key" => recovery_key(input),
        "secret-storage-encrypt" => encrypt(input),
        "secret-storage-decrypt" => decrypt(input),
        "secret-storage-key-check" => key_check(input),
        "secret-storage-passphrase" => passphrase(input),
        _ => return None,
    })
}

fn key(input: &Input<'_>) -> SecretStorageKey {
    SecretStorageKey::from_bytes(&input.array("key"))
}

fn base64_array<const N: usize>(input: &Input<'_>, name: &str) -> Result<[u8; N], String> {
    base64::decode_array(input.text(name)).map_err(refused)
}

fn recovery_key(input: &Input<'_>) -> Outcome {
    let key = SecretStorageKey::from_recovery_key(input.text("text")).map_err(refused)?;
    Ok(json!({ "key": hex(key.as_bytes()), "text": key.to_recovery_key().as_str() }))
}

fn encrypt(input: &Input<'_>) -> Outcome {
    let rng = &mut FixedRandom::new(input.bytes("iv_random"));
    let secret = key(input).encrypt(input.text("name"), &input.bytes("plaintext"), rng).unwrap();
    Ok(json!({
        "iv_base64": base64::encode(&secret.iv),
        "ciphertext_base64": base64::encode(&secret.ciphertext),
        "mac_base64": base64::encode(&secret.mac),
    }))
}

fn decrypt(input: &Input<'_>) -> Outcome {
    let secret = EncryptedSecret {
        iv: base64_array(input, "iv_base64")?,
        ciphertext: base64::decode(input.text("ciphertext_base64")).map_err(refused)?,
        mac: base64_array(input, "mac_base64")?,
    };
    let plaintext = key(input).decrypt(input.text("name"), &secret).map_err(refused)?;
    Ok(json!({ "plaintext": hex(plaintext.as_bytes()) }))
}

fn key_check(input: &Input<'_>) -> Outcome {
    let check = KeyCheck { iv: base64_array(input, "iv_base64")?, mac: base64_array(input, "mac_base64")? };
    if key(input).passes(&check) { Ok(json!({})) } else { Err("another key".into()) }
}

/// Where `serde` is on, through the JSON object of the key's description.
fn passphrase(input: &Input<'_>) -> Outcome {
    let parameters = parameters(input)?;
    let stretched = parameters.stretch(input.text("passphrase"), u32::MAX).unwrap().finish();
    let key = SecretStorageKey::from_passphrase(&parameters, &stretched).unwrap();
    Ok(json!({ "key": hex(key.as_bytes()) }))
}

#[cfg(feature = "serde")]
fn parameters(input: &Input<'_>) -> Result<PassphraseParameters, String> {
    let object = json!({
        "algorithm": "m.pbkdf2",
        "salt": input.text("salt"),
        "iterations": input.number("iterations"),
        "bits": input.number("bits"),
    });
    let parameters: PassphraseParameters = serde_json::from_value(object.clone()).map_err(refused)?;
    assert_eq!(serde_json::to_value(&parameters).unwrap(), object);
    Ok(parameters)
}

#[cfg(not(feature = "serde"))]
fn parameters(input: &Input<'_>) -> Result<PassphraseParameters, String> {
    if input.number("bits") != 256 {
        return Err("the JSON object refuses it".into());
    }
    PassphraseParameters::new(input.text("salt"), input.index("iterations")).map_err(refused)
}
