//! Attachments, key exports, key backups, secret storage: neither the drawn keys nor what is derived from them stays, nor the text of a session key.

use std::io::{Cursor, Read};

use cliquet::{
    attachment::{
        AttachmentEncryptor, AttachmentReader, EncryptedFile, UnverifiedDecryptor, encrypt_in_place,
    },
    megolm::{InboundGroupSession, OutboundGroupSession, SessionConfig},
    objects::{
        key_backup::BackupMacKey,
        key_export::{EncryptedKeyExport, NewKeyExport},
        session_data::{ExportedSession, SessionData},
    },
    pk::{PkDecryption, PkEncryption},
    secret_storage::{PassphraseParameters, SecretStorageKey},
};
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{
    SecretRandom,
    derived::{self, Key},
    leaks, parts, secret,
};

const ROUNDS: u32 = NewKeyExport::MIN_ROUNDS;
const PASSPHRASE: &str = "correct horse battery staple";
const STORAGE_SALT: &[u8] = b"salt";
const STORAGE_ROUNDS: u32 = 3;

fn drawn() -> Key {
    *secret().first_chunk().unwrap()
}

/// Salts and IVs are public: they come from another generator.
fn public_random() -> StdRng {
    StdRng::seed_from_u64(1)
}

fn export_salt() -> [u8; 16] {
    let mut salt = [0; 16];
    public_random().fill_bytes(&mut salt);
    salt
}

fn recovery_key() -> [u8; 59] {
    SecretStorageKey::from_bytes(&drawn()).to_recovery_key().as_str().as_bytes().try_into().unwrap()
}

/// Whatever is searched for beside the drawn secret and the text of a session key.
pub(super) fn parts_of_documents() -> Vec<[u8; 16]> {
    let [storage_aes, storage_mac] = derived::hkdf(&[], &drawn(), b"name");
    let [backup_mac] = derived::hkdf(&[], &drawn(), b"MATRIX_BACKUP_MAC_KEY");
    let keys = [storage_aes, storage_mac, backup_mac];
    let (export, storage) = (
        derived::pbkdf2(PASSPHRASE, &export_salt(), ROUNDS),
        derived::pbkdf2(PASSPHRASE, STORAGE_SALT, STORAGE_ROUNDS),
    );
    let file = EncryptedFile::new("", encrypt_in_place(&mut [], &mut SecretRandom(0)).unwrap());
    let json = serde_json::to_value(file).unwrap();
    let attachment_text = json["key"]["k"].as_str().unwrap().as_bytes();
    let recovery_key = recovery_key();
    let texts = [attachment_text, &recovery_key[..20], &recovery_key[20..40], PASSPHRASE.as_bytes()];
    let texts = texts.map(|text| *text.first_chunk().unwrap());
    [keys.as_flattened().as_chunks().0, export.as_chunks().0, storage.as_chunks().0, &texts].concat()
}

fn session_data() -> SessionData {
    let sender = OutboundGroupSession::new(SessionConfig::default(), &mut SecretRandom(0)).unwrap();
    let session = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    SessionData::new(&session, PkDecryption::from_secret_key(&[1; 32]).public_key(), None)
}

#[test]
fn what_is_searched_for_is_what_the_library_makes() {
    let mut made = Vec::new();
    // What is computed a second time is not wiped, and other tests look for it.
    leaks(|| {
        let parameters =
            PassphraseParameters::new(str::from_utf8(STORAGE_SALT).unwrap(), STORAGE_ROUNDS).unwrap();
        let stretched = parameters.stretch(PASSPHRASE, STORAGE_ROUNDS).unwrap().finish();
        let key = SecretStorageKey::from_passphrase(&parameters, &stretched).unwrap();
        made = parts_of_documents();
        assert!(made.contains(key.as_bytes().first_chunk().unwrap()));
        assert!(made.contains(BackupMacKey::derive(&drawn()).as_bytes().first_chunk().unwrap()));
    });
    for part in &made {
        assert!(parts().contains(part));
        assert_eq!(leaks(|| drop(part.to_vec())), 1);
    }
    leaks(|| drop(made));
}

