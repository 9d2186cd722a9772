//! Recovery keys with matrix-sdk-crypto, which has one reader for secret storage and another for key backups.

use cliquet::{
    pk::PkDecryption,
    secret_storage::{RecoveryKeyError, SecretStorageKey},
};
use matrix_sdk_crypto::{secret_storage::SecretStorageKey as PeersKey, store::types::BackupDecryptionKey};
use rand::RngExt;
use ruma::events::{EventContentFromType, secret_storage::key::SecretStorageKeyEventContent};
use serde_json::{json, value::to_raw_value};

use super::random::generator;

const ALPHABET: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

fn random_keys() -> impl Iterator<Item = [u8; 32]> {
    let edges = [[0; 32], [0xff; 32], [0x80; 32], [1; 32]];
    edges.into_iter().chain(generator().random_iter().take(300))
}

fn read(text: &str) -> Option<[u8; 32]> {
    SecretStorageKey::from_recovery_key(text).ok().map(|key| *key.as_bytes())
}

/// As a key of secret storage, in the text that the peer would write of it.
fn read_for_storage(text: &str) -> Option<String> {
    let description = json!({ "algorithm": "m.secret_storage.v1.aes-hmac-sha2" });
    let description = to_raw_value(&description).unwrap();
    let content = SecretStorageKeyEventContent::from_parts("m.secret_storage.key.key", &description).unwrap();
    PeersKey::from_account_data(text, content).ok().map(|key| key.to_base58())
}

fn read_for_backup(text: &str) -> Option<[u8; 32]> {
    BackupDecryptionKey::from_base58(text).ok().map(|key| *key.as_bytes())
}

#[test]
fn recovery_key_texts_are_the_same() {
    for key in random_keys() {
        let text = SecretStorageKey::from_bytes(&key).to_recovery_key();
        let text = text.as_str();
        assert_eq!(BackupDecryptionKey::from_bytes(&key).to_string(), text);
        assert_eq!(read_for_storage(text).unwrap(), text);
        assert_eq!((read(text), read_for_backup(text)), (Some(key), Some(key)));

        let backup = PkDecryption::from_secret_key(&key);
        assert_eq!(backup.to_recovery_key().as_str(), text);
        assert_eq!(PkDecryption::from_recovery_key(text).unwrap().export_secret_key(), &key);
        // The secret as it lies in secret storage.
        let secret = BackupDecryptionKey::from_bytes(&key).to_base64();
        assert_eq!(backup.export_base64_secret_key().as_str(), secret);
        assert_eq!(PkDecryption::from_base64_secret_key(&secret).unwrap().export_secret_key(), &key);
    }
}

#[test]
fn recovery_key_of_the_peer_is_read_by_us() {
    for _ in 0..100 {
        let key = BackupDecryptionKey::new().unwrap();
        assert_eq!(read(&key.to_base58()), Some(*key.as_bytes()));
        let text = PeersKey::new().to_base58();
        let ours = SecretStorageKey::from_recovery_key(&text).unwrap();
        assert_eq!(ours.to_recovery_key().as_str(), text);
    }
}

#[test]
fn recovery_key_white_space_does_not_count() {
    for key in random_keys().take(20) {
        let text = SecretStorageKey::from_bytes(&key).to_recovery_key();
        let text = text.as_str();
        for spaced in [
            text.replace(' ', ""),
            text.replace(' ', "\n"),
            text.replace(' ', "\t \u{a0}\u{2003}"),
            format!("\r\n  {text}  \n"),
            text.chars().flat_map(|character| [character, ' ']).collect(),
        ] {
            assert_eq!((read(&spaced), read_for_backup(&spaced)), (Some(key), Some(key)));
            assert_eq!(read_for_storage(&spaced).unwrap(), text);
        }
    }
}

/// Every character exchanged for every other one, of the alphabet and beside it.
#[test]
fn recovery_key_mistakes_are_seen_by_all() {
    let key = random_keys().nth(4).unwrap();
    let text = SecretStorageKey::from_bytes(&key).to_recovery_key().as_str().replace(' ', "");
    let mut undetected = 0;
    for position in 0..text.len() {
        for other in
            ALPHABET.chars().chain("0OIl+é".chars()).filter(|other| !text[position..].starts_with(*other))
        {
            let mistaken = format!("{}{other}{}", &text[..position], &text[position + 1..]);
            let ours = read(&mistaken);
            assert_eq!(ours, read_for_backup(&mistaken), "{mistaken}");
            assert_eq!(ours.is_some(), read_for_storage(&mistaken).is_some(), "{mistaken}");
            undetected += usize::from(ours.is_some());
        }
    }
    // The check sum has 8 bits, and does not see one mistake in about 256.
    assert!(undetected < 48 * 62 / 100, "{undetected}");
}

#[test]
fn recovery_key_texts_of_other_lengths() {
    let key = random_keys().nth(4).unwrap();
    let text = SecretStorageKey::from_bytes(&key).to_recovery_key().as_str().replace(' ', "");
    let number = bs58::decode(&text).into_vec().unwrap();
    for length in 0..number.len() {
        let shorter = bs58::encode(&number[..length]).into_string();
        assert_eq!(
            (read(&shorter), read_for_backup(&shorter), read_for_storage(&shorter)),
            (None, None, None)
        );
    }
    for length in 0..text.len() {
        let shorter = &text[..length];
        assert_eq!((read(shorter), read_for_backup(shorter), read_for_storage(shorter)), (None, None, None));
    }
    // Zeros before the number.
    for zeros in ["1", "11"] {
        let longer = format!("{zeros}{text}");
        assert_eq!((read(&longer), read_for_backup(&longer), read_for_storage(&longer)), (None, None, None));
    }
}

/// The peer's reader for backups leaves bytes behind the check sum aside.
#[test]
fn recovery_key_with_more_bytes_is_read_by_the_peers_backup_alone() {
    let key = random_keys().nth(4).unwrap();
    let text = SecretStorageKey::from_bytes(&key).to_recovery_key().as_str().replace(' ', "");
    let mut number = bs58::decode(&text).into_vec().unwrap();
    number.push(7);
    let longer = bs58::encode(number).into_string();
    assert!(matches!(SecretStorageKey::from_recovery_key(&longer), Err(RecoveryKeyError::Length { .. })));
    assert_eq!((read_for_backup(&longer), read_for_storage(&longer)), (Some(key), None));
}

/// Both say what is wrong: the first two bytes, or the check sum.
#[test]
fn recovery_key_of_something_else() {
    let mut number = [0x8b; 35];
    for (prefix, parity, expected) in
        [([0x8b, 1], 0, Some(())), ([0x8b, 2], 0, None), ([0x8a, 1], 0, None), ([0x8b, 1], 1, None)]
    {
        number[..2].copy_from_slice(&prefix);
        number[34] = number[..34].iter().fold(parity, |sum, byte| sum ^ byte);
        let text = bs58::encode(number).into_string();
        assert_eq!(read(&text).map(|_| ()), expected);
        assert_eq!(read_for_backup(&text).map(|_| ()), expected);
        assert_eq!(read_for_storage(&text).map(|_| ()), expected);
    }
}
