//! The `auth_data` of a backup, signed on one side and verified on the other.

use cliquet::{
    Ed25519PublicKey,
    objects::key_backup::{AuthData, AuthDataError, auth_data},
    olm::Account,
    signed_json::{JsonObject, JsonSignatureError},
};
use matrix_sdk_crypto::{backups::SignatureState, types::RoomKeyBackupInfo};
use ruma::device_id;
use serde_json::{Value, json};

use super::{Backup, block_on, generator};
use crate::client::{Client, USER_ID};

const ALGORITHM: &str = "m.megolm_backup.v1.curve25519-aes-sha2";

fn backup_info(auth_data: &Value) -> RoomKeyBackupInfo {
    serde_json::from_value(json!({ "algorithm": ALGORITHM, "auth_data": auth_data })).unwrap()
}

fn verify(auth_data: &Value, client: &Client) -> Result<AuthData, AuthDataError> {
    let object = JsonObject::from_json(&auth_data.to_string()).unwrap();
    let key = Ed25519PublicKey::from_base64(&client.machine.identity_keys().ed25519.to_base64()).unwrap();
    AuthData::verify(&object, USER_ID, client.device_id(), &key)
}

#[test]
fn key_backup_auth_data_of_the_peer_is_verified_by_us() {
    let random = &mut generator();
    let (backup, client) = (Backup::new(random), Client::new());
    let mut info = backup.peers.to_backup_info();
    block_on(client.machine.backup_machine().sign_backup(&mut info)).unwrap();
    let signed = serde_json::to_value(&info).unwrap()["auth_data"].take();
    assert_eq!(verify(&signed, &client).unwrap().public_key(), backup.ours.public_key());

    let mut changed = signed.clone();
    changed["public_key"] = json!(Backup::new(random).ours.public_key());
    let invalid = AuthDataError::Signature(JsonSignatureError::Invalid);
    assert_eq!(verify(&changed, &client).unwrap_err(), invalid);
    // With the secret key, no signature is needed.
    let verify_with = |object: &Value, backup: &Backup| {
        AuthData::verify_with_secret_key(&serde_json::from_value(object.clone()).unwrap(), &backup.ours)
    };
    let unsigned = serde_json::to_value(backup.peers.to_backup_info()).unwrap()["auth_data"].take();
    assert_eq!(verify_with(&unsigned, &backup).unwrap().public_key(), backup.ours.public_key());
    assert_eq!(verify_with(&changed, &backup).unwrap_err(), AuthDataError::MismatchedSecretKey);
    assert!(!backup.peers.backup_key_matches(&backup_info(&changed)));
    let missing = AuthDataError::Signature(JsonSignatureError::Missing);
    assert_eq!(verify(&signed, &Client::with_device("OTHER")).unwrap_err(), missing);
}

/// The peer knows our device from what it uploaded, and checks our signature with the key of it.
#[test]
fn key_backup_auth_data_of_ours_is_verified_by_the_peer() {
    let random = &mut generator();
    let (backup, client) = (Backup::new(random), Client::new());
    let account = Account::new(random).unwrap();
    client.learn_device(&account.signed_device_keys(USER_ID, "OURS"), USER_ID, "OURS");

    let mut object = auth_data(backup.ours.public_key());
    object.sign(USER_ID, "OURS", account.signing_key_pair()).unwrap();
    let signed = serde_json::to_value(&object).unwrap();
    assert!(backup.peers.backup_key_matches(&backup_info(&signed)));

    let state = |auth_data: &Value| {
        let machine = client.machine.backup_machine();
        let verified = block_on(machine.verify_backup(backup_info(auth_data), true)).unwrap();
        verified.other_signatures.get(device_id!("OURS")).copied()
    };
    assert_eq!(state(&signed), Some(SignatureState::ValidButNotTrusted));
    let mut changed = signed.clone();
    changed["public_key"] = json!(Backup::new(random).ours.public_key());
    assert_eq!(state(&changed), Some(SignatureState::Invalid));
    changed = signed.clone();
    changed["more"] = json!(1);
    assert_eq!(state(&changed), Some(SignatureState::Invalid));
    changed = signed;
    changed["unsigned"] = json!(1);
    assert_eq!(state(&changed), Some(SignatureState::ValidButNotTrusted));
}
