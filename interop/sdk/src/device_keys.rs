//! Device keys and one-time keys with matrix-sdk-crypto: what one side signs, the other verifies, and starts a session from.

mod cross_signing;
mod sessions;

use cliquet::{
    objects::device_keys::{DeviceKeys, DeviceKeysError},
    olm::Account,
    signed_json::{JsonObject, JsonSignatureError},
};
use matrix_sdk_crypto::types::{DeviceKeys as PeersDeviceKeys, SignedKey};
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::{
    client::{Client, USER_ID},
    random::generator,
};

const DEVICE_ID: &str = "OURS";

fn account(random: &mut StdRng) -> Account {
    let mut account = Account::new(random).unwrap();
    account.generate_one_time_keys(50, random).unwrap();
    account.generate_fallback_key(random).unwrap();
    account
}

fn value(object: &JsonObject) -> Value {
    serde_json::to_value(object).unwrap()
}

fn object(value: &Value) -> JsonObject {
    JsonObject::from_json(&value.to_string()).unwrap()
}

/// The keys of an upload: their names without the algorithm, and the signed objects.
fn keys(uploaded: &JsonObject) -> Vec<(&str, &JsonObject)> {
    uploaded
        .iter()
        .map(|(name, key)| (name.strip_prefix("signed_curve25519:").unwrap(), key.as_object().unwrap()))
        .collect()
}

#[test]
fn device_keys_of_ours_are_verified_by_the_peer() {
    let account = account(&mut generator());
    let signed = account.signed_device_keys(USER_ID, DEVICE_ID);
    let device: PeersDeviceKeys = serde_json::from_str(&signed.to_canonical_json()).unwrap();
    device.check_self_signature().unwrap();
    assert_eq!(device.ed25519_key().unwrap().to_base64(), account.ed25519_key().to_base64());
    assert_eq!(device.curve25519_key().unwrap().to_base64(), account.curve25519_key().to_base64());
    assert_eq!(serde_json::to_value(&device).unwrap(), value(&signed));

    let one_time_keys = account.signed_one_time_keys(USER_ID, DEVICE_ID);
    let fallback_keys = account.signed_fallback_keys(USER_ID, DEVICE_ID);
    assert_eq!((keys(&one_time_keys).len(), keys(&fallback_keys).len()), (50, 1));
    for (keys, is_fallback) in [(keys(&one_time_keys), false), (keys(&fallback_keys), true)] {
        for (_, key) in keys {
            let peers: SignedKey = serde_json::from_str(&key.to_canonical_json()).unwrap();
            device.has_signed(&peers).unwrap();
            assert_eq!(peers.fallback(), is_fallback);
            assert_eq!(serde_json::to_value(&peers).unwrap(), value(key));
        }
    }
}

#[test]
fn device_keys_of_the_peer_are_verified_by_us() {
    for _ in 0..10 {
        let client = Client::new();
        let identity_keys = client.machine.identity_keys();
        let upload = client.upload();
        let signed = JsonObject::from_json(upload.device_keys.unwrap().json().get()).unwrap();
        let device = DeviceKeys::verify(&signed, USER_ID, client.device_id()).unwrap();
        assert_eq!(device.ed25519_key().to_base64(), identity_keys.ed25519.to_base64());
        assert_eq!(device.curve25519_key().to_base64(), identity_keys.curve25519.to_base64());
        assert!(device.algorithms().iter().any(|algorithm| algorithm == "m.megolm.v1.aes-sha2"));

        assert_eq!((upload.one_time_keys.len(), upload.fallback_keys.len()), (50, 1));
        for (keys, is_fallback) in [(upload.one_time_keys, false), (upload.fallback_keys, true)] {
            for key in keys.values() {
                let key = JsonObject::from_json(key.json().get()).unwrap();
                assert_eq!(device.verify_one_time_key(&key).unwrap().is_fallback(), is_fallback);
            }
        }
    }
}

