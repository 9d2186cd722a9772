//! Key backups, and the encryption of their entries.

use std::hint::black_box;

use cliquet::megolm::{InboundGroupSession, SessionConfig};
use cliquet::objects::key_backup::{AuthData, BackupMacKey, auth_data};
use cliquet::objects::session_data::SessionData;
use cliquet::pk::{PkDecryption, PkEncryption, PkMessage};

use super::olm::{PLAINTEXT, expect};
use super::{Failure, megolm};
use crate::client;
use crate::harness::{discard, operation};
use crate::secrets::{SecretRandom, publish, publish_again, publish_key, secret};

pub(super) fn encryption() -> Result<(), Failure> {
    let backup = keys()?;
    let mut rng = SecretRandom::new(61);
    let encryption = PkEncryption::new(backup.public_key());
    let plaintext = secret(PLAINTEXT);
    let functions = ["pk::PkEncryption::encrypt"];
    let message =
        operation("pk: encrypt", &functions, || encryption.encrypt(&plaintext, &mut rng).map(Box::new))?;
    let message = published(&message)?;
    let functions = ["pk::PkDecryption::decrypt"];
    let opened = operation("pk: decrypt", &functions, || backup.decrypt(&message))?;
    expect(opened)?;
    refused(&backup, &message)
}

/// What leaves: all of it is public.
fn published(message: &PkMessage) -> Result<PkMessage, Failure> {
    publish(&message.ciphertext)?;
    publish_again(&message.mac);
    publish_again(message.ephemeral_key.as_bytes());
    let text = (message.ciphertext_base64(), message.mac_base64(), message.ephemeral_key.to_base64());
    Ok(PkMessage::from_base64(&text.0, &text.1, &text.2)?)
}

fn keys() -> Result<Box<PkDecryption>, Failure> {
    let mut rng = SecretRandom::new(60);
    let backup = operation("pk: draw a key", &["pk::PkDecryption::new"], || {
        PkDecryption::new(&mut rng).map(Box::new)
    })?;
    publish_key(backup.public_key())?;
    let functions = [
        "pk::PkDecryption::export_base64_secret_key",
        "pk::PkDecryption::export_secret_key",
        "pk::PkDecryption::public_key",
    ];
    let text = operation("pk: export a key", &functions, || {
        black_box((backup.export_secret_key(), backup.public_key()));
        backup.export_base64_secret_key()
    });
    let functions = ["pk::PkDecryption::from_base64_secret_key"];
    let again = operation("pk: import a key as base64", &functions, || {
        PkDecryption::from_base64_secret_key(text.as_str()).map(Box::new)
    })?;
    publish(again.public_key().as_bytes())?;
    let bytes = rng.bytes();
    let again = operation("pk: import a key", &["pk::PkDecryption::from_secret_key"], || {
        Box::new(PkDecryption::from_secret_key(&bytes))
    });
    publish_key(again.public_key())?;
    let functions = ["pk::PkDecryption::to_recovery_key"];
    let text = operation("recovery key: write that of a backup", &functions, || again.to_recovery_key());
    let functions = ["pk::PkDecryption::from_recovery_key"];
    let again = operation("recovery key: read that of a backup", &functions, || {
        PkDecryption::from_recovery_key(text.as_str()).map(Box::new)
    })?;
    publish(again.public_key().as_bytes())?;
    operation("pk: print, drop a key", &[], || drop((format!("{again:?}"), again)));
    Ok(backup)
}

/// Of one text the MAC is wrong, of the next the padding, and of the last the padding is longer than a block.
fn refused(backup: &PkDecryption, message: &PkMessage) -> Result<(), Failure> {
    let functions = ["pk::PkDecryption::decrypt"];
    let mut wrong = message.clone();
    let [first, ..] = &mut wrong.mac;
    *first ^= 1;
    operation("pk: refuse, wrong MAC", &functions, || backup.decrypt(&wrong).err())
        .ok_or("a wrong MAC passed")?;
    for (name, position, change) in [("last", 17, 0x31), ("first", 20, 1)] {
        let mut wrong = message.clone();
        let place = wrong.ciphertext.len().checked_sub(position).ok_or("too short")?;
        wrong.ciphertext.get_mut(place).into_iter().for_each(|byte| *byte ^= change);
        let name = format!("pk: refuse, wrong padding, {name} byte");
        operation(&name, &functions, || backup.decrypt(&wrong).err()).ok_or("a wrong padding passed")?;
    }
    Ok(())
}

