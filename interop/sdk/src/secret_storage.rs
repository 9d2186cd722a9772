//! Secret storage with matrix-sdk-crypto: secrets, key checks and passphrases both ways, and what each side refuses.

mod descriptions;

use cliquet::secret_storage::{
    EncryptedSecret, KeyDescription, PassphraseParameters, SecretStorageError, SecretStorageKey,
};
use matrix_sdk_crypto::secret_storage::{
    AesHmacSha2EncryptedData, DecodeError, SecretStorageKey as PeersKey,
};
use matrix_sdk_crypto::vodozemac::{base64_decode, base64_encode};
use rand::{RngExt, rngs::StdRng};
use ruma::events::{
    EventContentFromType,
    secret::request::SecretName,
    secret_storage::{key::SecretStorageKeyEventContent, secret::SecretEncryptedData},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json, value::to_raw_value};

use super::random::{generator, random_bytes};

const NAMES: [&str; 6] = [
    "m.cross_signing.master",
    "m.cross_signing.self_signing",
    "m.megolm_backup.v1",
    "",
    "org.example.été 😀\u{0}",
    "a name that is longer than any hash function takes in with its first block of 64 bytes",
];

/// One key on both sides.
struct Storage {
    ours: SecretStorageKey,
    peers: PeersKey,
}

impl Storage {
    /// A key that we made, and that the peer reads from its recovery key and its description.
    fn of_ours(random: &mut StdRng) -> Self {
        let ours = SecretStorageKey::random(random).unwrap();
        let description = KeyDescription::new(&ours, random).unwrap();
        let peers = peers_key(ours.to_recovery_key().as_str(), &to_value(&description)).unwrap();
        Self { ours, peers }
    }

    fn of_peer() -> Self {
        let peers = PeersKey::new();
        let ours = SecretStorageKey::from_recovery_key(&peers.to_base58()).unwrap();
        let description: KeyDescription = from_json(&to_value(peers.event_content()));
        assert!(description.check.is_some() && description.may_describe(&ours));
        Self { ours, peers }
    }

    fn open(&self, name: &str, secret: &Value) -> Result<Vec<u8>, SecretStorageError> {
        let secret: EncryptedSecret = from_json(secret);
        self.ours.decrypt(name, &secret).map(|plaintext| plaintext.as_bytes().to_vec())
    }

    fn open_by_peer(&self, name: &str, secret: &Value) -> Option<Vec<u8>> {
        let secret: SecretEncryptedData = from_json(secret);
        let secret = AesHmacSha2EncryptedData::try_from(secret).unwrap();
        self.peers.decrypt(&secret, &SecretName::from(name)).ok()
    }

    fn encrypt_by_peer(&self, name: &str, plaintext: &[u8]) -> Value {
        let secret = self.peers.encrypt(plaintext.to_vec(), &SecretName::from(name));
        to_value(&SecretEncryptedData::from(secret))
    }
}

fn to_value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn from_json<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

/// The key that the peer makes of what the user types and of the key's description on the server.
fn peers_key(typed: &str, description: &Value) -> Result<PeersKey, String> {
    let description = to_raw_value(description).unwrap();
    let content = SecretStorageKeyEventContent::from_parts("m.secret_storage.key.key", &description);
    let content = content.map_err(|error| error.to_string())?;
    PeersKey::from_account_data(typed, content).map_err(|error: DecodeError| error.to_string())
}

#[test]
fn secret_storage_secrets_open_on_both_sides() {
    let random = &mut generator();
    for name in NAMES {
        for storage in [Storage::of_ours(random), Storage::of_peer()] {
            for length in [0, 1, 16, 100, 5000] {
                let plaintext = random_bytes(length, random);
                let ours = to_value(&storage.ours.encrypt(name, &plaintext, random).unwrap());
                for secret in [ours, storage.encrypt_by_peer(name, &plaintext)] {
                    assert_eq!(storage.open(name, &secret).unwrap(), plaintext, "{name}");
                    assert_eq!(storage.open_by_peer(name, &secret).unwrap(), plaintext, "{name}");
                    let (again, peers) =
                        (from_json::<EncryptedSecret>(&secret), from_json::<SecretEncryptedData>(&secret));
                    assert_eq!((to_value(&again), to_value(&peers)), (secret.clone(), secret));
                }
            }
        }
    }
}

#[test]
fn secret_storage_secrets_under_another_name_or_key_are_refused_by_both() {
    let random = &mut generator();
    let (storage, other) = (Storage::of_ours(random), Storage::of_peer());
    for (name, wrong_name) in NAMES.iter().zip(NAMES.iter().cycle().skip(1)) {
        let ours = to_value(&storage.ours.encrypt(name, b"secret", random).unwrap());
        for secret in [ours, storage.encrypt_by_peer(name, b"secret")] {
            assert!(storage.open(wrong_name, &secret).is_err());
            assert_eq!(storage.open_by_peer(wrong_name, &secret), None);
            assert!(other.open(name, &secret).is_err() && other.open_by_peer(name, &secret).is_none());
        }
    }
}

