//! libolm's accounts of version 1, which nothing here reads, are told from what is no account.

use std::vec::Vec;

use crate::{
    olm::Account,
    pickle::{UnpickleError, legacy_envelope, recognise},
    secret::SecretBytes,
};

const KEY: &[u8] = b"key";
/// Version, Ed25519 and Curve25519 key pair, the number of one-time keys, the last key id.
const WITHOUT_KEYS: usize = 140;
/// Key id, flag, key pair.
const ONE_TIME_KEY: usize = 69;

/// What two readers say to a body of this version and length: the account's own, and the one that knows other kinds as well.
fn errors(version: u32, length: usize) -> [Option<UnpickleError>; 2] {
    let mut body: Vec<u8> = version.to_be_bytes().to_vec();
    body.resize(length, 0xff);
    let text = legacy_envelope::seal(KEY, SecretBytes::new(body));
    [Account::from_libolm_pickle(&text, KEY).err(), recognise(text.as_bytes(), KEY).err()]
}

#[test]
fn length_and_number_tell_them() {
    let legacy = Some(UnpickleError::LegacyAccount);
    let of_version_1 = [0, 1, 2, 100].map(|keys| WITHOUT_KEYS + keys * ONE_TIME_KEY);
    for length in (4..of_version_1[2] + ONE_TIME_KEY).chain([of_version_1[3]]) {
        let [of_account, of_any] = errors(1, length);
        let is_one = of_version_1.contains(&length);
        let expected = if is_one { legacy } else { Some(UnpickleError::UnknownVersion { version: 1 }) };
        assert_eq!(of_account, expected, "{length} bytes");
        assert_eq!(of_any == legacy, is_one, "{length} bytes");
    }
    for (version, length) in [0, 2, 5, 0x0100_0000].into_iter().zip(of_version_1) {
        assert!(!errors(version, length).contains(&legacy), "version {version}");
    }
}
