//! Runs every vector of `test-vectors/`: none can be forgotten, because the folder is walked and an unknown kind fails.
//!
//! `test-vectors/checker/` does the same in another language, on other libraries, from the specification.

#[cfg(feature = "attachment")]
mod attachment;
#[cfg(feature = "insecure-pk-encryption")]
mod pk;
mod primitives;
#[cfg(feature = "qr-code")]
mod qr;
#[cfg(feature = "secret-storage")]
mod secret_storage;
#[cfg(feature = "signed-json")]
mod signed_json;

use alloc::{format, string::String, vec::Vec};
use std::{
    fs,
    path::{Path, PathBuf},
    println,
};

use serde_json::Value;

#[cfg(any(feature = "ecies", feature = "hpke"))]
use crate::login;
#[cfg(feature = "key-export")]
use crate::objects;
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
use crate::primitives::pbkdf2::FirstBlock;
#[cfg(feature = "sas")]
use crate::sas;
use crate::{
    encoding::{MessageVersion, base64},
    keys::{Curve25519PublicKey, Ed25519PublicKey, Ed25519Signature, KeyId},
    megolm, olm, pickle,
    primitives::{ed25519, kdf, x25519},
};

/// What a vector led to: the output, or a refusal.
pub(crate) type Outcome = Result<Value, String>;

/// The fields of a vector's input.
pub(crate) struct Input<'a>(pub(crate) &'a Value);

impl Input<'_> {
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_else(|| panic!("no text {name}"))
    }

    pub(crate) fn optional_text(&self, name: &str) -> Option<&str> {
        self.0[name].as_str()
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        from_hex(self.text(name))
    }

    pub(crate) fn array<const N: usize>(&self, name: &str) -> [u8; N] {
        self.bytes(name).try_into().unwrap_or_else(|_| panic!("{name} has another length"))
    }

    pub(crate) fn key(&self, name: &str) -> Curve25519PublicKey {
        Curve25519PublicKey::from_bytes(self.array(name))
    }

    pub(crate) fn number(&self, name: &str) -> u64 {
        self.0[name].as_u64().unwrap_or_else(|| panic!("no number {name}"))
    }

    pub(crate) fn index(&self, name: &str) -> u32 {
        u32::try_from(self.number(name)).unwrap()
    }

    /// The version that the reader or writer of a message states: 3 where the vector does not say otherwise.
    pub(crate) fn version(&self) -> MessageVersion {
        match self.0["version"].as_u64() {
            None => MessageVersion::V1,
            Some(4) => MessageVersion::V2,
            other => panic!("no version is {other:?}"),
        }
    }

    /// Refuses a message of another version than the stated one.
    pub(crate) fn check_version(&self, found: MessageVersion) -> Result<(), String> {
        if found == self.version() { Ok(()) } else { Err(format!("the message is of version {found:?}")) }
    }

    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        let list = self.0[name].as_array().unwrap_or_else(|| panic!("no list {name}"));
        list.iter().map(|text| text.as_str().unwrap()).collect()
    }
}

pub(crate) fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "odd hex");
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// An error as a refusal.
pub(crate) fn refused(error: impl core::fmt::Debug) -> String {
    format!("{error:?}")
}

fn run(kind: &str, input: &Input<'_>) -> Outcome {
    olm::tests::known_answers::run(kind, input)
        .or_else(|| megolm::tests::known_answers::run(kind, input))
        .or_else(|| pickle::tests::known_answers::run(kind, input))
        .or_else(|| run_feature(kind, input))
        .or_else(|| primitives::run(kind, input))
        .or_else(|| run_lower_layers(kind, input))
        .unwrap_or_else(|| panic!("no vector is of kind {kind}"))
}

/// The rooms that stand around the ratchets, each of which is a feature.
#[allow(unused_variables, reason = "without any of the features there is nothing to run")]
fn run_feature(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    match kind {
        #[cfg(feature = "sas")]
        _ if kind.starts_with("sas-") => sas::tests::known_answers::run(kind, input),
        #[cfg(any(feature = "ecies", feature = "hpke"))]
        _ if kind == "check-code" || kind.starts_with("ecies") || kind.starts_with("hpke-") => {
            login::tests::known_answers::run(kind, input)
        }
        #[cfg(feature = "qr-code")]
        "qr-code" => Some(qr::open(input)),
        #[cfg(feature = "attachment")]
        "attachment-encrypt" => Some(attachment::encrypt(input)),
        #[cfg(all(feature = "attachment", feature = "serde"))]
        "attachment-decrypt" => Some(attachment::decrypt(input)),
        #[cfg(feature = "key-export")]
        _ if kind.starts_with("key-export-") => objects::key_export::tests::known_answers::run(kind, input),
        #[cfg(feature = "secret-storage")]
        _ if kind == "recovery-key" || kind.starts_with("secret-storage-") => {
            secret_storage::run(kind, input)
        }
        #[cfg(feature = "signed-json")]
        _ if kind == "canonical-json" || kind.starts_with("signed-json-") => signed_json::run(kind, input),
        #[cfg(any(feature = "key-export", feature = "secret-storage"))]
        "pbkdf2" => Some(Ok(pbkdf2(input))),
        #[cfg(feature = "insecure-pk-encryption")]
        "pk-encrypt" => Some(pk::encrypt(input)),
        #[cfg(feature = "insecure-pk-encryption")]
        "pk-decrypt" => Some(pk::decrypt(input)),
        #[cfg(feature = "insecure-pk-encryption")]
        "libolm-pk-decryption" => Some(pk::unpickle(input)),
        _ => None,
    }
}

