use alloc::{format, string::String};

use super::*;
use crate::testing::{FixedRandom, counting, seeded};

fn key() -> SecretStorageKey {
    SecretStorageKey::from_bytes(&counting(0, 32).try_into().unwrap())
}

#[test]
fn every_length_comes_back() {
    let rng = &mut seeded(1);
    for length in [0, 1, 15, 16, 17, 43, 1000] {
        let secret = counting(1, length);
        let stored = key().encrypt("name", &secret, rng).unwrap();
        assert_eq!(stored.ciphertext.len(), length);
        assert_eq!(key().decrypt("name", &stored).unwrap().as_bytes(), secret);
    }
}

#[test]
fn another_key_another_name_or_a_changed_bit_is_refused() {
    let stored = key().encrypt("name", b"a secret", &mut seeded(1)).unwrap();
    SecretStorageKey::from_bytes(&[0; 32]).decrypt("name", &stored).unwrap_err();
    for name in ["", "Name", "name ", "nam"] {
        key().decrypt(name, &stored).unwrap_err();
    }
    for bit in 0..64 {
        let mut changed = stored.clone();
        changed.ciphertext[bit / 8] ^= 1 << (bit % 8);
        key().decrypt("name", &changed).unwrap_err();
    }
    for bit in 0..256 {
        let mut changed = stored.clone();
        changed.mac[bit / 8] ^= 1 << (bit % 8);
        key().decrypt("name", &changed).unwrap_err();
    }
}

#[test]
fn a_changed_iv_gives_another_secret_as_the_specification_has_it() {
    let mut stored = key().encrypt("name", b"a secret", &mut seeded(1)).unwrap();
    stored.iv[15] ^= 1;
    assert_ne!(key().decrypt("name", &stored).unwrap().as_bytes(), b"a secret");
}

#[test]
fn bit_63_of_an_iv_is_clear() {
    let rng = || FixedRandom::new([0xff; 16].into());
    let expected = [255, 255, 255, 255, 255, 255, 255, 255, 127, 255, 255, 255, 255, 255, 255, 255];
    assert_eq!(key().encrypt("name", b"", &mut rng()).unwrap().iv, expected);
    assert_eq!(key().check(&mut rng()).unwrap().iv, expected);
}

#[test]
fn a_failing_generator_is_reported() {
    key().encrypt("name", b"a secret", &mut FixedRandom::new([0; 15].into())).unwrap_err();
    key().check(&mut FixedRandom::new([0; 15].into())).unwrap_err();
    SecretStorageKey::random(&mut FixedRandom::new([0; 31].into())).unwrap_err();
    PassphraseParameters::random(&mut FixedRandom::new([0; 23].into())).unwrap_err();
}

#[test]
fn a_check_knows_its_key_and_no_other() {
    let check = key().check(&mut seeded(1)).unwrap();
    assert!(key().passes(&check));
    assert!(!SecretStorageKey::from_bytes(&[0; 32]).passes(&check));
    for bit in 0..256 {
        let mut changed = check;
        changed.mac[bit / 8] ^= 1 << (bit % 8);
        assert!(!key().passes(&changed));
    }
}

#[test]
fn a_description_without_a_check_fits_every_key() {
    let mut description = KeyDescription::new(&key(), &mut seeded(1)).unwrap();
    let other = SecretStorageKey::from_bytes(&[0; 32]);
    assert!(description.may_describe(&key()) && !description.may_describe(&other));
    description.check = None;
    assert!(description.may_describe(&other));
}

#[test]
fn a_passphrase_gives_the_key_of_its_own_parameters_alone() {
    let first = PassphraseParameters::new("salt", 10).unwrap();
    let (other_salt, other_rounds) =
        (PassphraseParameters::new("Salt", 10).unwrap(), PassphraseParameters::new("salt", 11).unwrap());
    let stretched = first.stretch("passphrase", 10).unwrap().finish();
    let key = SecretStorageKey::from_passphrase(&first, &stretched).unwrap();
    assert_eq!(SecretStorageKey::derive(&first, "passphrase", 10).as_ref(), Ok(&key));
    for other in [&other_salt, &other_rounds] {
        let refused = SecretStorageKey::from_passphrase(other, &stretched);
        assert_eq!(refused.unwrap_err(), PassphraseError::OtherParameters);
        let stretched = other.stretch("passphrase", 11).unwrap().finish();
        assert_ne!(SecretStorageKey::from_passphrase(other, &stretched).unwrap(), key);
    }
}

#[test]
fn hostile_rounds_are_refused_before_the_first() {
    let parameters = PassphraseParameters::new("salt", u32::MAX).unwrap();
    let refused = parameters.stretch("passphrase", u32::MAX - 1).unwrap_err();
    assert_eq!(refused, PassphraseError::TooManyRounds { rounds: u32::MAX, limit: u32::MAX - 1 });
    assert_eq!(PassphraseParameters::new("salt", 0).unwrap_err(), PassphraseError::NoRounds);
}

