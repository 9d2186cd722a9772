//! Runs the vectors of `test-vectors/sas/`.

use serde_json::json;

use super::{super::emoji, Device, EstablishedSas, METHODS, Role, Sas, Verification, is_committed};
use crate::{
    known_answers::{Input, Outcome, hex, refused},
    testing::FixedRandom,
};

/// Runs a vector of this room; `None` if it is of no kind that belongs here.
pub(crate) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    Some(match kind {
        "sas-agreement" => agreement(input),
        "sas-bytes" => bytes(input),
        "sas-emoji" => {
            let emoji = emoji::with_index(u8::try_from(input.number("index")).unwrap());
            Ok(json!({ "symbol": emoji.symbol, "description": emoji.description }))
        }
        "sas-label" => label(input),
        "sas-mac" => mac(input),
        "sas-commitment" => {
            let (key, content) = (input.key("public_key"), input.text("start_content"));
            let committed = is_committed(&key, content, input.text("commitment"));
            committed.then(|| json!({})).ok_or("another commitment".into())
        }
        _ => return None,
    })
}

fn agreement(input: &Input<'_>) -> Outcome {
    let ours = Sas::new(&mut FixedRandom::new(input.bytes("secret_key"))).unwrap();
    let public_key = ours.public_key();
    let established = ours.diffie_hellman(input.key("their_public_key")).map_err(refused)?;
    let bytes = established.bytes_with_info(input.text("info"));
    Ok(json!({ "public_key": hex(public_key.as_bytes()), "bytes": hex(bytes.as_bytes()) }))
}

fn established(input: &Input<'_>) -> EstablishedSas {
    EstablishedSas::with_shared_secret(&input.array("shared_secret"))
}

fn bytes(input: &Input<'_>) -> Outcome {
    let (established, info) = (established(input), input.text("info"));
    let bytes = established.bytes_with_info(info);
    assert_eq!(established.generate_bytes(info.as_bytes(), 6).unwrap().as_bytes(), bytes.as_bytes());
    assert_eq!(bytes.emoji().map(|emoji| emoji.index), bytes.emoji_indices());
    Ok(json!({
        "bytes": hex(bytes.as_bytes()),
        "emoji_indices": bytes.emoji_indices(),
        "decimals": bytes.decimals(),
    }))
}

fn label(input: &Input<'_>) -> Outcome {
    let role = match input.text("role") {
        "starter" => Role::Starter,
        "accepter" => Role::Accepter,
        role => panic!("no role is {role}"),
    };
    let ours = Device::new(input.text("our_user"), input.text("our_device"));
    let theirs = Device::new(input.text("their_user"), input.text("their_device"));
    let verification = Verification::new(ours, theirs, role, input.text("transaction_id"));
    let key_id = input.text("key_id");
    Ok(json!({
        "sas": verification.info(&input.key("our_public_key"), &input.key("their_public_key")),
        "historic_sas": verification.historic_info(),
        "our_mac": verification.our_mac_info(key_id),
        "their_mac": verification.their_mac_info(key_id),
    }))
}

fn mac(input: &Input<'_>) -> Outcome {
    let method = METHODS.into_iter().find(|method| method.as_str() == input.text("method")).unwrap();
    let (text, info, mac) = (input.text("text"), input.text("info"), input.text("mac"));
    let verified = established(input).verify_mac_with_info(method, text, info, mac);
    verified.then(|| json!({})).ok_or("another MAC".into())
}
