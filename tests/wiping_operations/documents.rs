//! Attachments, key exports, entries of backups, secret storage.

use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding};
use cliquet::{
    attachment::{AttachmentEncryptor, EncryptedFile, UnverifiedDecryptor, encrypt_in_place},
    megolm::{InboundGroupSession, OutboundGroupSession, SessionConfig},
    objects::{
        key_backup::BackupMacKey,
        key_export::{EncryptedKeyExport, NewKeyExport},
        session_data::{ExportedSession, SessionData},
    },
    pk::{PkDecryption, PkEncryption},
    secret_storage::{PassphraseParameters, SecretStorageKey},
};

use crate::{derived, draws::Draws, known::Known, megolm, olm::cipher_keys, watch::Watch};

const PASSPHRASE: &str = "correct horse battery staple";
const ROUNDS: u32 = NewKeyExport::MIN_ROUNDS;

/// A passphrase, and what is made of it in the first and the last round.
fn stretched(known: &mut Known, salt: &[u8], rounds: u32) -> [u8; 64] {
    known.hmac_sha512_key("passphrase", PASSPHRASE.as_bytes());
    known.bytes(
        "first PBKDF2 round",
        &derived::hmac_sha512(PASSPHRASE.as_bytes(), &[salt, &[0, 0, 0, 1]].concat()),
    );
    derived::pbkdf2(PASSPHRASE, salt, rounds)
}

fn session() -> InboundGroupSession {
    let config = SessionConfig::default();
    let sender = OutboundGroupSession::new(config, &mut Draws::new("megolm")).unwrap();
    InboundGroupSession::new(&sender.session_key(), config)
}

fn session_data() -> SessionData {
    SessionData::new(&session(), PkDecryption::from_secret_key(&[1; 32]).public_key(), None)
}

#[test]
fn attachments() {
    let (rng, mut known) = (|| Draws::new("attachment"), Known::default());
    let key = *rng().block(0);
    known.bytes("AES key", &key);
    known.bytes("AES key as text", Base64UrlUnpadded::encode_string(&key).as_bytes());
    known.bytes("plaintext", rng().blocks(8, 4));
    let mut draws = [rng(), rng()];
    let mut file = rng().blocks(8, 4).to_vec();
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let info = watch.run("encrypt in place", || encrypt_in_place(&mut file, &mut draws[0])).unwrap();
    let mut encryptor = watch.run("encryptor", || AttachmentEncryptor::new(&mut draws[1])).unwrap();
    watch.run("encrypt a piece", || encryptor.encrypt(&mut [0; 100]));
    watch.run("finish", || drop(encryptor.finish()));
    let mut opened = watch.run("decrypt", || info.decrypt(&file)).unwrap();
    assert_eq!(opened, rng().blocks(8, 4));
    zeroize::Zeroize::zeroize(&mut opened);
    watch.fails("fail to decrypt", || info.decrypt(&file[1..]));
    let mut decryptor = watch.run("decryptor", || UnverifiedDecryptor::new(&info));
    watch.run("decrypt a piece", || decryptor.decrypt_unverified(&mut file)).unwrap();
    watch.run("verify", || decryptor.verify()).unwrap();
    let file = EncryptedFile::new("mxc://example.org/abc", info);
    let json = watch.run("to JSON", || file.to_json());
    watch.succeeds("from JSON", || serde_json::from_slice::<EncryptedFile>(json.as_bytes()));
    watch.run("drop", || drop((file, json)));
    watch.finish();
}

#[test]
fn key_exports() {
    let mut known = megolm::known(&Draws::new("megolm"), &[]);
    // Its halves are the two keys.
    let key = stretched(&mut known, &Draws::new("salt").block(0)[..16], ROUNDS);
    known.bytes("AES key", &key[..32]);
    known.hmac_key("MAC key", key.last_chunk().unwrap());
    let data = session_data();
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let export = watch.run("new", || NewKeyExport::new(ROUNDS, &mut Draws::new("salt"))).unwrap();
    let mut stretching = watch.run("begin to stretch", || export.stretch(PASSPHRASE));
    watch.run("stretch", || stretching.advance(10));
    let stretched = watch.run("finish to stretch", || stretching.finish());
    let sessions = watch.run("exported session", || vec![ExportedSession::new("!room", data)]);
    let sealed = watch.run("seal", || export.seal(&sessions, &stretched)).unwrap();
    let text = sealed.to_text();
    let read = EncryptedKeyExport::from_text(&text).unwrap();
    watch.succeeds("open", || read.open(&stretched));
    let mut damaged = text.clone().into_bytes();
    let place = damaged.len() - 60;
    damaged[place] = if damaged[place] == b'A' { b'B' } else { b'A' };
    let damaged = EncryptedKeyExport::from_text(str::from_utf8(&damaged).unwrap()).unwrap();
    watch.fails("fail to open", || damaged.open(&stretched));
    watch.run("drop", || drop((sessions, stretched)));
    watch.finish();
}

