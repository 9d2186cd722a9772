//! The JSON that one side reads and the other does not, and counters that overflow.

use cliquet::attachment::{AttachmentError, AttachmentInfo, AttachmentVersion, EncryptedFile};
use matrix_sdk_crypto::vodozemac::{base64_decode, base64_encode};
use rand::{Rng, RngExt, rngs::StdRng};
use serde_json::{Value, json};

use super::{Upload, generator, open_by_peer, open_by_us, peer, random_bytes, upload_by_peer};

/// The same file with another IV: it decrypts to something else, and the hash, which covers the ciphertext alone, does not tell.
fn with_iv(upload: &Upload, iv: [u8; 16]) -> Upload {
    let EncryptedFile { url, info, .. } = serde_json::from_value(upload.file.clone()).unwrap();
    let info = AttachmentInfo::new(AttachmentVersion::V2, info.key(), iv, *info.sha256());
    let file = serde_json::to_value(EncryptedFile::new(url, info)).unwrap();
    Upload { file, ..upload.clone() }
}

fn iv_with_counter(counter: u64, random: &mut StdRng) -> [u8; 16] {
    let mut iv = [0; 16];
    random.fill_bytes(&mut iv[..8]);
    iv[8..].copy_from_slice(&counter.to_be_bytes());
    iv
}

#[test]
fn attachment_high_counters_are_counted_alike() {
    let random = &mut generator();
    for length in [0, 1, 16, 17, 48, 1000] {
        let upload = upload_by_peer(&random_bytes(length, random));
        let blocks = u64::try_from(length.div_ceil(16)).unwrap();
        // The last counter that leaves room for so many blocks, and some before it.
        let last = 0_u64.wrapping_sub(blocks.max(1));
        for counter in [0, 1 << 32, u64::from(u32::MAX), 1 << 63, last.wrapping_sub(1), last] {
            let upload = with_iv(&upload, iv_with_counter(counter, random));
            assert_eq!(open_by_us(&upload).unwrap(), open_by_peer(&upload).unwrap(), "{length}, {counter}");
        }
    }
}

/// The peer counts on in all 16 bytes, where a reader with a counter of 8 bytes begins at zero again. cliquet decides for neither.
#[test]
fn attachment_counters_that_overflow_are_refused_by_us_alone() {
    let random = &mut generator();
    for length in [17, 48, 1000] {
        let upload = upload_by_peer(&random_bytes(length, random));
        let blocks = u64::try_from(length.div_ceil(16)).unwrap();
        for counter in [0_u64.wrapping_sub(blocks - 1), u64::MAX] {
            let upload = with_iv(&upload, iv_with_counter(counter, random));
            assert_eq!(open_by_us(&upload), Err(AttachmentError::CounterOverflow), "{length}, {counter}");
            assert_eq!(open_by_peer(&upload).unwrap().len(), length);
        }
    }
}

/// `v1` had 16 random bytes for an IV. The peer does not read it; it counts as in `v2`.
#[test]
fn attachment_version_1_is_read_by_us_alone() {
    let random = &mut generator();
    for _ in 0..20 {
        let as_v2 = with_iv(&upload_by_peer(&[5; 100]), random.random());
        let mut as_v1 = as_v2.clone();
        as_v1.file["v"] = json!("v1");
        assert_eq!(open_by_us(&as_v1).unwrap(), open_by_peer(&as_v2).unwrap());
        assert_eq!(open_by_peer(&as_v1).unwrap_err(), peer::DecryptorError::UnknownVersion.to_string());
    }
}

/// What cliquet and the peer say: whether the file opens.
const OPENS: (bool, bool) = (true, true);
const REFUSED: (bool, bool) = (false, false);
const ONLY_PEER: (bool, bool) = (false, true);

