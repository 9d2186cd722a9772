use alloc::{format, string::ToString};

use super::*;
use crate::{
    encoding::DecodeError,
    keys::Ed25519KeyPair,
    olm::{Account, OlmMessage, SessionConfig},
    signed_json::{JsonObject, JsonSignatureError, JsonValue},
    testing::seeded,
};

const USER: &str = "@bruno:example.org";
const DEVICE: &str = "PHONE";

fn account(seed: u64) -> Account {
    let rng = &mut seeded(seed);
    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(3, rng).unwrap();
    account.generate_fallback_key(rng).unwrap();
    account
}

fn verified(account: &Account) -> DeviceKeys {
    DeviceKeys::verify(&account.signed_device_keys(USER, DEVICE), USER, DEVICE).unwrap()
}

/// The device keys with a change that the device has signed.
fn changed(change: impl FnOnce(&mut JsonObject)) -> JsonObject {
    let account = account(1);
    let mut object = account.signed_device_keys(USER, DEVICE);
    change(&mut object);
    object.sign(USER, DEVICE, account.signing_key_pair()).unwrap();
    object
}

fn values(object: &JsonObject) -> impl Iterator<Item = &JsonObject> {
    object.iter().map(|(_, value)| value.as_object().unwrap())
}

#[test]
fn device_keys_are_those_of_the_specification() {
    let account = account(1);
    let mut object = account.signed_device_keys(USER, DEVICE);
    let device = DeviceKeys::verify(&object, USER, DEVICE).unwrap();
    assert_eq!((device.user_id(), device.device_id()), (USER, DEVICE));
    assert_eq!(device.ed25519_key(), account.ed25519_key());
    assert_eq!(device.curve25519_key(), account.curve25519_key());
    assert_eq!(device.algorithms(), ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"]);
    object.remove("signatures");
    let (curve25519, ed25519) = (account.curve25519_key(), account.ed25519_key());
    let expected = format!(
        r#"{{"algorithms":["m.olm.v1.curve25519-aes-sha2","m.megolm.v1.aes-sha2"],"device_id":"PHONE","keys":{{"curve25519:PHONE":"{curve25519}","ed25519:PHONE":"{ed25519}"}},"user_id":"@bruno:example.org"}}"#
    );
    assert_eq!(object.to_canonical_json(), expected);
}

#[test]
fn keys_of_another_user_or_device_are_refused() {
    let object = account(1).signed_device_keys(USER, DEVICE);
    let verify = |user, device| DeviceKeys::verify(&object, user, device);
    assert_eq!(verify("@other:example.org", DEVICE), Err(DeviceKeysError::MismatchedUserId));
    assert_eq!(verify(USER, "LAPTOP"), Err(DeviceKeysError::MismatchedDeviceId));
}

#[test]
fn changed_or_foreign_device_keys_are_refused() {
    let other = account(2).signed_device_keys(USER, DEVICE);
    let mut object = account(1).signed_device_keys(USER, DEVICE);
    object.insert("algorithms", JsonValue::Array([].into()));
    let refused = |object: &JsonObject| DeviceKeys::verify(object, USER, DEVICE).unwrap_err();
    assert_eq!(refused(&object), JsonSignatureError::Invalid.into());
    let mut object = account(1).signed_device_keys(USER, DEVICE);
    object.insert("signatures", other.get("signatures").unwrap().clone());
    assert_eq!(refused(&object), JsonSignatureError::Invalid.into());
    object.remove("signatures");
    assert_eq!(refused(&object), JsonSignatureError::Missing.into());
}

#[test]
fn malformed_device_keys_are_refused_though_signed() {
    let refused = |object: &JsonObject| DeviceKeys::verify(object, USER, DEVICE).unwrap_err();
    for field in ["user_id", "device_id", "keys", "algorithms"] {
        assert_eq!(refused(&changed(|object| drop(object.remove(field)))), DeviceKeysError::Field { field });
        assert_eq!(
            refused(&changed(|object| object.insert(field, JsonValue::Integer(7)))),
            DeviceKeysError::Field { field }
        );
    }
    let key = |algorithm: &str, text: &str| {
        changed(|object| {
            let mut keys = object.get("keys").unwrap().as_object().unwrap().clone();
            keys.insert(&format!("{algorithm}:{DEVICE}"), text.into());
            object.insert("keys", keys.into());
        })
    };
    let length = DecodeError::Length { expected: 32, actual: 3 };
    for algorithm in ["ed25519", "curve25519"] {
        assert_eq!(refused(&key(algorithm, "AAAA")), DeviceKeysError::Key(length));
    }
}

#[test]
fn one_time_keys_are_signed_each_and_verified() {
    let mut account = account(1);
    let device = verified(&account);
    let keys = account.signed_one_time_keys(USER, DEVICE);
    assert_eq!(
        keys.iter().map(|(name, _)| name.to_string()).collect::<alloc::vec::Vec<_>>(),
        ["signed_curve25519:AAAAAAAAAAE", "signed_curve25519:AAAAAAAAAAI", "signed_curve25519:AAAAAAAAAAM",]
    );
    for (object, key) in values(&keys).zip(account.one_time_keys()) {
        let claimed = device.verify_one_time_key(object).unwrap();
        assert_eq!(claimed.identity_key(), account.curve25519_key());
        assert_eq!((claimed.one_time_key(), claimed.is_fallback()), (key.public_key, false));
    }
    let fallback = account.signed_fallback_keys(USER, DEVICE);
    let claimed = device.verify_one_time_key(values(&fallback).next().unwrap()).unwrap();
    let public_key = account.fallback_key().unwrap().public_key;
    assert_eq!((claimed.one_time_key(), claimed.is_fallback()), (public_key, true));

    account.mark_keys_as_published();
    assert_eq!(account.signed_one_time_keys(USER, DEVICE), JsonObject::default());
    assert_eq!(account.signed_fallback_keys(USER, DEVICE), JsonObject::default());
}

#[test]
fn a_one_time_key_of_another_device_is_refused() {
    let (ours, theirs) = (account(1), account(2));
    let keys = theirs.signed_one_time_keys(USER, DEVICE);
    let foreign = values(&keys).next().unwrap();
    assert_eq!(verified(&ours).verify_one_time_key(foreign), Err(JsonSignatureError::Invalid.into()));
    let keys = ours.signed_one_time_keys(USER, "LAPTOP");
    let other_device = values(&keys).next().unwrap();
    assert_eq!(verified(&ours).verify_one_time_key(other_device), Err(JsonSignatureError::Missing.into()));

    let keys = ours.signed_one_time_keys(USER, DEVICE);
    let mut object = values(&keys).next().unwrap().clone();
    object.insert("key", ours.curve25519_key().to_base64().into());
    assert_eq!(verified(&ours).verify_one_time_key(&object), Err(JsonSignatureError::Invalid.into()));
    object.insert("key", "AAAA".into());
    object.sign(USER, DEVICE, ours.signing_key_pair()).unwrap();
    assert!(matches!(verified(&ours).verify_one_time_key(&object), Err(DeviceKeysError::Key(_))));
    object.remove("key");
    object.sign(USER, DEVICE, ours.signing_key_pair()).unwrap();
    assert_eq!(verified(&ours).verify_one_time_key(&object), Err(DeviceKeysError::Field { field: "key" }));
}

#[test]
fn a_claimed_key_is_found_by_its_kind() {
    let account = account(1);
    let device = verified(&account);
    let mut keys = account.signed_one_time_keys(USER, DEVICE);
    let first = device.verify_one_time_key(values(&keys).next().unwrap());
    keys.insert("curve25519:AAAA", "unsigned".into());
    assert_eq!(device.verify_claimed(&keys), first);
    let unsigned = JsonObject::from_json(r#"{"curve25519:AAAA":"unsigned"}"#).unwrap();
    let no_signed_key = DeviceKeysError::Field { field: "signed_curve25519" };
    assert_eq!(device.verify_claimed(&unsigned), Err(no_signed_key));
    assert_eq!(device.verify_claimed(&JsonObject::default()), Err(no_signed_key));
}

#[test]
fn other_signatures_are_checked_on_what_was_verified() {
    let (account, self_signing) = (account(1), Ed25519KeyPair::random(&mut seeded(9)).unwrap());
    let mut object = account.signed_device_keys(USER, DEVICE);
    let key_name = self_signing.public().to_base64();
    object.sign(USER, &key_name, &self_signing).unwrap();
    let device = DeviceKeys::verify(&object, USER, DEVICE).unwrap();
    assert_eq!(device.object().verify(USER, &key_name, &self_signing.public()), Ok(()));
}

#[test]
fn a_fallback_flag_is_covered_by_the_signature() {
    let account = account(1);
    let fallback = account.signed_fallback_keys(USER, DEVICE);
    let mut object = values(&fallback).next().unwrap().clone();
    object.remove("fallback");
    assert_eq!(verified(&account).verify_one_time_key(&object), Err(JsonSignatureError::Invalid.into()));
}

#[test]
fn a_session_is_made_from_a_claimed_key() {
    let (alice, mut bob) = (account(1), account(2));
    let keys = bob.signed_one_time_keys(USER, DEVICE);
    let claimed = verified(&bob).verify_one_time_key(values(&keys).next().unwrap()).unwrap();
    let config = SessionConfig::default();
    let mut session = alice.create_outbound_session_with(&claimed, config, &mut seeded(3)).unwrap();
    let OlmMessage::PreKey(message) = session.encrypt("text", &mut seeded(4)).unwrap() else {
        panic!("no pre-key message")
    };
    let created = bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap();
    assert_eq!(created.plaintext, b"text");
}