#[test]
fn attachments_leave_no_key_behind() {
    let (mut json, mut unknown) = (String::new(), String::new());
    // The text is the caller's to wipe.
    leaks(|| {
        let info = encrypt_in_place(&mut [7; 100], &mut SecretRandom(0)).unwrap();
        json = serde_json::to_string(&EncryptedFile::new("mxc://example.org/abc", info)).unwrap();
        unknown = json.replace("v2", "v3");
    });
    assert_eq!(
        leaks(|| {
            let mut ciphertext = vec![7; 100];
            let info = encrypt_in_place(&mut ciphertext, &mut SecretRandom(0)).unwrap();
            info.decrypt(&ciphertext).unwrap();
            info.decrypt(&ciphertext[1..]).unwrap_err();
            UnverifiedDecryptor::new(&info).decrypt_unverified(&mut ciphertext.clone()).unwrap();
            let mut reader = AttachmentReader::new(Cursor::new(ciphertext), &info).unwrap();
            reader.read_to_end(&mut Vec::new()).unwrap();
            let read: EncryptedFile = serde_json::from_str(&json).unwrap();
            assert_eq!(read.info, info);
            drop(read.to_json());
            serde_json::from_str::<EncryptedFile>(&unknown).unwrap_err();
            drop(AttachmentEncryptor::new(&mut SecretRandom(0)).unwrap());
            drop((reader, read, info));
        }),
        0
    );
    leaks(|| drop((json, unknown)));
}

#[test]
fn key_exports_leave_no_key_and_no_session_behind() {
    // The passphrase is the caller's; what is made of it is ours.
    assert_eq!(
        leaks(|| {
            let sessions: Vec<_> = (0..5).map(|_| ExportedSession::new("!room", session_data())).collect();
            let export = NewKeyExport::new(ROUNDS, &mut public_random()).unwrap();
            let mut stretching = export.stretch(PASSPHRASE);
            stretching.advance(10);
            let stretched = stretching.finish();
            let text = export.seal(&sessions, &stretched).unwrap().to_text();
            let encrypted = EncryptedKeyExport::from_text(&text).unwrap();
            assert_eq!(encrypted.open(&stretched).unwrap().sessions, sessions);
            drop(encrypted.stretch(PASSPHRASE, ROUNDS).unwrap());
        }),
        0
    );
}

#[test]
fn entries_of_backups_leave_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let (data, backup) = (session_data(), PkDecryption::from_secret_key(&drawn()));
            let encryption = PkEncryption::new(backup.public_key());
            let entry = encryption.encrypt_session_data(&data, &mut public_random()).unwrap();
            assert_eq!(backup.decrypt_session_data(&entry, &data.session_id()).unwrap(), data);
            let other = cliquet::SessionId::from_bytes([0; 32]);
            backup.decrypt_session_data(&entry, &other).unwrap_err();
            // Another client may escape a solidus.
            let escaped = [br#"{"a":"\/","#, &data.to_json().as_bytes()[1..]].concat();
            let entry = encryption.encrypt(&escaped, &mut public_random()).unwrap();
            assert_eq!(backup.decrypt_session_data(&entry, &data.session_id()).unwrap(), data);
            wipe(escaped);
            let mac_key = BackupMacKey::derive(backup.export_secret_key());
            mac_key.verify(&mac_key.authenticate(&entry, "@a:b"), "@a:b").unwrap();
        }),
        0
    );
}

#[test]
fn secret_storage_leaves_nothing_behind() {
    assert_eq!(
        leaks(|| {
            let text = recovery_key();
            let rng = &mut public_random();
            let key = SecretStorageKey::random(&mut SecretRandom(0)).unwrap();
            let stored = key.encrypt("name", &secret(), rng).unwrap();
            assert_eq!(key.decrypt("name", &stored).unwrap().as_bytes(), secret());
            key.decrypt("another", &stored).unwrap_err();
            assert!(key.passes(&key.check(rng).unwrap()));
            drop(key.to_recovery_key());
            let read = SecretStorageKey::from_recovery_key(str::from_utf8(&text).unwrap()).unwrap();
            assert_eq!(read, key);
            let salt = str::from_utf8(STORAGE_SALT).unwrap();
            let parameters = PassphraseParameters::new(salt, STORAGE_ROUNDS).unwrap();
            let stretched = parameters.stretch(PASSPHRASE, STORAGE_ROUNDS).unwrap().finish();
            drop(SecretStorageKey::from_passphrase(&parameters, &stretched).unwrap());
        }),
        0
    );
}

fn wipe(mut bytes: Vec<u8>) {
    bytes.fill(0);
    std::hint::black_box(&mut bytes);
}