/// Data of a session whose ratchet is secret, and nothing else.
pub(super) fn session_data() -> Result<Box<SessionData>, Failure> {
    let sender = megolm::outbound(SessionConfig::default())?;
    let key = megolm::session_key(&sender)?;
    let session = InboundGroupSession::new(&key, SessionConfig::default());
    let sender_key = PkDecryption::from_secret_key(&[1; 32]).public_key();
    let functions = ["objects::session_data::SessionData::new"];
    Ok(operation("session data: make", &functions, || Box::new(SessionData::new(&session, sender_key, None))))
}

/// Of this JSON all but the ratchet is public, so that every step of the reader is seen.
pub(super) fn session_data_as_json() -> Result<(), Failure> {
    let data = session_data()?;
    let functions = ["objects::session_data::SessionData::to_json"];
    let json = operation("session data: to JSON", &functions, || data.to_json());
    let name = br#""session_key":""#;
    let place = client::unreported(|| json.as_bytes().windows(name.len()).position(|window| window == name));
    let text =
        place.and_then(|place| json.as_bytes().get(place.saturating_add(name.len())..)).ok_or("no key")?;
    megolm::publish_text_around_ratchet(text)?;
    let functions =
        ["objects::session_data::SessionData::from_json", "objects::session_data::SessionData::session_id"];
    operation("session data: from JSON", &functions, || {
        SessionData::from_json(json.as_bytes())
            .map(|data| black_box((data.session_id(), Box::new(data))))
            .map(drop)
    })?;
    let functions = ["objects::session_data::SessionData::import"];
    operation("session data: import", &functions, || drop(data.import(SessionConfig::default())));
    operation("session data: print", &[], || format!("{data:?}"));
    Ok(())
}

pub(super) fn entries() -> Result<(), Failure> {
    let (data, mut rng) = (session_data()?, SecretRandom::new(62));
    let backup = PkDecryption::new(&mut rng).map(Box::new)?;
    let encryption = PkEncryption::new(publish_key(backup.public_key())?);
    let functions = ["pk::PkEncryption::encrypt_session_data"];
    let entry = operation("key backup: encrypt an entry", &functions, || {
        encryption.encrypt_session_data(&data, &mut rng).map(Box::new)
    })?;
    let entry = published(&entry)?;
    let id = data.session_id();
    let functions = ["pk::PkDecryption::decrypt_session_data"];
    let opened = operation("key backup: decrypt an entry", &functions, || {
        backup.decrypt_session_data(&entry, &id).map(Box::new)
    });
    discard(opened?);

    let functions = ["objects::key_backup::AuthData::verify_with_secret_key"];
    let object = auth_data(backup.public_key());
    operation("key backup: check its public key", &functions, || {
        AuthData::verify_with_secret_key(&object, &backup).map(drop)
    })?;
    let secret_key = Box::new(*backup.export_secret_key());
    let functions = [
        "objects::key_backup::BackupMacKey::derive",
        "objects::key_backup::BackupMacKey::from_bytes",
        "objects::key_backup::BackupMacKey::as_bytes",
    ];
    let (key, other) = operation("key backup: derive the MAC key", &functions, || {
        let key = Box::new(BackupMacKey::derive(&secret_key));
        black_box(Box::new(BackupMacKey::from_bytes(key.as_bytes())));
        (key, Box::new(BackupMacKey::from_bytes(&secret_key)))
    });
    let functions = ["objects::key_backup::BackupMacKey::authenticate"];
    let authentic = operation("key backup: make a MAC", &functions, || key.authenticate(&entry, "@a:b"));
    let text = client::unreported(|| authentic.to_canonical_json());
    let text = String::from_utf8(publish(text.as_bytes())?)?;
    let authentic = cliquet::signed_json::JsonObject::from_json(&text)?;
    let functions = ["objects::key_backup::BackupMacKey::verify"];
    operation("key backup: check a MAC", &functions, || key.verify(&authentic, "@a:b").map(drop))?;
    let refused =
        operation("key backup: refuse a MAC", &functions, || other.verify(&authentic, "@a:b").err());
    refused.ok_or("a MAC under another key passed")?;
    operation("key backup: compare, print, drop MAC keys", &[], || {
        drop((black_box(key == other), format!("{key:?}"), key, other));
    });
    Ok(())
}
