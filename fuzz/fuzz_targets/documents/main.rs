//! What Matrix keeps around the ratchets: attachments, key exports, secret storage, signed JSON and device keys, key backups. The
//! first byte of an input chooses what the rest is for.
//!
//! Each container has a second reader here, written by its description. The target owns every key, so what the fuzzer made is
//! sealed, authenticated and signed before the library sees it.

#![no_main]

mod attachment;
mod attachment_reader;
mod device_keys;
mod encrypted_file;
mod key_backup;
mod key_export;
mod recovery_key;
mod secret_storage;
mod session_data;
mod signed_json;
mod storage_objects;

use arbitrary::{Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((&selector, rest)) = input.split_first() else { return };
    match selector % 20 {
        0 => with_text(rest, encrypted_file::from_text),
        1 => with(rest, encrypted_file::changed),
        2 => with(rest, attachment::in_pieces),
        3 => with(rest, attachment_reader::changing_source),
        4 => with_text(rest, key_export::from_text),
        5 => with(rest, key_export::sealed),
        6 => with(rest, key_export::sessions),
        7 => with_text(rest, storage_objects::from_text),
        8 => with(rest, storage_objects::changed),
        9 => with(rest, secret_storage::secrets),
        10 => with(rest, secret_storage::passphrases),
        11 => with_text(rest, recovery_key::from_text),
        12 => with(rest, recovery_key::changed),
        13 => with_text(rest, signed_json::from_text),
        14 => with(rest, signed_json::steps),
        15 => with(rest, device_keys::changed),
        16 => with_text(rest, key_backup::message_from_text),
        17 => with(rest, key_backup::changed_message),
        18 => with(rest, key_backup::entries),
        _ => with(rest, key_backup::authenticated),
    }
});

/// Makes a value of the input, if it is one.
fn with<'a, T: Arbitrary<'a>>(input: &'a [u8], claim: impl Fn(T)) {
    if let Ok(value) = T::arbitrary_take_rest(Unstructured::new(input)) {
        claim(value);
    }
}

fn with_text(input: &[u8], claim: impl Fn(&str)) {
    if let Ok(text) = str::from_utf8(input) {
        claim(text);
    }
}
