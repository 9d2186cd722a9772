//! Attachments, key exports and backups, secret storage, signed JSON.

use alloc::{format, rc::Rc, string::String, vec, vec::Vec};
use std::io::{Cursor, Read};

use super::{
    Row, base64,
    case::{Case, signature},
    growth::Growth,
};
use crate::{
    attachment::{self, AttachmentInfo, AttachmentReader, AttachmentVersion, EncryptedFile},
    keys::{Curve25519KeyPair, Ed25519KeyPair},
    megolm::SessionExport,
    objects::{
        device_keys::DeviceKeys,
        key_backup::BackupMacKey,
        key_export::{EncryptedKeyExport, KeyExportError},
        session_data::SessionData,
    },
    olm::Account,
    pk::{PkDecryption, PkMessage},
    primitives::{ctr, pbkdf2::FirstBlock, work::Work},
    secret_storage::{EncryptedSecret, PassphraseError, PassphraseParameters, SecretStorageKey},
    signed_json::JsonObject,
    testing::seeded,
};

const USER: &str = "@b:example.org";
const DEVICE: &str = "B";

/// A key export under the passphrase "passphrase" and one round, with whatever inside.
fn key_export(content: &[u8], rounds: u32) -> String {
    let (salt, iv) = ([1; 16], [0; 16]);
    let mut block = FirstBlock::new(b"passphrase", &salt);
    block.advance(0);
    let mut bytes = [&[1][..], &salt, &iv, &rounds.to_be_bytes(), content].concat();
    ctr::seal(block.into_output().as_bytes(), &iv, &mut bytes, 0, 37);
    format!("-----BEGIN MEGOLM SESSION DATA-----\n{}\n-----END MEGOLM SESSION DATA-----", base64(&bytes))
}

/// An export of one round, opened with the right passphrase.
fn opened_export(content: &[u8]) -> Case {
    let text = key_export(content, 1);
    Case::new(
        "",
        text.len(),
        || (),
        move |()| EncryptedKeyExport::from_text(&text).unwrap().decrypt("passphrase", 1),
    )
}

/// The longest that a session is in an export with the shortest fields, and every field that is decoded.
fn exported_session() -> String {
    let key = Ed25519KeyPair::from_seed(&[21; 32]).public();
    let export = base64(&[&[1][..], &[0; 132], key.as_bytes()].concat());
    SessionExport::from_base64(&export).unwrap();
    format!(
        r#"{{"algorithm":"m.megolm.v1.aes-sha2","room_id":"","session_id":"{key}","session_key":"{export}","sender_key":"{key}","sender_claimed_keys":{{"ed25519":"{key}"}}}}"#,
        key = key.to_base64()
    )
}

fn rounds_row(limit: u32) -> Row {
    let text = key_export(b"[]", limit);
    let name = "key export, rounds at the caller's limit of 10 000, passphrase wrong";
    let case = Case::new(
        name,
        text.len(),
        || (),
        move |()| {
            let export = EncryptedKeyExport::from_text(&text).unwrap();
            assert_eq!(export.decrypt("wrong", limit).unwrap_err(), KeyExportError::AuthenticationFailed);
        },
    );
    // A key of one block, and two compressions in each round; then the MAC over 39 bytes.
    Row::new(Work { sha512: 2 + 2 * u64::from(limit), sha256: 2 + 1 + 1, ..Work::default() }, case)
}

fn too_many_rounds_row() -> Row {
    let text = key_export(b"[]", u32::MAX);
    let limit = EncryptedKeyExport::DEFAULT_MAX_ROUNDS;
    let case = Case::new(
        "key export that asks for 2^32 - 1 rounds",
        text.len(),
        || (),
        move |()| {
            let export = EncryptedKeyExport::from_text(&text).unwrap();
            assert_eq!(
                export.decrypt("passphrase", limit).unwrap_err(),
                KeyExportError::TooManyRounds { rounds: u32::MAX, limit }
            );
        },
    );
    Row::new(Work::default(), case)
}