#[test]
fn new_parameters_have_a_salt_of_their_own() {
    let parameters = PassphraseParameters::random(&mut FixedRandom::new(counting(0, 24))).unwrap();
    assert_eq!(parameters.salt(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX");
    assert_eq!(parameters.rounds(), 500_000);
}

#[test]
fn recovery_key_errors_say_what_is_wrong() {
    let text = "EsSz ykH7 LCZx 7Cae cmKD wcmY JRXi Ybtu 8iQ3 t8Ez nRwK pUY1";
    assert_eq!(key().to_recovery_key().as_str(), text);
    let read = |text: &str| SecretStorageKey::from_recovery_key(text).map(|read| assert_eq!(read, key()));
    assert_eq!(read(text), Ok(()));
    assert_eq!(read(&text.replace(' ', "\n\u{a0}")), Ok(()));
    assert_eq!(read(&text[1..]), Err(RecoveryKeyError::Length { actual: 47 }));
    assert_eq!(read(&format!("{text}1")), Err(RecoveryKeyError::Length { actual: 49 }));
    assert_eq!(read(""), Err(RecoveryKeyError::Length { actual: 0 }));
    for bad in ["0", "O", "I", "l", "-", "é", "\u{1f512}"] {
        assert_eq!(read(&text.replacen('E', bad, 1)), Err(RecoveryKeyError::Character), "{bad}");
    }
    // 58^48 is more than 35 bytes hold.
    assert_eq!(read(&"z".repeat(48)), Err(RecoveryKeyError::Character));
    assert_eq!(read(&text.replacen('E', "F", 1)), Err(RecoveryKeyError::Prefix));
    let exchanged: String = text.replace("nRwK", "nRKw");
    assert_eq!(read(&exchanged), Err(RecoveryKeyError::Parity));
}

#[test]
fn recovery_key_of_random_keys_comes_back() {
    let rng = &mut seeded(1);
    for _ in 0..200 {
        let key = SecretStorageKey::random(rng).unwrap();
        let text = key.to_recovery_key();
        assert_eq!(text.as_str().len(), 59);
        assert_eq!(SecretStorageKey::from_recovery_key(text.as_str()), Ok(key));
    }
}

#[test]
fn nothing_secret_is_printed() {
    assert_eq!(format!("{:?}", key()), "SecretStorageKey(Secret<32>(..))");
}

#[cfg(feature = "serde")]
mod json {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;

    fn description() -> Value {
        json!({
            "name": "my key",
            "algorithm": "m.secret_storage.v1.aes-hmac-sha2",
            "passphrase": { "algorithm": "m.pbkdf2", "salt": "salt", "iterations": 10, "bits": 256 },
            "iv": "AAAAAAAAAAAAAAAAAAAAAA",
            "mac": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        })
    }

    #[test]
    fn a_description_is_written_as_it_was_read() {
        let read: KeyDescription = from_value(description()).unwrap();
        assert_eq!(read.passphrase, Some(PassphraseParameters::new("salt", 10).unwrap()));
        assert_eq!(read.check, Some(KeyCheck { iv: [0; 16], mac: [0; 32] }));
        assert_eq!(to_value(read).unwrap(), description());
        let least = json!({ "algorithm": "m.secret_storage.v1.aes-hmac-sha2" });
        let read: KeyDescription = from_value(least.clone()).unwrap();
        assert_eq!((&read, to_value(&read).unwrap()), (&KeyDescription::default(), least));
    }

    #[test]
    fn unknown_algorithms_and_malformed_fields_are_refused() {
        for (field, value) in [
            ("iv", "AAAA".into()),
            ("algorithm", "m.secret_storage.v2".into()),
            ("passphrase", json!(["m.pbkdf2", "salt", 10, 256])),
            ("passphrase", json!({ "algorithm": "m.pbkdf2", "salt": "salt" })),
            ("passphrase", json!({ "algorithm": "m.pbkdf2", "salt": "salt", "iterations": 0 })),
            (
                "passphrase",
                json!({ "algorithm": "m.pbkdf2", "salt": "salt", "iterations": 4_294_967_296_u64 }),
            ),
        ] {
            let mut changed = description();
            changed[field] = value;
            from_value::<KeyDescription>(changed).unwrap_err();
        }
        from_value::<KeyDescription>(json!(["name", "m.secret_storage.v1.aes-hmac-sha2"])).unwrap_err();
    }

    #[test]
    fn half_a_check_and_an_unknown_passphrase_keep_nobody_from_the_recovery_key() {
        for (field, value) in [
            ("iv", Value::Null),
            ("mac", Value::Null),
            ("passphrase", json!({ "algorithm": "m.argon2" })),
            ("passphrase", json!({ "algorithm": "m.pbkdf2", "salt": "salt", "iterations": 10, "bits": 512 })),
        ] {
            let mut changed = description();
            changed[field] = value;
            let read: KeyDescription = from_value(changed).unwrap();
            assert!(read.check.is_none() || read.passphrase.is_none());
        }
    }

    #[test]
    fn a_stored_secret_is_three_texts() {
        let stored = key().encrypt("name", b"a secret", &mut seeded(1)).unwrap();
        let written = to_value(&stored).unwrap();
        assert_eq!(written.as_object().unwrap().len(), 3);
        let text = |name: &str| written[name].as_str().unwrap();
        let read = EncryptedSecret::from_base64(text("iv"), text("ciphertext"), text("mac"));
        assert_eq!(read.as_ref(), Ok(&stored));
        assert_eq!(KeyCheck::from_base64(text("iv"), text("mac")), Ok(KeyCheck::new(stored.iv, stored.mac)));
        assert_eq!(from_value::<EncryptedSecret>(written).unwrap(), stored);
    }
}
