//! Descriptions of keys that one side takes and the other does not.

use cliquet::secret_storage::{EncryptedSecret, KeyDescription, PassphraseParameters, SecretStorageKey};
use ruma::events::secret_storage::secret::SecretEncryptedData;
use serde_json::{Value, json};

use super::{AesHmacSha2EncryptedData, base64_encode, generator, peers_key, to_value};

const PASSPHRASE: &str = "It's a secret to everybody";

/// Whether cliquet and the peer take the key for the one that is described.
type Verdict = (bool, bool);
const TAKEN: Verdict = (true, true);
const REFUSED: Verdict = (false, false);
const ONLY_PEER: Verdict = (false, true);

/// A key from a passphrase, and its description.
fn key() -> (SecretStorageKey, Value) {
    let parameters = PassphraseParameters::new("salt", 10).unwrap();
    let stretched = parameters.stretch(PASSPHRASE, 10).unwrap().finish();
    let key = SecretStorageKey::from_passphrase(&parameters, &stretched).unwrap();
    let mut description = KeyDescription::new(&key, &mut generator()).unwrap();
    description.passphrase = Some(parameters);
    description.name = Some("été".to_owned());
    (key, to_value(&description))
}

/// The passphrase opens the storage, where the description says how; or the recovery key, where it speaks of none.
fn taken_by_us(description: &Value) -> bool {
    let speaks_of_passphrase = description.get("passphrase").is_some();
    let Ok(description) = serde_json::from_value::<KeyDescription>(description.clone()) else { return false };
    let key = match &description.passphrase {
        None if speaks_of_passphrase => return false,
        None => key().0,
        Some(parameters) => {
            let Ok(key) = SecretStorageKey::derive(parameters, PASSPHRASE, 1000) else { return false };
            key
        }
    };
    description.may_describe(&key)
}

fn taken_by_peer(description: &Value) -> bool {
    let typed = if description.get("passphrase").is_some() {
        PASSPHRASE.to_owned()
    } else {
        key().0.to_recovery_key().as_str().to_owned()
    };
    peers_key(&typed, description).is_ok()
}

fn without(value: &Value, fields: &[&str]) -> Value {
    let mut value = value.clone();
    let object = value.as_object_mut().unwrap();
    fields.iter().for_each(|field| {
        object.remove(*field).unwrap();
    });
    value
}

#[test]
fn secret_storage_descriptions() {
    let (_, good) = key();
    let with = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        changed.pointer_mut(parent).unwrap()[field] = value;
        changed
    };
    let text = |field: &str| good[field].as_str().unwrap().to_owned();
    let zeros = |length| json!(base64_encode(vec![0; length]));
    for (description, verdict) in [
        (good.clone(), TAKEN),
        (without(&good, &["passphrase"]), TAKEN),
        (without(&good, &["name"]), TAKEN),
        (with("/more", json!(1)), TAKEN),
        // Without a check, every key is taken.
        (without(&good, &["iv", "mac"]), TAKEN),
        (without(&good, &["iv", "mac", "passphrase"]), TAKEN),
        // Half a check is none.
        (without(&good, &["iv"]), TAKEN),
        (without(&good, &["mac"]), TAKEN),
        (with("/iv", json!(format!("{}==", text("iv")))), TAKEN),
        (with("/mac", json!(format!("{}=", text("mac")))), TAKEN),
        (with("/iv", zeros(16)), REFUSED),
        (with("/mac", zeros(32)), REFUSED),
        (with("/iv", zeros(15)), REFUSED),
        (with("/mac", zeros(31)), REFUSED),
        (with("/mac", json!("")), REFUSED),
        (with("/algorithm", json!("m.other")), REFUSED),
        (without(&good, &["algorithm"]), REFUSED),
        // The peer takes every passphrase for one of `m.pbkdf2` with 256 bits; we take another for none, and wait for the recovery key.
        (with("/passphrase/algorithm", json!("m.other")), ONLY_PEER),
        (with("/passphrase/bits", json!(512)), ONLY_PEER),
        (with("/passphrase/bits", json!(256)), TAKEN),
        (with("/passphrase/bits", json!("256")), REFUSED),
        (with("/passphrase/salt", json!("other")), REFUSED),
        (with("/passphrase/salt", json!(1)), REFUSED),
        (with("/passphrase/iterations", json!(11)), REFUSED),
        (with("/passphrase/iterations", json!(0)), REFUSED),
        (with("/passphrase/iterations", json!(-1)), REFUSED),
        (with("/passphrase/iterations", json!(10.0)), REFUSED),
        (with("/passphrase/iterations", json!(1_u64 << 32)), REFUSED),
    ] {
        let verdicts = (taken_by_us(&description), taken_by_peer(&description));
        assert_eq!(verdicts, verdict, "{description}");
    }
}

/// One round is none to the peer, and none is one.
#[test]
fn secret_storage_no_rounds() {
    let parameters = PassphraseParameters::new("salt", 1).unwrap();
    let stretched = parameters.stretch(PASSPHRASE, 1).unwrap().finish();
    let key = SecretStorageKey::from_passphrase(&parameters, &stretched).unwrap();
    let mut description = KeyDescription::new(&key, &mut generator()).unwrap();
    description.passphrase = Some(parameters);
    let mut description = to_value(&description);
    assert!(taken_by_us(&description) && taken_by_peer(&description));
    description["passphrase"]["iterations"] = json!(0);
    assert!(!taken_by_us(&description) && taken_by_peer(&description));
}

#[test]
fn secret_storage_secrets_of_other_forms() {
    let good = to_value(&key().0.encrypt("name", b"secret", &mut generator()).unwrap());
    let with = |field: &str, value: Value| {
        let mut changed = good.clone();
        changed[field] = value;
        changed
    };
    let text = |field: &str| good[field].as_str().unwrap().to_owned();
    for (secret, verdict) in [
        (good.clone(), TAKEN),
        (with("more", json!(1)), TAKEN),
        (with("iv", json!(format!("{}==", text("iv")))), TAKEN),
        (with("mac", json!(format!("{}=", text("mac")))), TAKEN),
        (with("ciphertext", json!("")), TAKEN),
        (with("iv", json!(base64_encode([0; 15]))), REFUSED),
        (with("mac", json!(base64_encode([0; 33]))), REFUSED),
        (with("ciphertext", json!("!")), REFUSED),
        (with("ciphertext", json!(1)), REFUSED),
        (without(&good, &["mac"]), REFUSED),
        (without(&good, &["iv"]), REFUSED),
        (without(&good, &["ciphertext"]), REFUSED),
    ] {
        let ours = serde_json::from_value::<EncryptedSecret>(secret.clone()).is_ok();
        let peers = serde_json::from_value::<SecretEncryptedData>(secret.clone())
            .and_then(AesHmacSha2EncryptedData::try_from)
            .is_ok();
        assert_eq!((ours, peers), verdict, "{secret}");
    }
}