#[test]
fn entries_of_backups() {
    let mut known = megolm::known(&Draws::new("megolm"), &[]);
    let rng = || Draws::new("backup");
    let (backup_key, ephemeral) = (*rng().block(1), *rng().block(0));
    known.scalar("Curve25519 secret key", &backup_key);
    known.scalar("Curve25519 secret key", &ephemeral);
    let agreed = derived::x25519(&ephemeral, &derived::public_key(&backup_key));
    known.agreed("DH output", &agreed);
    let _ = cipher_keys(&mut known, &[], &agreed, &[]);
    known.hmac_key("pseudorandom key", &derived::hmac(&[], &backup_key));
    let [mac_key] = derived::hkdf(&[], &backup_key, b"MATRIX_BACKUP_MAC_KEY");
    known.hmac_key("backup MAC key", &mac_key);
    let (data, backup) = (session_data(), PkDecryption::from_secret_key(&backup_key));
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let (encryption, mut draws) = (PkEncryption::new(backup.public_key()), rng());
    let entry = watch.run("encrypt", || encryption.encrypt_session_data(&data, &mut draws)).unwrap();
    watch.succeeds("decrypt", || backup.decrypt_session_data(&entry, &data.session_id()));
    let json = watch.run("session data to JSON", || data.to_json());
    watch.succeeds("session data from JSON", || SessionData::from_json(json.as_bytes()));
    watch.run("import", || drop(data.import(SessionConfig::default())));
    let key = watch.run("derive MAC key", || BackupMacKey::derive(backup.export_secret_key()));
    assert_eq!(key.as_bytes(), &mac_key);
    let authentic = watch.run("authenticate", || key.authenticate(&entry, "@a:b"));
    watch.succeeds("verify", || key.verify(&authentic, "@a:b"));
    watch.run("drop", || drop((data, backup, key, json)));
    watch.finish();
}

#[test]
fn secret_storage() {
    secret_storage_leaves();
}

/// After which operations which secrets stay on the stack.
pub(crate) fn secret_storage_leaves() -> Vec<(&'static str, &'static str)> {
    let (rng, mut known) = (|| Draws::new("storage"), Known::default());
    let key = *rng().block(0);
    known.hmac_key("storage key", &key);
    known.bytes("stored secret", rng().block(8));
    for name in ["name", "other", ""] {
        known.hmac_key("pseudorandom key", &derived::hmac(&[], &key));
        let [aes_key, mac_key] = derived::hkdf(&[], &key, name.as_bytes());
        known.bytes("AES key", &aes_key);
        known.hmac_key("MAC key", &mac_key);
    }
    known.bytes(
        "recovery key",
        SecretStorageKey::from_bytes(&key).to_recovery_key().as_str().replace(' ', "").as_bytes(),
    );
    known.bytes("storage key as text", Base64Unpadded::encode_string(&key).as_bytes());
    let stretched = stretched(&mut known, b"salt", 3);
    known.bytes("PBKDF2 key", &stretched);
    let mut draws = rng();
    let secret = rng().block(8).to_vec();
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let key = watch.run("new", || SecretStorageKey::random(&mut draws)).unwrap();
    let stored = watch.run("encrypt", || key.encrypt("name", &secret, &mut Draws::new("iv"))).unwrap();
    let opened = watch.run("decrypt", || key.decrypt("name", &stored)).unwrap();
    assert_eq!(opened.as_bytes(), secret);
    watch.fails("fail to decrypt", || key.decrypt("other", &stored));
    let check = watch.run("check", || key.check(&mut Draws::new("iv"))).unwrap();
    assert!(watch.run("pass a check", || key.passes(&check)));
    let text = watch.run("to recovery key", || key.to_recovery_key());
    let read = watch.run("from recovery key", || SecretStorageKey::from_recovery_key(text.as_str())).unwrap();
    let parameters = PassphraseParameters::new("salt", 3).unwrap();
    let stretched = watch.run("stretch", || parameters.stretch(PASSPHRASE, 3).unwrap().finish());
    let other =
        watch.run("from passphrase", || SecretStorageKey::from_passphrase(&parameters, &stretched)).unwrap();
    watch.run("drop", || drop((key, opened, text, read, stretched, other)));
    watch.finish()
}