#[test]
fn attachment_json_of_other_forms() {
    let good = upload_by_peer(b"a file");
    let text = |pointer: &str| good.file.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    let (k, iv, hash) = (text("/key/k"), text("/iv"), text("/hashes/sha256"));
    let bytes = |text: &str| base64_decode(text).unwrap();
    let standard = k.replace('-', "+").replace('_', "/");
    let longer = |text: &str| base64_encode([&bytes(text)[..], &[0]].concat());
    let shorter = |text: &str| base64_encode(&bytes(text)[1..]);
    // The 256 bits end with 4 of the 6 that the last character has.
    let last_bits = |text: &str| format!("{}{}", &text[..text.len() - 1], next_character(text));
    for (pointer, value, verdict) in [
        ("/v", json!("v3"), REFUSED),
        ("/v", json!("V2"), REFUSED),
        ("/v", json!(2), REFUSED),
        ("/v", Value::Null, REFUSED),
        // The specification demands these values, and the peer does not look at them.
        ("/key/kty", json!("RSA"), ONLY_PEER),
        ("/key/alg", json!("A128CTR"), ONLY_PEER),
        ("/key/ext", json!(false), ONLY_PEER),
        ("/key/key_ops", json!(["decrypt"]), ONLY_PEER),
        ("/key/key_ops", json!([]), ONLY_PEER),
        ("/key/key_ops", json!(["decrypt", "wrapKey", "encrypt"]), OPENS),
        ("/key/key_ops", Value::Null, REFUSED),
        ("/key/use", json!("enc"), OPENS),
        ("/key/k", json!(format!("{k}=")), OPENS),
        ("/key/k", json!(last_bits(&k)), ONLY_PEER),
        ("/key/k", json!(&k[1..]), REFUSED),
        ("/key/k", Value::Null, REFUSED),
        ("/iv", json!(format!("{iv}==")), OPENS),
        ("/iv", json!(last_bits(&iv)), ONLY_PEER),
        ("/iv", json!(shorter(&iv)), REFUSED),
        ("/iv", json!(longer(&iv)), REFUSED),
        ("/iv", json!(""), REFUSED),
        ("/hashes/sha256", json!(format!("{hash}=")), OPENS),
        ("/hashes/sha256", json!(last_bits(&hash)), ONLY_PEER),
        ("/hashes/sha256", json!(shorter(&hash)), REFUSED),
        ("/hashes/sha256", json!(longer(&hash)), REFUSED),
        ("/hashes/sha256", Value::Null, REFUSED),
        ("/hashes/md5", json!("AAAA"), OPENS),
        ("/hashes", json!({}), REFUSED),
        ("/url", json!(""), OPENS),
        ("/mimetype", json!("image/png"), OPENS),
    ] {
        let mut upload = good.clone();
        set(&mut upload.file, pointer, value.clone());
        assert_eq!(opens(&upload), verdict, "{pointer}: {value}");
    }
    if standard != k {
        let mut upload = good.clone();
        set(&mut upload.file, "/key/k", json!(standard));
        assert_eq!(opens(&upload), REFUSED, "the standard alphabet");
    }
}

/// Sets a field, or removes it where the value is null.
fn set(file: &mut Value, pointer: &str, value: Value) {
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let object = file.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Null => object.remove(field),
        value => object.insert(field.to_owned(), value),
    };
}

/// The character after the last, in the alphabet: other bits that stand for no byte.
fn next_character(text: &str) -> char {
    let last = text.chars().last().unwrap();
    char::from_u32(u32::from(last) + 1).unwrap()
}

fn opens(upload: &Upload) -> (bool, bool) {
    let ours = serde_json::from_value::<EncryptedFile>(upload.file.clone());
    let peers = serde_json::from_value::<super::events::EncryptedFile>(upload.file.clone());
    (
        ours.is_ok() && open_by_us(upload).is_ok_and(|plaintext| plaintext == b"a file"),
        peers.is_ok() && open_by_peer(upload).is_ok_and(|plaintext| plaintext == b"a file"),
    )
}