/// The feature that vectors of this kind need, where it is off.
fn missing_feature(kind: &str) -> Option<&'static str> {
    match kind {
        "check-code" if !cfg!(any(feature = "ecies", feature = "hpke")) => Some("ecies or hpke"),
        "ecies" | "ecies-open" if !cfg!(feature = "ecies") => Some("ecies"),
        _ if kind.starts_with("hpke-") && !cfg!(feature = "hpke") => Some("hpke"),
        _ if kind.starts_with("sas-") && !cfg!(feature = "sas") => Some("sas"),
        "qr-code" if !cfg!(feature = "qr-code") => Some("qr-code"),
        "attachment-encrypt" if !cfg!(feature = "attachment") => Some("attachment"),
        "attachment-decrypt" if !cfg!(all(feature = "attachment", feature = "serde")) => {
            Some("attachment and serde")
        }
        _ if kind.starts_with("key-export-") && !cfg!(feature = "key-export") => Some("key-export"),
        _ if kind == "recovery-key" || kind.starts_with("secret-storage-") => {
            (!cfg!(feature = "secret-storage")).then_some("secret-storage")
        }
        _ if kind == "canonical-json" || kind.starts_with("signed-json-") => {
            (!cfg!(feature = "signed-json")).then_some("signed-json")
        }
        "pbkdf2" if !cfg!(any(feature = "key-export", feature = "secret-storage")) => {
            Some("key-export or secret-storage")
        }
        "pk-encrypt" | "pk-decrypt" | "libolm-pk-decryption" if !cfg!(feature = "insecure-pk-encryption") => {
            Some("insecure-pk-encryption")
        }
        _ => {
            primitives::missing_feature(kind).or_else(|| pickle::tests::known_answers::missing_feature(kind))
        }
    }
}

fn run_lower_layers(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    Some(match kind {
        "base64-public" => base64::decode(input.text("text"))
            .map(|bytes| serde_json::json!({ "bytes": hex(bytes) }))
            .map_err(refused),
        "base64-secret" => secret_base64(input.text("text")),
        "ed25519-verify" => ed25519_verify(input),
        "ed25519-sign" => Ok(ed25519_sign(input)),
        "ed25519-public-key" => Ed25519PublicKey::from_slice(&input.bytes("bytes"))
            .map(|key| serde_json::json!({ "public_key": hex(key.as_bytes()) }))
            .map_err(refused),
        "x25519" => {
            let mut shared = [0; 32];
            x25519::diffie_hellman(&input.array("secret_key"), &input.array("public_key"), &mut shared)
                .map(|()| serde_json::json!({ "shared": hex(shared) }))
                .map_err(refused)
        }
        "expand-message-keys" => {
            let mut keys = [0; 80];
            kdf::hkdf(&[], &input.bytes("key_material"), input.text("info").as_bytes(), &mut keys);
            let (aes_key, mac_key, iv) = (&keys[..32], &keys[32..64], &keys[64..]);
            Ok(serde_json::json!({ "aes_key": hex(aes_key), "mac_key": hex(mac_key), "iv": hex(iv) }))
        }
        "hkdf" => hkdf(input),
        "key-id" => {
            let id = KeyId::from_u64(input.number("id"));
            Ok(serde_json::json!({
                "base64": id.to_base64(),
                "libolm_base64": id.to_libolm_base64(),
            }))
        }
        _ => return None,
    })
}

fn hkdf(input: &Input<'_>) -> Outcome {
    fn derive<const N: usize>(input: &Input<'_>) -> Outcome {
        let mut output = [0; N];
        kdf::hkdf(&input.bytes("salt"), &input.bytes("key_material"), &input.bytes("info"), &mut output);
        Ok(serde_json::json!({ "output": hex(output) }))
    }
    match input.number("length") {
        42 => derive::<42>(input),
        82 => derive::<82>(input),
        length => panic!("the library derives no {length} bytes"),
    }
}

#[cfg(any(feature = "key-export", feature = "secret-storage"))]
fn pbkdf2(input: &Input<'_>) -> Value {
    let mut block = FirstBlock::new(input.text("passphrase").as_bytes(), &input.bytes("salt"));
    block.advance(input.index("rounds") - 1);
    serde_json::json!({ "key": hex(block.into_output().as_bytes()) })
}

