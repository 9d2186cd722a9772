use super::*;
use crate::{
    keys::{Curve25519PublicKey, Ed25519KeyPair},
    objects::session_data::{SessionDataError, tests::session_data},
    pk::{PkDecryption, PkDecryptionError, PkEncryption},
    signed_json::{JsonObject, JsonSignatureError, JsonValue},
    testing::{counting, seeded},
};

fn backup() -> PkDecryption {
    PkDecryption::from_secret_key(&counting(7, 32).try_into().unwrap())
}

#[test]
fn an_entry_comes_back_under_its_own_session_id_alone() {
    let (data, other) = (session_data(1), session_data(2));
    let entry = PkEncryption::new(backup().public_key()).encrypt_session_data(&data, &mut seeded(1)).unwrap();
    assert_eq!(
        backup().decrypt_session_data(&entry, &other.session_id()),
        Err(SessionDataError::MismatchedSessionId.into())
    );
    let mut changed = entry.clone();
    changed.mac[0] ^= 1;
    let refused = backup().decrypt_session_data(&changed, &data.session_id());
    assert_eq!(refused, Err(KeyBackupError::Decryption(PkDecryptionError::Failed)));
    assert_eq!(backup().decrypt_session_data(&entry, &data.session_id()), Ok(data));
}

#[test]
fn an_entry_with_another_content_is_refused() {
    let id = session_data(1).session_id();
    for content in [b"[]".as_slice(), b"{}", b"", b"no JSON", b"\xff"] {
        let entry = PkEncryption::new(backup().public_key()).encrypt(content, &mut seeded(1)).unwrap();
        let refused = backup().decrypt_session_data(&entry, &id).unwrap_err();
        assert!(matches!(refused, KeyBackupError::SessionData(_)), "{refused:?}");
    }
}

#[test]
fn an_entry_that_escapes_a_solidus_is_read() {
    let data = session_data(1);
    let json = data.to_json();
    let escaped = str::from_utf8(json.as_bytes()).unwrap().replace('/', r"\/");
    assert_ne!(escaped.as_bytes(), json.as_bytes(), "there is something to escape");
    let entry = PkEncryption::new(backup().public_key()).encrypt(escaped.as_bytes(), &mut seeded(1)).unwrap();
    assert_eq!(backup().decrypt_session_data(&entry, &data.session_id()), Ok(data));
}

#[test]
fn auth_data_are_trusted_for_a_signature_alone() {
    let (ours, theirs) =
        (Ed25519KeyPair::random(&mut seeded(1)).unwrap(), Ed25519KeyPair::random(&mut seeded(2)).unwrap());
    let mut object = auth_data(backup().public_key());
    let verify = |object: &JsonObject| AuthData::verify(object, "@a:b", "DEVICE", &ours.public());
    let signature = |error| Err(AuthDataError::Signature(error));
    assert_eq!(verify(&object), signature(JsonSignatureError::Missing));
    object.sign("@a:b", "DEVICE", &theirs).unwrap();
    assert_eq!(verify(&object), signature(JsonSignatureError::Invalid));
    object.sign("@a:b", "DEVICE", &ours).unwrap();
    assert_eq!(verify(&object).unwrap().public_key(), backup().public_key());
    object.insert("public_key", Curve25519PublicKey::from_bytes([9; 32]).to_base64().into());
    assert_eq!(verify(&object), signature(JsonSignatureError::Invalid));
    for no_key in ["", "AAAA", "no base64!"] {
        object.insert("public_key", no_key.into());
        object.sign("@a:b", "DEVICE", &ours).unwrap();
        assert_eq!(verify(&object), Err(AuthDataError::PublicKey));
    }
}

#[test]
fn the_mac_of_an_entry_covers_all_but_signatures_and_unsigned() {
    let key = BackupMacKey::derive(backup().export_secret_key());
    assert_eq!(BackupMacKey::from_bytes(key.as_bytes()), key);
    let data = session_data(1);
    let entry = PkEncryption::new(backup().public_key()).encrypt_session_data(&data, &mut seeded(1)).unwrap();
    let mut object = key.authenticate(&entry, "@a:b");
    assert_eq!(key.verify(&object, "@a:b"), Ok(entry));
    assert_eq!(key.verify(&object, "@other:b"), Err(BackupMacError::Missing));
    assert_eq!(BackupMacKey::derive(&[0; 32]).verify(&object, "@a:b"), Err(BackupMacError::Invalid));
    object.insert("unsigned", JsonValue::Null);
    assert!(key.verify(&object, "@a:b").is_ok());
    for field in ["ciphertext", "ephemeral", "mac", "more"] {
        let mut changed = object.clone();
        changed.insert(field, "AAAA".into());
        assert_eq!(key.verify(&changed, "@a:b"), Err(BackupMacError::Invalid));
    }
    object.remove("signatures");
    assert_eq!(key.verify(&object, "@a:b"), Err(BackupMacError::Missing));
}

#[test]
fn what_the_writer_does_not_vouch_for_says_so() {
    let mut data = session_data(1);
    data.unauthenticated = Some("m.forwarded_room_key".into());
    let entry = PkEncryption::new(backup().public_key()).encrypt_session_data(&data, &mut seeded(1)).unwrap();
    assert_eq!(backup().decrypt_session_data(&entry, &data.session_id()), Ok(data));
}

#[test]
fn whoever_has_the_secret_key_needs_no_signature() {
    let object = auth_data(backup().public_key());
    let verified = AuthData::verify_with_secret_key(&object, &backup()).unwrap();
    assert_eq!(verified.public_key(), backup().public_key());
    let other = PkDecryption::from_secret_key(&[1; 32]);
    let refused = AuthData::verify_with_secret_key(&object, &other);
    assert_eq!(refused, Err(AuthDataError::MismatchedSecretKey));
    let refused = AuthData::verify_with_secret_key(&JsonObject::default(), &other);
    assert_eq!(refused, Err(AuthDataError::PublicKey));
}

#[cfg(feature = "secret-storage")]
#[test]
fn a_recovery_key_is_the_secret_key() {
    let text = backup().to_recovery_key();
    let read = PkDecryption::from_recovery_key(text.as_str()).unwrap();
    assert_eq!(read.export_secret_key(), backup().export_secret_key());
    assert!(PkDecryption::from_recovery_key("").is_err());
}
