//! Attachments, key exports, secret storage, signed JSON.

use std::hint::black_box;
use std::io::{Cursor, Read};

use cliquet::attachment::{
    AttachmentEncryptor, AttachmentInfo, AttachmentReader, EncryptedFile, UnverifiedDecryptor,
    encrypt_in_place,
};
use cliquet::objects::key_export::{EncryptedKeyExport, NewKeyExport};
use cliquet::objects::session_data::ExportedSession;
use cliquet::secret_storage::{EncryptedSecret, KeyDescription, PassphraseParameters, SecretStorageKey};
use cliquet::signed_json::JsonObject;
use cliquet::{Ed25519KeyPair, StretchedPassphrase};

use super::olm::{PLAINTEXT, expect};
use super::{Failure, backup};
use crate::client;
use crate::harness::{discard, operation};
use crate::secrets::{
    SecretRandom, publish, publish_again, publish_signing_key, publish_text, publish_value, secret,
    secret_text,
};

const PASSPHRASE: &str = "correct horse battery staple";

/// What leaves with the ciphertext; the key stays secret.
fn publish_info(info: &AttachmentInfo) {
    publish_again(info.iv());
    publish_again(info.sha256());
}

pub(super) fn attachments() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(70);
    let mut bytes = secret(PLAINTEXT);
    let functions = ["attachment::encrypt_in_place"];
    let info = operation("attachment: encrypt", &functions, || {
        encrypt_in_place(&mut bytes, &mut rng).map(Box::new)
    })?;
    publish(&bytes)?;
    publish_info(&info);
    let functions = [
        "attachment::AttachmentEncryptor::new",
        "attachment::AttachmentEncryptor::encrypt",
        "attachment::AttachmentEncryptor::finish",
    ];
    let mut pieces = secret(PLAINTEXT);
    let other = operation("attachment: encrypt in pieces", &functions, || {
        let mut encryptor = AttachmentEncryptor::new(&mut rng)?;
        pieces.chunks_mut(7).for_each(|piece| encryptor.encrypt(piece));
        Ok::<_, cliquet::RandomError>(Box::new(encryptor.finish()))
    })?;
    publish(&pieces)?;
    publish_info(&other);

    let functions = ["attachment::AttachmentInfo::decrypt"];
    let opened = operation("attachment: decrypt", &functions, || info.decrypt(&bytes))?;
    expect(opened)?;
    let functions = ["attachment::AttachmentInfo::decrypt_in_place"];
    operation("attachment: decrypt in place", &functions, || other.decrypt_in_place(&mut pieces))?;
    publish(&pieces)?;
    let refused = operation("attachment: refuse, wrong hash", &functions, || other.decrypt(&bytes).err());
    refused.ok_or("a wrong hash passed")?;
    let functions = [
        "attachment::UnverifiedDecryptor::new",
        "attachment::UnverifiedDecryptor::decrypt_unverified",
        "attachment::UnverifiedDecryptor::verify",
    ];
    let mut unverified = bytes.clone();
    operation("attachment: decrypt, then verify", &functions, || {
        let mut decryptor = UnverifiedDecryptor::new(&info);
        decryptor.decrypt_unverified(&mut unverified)?;
        decryptor.verify()
    })?;
    expect(unverified)?;
    let functions = [
        "attachment::AttachmentReader<S>::new",
        "attachment::AttachmentReader<S>::with_progress",
        "attachment::AttachmentReader<S>::read",
        "attachment::AttachmentReader<S>::length",
        "attachment::AttachmentReader<S>::into_inner",
    ];
    let read = operation("attachment: verify, then read", &functions, || {
        let mut reader = AttachmentReader::new(Cursor::new(&bytes), &info)?;
        let mut read = Vec::with_capacity(100);
        reader.read_to_end(&mut read).map_err(cliquet::attachment::AttachmentReaderError::from)?;
        black_box((reader.length(), reader.into_inner().position()));
        Ok::<_, cliquet::attachment::AttachmentReaderError>(read)
    })?;
    expect(read)?;
    infos(&info, *other)
}

fn infos(info: &AttachmentInfo, other: AttachmentInfo) -> Result<(), Failure> {
    let functions = [
        "attachment::AttachmentInfo::new",
        "attachment::AttachmentInfo::key",
        "attachment::AttachmentInfo::iv",
        "attachment::AttachmentInfo::sha256",
        "attachment::AttachmentInfo::version",
    ];
    let same = operation("attachment: its key in and out, compare", &functions, || {
        let again = AttachmentInfo::new(info.version(), info.key(), *info.iv(), *info.sha256());
        (*info == again, *info == other)
    });
    let same = publish_value(same);
    operation("attachment: print its key", &["attachment::AttachmentInfo::fmt"], || format!("{info:?}"));
    let functions = ["attachment::EncryptedFile::new", "attachment::EncryptedFile::to_json"];
    let json = operation("attachment: its key to JSON", &functions, || {
        EncryptedFile::new("mxc://example.org/abc", other).to_json()
    });
    let json = key_last(json.as_bytes())?;
    let functions = ["attachment::EncryptedFile::deserialize"];
    operation("attachment: its key from JSON", &functions, || {
        serde_json::from_slice::<EncryptedFile>(&json).map(|file| black_box(Box::new(file))).map(drop)
    })?;
    if same == (true, false) { Ok(()) } else { Err("keys of attachments do not compare".into()) }
}

