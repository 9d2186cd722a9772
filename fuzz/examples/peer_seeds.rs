//! Writes the seeds of `peer_decoders` for what stands in envelopes: the bodies of the stored states in `test-vectors/pickle`.
//! `make-seeds.py` runs it.

#![allow(missing_docs, reason = "an example has no documentation of its own")]

use std::{fs, path::Path};

use cliquet_fuzz::{envelope, primitives::sha256, reference_base64::decode};
use serde_json::Value;

/// What the first byte of an input says that the rest is.
const JSON: u8 = 11;
const LIBOLM: u8 = 13;
const DEHYDRATED: u8 = 15;

const FILES: [(&str, u8, u8); 10] = [
    ("pickle/vodozemac-account", JSON, 0),
    ("pickle/vodozemac-session", JSON, 1),
    ("pickle/vodozemac-outbound-group-session", JSON, 2),
    ("pickle/vodozemac-inbound-group-session", JSON, 3),
    ("pickle/libolm-account", LIBOLM, 0),
    ("pickle/libolm-session", LIBOLM, 1),
    ("pickle/libolm-outbound-group-session", LIBOLM, 2),
    ("pickle/libolm-inbound-group-session", LIBOLM, 3),
    ("pk/libolm-pk-decryption", LIBOLM, 4),
    ("pickle/dehydrated-device", DEHYDRATED, 0),
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("seeds/peer_decoders");
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (name, what, how) in FILES {
        let path = root.join("../test-vectors").join(name).with_extension("json");
        let file: Value = serde_json::from_slice(&fs::read(path).expect("it is there")).expect("it is JSON");
        for vector in file["vectors"].as_array().expect("a list of vectors") {
            let Some(content) = content(&vector["input"]) else { continue };
            let changed = if (what, how) == (LIBOLM, 0) { changed_accounts(&content) } else { Vec::new() };
            for content in [content].into_iter().chain(changed) {
                let seed = [&[what, how], &content[..]].concat();
                let name: String = sha256(&seed)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
                fs::write(folder.join(name), seed).expect("the seed can be written");
            }
        }
    }
}

/// The body of an account with one id for two one-time keys, and with two fallback keys said to be three.
fn changed_accounts(body: &[u8]) -> Vec<Vec<u8>> {
    const LIST: usize = 4 + 96 + 64 + 4;
    const KEY: usize = 4 + 1 + 64;
    let mut changed = Vec::new();
    let Some(count) = body[..LIST.min(body.len())].last_chunk().map(|count| u32::from_be_bytes(*count))
    else {
        return changed;
    };
    let Some(fallback_keys) =
        usize::try_from(count).ok().and_then(|count| (LIST).checked_add(count.checked_mul(KEY)?))
    else {
        return changed;
    };
    if body.get(fallback_keys) == Some(&2) {
        let mut body = body.to_vec();
        body[fallback_keys] = 3;
        changed.push(body);
    }
    if count > 1 && fallback_keys < body.len() {
        let mut body = body.to_vec();
        body.copy_within(LIST..LIST + 4, LIST + KEY);
        changed.push(body);
    }
    changed
}

/// What the vector's envelope holds; `None` where it holds nothing that is authentic.
fn content(input: &Value) -> Option<Vec<u8>> {
    if let Some(json) = input.get("json") {
        return Some(json.as_str()?.as_bytes().to_vec());
    }
    let key = hex(input["key"].as_str()?);
    if let Some(ciphertext) = input.get("ciphertext_base64") {
        let [ciphertext, nonce] = [ciphertext, &input["nonce_base64"]].map(|text| decode(text.as_str()?));
        let (nonce, ciphertext) = (nonce?, ciphertext?);
        return envelope::dehydrated_try_open(&key.try_into().ok()?, &nonce.try_into().ok()?, &ciphertext);
    }
    envelope::legacy_try_open(&key, input["pickle_base64"].as_str()?)
}

fn hex(text: &str) -> Vec<u8> {
    let byte = |place: usize| u8::from_str_radix(&text[place..place + 2], 16).expect("it is hexadecimal");
    (0..text.len()).step_by(2).map(byte).collect()
}
