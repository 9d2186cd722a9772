//! Cross-signing: keys that are named by themselves, and sign other keys.

use cliquet::{Ed25519KeyPair, Ed25519PublicKey, objects::device_keys::DeviceKeys, signed_json::JsonObject};
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::{Account, Client, DEVICE_ID, USER_ID, generator, object, value};
use crate::sdk::block_on;

const BRUNO: &str = "@bruno:example.org";

/// The name of a key, and the key, which are the same.
fn named_key(cross_signing_key: &Value) -> (String, Ed25519PublicKey) {
    let keys = cross_signing_key["keys"].as_object().unwrap();
    let (id, key) = keys.iter().next().unwrap();
    let key = key.as_str().unwrap();
    assert_eq!(id.strip_prefix("ed25519:"), Some(key));
    (key.to_owned(), Ed25519PublicKey::from_base64(key).unwrap())
}

fn verify(signed: &Value, (name, key): &(String, Ed25519PublicKey)) -> bool {
    object(signed).verify(USER_ID, name, key).is_ok()
}

#[test]
fn device_keys_cross_signed_by_the_peer_are_verified_by_us() {
    for _ in 0..10 {
        let client = Client::new();
        let requests = block_on(client.machine.bootstrap_cross_signing(true)).unwrap();
        let uploaded = requests.upload_signing_keys_req;
        let [master, self_signing, user_signing] =
            [uploaded.master_key, uploaded.self_signing_key, uploaded.user_signing_key]
                .map(|key| serde_json::to_value(key.unwrap()).unwrap());
        let (master_key, self_signing_key) = (named_key(&master), named_key(&self_signing));
        assert!(verify(&self_signing, &master_key) && verify(&user_signing, &master_key));
        assert!(!verify(&self_signing, &self_signing_key));

        let signatures = serde_json::to_value(requests.upload_signatures_req.signed_keys).unwrap();
        let device = &signatures[USER_ID][client.device_id()];
        assert!(verify(device, &self_signing_key) && !verify(device, &master_key));
        // The master key is signed by the device.
        let own = client.machine.identity_keys().ed25519.to_base64();
        let own = (client.device_id().to_owned(), Ed25519PublicKey::from_base64(&own).unwrap());
        assert!(verify(&master, &own));
    }
}

/// A key that signs others, with its object for the server.
fn cross_signing_key(usage: &str, random: &mut StdRng) -> (Ed25519KeyPair, String, JsonObject) {
    let key_pair = Ed25519KeyPair::random(random).unwrap();
    let name = key_pair.public().to_base64();
    let signed = json!({ "user_id": BRUNO, "usage": [usage], "keys": { format!("ed25519:{name}"): name } });
    (key_pair, name, object(&signed))
}

#[test]
fn device_keys_cross_signed_by_us_are_verified_by_the_peer() {
    let random = &mut generator();
    for _ in 0..10 {
        let account = Account::new(random).unwrap();
        let (master_pair, master_name, mut master) = cross_signing_key("master", random);
        let (self_signing_pair, self_signing_name, mut self_signing) =
            cross_signing_key("self_signing", random);
        master.sign(BRUNO, DEVICE_ID, account.signing_key_pair()).unwrap();
        self_signing.sign(BRUNO, &master_name, &master_pair).unwrap();
        let own = account.signed_device_keys(BRUNO, DEVICE_ID);
        let mut signed = own.clone();
        signed.sign(BRUNO, &self_signing_name, &self_signing_pair).unwrap();
        let mut by_master = own.clone();
        by_master.sign(BRUNO, &self_signing_name, &master_pair).unwrap();

        let device = DeviceKeys::verify(&signed, BRUNO, DEVICE_ID).unwrap();
        device.object().verify(BRUNO, &self_signing_name, &self_signing_pair.public()).unwrap();
        for (device, is_cross_signed) in [(signed, true), (own, false), (by_master, false)] {
            let client = Client::new();
            client.learn_cross_signed(&device, &master, &self_signing, BRUNO, DEVICE_ID);
            assert_eq!(client.device(BRUNO, DEVICE_ID).is_cross_signed_by_owner(), is_cross_signed);
        }
    }
}

/// Neither takes a fallback key for one that says nothing of it, but the peer takes `null` for nothing.
#[test]
fn device_keys_fallback_that_is_no_boolean() {
    let account = Account::new(&mut generator()).unwrap();
    let device =
        DeviceKeys::verify(&account.signed_device_keys(USER_ID, DEVICE_ID), USER_ID, DEVICE_ID).unwrap();
    let peers_device: super::PeersDeviceKeys = serde_json::from_value(value(device.object())).unwrap();
    for (fallback, verdict) in [
        (json!(true), (true, true)),
        (json!(false), (true, true)),
        (Value::Null, (false, true)),
        (json!(1), (false, false)),
    ] {
        let mut key = object(&json!({ "key": account.curve25519_key(), "fallback": fallback }));
        key.sign(USER_ID, DEVICE_ID, account.signing_key_pair()).unwrap();
        let peers = serde_json::from_value::<super::SignedKey>(value(&key));
        let peers = peers.is_ok_and(|key| peers_device.has_signed(&key).is_ok());
        assert_eq!((device.verify_one_time_key(&key).is_ok(), peers), verdict, "{fallback}");
    }
}