#[test]
fn device_keys_that_were_changed_are_refused_by_both() {
    let random = &mut generator();
    let (account, other) = (account(random), Account::new(random).unwrap());
    let good = value(&account.signed_device_keys(USER_ID, DEVICE_ID));
    let others = value(&other.signed_device_keys(USER_ID, DEVICE_ID));
    let invalid = DeviceKeysError::Signature(JsonSignatureError::Invalid);
    let missing = DeviceKeysError::Signature(JsonSignatureError::Missing);
    let (ed25519, curve25519) = ("/keys/ed25519:OURS", "/keys/curve25519:OURS");
    for (pointer, value, error) in [
        ("/algorithms", json!(["m.megolm.v1.aes-sha2"]), invalid),
        ("/algorithms", json!(["m.megolm.v1.aes-sha2", "m.olm.v1.curve25519-aes-sha2"]), invalid),
        (ed25519, others.pointer(ed25519).unwrap().clone(), invalid),
        (curve25519, others.pointer(curve25519).unwrap().clone(), invalid),
        ("/keys/more:OURS", json!("key"), invalid),
        ("/dehydrated", json!(true), invalid),
        ("/more", json!(null), invalid),
        ("/signatures", others["signatures"].clone(), invalid),
        ("/signatures", json!({}), missing),
        ("/signatures/@amelie:example.org", json!({}), missing),
        ("/user_id", json!("@other:example.org"), DeviceKeysError::MismatchedUserId),
        ("/device_id", json!("OTHER"), DeviceKeysError::MismatchedDeviceId),
    ] {
        let mut changed = good.clone();
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        changed.pointer_mut(parent).unwrap()[field] = value;
        let ours = DeviceKeys::verify(&object(&changed), USER_ID, DEVICE_ID);
        assert_eq!(ours.unwrap_err(), error, "{pointer}");
        let peers: PeersDeviceKeys = serde_json::from_value(changed.clone()).unwrap();
        assert!(peers.check_self_signature().is_err(), "{pointer}");
        // Nor does its client take them from the server.
        let client = Client::new();
        client.learn_device(&object(&changed), USER_ID, DEVICE_ID);
        assert!(!client.knows(USER_ID, DEVICE_ID), "{pointer}");
    }
    // What servers add.
    let mut changed = good;
    changed["unsigned"] = json!({ "device_display_name": "Amélie's laptop", "more": [1] });
    DeviceKeys::verify(&object(&changed), USER_ID, DEVICE_ID).unwrap();
    let peers: PeersDeviceKeys = serde_json::from_value(changed.clone()).unwrap();
    peers.check_self_signature().unwrap();
    let client = Client::new();
    client.learn_device(&object(&changed), USER_ID, DEVICE_ID);
    assert!(client.knows(USER_ID, DEVICE_ID));
}

#[test]
fn device_keys_one_time_keys_that_were_changed_are_refused_by_both() {
    let random = &mut generator();
    let (account, other) = (account(random), account(random));
    let signed = object(&value(&account.signed_device_keys(USER_ID, DEVICE_ID)));
    let device = DeviceKeys::verify(&signed, USER_ID, DEVICE_ID).unwrap();
    let peers_device: PeersDeviceKeys = serde_json::from_value(value(&signed)).unwrap();
    let one_time_keys = account.signed_one_time_keys(USER_ID, DEVICE_ID);
    let good = value(keys(&one_time_keys)[0].1);
    let others = other.signed_one_time_keys(USER_ID, DEVICE_ID);
    let others = value(keys(&others)[0].1);
    for (field, value) in [
        ("key", others["key"].clone()),
        ("signatures", others["signatures"].clone()),
        ("signatures", json!({})),
        ("fallback", json!(true)),
        ("fallback", json!(false)),
        ("more", json!(1)),
    ] {
        let mut changed = good.clone();
        changed[field] = value;
        assert!(matches!(device.verify_one_time_key(&object(&changed)), Err(DeviceKeysError::Signature(_))));
        let peers: SignedKey = serde_json::from_value(changed).unwrap();
        assert!(peers_device.has_signed(&peers).is_err());
    }
    device.verify_one_time_key(&object(&others)).unwrap_err();
    device.verify_one_time_key(&object(&good)).unwrap();
}
