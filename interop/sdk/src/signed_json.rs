//! Canonical JSON and signed objects with ruma, on which matrix-sdk-crypto and servers rest.

mod random_object;
mod texts;

use std::collections::BTreeMap;

use cliquet::{
    Ed25519KeyPair,
    signed_json::{JsonObject, JsonSignatureError},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use ruma::{
    CanonicalJsonObject, CanonicalJsonValue,
    serde::Base64,
    signatures::{Ed25519KeyPair as PeersKeyPair, PublicKeyMap, canonical_json, sign_json, verify_json},
};

use super::random::{Reminder, choose, first_seed, generator};
use random_object::{random_object, sloppy_text};

/// How many random objects each test takes.
const OBJECTS: usize = 500;

/// Who signs, with a key of which name: devices, cross-signing keys, servers.
const SIGNERS: [(&str, &str); 4] = [
    ("@amelie:example.org", "LAPTOP"),
    ("@été \"\\:example.org", "nqOvzeuGWT/sRx3h7+MHoInYj3Uk2LD/unI9kDYcHwk"),
    ("example.org", "a_1"),
    ("", ""),
];

/// One key on both sides.
struct Signer {
    entity: &'static str,
    key_name: &'static str,
    ours: Ed25519KeyPair,
    peers: PeersKeyPair,
}

impl Signer {
    fn new((entity, key_name): (&'static str, &'static str), random: &mut StdRng) -> Self {
        /// A secret key of Ed25519 (RFC 8410 section 7) without its last field, the 32 bytes.
        const PKCS8: [u8; 16] = *b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
        let seed: [u8; 32] = random.random();
        let document = [&PKCS8[..], &seed].concat();
        let peers = PeersKeyPair::from_der(&document, key_name.to_owned()).unwrap();
        let ours = Ed25519KeyPair::from_seed(&seed);
        assert_eq!(&peers.public_key(), ours.public().as_bytes());
        Self { entity, key_name, ours, peers }
    }

    fn sign(&self, text: &str) -> String {
        let mut object = JsonObject::from_json(text).unwrap();
        object.sign(self.entity, self.key_name, &self.ours).unwrap();
        object.to_canonical_json()
    }

    fn sign_by_peer(&self, text: &str) -> String {
        let mut object = read_by_peer(text).unwrap();
        sign_json(self.entity, &self.peers, &mut object).unwrap();
        write_by_peer(&object)
    }

    fn verify(&self, text: &str) -> Result<(), JsonSignatureError> {
        JsonObject::from_json(text).unwrap().verify(self.entity, self.key_name, &self.ours.public())
    }

    /// The peer wants to have the keys of all who signed.
    fn verify_by_peer(all: &[Self], text: &str) -> bool {
        let mut keys = PublicKeyMap::new();
        for signer in all {
            let key = Base64::new(signer.peers.public_key().to_vec());
            let of_entity = keys.entry(signer.entity.to_owned()).or_default();
            of_entity.insert(format!("ed25519:{}", signer.key_name), key);
        }
        verify_json(&keys, &read_by_peer(text).unwrap()).is_ok()
    }
}

fn read_by_peer(text: &str) -> Option<CanonicalJsonObject> {
    serde_json::from_str(text).ok()
}

fn write_by_peer(object: &CanonicalJsonObject) -> String {
    CanonicalJsonValue::Object(object.clone()).to_string()
}

#[test]
fn signed_json_canonical_forms_are_the_same() {
    for seed in (first_seed()..).take(OBJECTS) {
        let reminder = Reminder(seed);
        let random = &mut StdRng::seed_from_u64(reminder.0);
        let object = random_object(random);
        let text = sloppy_text(&object, random);
        let ours = JsonObject::from_json(&text).unwrap();
        let peers = read_by_peer(&text).unwrap();
        let canonical = ours.to_canonical_json();
        assert_eq!(canonical, write_by_peer(&peers));
        assert_eq!(ours.signed_text(), canonical_json(&peers).unwrap());
        // What was made of it once is canonical, and means the same to serde.
        assert_eq!(JsonObject::from_json(&canonical).unwrap(), ours);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&canonical).unwrap(), object);
        assert_eq!(JsonObject::from_serialize(&object).unwrap(), ours);
        assert_eq!(JsonObject::from_serialize(&peers).unwrap(), ours);
    }
}

