use super::*;
use crate::{
    keys::{Curve25519PublicKey, Ed25519KeyPair},
    objects::session_data::{SessionDataError, tests::session_data},
    pk::{PkDecryption, PkDecryptionError, PkEncryption},
    signed_json::{JsonObject, JsonSignatureError},
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
    object.insert("public_key", Curve25519PublicKey::from_bytes([9; 32]).to_base64());
    assert_eq!(verify(&object), signature(JsonSignatureError::Invalid));
    for no_key in ["", "AAAA", "no base64!"] {
        object.insert("public_key", no_key);
        object.sign("@a:b", "DEVICE", &ours).unwrap();
        assert_eq!(verify(&object), Err(AuthDataError::PublicKey));
    }
}

#[test]
fn the_mac_of_an_entry_covers_all_but_signatures_and_unsigned() {
    let key = BackupMacKey::derive(backup().export_secret_key());
    assert_eq!(BackupMacKey::from_bytes(key.as_bytes()), key);
    let mut entry = JsonObject::from_json(r#"{"ciphertext":"c","ephemeral":"e","mac":"m"}"#).unwrap();
    assert_eq!(key.verify(&entry, "@a:b"), Err(BackupMacError::Missing));
    key.authenticate(&mut entry, "@a:b").unwrap();
    assert_eq!(key.verify(&entry, "@a:b"), Ok(()));
    assert_eq!(key.verify(&entry, "@other:b"), Err(BackupMacError::Missing));
    assert_eq!(BackupMacKey::derive(&[0; 32]).verify(&entry, "@a:b"), Err(BackupMacError::Invalid));
    entry.insert("unsigned", 1);
    assert_eq!(key.verify(&entry, "@a:b"), Ok(()));
    for field in ["ciphertext", "ephemeral", "mac", "more"] {
        let mut changed = entry.clone();
        changed.insert(field, "changed");
        assert_eq!(key.verify(&changed, "@a:b"), Err(BackupMacError::Invalid));
    }
    let mut malformed = JsonObject::from_json(r#"{"signatures":7}"#).unwrap();
    assert!(key.authenticate(&mut malformed, "@a:b").is_err());
}
