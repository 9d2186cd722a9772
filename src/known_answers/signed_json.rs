//! Runs the vectors of `test-vectors/signed-json/`.

use serde_json::json;

use super::{Input, Outcome, refused};
use crate::{
    keys::{Ed25519KeyPair, Ed25519PublicKey},
    signed_json::JsonObject,
};

pub(super) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    let object = || JsonObject::from_json(input.text("json")).map_err(refused);
    Some(match kind {
        "canonical-json" => object().map(|object| canonical(&object)),
        "signed-json-sign" => object().and_then(|object| sign(object, input)),
        "signed-json-verify" => object().and_then(|object| verify(&object, input)),
        _ => return None,
    })
}

fn canonical(object: &JsonObject) -> serde_json::Value {
    let canonical = object.to_canonical_json();
    assert_eq!(&JsonObject::from_json(&canonical).unwrap(), object);
    assert_eq!(&JsonObject::from_serialize(object).unwrap(), object);
    json!({ "canonical": canonical })
}

fn sign(mut object: JsonObject, input: &Input<'_>) -> Outcome {
    let (before, key_pair) = (object.clone(), Ed25519KeyPair::from_seed(&input.array("seed")));
    let (user_id, key_name) = (input.text("user_id"), input.text("key_name"));
    match object.sign(user_id, key_name, &key_pair) {
        Ok(signature) => {
            object.verify(user_id, key_name, &key_pair.public()).unwrap();
            Ok(json!({ "json": object.to_canonical_json(), "signature_base64": signature.to_base64() }))
        }
        Err(error) => {
            assert_eq!(object, before, "an error changes nothing");
            Err(refused(error))
        }
    }
}

fn verify(object: &JsonObject, input: &Input<'_>) -> Outcome {
    let public_key = Ed25519PublicKey::from_slice(&input.bytes("public_key")).map_err(refused)?;
    let verified = object.verify(input.text("user_id"), input.text("key_name"), &public_key);
    verified.map(|()| json!({})).map_err(refused)
}