/// The same with the key at its end: behind a secret text valgrind takes everything for secret that a reader finds.
fn key_last(json: &[u8]) -> Result<Vec<u8>, Failure> {
    let (start, length) = (br#""k":""#, 43);
    let place = client::unreported(|| json.windows(start.len()).position(|window| window == start));
    let (before, rest) = place.and_then(|place| json.split_at_checked(place)).ok_or("no key")?;
    let (key, behind) = rest.split_at_checked(start.len().saturating_add(length)).ok_or("too short")?;
    // `{"hashes":{..},"iv":"..",` `"key":{"alg":"A256CTR","ext":true,` `"k":".."` `","key_ops":[..],"kty":"oct"}` `,"url":..,"v":"v2"}`
    let place = before.windows(7).position(|window| window == br#""key":{"#).ok_or("no object")?;
    let (fields, object) = before.split_at_checked(place).ok_or("no object")?;
    let behind = behind.strip_prefix(br#"","#).ok_or("no fields")?;
    let place = behind.iter().position(|byte| *byte == b'}').ok_or("no end")?;
    let (operations, others) = behind.split_at_checked(place).ok_or("no end")?;
    let others = others.strip_prefix(b"},").and_then(|others| others.strip_suffix(b"}")).ok_or("no url")?;
    Ok([fields, others, b",", object, operations, b",", key, b"\"}}"].concat())
}

pub(super) fn key_exports() -> Result<(), Failure> {
    let mut rng = SecretRandom::public(71);
    let passphrase = secret_text(PASSPHRASE);
    let functions = ["objects::key_export::NewKeyExport::new"];
    let export = operation("key export: begin", &functions, || {
        NewKeyExport::new(NewKeyExport::MIN_ROUNDS, &mut rng).map(Box::new)
    })?;
    let functions = [
        "objects::key_export::NewKeyExport::stretch",
        "PassphraseStretching::advance",
        "PassphraseStretching::finish",
        "PassphraseStretching::rounds",
        "PassphraseStretching::rounds_done",
        "PassphraseStretching::fmt",
    ];
    let stretched = operation("key export: stretch the passphrase", &functions, || {
        let mut stretching = export.stretch(&passphrase);
        stretching.advance(3);
        black_box((stretching.rounds(), stretching.rounds_done(), format!("{stretching:?}")));
        stretching.finish()
    });
    let functions =
        ["objects::key_export::NewKeyExport::seal", "objects::session_data::ExportedSession::new"];
    let data = backup::session_data()?;
    let file = operation("key export: seal", &functions, || {
        export.seal(&[ExportedSession::new("!room", *data)], &stretched)
    })
    .map_err(|refused| refused.error)?;
    let text = publish_value(client::unreported(|| file.to_text()));
    let file = EncryptedKeyExport::from_text(&publish_text(&text)?)?;
    open(&file, &stretched, &passphrase)
}

fn open(file: &EncryptedKeyExport, stretched: &StretchedPassphrase, passphrase: &str) -> Result<(), Failure> {
    let functions = ["objects::key_export::EncryptedKeyExport::open"];
    let opened = operation("key export: open", &functions, || file.open(stretched).map(Box::new))?;
    let count = client::unreported(|| opened.sessions.len());
    let count = publish_value(count);
    discard(opened);
    let functions = ["objects::key_export::EncryptedKeyExport::stretch"];
    operation("key export: begin to stretch the passphrase", &functions, || {
        file.stretch(passphrase, file.rounds()).map(|mut stretching| stretching.advance(3))
    })?;
    // As a file of few rounds would: another key, and a refusal.
    let wrong = few_rounds(file)?;
    let functions = ["objects::key_export::EncryptedKeyExport::decrypt"];
    let refused =
        operation("key export: refuse, wrong MAC", &functions, || wrong.decrypt(passphrase, 10).err());
    refused.ok_or("a wrong MAC passed")?;
    if count == 1 { Ok(()) } else { Err("not one session came out of a key export".into()) }
}

/// The same file with another number of rounds in its header.
fn few_rounds(file: &EncryptedKeyExport) -> Result<EncryptedKeyExport, Failure> {
    let text = file.to_text();
    // 1, 16 bytes of salt and 16 of an IV stand before the four bytes of the number: characters 44 to 49 of the body.
    let body = text.lines().nth(1).ok_or("no second line")?;
    let (head, rest) = body.split_at_checked(44).ok_or("too short")?;
    let tail = rest.get(6..).ok_or("too short")?;
    Ok(EncryptedKeyExport::from_text(&text.replace(body, &format!("{head}AAAACg{tail}")))?)
}

pub(super) fn passphrases() -> Result<(), Failure> {
    let passphrase = secret_text(PASSPHRASE);
    let parameters = PassphraseParameters::new("salt", 10)?;
    let functions = ["secret_storage::PassphraseParameters::stretch"];
    let stretched = operation("secret storage: stretch the passphrase", &functions, || {
        parameters.stretch(&passphrase, 10).map(|stretching| Box::new(stretching.finish()))
    })?;
    let functions =
        ["secret_storage::SecretStorageKey::from_passphrase", "secret_storage::SecretStorageKey::derive"];
    operation("secret storage: key from a passphrase", &functions, || {
        drop(SecretStorageKey::derive(&parameters, &passphrase, 10)?);
        SecretStorageKey::from_passphrase(&parameters, &stretched).map(Box::new)
    })?;
    operation("secret storage: print, drop a stretched passphrase", &["StretchedPassphrase::fmt"], || {
        drop((format!("{stretched:?}"), stretched));
    });
    Ok(())
}

pub(super) fn secret_storage() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(73);
    let bytes = rng.bytes();
    let functions = [
        "secret_storage::SecretStorageKey::random",
        "secret_storage::SecretStorageKey::from_bytes",
        "secret_storage::SecretStorageKey::as_bytes",
    ];
    let (key, other) = operation("secret storage: keys in and out", &functions, || {
        let key = Box::new(SecretStorageKey::from_bytes(&bytes));
        black_box(Box::new(*key.as_bytes()));
        SecretStorageKey::random(&mut rng).map(|drawn| (key, Box::new(drawn)))
    })?;
    let functions = ["secret_storage::SecretStorageKey::to_recovery_key"];
    let text = operation("recovery key: write", &functions, || key.to_recovery_key());
    let functions = ["secret_storage::SecretStorageKey::from_recovery_key"];
    let again = operation("recovery key: read", &functions, || {
        SecretStorageKey::from_recovery_key(text.as_str()).map(Box::new)
    })?;
    let wrong = secret_text(&"EsTc ".repeat(12));
    operation("recovery key: refuse", &functions, || SecretStorageKey::from_recovery_key(&wrong).err())
        .ok_or("a recovery key without a parity passed")?;
    let same = operation("secret storage: compare keys", &[], || (key == again, key == other));
    let same = publish_value(same);

    let value = secret(PLAINTEXT);
    let mut rng = SecretRandom::public(72);
    let functions = ["secret_storage::SecretStorageKey::encrypt"];
    let stored = operation("secret storage: encrypt", &functions, || key.encrypt("name", &value, &mut rng))?;
    let stored = EncryptedSecret::new(
        stored.iv,
        publish(&stored.ciphertext)?,
        publish(&stored.mac)?.try_into().map_err(|_| "32 bytes")?,
    );
    let functions = ["secret_storage::SecretStorageKey::decrypt"];
    operation("secret storage: decrypt", &functions, || key.decrypt("name", &stored).map(drop))?;
    let refused =
        operation("secret storage: refuse, wrong MAC", &functions, || key.decrypt("other", &stored).err());
    refused.ok_or("a wrong MAC passed")?;
    let functions = ["secret_storage::SecretStorageKey::check", "secret_storage::KeyDescription::new"];
    let mut description = operation("secret storage: make a key check", &functions, || {
        key.check(&mut rng).map(drop)?;
        KeyDescription::new(&key, &mut rng)
    })?;
    let check = description.check.as_mut().ok_or("no key check")?;
    publish(&check.mac)?;
    let functions =
        ["secret_storage::SecretStorageKey::passes", "secret_storage::KeyDescription::may_describe"];
    let passes = operation("secret storage: check a key", &functions, || {
        (description.may_describe(&key), description.may_describe(&other))
    });
    let passes = publish_value(passes);
    operation("secret storage: print, drop a key", &[], || drop((format!("{key:?}"), key)));
    if (same, passes) == ((true, false), (true, false)) {
        Ok(())
    } else {
        Err("keys are not told apart".into())
    }
}

pub(super) fn signed_json() -> Result<(), Failure> {
    let pair = Ed25519KeyPair::random(&mut SecretRandom::new(74)).map(Box::new)?;
    let key = publish_signing_key(&pair.public())?;
    let mut object = JsonObject::from_json(r#"{"a":1,"b":{"c":"text"}}"#)?;
    let functions = ["signed_json::JsonObject::sign"];
    let signature = operation("signed JSON: sign", &functions, || object.sign("@a:b", "ed25519:A", &pair))?;
    publish(signature.as_bytes())?;
    let text = client::unreported(|| object.to_canonical_json());
    let object = JsonObject::from_json(&publish_text(&text)?)?;
    Ok(object.verify("@a:b", "ed25519:A", &key)?)
}