#[test]
fn secret_storage_changed_secrets() {
    let random = &mut generator();
    let storage = Storage::of_ours(random);
    let secret = storage.encrypt_by_peer("name", b"the seed of a key in base64");
    let changed = |field: &str, byte: usize, bit: u32| {
        let mut bytes = base64_decode(secret[field].as_str().unwrap()).unwrap();
        bytes[byte] ^= 1 << bit;
        let mut changed = secret.clone();
        changed[field] = json!(base64_encode(bytes));
        changed
    };
    for (field, length) in [("ciphertext", 27), ("mac", 32)] {
        for byte in 0..length {
            let changed = changed(field, byte, u32::try_from(byte % 8).unwrap());
            assert!(storage.open("name", &changed).is_err());
            assert_eq!(storage.open_by_peer("name", &changed), None);
        }
    }
    // The MAC does not cover the IV: both read something else, and the same, whatever its bits.
    for bit in 0..128 {
        let changed = changed("iv", bit / 8, u32::try_from(bit % 8).unwrap());
        let plaintext = storage.open("name", &changed).unwrap();
        assert_ne!(plaintext, b"the seed of a key in base64");
        assert_eq!(storage.open_by_peer("name", &changed).unwrap(), plaintext);
    }
    // The peer counts on in all 16 bytes, where others would begin at zero again. cliquet decides for neither.
    let mut last = secret.clone();
    last["iv"] = json!(base64_encode([0xff; 16]));
    assert!(storage.open("name", &last).is_err() && storage.open_by_peer("name", &last).is_some());
}

/// Bit 63 is clear in what both write.
#[test]
fn secret_storage_ivs_leave_room_for_the_counter() {
    let random = &mut generator();
    let storage = Storage::of_ours(random);
    for _ in 0..100 {
        let ours = storage.ours.encrypt("name", b"secret", random).unwrap().iv;
        let peers = from_json::<EncryptedSecret>(&storage.encrypt_by_peer("name", b"secret")).iv;
        let check = storage.ours.check(random).unwrap().iv;
        assert!([ours, peers, check].iter().all(|iv| iv[8] & 0x80 == 0));
    }
}

#[test]
fn secret_storage_keys_from_passphrases() {
    let random = &mut generator();
    for passphrase in ["It's a secret to everybody", "", "mot de passe: été 😀", &"long".repeat(100)] {
        for salt in ["", "salt", "IuLnH7S85YtZmkkBJKwNUKxWF42g9O1H", "été \" \\ 😀", &"long".repeat(100)]
        {
            let parameters = PassphraseParameters::new(salt, random.random_range(1..50)).unwrap();
            let stretched = parameters.stretch(passphrase, 50).unwrap().finish();
            let ours = SecretStorageKey::from_passphrase(&parameters, &stretched).unwrap();
            assert_eq!(SecretStorageKey::derive(&parameters, passphrase, 50).unwrap(), ours);
            let mut description = KeyDescription::new(&ours, random).unwrap();
            description.passphrase = Some(parameters);
            let description = to_value(&description);

            let peers = peers_key(passphrase, &description).unwrap();
            assert_eq!(peers.to_base58(), ours.to_recovery_key().as_str());
            // The recovery key of the same key is taken in its place, another passphrase is not.
            assert_eq!(peers_key(&peers.to_base58(), &description).unwrap().to_base58(), peers.to_base58());
            assert!(peers_key("another", &description).is_err());
            let read: KeyDescription = from_json(&to_value(peers.event_content()));
            let again = read.passphrase.unwrap();
            let another = again.stretch("another", 50).unwrap().finish();
            let another = SecretStorageKey::from_passphrase(&again, &another).unwrap();
            assert!(read.check.is_some_and(|check| ours.passes(&check) && !another.passes(&check)));
        }
    }
}

/// With as many rounds as it writes.
#[test]
fn secret_storage_of_the_peer_opens_with_its_passphrase() {
    let peers = PeersKey::new_from_passphrase("It's a secret to everybody");
    let description: KeyDescription = from_json(&to_value(peers.event_content()));
    let parameters = description.passphrase.as_ref().unwrap();
    assert_eq!(parameters.rounds(), PassphraseParameters::DEFAULT_ROUNDS);
    let stretched = parameters.stretch("It's a secret to everybody", parameters.rounds()).unwrap().finish();
    let ours = SecretStorageKey::from_passphrase(parameters, &stretched).unwrap();
    assert!(description.may_describe(&ours));
    assert_eq!(ours.to_recovery_key().as_str(), peers.to_base58());
}