fn storage_rounds_row() -> Row {
    let text = r#"{"algorithm":"m.pbkdf2","salt":"salt","iterations":4294967295}"#;
    let limit = PassphraseParameters::DEFAULT_MAX_ROUNDS;
    let case = Case::new(
        "secret storage that asks for 2^32 - 1 rounds",
        text.len(),
        || (),
        move |()| {
            let parameters: PassphraseParameters = serde_json::from_str(text).unwrap();
            assert_eq!(
                parameters.stretch("passphrase", limit).unwrap_err(),
                PassphraseError::TooManyRounds { rounds: u32::MAX, limit }
            );
        },
    );
    Row::new(Work::default(), case)
}

/// Device keys with so many signatures besides the right one.
fn device_keys(name: &'static str, signatures: usize) -> (Case, usize) {
    let account = Account::new(&mut seeded(22)).unwrap();
    let mut object = account.signed_device_keys(USER, DEVICE);
    let covered = object.signed_text().len();
    let signer = Ed25519KeyPair::from_seed(&[23; 32]);
    let text = {
        let some = signer.sign(b"").to_base64();
        let others: Vec<_> =
            (0..signatures).map(|number| format!(r#""{number}":{{"ed25519:{number}":"{some}"}}"#)).collect();
        let own = object.remove("signatures").unwrap().into_object().unwrap().to_canonical_json();
        let all = [others, vec![own[1..own.len() - 1].into()]].concat().join(",");
        let rest = object.to_canonical_json();
        format!(r#"{},"signatures":{{{all}}}}}"#, &rest[..rest.len() - 1])
    };
    let case = Case::new(
        name,
        text.len(),
        || (),
        move |()| DeviceKeys::verify(&JsonObject::from_json(&text).unwrap(), USER, DEVICE).unwrap(),
    );
    (case, covered)
}

fn pk_message(name: &'static str, length: usize) -> Case {
    let key = Curve25519KeyPair::from_secret_key(&[24; 32]).public().to_base64();
    let (ciphertext, mac) = (base64(&vec![0; length]), base64(&[0; 8]));
    let own = Rc::new(PkDecryption::from_secret_key(&[25; 32]));
    Case::new(
        name,
        ciphertext.len() + mac.len() + key.len(),
        || (),
        move |()| own.decrypt(&PkMessage::from_base64(&ciphertext, &mac, &key).unwrap()).unwrap_err(),
    )
}

pub(super) fn rows() -> Vec<Row> {
    let (device, covered) = device_keys("device keys, signed", 0);
    let of_device = Work { decodings: 1, ed25519: 1, sha512: signature(covered), ..Work::default() };
    let session = exported_session();
    let entry = Case::new(
        "session data of a backup",
        session.len(),
        || (),
        move |()| SessionData::from_json(session.as_bytes()).unwrap(),
    );
    let recovery: String = "1".repeat(48);
    let recovery = Case::new(
        "recovery key, mistyped",
        recovery.len(),
        || (),
        move |()| SecretStorageKey::from_recovery_key(&recovery).unwrap_err(),
    );
    let pk = Work { x25519: 1, sha256: super::case::hkdf(32, 80) + 4, blocks: 1, ..Work::default() };
    vec![
        rounds_row(10_000),
        too_many_rounds_row(),
        storage_rounds_row(),
        Row::new(Work { decodings: 2, ..Work::default() }, entry),
        Row::new(pk, pk_message("entry of a backup, forged", 16)),
        Row::new(of_device, device),
        Row::new(Work::default(), recovery),
    ]
}

fn json(text: String) -> Case {
    Case::new(
        "",
        text.len(),
        || (),
        move |()| JsonObject::from_json(&text).map(|object| object.to_canonical_json()),
    )
}

/// An object of a list of so many times the same.
fn list_of(item: &'static str) -> impl Fn(usize) -> Case {
    move |count| json(format!("{{\"\":[{}]}}", vec![item; count].join(",")))
}

pub(super) fn growths() -> Vec<Growth> {
    let mut growths = vec![
        Growth::new("attachment of any length, of another hash", 16 << 10, |length| {
            let info = AttachmentInfo::new(AttachmentVersion::V2, &[1; 32], [0; 16], [0; 32]);
            let ciphertext = vec![0; length];
            Case::new("", length, || (), move |()| info.decrypt(&ciphertext).unwrap_err())
        }),
        Growth::new("attachment of any length, verified and read", 16 << 10, |length| {
            let mut ciphertext = vec![0; length];
            let info = attachment::encrypt_in_place(&mut ciphertext, &mut seeded(28)).unwrap();
            let piece = vec![0; 4096];
            Case::new(
                "",
                length,
                move || piece.clone(),
                move |piece| {
                    let mut reader = AttachmentReader::new(Cursor::new(&ciphertext), &info).unwrap();
                    while reader.read(piece).unwrap() > 0 {}
                },
            )
        }),
        Growth::new("description of an attachment with a URL of any length", 16 << 10, |length| {
            let (key, iv, hash) = (base64(&[0; 32]), base64(&[0; 16]), base64(&[0; 32]));
            let url = "u".repeat(length);
            let text = format!(
                r#"{{"v":"v2","url":"{url}","key":{{"kty":"oct","alg":"A256CTR","ext":true,"key_ops":["encrypt","decrypt"],"k":"{key}"}},"iv":"{iv}","hashes":{{"sha256":"{hash}"}}}}"#
            );
            Case::new("", text.len(), || (), move |()| serde_json::from_str::<EncryptedFile>(&text).unwrap())
        }),
        Growth::new("description of an attachment with any number of uses of its key", 4_000, |count| {
            let (key, iv, hash) = (base64(&[0; 32]), base64(&[0; 16]), base64(&[0; 32]));
            let uses = vec![r#""""#; count].join(",");
            let text = format!(
                r#"{{"v":"v2","url":"","key":{{"kty":"oct","alg":"A256CTR","ext":true,"key_ops":[{uses}],"k":"{key}"}},"iv":"{iv}","hashes":{{"sha256":"{hash}"}}}}"#
            );
            Case::new(
                "",
                text.len(),
                || (),
                move |()| serde_json::from_str::<EncryptedFile>(&text).unwrap_err(),
            )
        }),
        Growth::new("key export of any length, not authentic", 16 << 10, |length| {
            let mut text = key_export(&vec![b' '; length], 1);
            text.replace_range(40..41, if &text[40..41] == "A" { "B" } else { "A" });
            Case::new(
                "",
                text.len(),
                || (),
                move |()| EncryptedKeyExport::from_text(&text).unwrap().decrypt("passphrase", 1).unwrap_err(),
            )
        }),
        Growth::new("key export with any number of sessions", 50, |count| {
            opened_export(format!("[{}]", vec![exported_session(); count].join(",")).as_bytes())
        }),
        Growth::new("key export with any number of entries that are none", 8_000, |count| {
            opened_export(format!("[{}]", vec!["0"; count].join(",")).as_bytes())
        }),
        Growth::new("key export of lists in lists", 16 << 10, |depth| {
            opened_export(&[b"[".repeat(depth), b"]".repeat(depth)].concat())
        }),
        Growth::new("session data with any number of forwarding keys", 250, |count| {
            let key = format!("\"{}\"", base64(&[9; 32]));
            let session = exported_session();
            let text = format!(
                r#"{},"forwarding_curve25519_key_chain":[{}]}}"#,
                &session[..session.len() - 1],
                vec![key; count].join(",")
            );
            Case::new("", text.len(), || (), move |()| SessionData::from_json(text.as_bytes()).unwrap())
        }),
        Growth::new("entry of a backup of any length, forged", 16 << 10, |length| pk_message("", length)),
        Growth::new("entry of a backup of any length, not authentic", 16 << 10, |length| {
            let mac = base64(&[0; 32]);
            let text = format!(
                r#"{{"ciphertext":"{}","signatures":{{"{USER}":{{"org.matrix.msc4048.hmac-sha-256:backup_mac_key":"{mac}"}}}}}}"#,
                "A".repeat(length)
            );
            Case::new(
                "",
                text.len(),
                || (),
                move |()| {
                    BackupMacKey::from_bytes(&[29; 32])
                        .verify(&JsonObject::from_json(&text).unwrap(), USER)
                        .unwrap_err()
                },
            )
        }),
        Growth::new("stored secret of any length, forged", 16 << 10, |length| {
            let (iv, text, mac) = (base64(&[0; 16]), base64(&vec![0; length]), base64(&[0; 32]));
            let key = SecretStorageKey::from_bytes(&[26; 32]);
            Case::new(
                "",
                text.len(),
                || (),
                move |()| {
                    key.decrypt("name", &EncryptedSecret::from_base64(&iv, &text, &mac).unwrap()).unwrap_err()
                },
            )
        }),
        Growth::new("recovery key of any length", 16 << 10, |length| {
            let text = "1".repeat(length);
            Case::new("", length, || (), move |()| SecretStorageKey::from_recovery_key(&text).unwrap_err())
        }),
        Growth::new("device keys with any number of other signatures", 250, |count| device_keys("", count).0),
        Growth::new("device keys with a field of any length", 16 << 10, |length| {
            let account = Account::new(&mut seeded(27)).unwrap();
            let object = account.signed_device_keys(USER, DEVICE).to_canonical_json();
            let text = format!(r#"{{"a":"{}",{}"#, "a".repeat(length), &object[1..]);
            Case::new(
                "",
                text.len(),
                || (),
                move |()| {
                    DeviceKeys::verify(&JsonObject::from_json(&text).unwrap(), USER, DEVICE).unwrap_err()
                },
            )
        }),
    ];
    growths.extend(json_growths());
    growths
}

fn json_growths() -> Vec<Growth> {
    vec![
        Growth::new("JSON object with any number of keys, in descending order", 2_000, |count| {
            let fields: Vec<_> = (0..count).rev().map(|number| format!("\"{number:06}\":0")).collect();
            json(format!("{{{}}}", fields.join(",")))
        }),
        Growth::new("JSON object with a key that comes again at the end", 2_000, |count| {
            let fields: Vec<_> = (0..count).map(|number| format!("\"{number:06}\":0")).collect();
            json(format!("{{{},\"000000\":0}}", fields.join(",")))
        }),
        Growth::new("JSON object with any number of long keys that differ at the end", 16, |count| {
            let start = "k".repeat(1_000);
            let fields: Vec<_> = (0..count).map(|number| format!("\"{start}{number}\":0")).collect();
            json(format!("{{{}}}", fields.join(",")))
        }),
        Growth::new("JSON object with a list of numbers", 8_000, list_of("0")),
        Growth::new("JSON object with a list of objects of one key", 2_000, list_of(r#"{"":0}"#)),
        Growth::new("JSON object with a list of objects 100 deep", 40, |count| {
            let deep = format!("{}0{}", r#"{"":"#.repeat(100), "}".repeat(100));
            json(format!("{{\"\":[{}]}}", vec![deep; count].join(",")))
        }),
        Growth::new("JSON object, lists in lists", 16 << 10, |depth| {
            json(format!("{{\"\":{}", "[".repeat(depth)))
        }),
        Growth::new("JSON object with a long text of escapes", 2_000, |count| {
            json(format!("{{\"\":\"{}\"}}", r"\u0001".repeat(count)))
        }),
        Growth::new("JSON object with a long number", 16 << 10, |length| {
            json(format!("{{\"\":{}}}", "9".repeat(length)))
        }),
    ]
}
