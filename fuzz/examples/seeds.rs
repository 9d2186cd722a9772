//! Writes the seeds of the targets for saved state that the library has to make itself: every state of `states`, in each format,
//! behind the byte that tells the target what it is. `make-seeds.py` runs it.

#![allow(missing_docs, reason = "an example has no documentation of its own")]

use std::{fs, path::Path};

use cliquet::MessageVersion;
use cliquet_fuzz::{KINDS, Saved, envelope, for_kind, random::seeded, states};

const KEY: [u8; 32] = [1; 32];

fn main() {
    for (place, kind) in (0_u8..).zip(KINDS) {
        for (number, plain) in states::of_kind(kind).iter().enumerate() {
            for_kind!(kind, write(plain, place, number));
        }
    }
    for (number, account) in states::accounts().iter().enumerate() {
        if let Ok(device) = account.to_dehydrated_device(&KEY, &mut seeded(1)) {
            let plaintext = envelope::dehydrated_open(&KEY, &device.nonce, &device.ciphertext);
            seed("vodozemac_pickles", 12, &plaintext, &format!("device-{number}"));
        }
    }
}

fn write<T: Saved>(plain: &[u8], place: u8, number: usize) {
    let name = |form: &str| format!("{form}-{place}-{number}");
    let state = T::open_plain(plain).expect("it is a valid state");
    seed("native_pickles", place, &plain[10..], &name("body"));
    seed("native_pickles", 8, plain, &name("whole"));
    if let Ok(text) = state.save_libolm(&KEY) {
        seed("libolm_pickles", place, &envelope::legacy_open(&KEY, &text), &name("body"));
    }
    if let Ok(json) = state.save_json() {
        seed("vodozemac_pickles", place, &json, &name("json"));
        let v1 = T::open_json(&json, MessageVersion::V1).is_ok();
        let text = String::from_utf8(json).expect("it is JSON");
        let without_version = text.replace(r#","config":{"version":"V1"}"#, "");
        if v1 && without_version != text {
            seed("vodozemac_pickles", place, without_version.as_bytes(), &name("json-without-version"));
        }
    }
}

fn seed(target: &str, selector: u8, content: &[u8], name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join(name), [&[selector], content].concat()).expect("the seed can be written");
}