/// Secrets have a fixed length in the library; the vectors stay below these.
fn secret_base64(text: &str) -> Outcome {
    fn decode<const N: usize>(text: &str) -> Option<Outcome> {
        base64::decode_secret::<N>(text)
            .ok()
            .map(|bytes| Ok(serde_json::json!({ "bytes": hex(bytes.as_bytes()) })))
    }
    [
        decode::<0>,
        decode::<1>,
        decode::<2>,
        decode::<3>,
        decode::<4>,
        decode::<5>,
        decode::<6>,
        decode::<16>,
        decode::<31>,
        decode::<32>,
        decode::<33>,
        decode::<48>,
        decode::<63>,
        decode::<64>,
        decode::<65>,
        decode::<165>,
        decode::<229>,
        decode::<256>,
    ]
    .into_iter()
    .find_map(|decode| decode(text))
    .unwrap_or_else(|| Err("no length fits".into()))
}

fn ed25519_verify(input: &Input<'_>) -> Outcome {
    let key = Ed25519PublicKey::from_slice(&input.bytes("public_key")).map_err(refused)?;
    let signature = Ed25519Signature::from_slice(&input.bytes("signature")).map_err(refused)?;
    let message = input.bytes("message");
    let verdict = key.verify(&message, &signature);
    // As one of many it is no other verdict.
    let many = key.bulk_verifier().verify([(message.as_slice(), &signature); 3]);
    assert_eq!(many, [verdict; 3]);
    verdict.map(|()| serde_json::json!({})).map_err(refused)
}

fn ed25519_sign(input: &Input<'_>) -> Value {
    let mut expanded = [0; 64];
    ed25519::expand(&input.array("seed"), &mut expanded);
    let public_key = ed25519::public_key(&expanded);
    let signature = ed25519::sign(&expanded, &public_key, &input.bytes("message"));
    assert_eq!(ed25519::verify(&public_key, &input.bytes("message"), &signature), Ok(()));
    serde_json::json!({
        "public_key": hex(public_key.as_bytes()),
        "expanded": hex(expanded),
        "signature": hex(signature),
    })
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// What is in `test-vectors/` beside the vectors.
const NO_VECTORS: [&str; 3] = ["README.md", "checker", "schema"];

/// All vectors that there were when this was written: with fewer, some are lost.
const LEAST_VECTORS: usize = 3_214;

/// The output may leave fields out; what it names must be there.
fn assert_contains(outcome: &Value, expected: &Value, name: &str) {
    for (field, value) in expected.as_object().unwrap_or_else(|| panic!("{name}: no output")) {
        assert_eq!(&outcome[field], value, "{name}: {field}");
    }
}

#[test]
fn every_vector_has_its_verdict() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test-vectors");
    let mut found = Vec::new();
    files(&folder, &mut found);
    found.retain(|path| NO_VECTORS.iter().all(|name| !path.starts_with(folder.join(name))));
    let (mut count, mut not_run) = (0, 0);
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let made_by = file["provenance"]["made_by"].as_str();
        assert!(made_by.is_some_and(|text| !text.is_empty()), "{path:?} does not say where it comes from");
        for vector in file["vectors"].as_array().unwrap() {
            let name = format!("{} in {}", vector["name"], path.display());
            let kind = vector["kind"].as_str().unwrap();
            assert!(folder.join(format!("schema/{kind}.json")).exists(), "{name} has no schema");
            if let Some(feature) = missing_feature(kind) {
                println!("not run without the feature {feature}: {name}");
                not_run += 1;
                continue;
            }
            let outcome = run(kind, &Input(&vector["input"]));
            match (vector["verdict"].as_str().unwrap(), outcome) {
                ("accept", Ok(outcome)) => assert_contains(&outcome, &vector["output"], &name),
                ("accept", Err(error)) => panic!("{name} was refused: {error}"),
                ("reject", Err(_)) => {}
                ("reject", Ok(outcome)) => panic!("{name} was accepted: {outcome}"),
                (verdict, _) => panic!("{name} has the verdict {verdict}"),
            }
            count += 1;
        }
    }
    assert!(count + not_run >= LEAST_VECTORS, "only {} vectors were found", count + not_run);
    println!("{count} vectors were run, {not_run} were not");
    let all_features = cfg!(all(
        feature = "vodozemac",
        feature = "dehydrated-device",
        feature = "sas",
        feature = "qr-code",
        feature = "insecure-pk-encryption",
        feature = "ecies",
        feature = "hpke",
        feature = "attachment",
        feature = "key-export",
        feature = "secret-storage",
        feature = "signed-json"
    ));
    assert_eq!(not_run == 0, all_features, "a vector is left out if, and only if, its feature is off");
}
