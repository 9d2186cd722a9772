//! Runs the vectors of `test-vectors/pk/`.

use serde_json::json;

use super::{Input, Outcome, hex, refused};
use crate::{
    pk::{PkDecryption, PkEncryption, PkMessage},
    testing::FixedRandom,
};

pub(super) fn encrypt(input: &Input<'_>) -> Outcome {
    let random = &mut FixedRandom::new(input.bytes("ephemeral_secret_key"));
    let encryption = PkEncryption::new(input.key("recipient_key"));
    let message = encryption.encrypt(&input.bytes("plaintext"), random).map_err(refused)?;
    Ok(json!({
        "ciphertext_base64": message.ciphertext_base64(),
        "mac_base64": message.mac_base64(),
        "ephemeral_key_base64": message.ephemeral_key.to_base64(),
    }))
}

pub(super) fn decrypt(input: &Input<'_>) -> Outcome {
    let message = PkMessage::from_base64(
        input.text("ciphertext_base64"),
        input.text("mac_base64"),
        input.text("ephemeral_key_base64"),
    )
    .map_err(refused)?;
    let decryption = PkDecryption::from_secret_key(&input.array("secret_key"));
    decryption.decrypt(&message).map(|plaintext| json!({ "plaintext": hex(plaintext) })).map_err(refused)
}

/// The key pair, and whether the same is written of it under the same key.
pub(super) fn unpickle(input: &Input<'_>) -> Outcome {
    let (pickle, key) = (input.text("pickle_base64"), input.bytes("key"));
    let decryption = PkDecryption::from_libolm_pickle(pickle, &key).map_err(refused)?;
    Ok(json!({
        "secret_key": hex(decryption.export_secret_key()),
        "public_key": hex(decryption.public_key().as_bytes()),
        "is_written_again": decryption.to_libolm_pickle(&key).unwrap() == pickle,
    }))
}