#[test]
fn signed_json_signatures_are_the_same_and_verified_by_both() {
    for seed in (first_seed()..).take(OBJECTS) {
        let reminder = Reminder(seed);
        let random = &mut StdRng::seed_from_u64(reminder.0);
        let signers = SIGNERS.map(|signer| Signer::new(signer, random));
        let (mut ours, mut peers) = {
            let text = sloppy_text(&random_object(random), random);
            (text.clone(), text)
        };
        for signer in &signers {
            (ours, peers) = (signer.sign(&ours), signer.sign_by_peer(&peers));
            assert_eq!(ours, peers);
        }
        // Each signed what both of us had signed before.
        for signer in &signers {
            assert_eq!(signer.verify(&peers), Ok(()));
        }
        assert!(Signer::verify_by_peer(&signers, &ours));
    }
}

#[test]
fn signed_json_changed_objects_are_refused_by_both() {
    for seed in (first_seed()..).take(OBJECTS) {
        let reminder = Reminder(seed);
        let random = &mut StdRng::seed_from_u64(reminder.0);
        let signer = Signer::new(SIGNERS[0], random);
        let signed = signer.sign_by_peer(&sloppy_text(&random_object(random), random));
        let changed = {
            let mut object = read_by_peer(&signed).unwrap();
            change(&mut object, random);
            write_by_peer(&object)
        };
        assert_eq!(signer.verify(&changed), Err(JsonSignatureError::Invalid), "{changed}");
        assert!(!Signer::verify_by_peer(std::slice::from_ref(&signer), &changed));
        // What is unsigned may be changed.
        let mut object = read_by_peer(&signed).unwrap();
        object.insert("unsigned".to_owned(), CanonicalJsonValue::String("anything".to_owned()));
        let changed = write_by_peer(&object);
        assert_eq!(signer.verify(&changed), Ok(()));
        assert!(Signer::verify_by_peer(&[signer], &changed));
    }
}

/// Another value under a key, one key less, or one more.
fn change(object: &mut CanonicalJsonObject, random: &mut StdRng) {
    let signed: Vec<String> =
        object.keys().filter(|key| !["signatures", "unsigned"].contains(&key.as_str())).cloned().collect();
    let chosen = signed.get(random.random_range(0..=signed.len()));
    match (chosen, random.random_range(0..3)) {
        (Some(key), 0) => drop(object.remove(key)),
        (Some(key), 1) => {
            let nested = BTreeMap::from([("was".to_owned(), object[key].clone())]);
            object.insert(key.clone(), CanonicalJsonValue::Object(nested));
        }
        _ => drop(object.insert("\u{ffff} one more".to_owned(), CanonicalJsonValue::Null)),
    }
}

#[test]
fn signed_json_with_another_key_or_name() {
    let random = &mut generator();
    let [signer, other] = [SIGNERS[0], SIGNERS[0]].map(|signer| Signer::new(signer, random));
    let signed = signer.sign_by_peer(r#"{"one":1}"#);
    assert_eq!(other.verify(&signed), Err(JsonSignatureError::Invalid));
    assert!(!Signer::verify_by_peer(std::slice::from_ref(&other), &signed));
    let renamed = Signer { key_name: "PHONE", ..signer };
    assert_eq!(renamed.verify(&signed), Err(JsonSignatureError::Missing));
    assert!(!Signer::verify_by_peer(&[renamed], &signed));
    // A second signature takes the place of the first.
    let again = other.sign(&signed);
    assert_eq!(again, other.sign_by_peer(&signed));
    assert_eq!(other.verify(&again), Ok(()));
}
