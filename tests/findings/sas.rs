//! F1, F9: verification by short authentication strings.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use cliquet::{
    rand_core::Rng,
    sas::{MacMethod, Sas, SasError},
};
use x25519_dalek::{PublicKey, StaticSecret};

use crate::{
    key_agreement::small_order,
    support::{hkdf, hmac, seeded},
};

/// With a shared secret of zeros two people would compare what an attacker knows.
#[test]
fn f01_a_shared_secret_of_zeros_is_refused_in_verification() {
    let mut sas = Sas::new(&mut seeded(1)).unwrap();
    for small in small_order() {
        let refused = sas.diffie_hellman(small).unwrap_err();
        assert_eq!(refused.error, SasError::NonContributoryKey);
        sas = refused.receiver.diffie_hellman_as_accepter(small).unwrap_err().receiver;
    }
    let other = Sas::new(&mut seeded(2)).unwrap();
    sas.diffie_hellman(other.public_key()).unwrap();
}

/// libolm wrote the base64 of a MAC over the bytes that it was still reading, and others had to do the same.
#[test]
fn f09_the_mac_is_right_base64_and_the_broken_form_is_named_historic() {
    let sas = Sas::new(&mut seeded(1)).unwrap();
    let other = StaticSecret::from([9; 32]);
    let mut secret = [0; 32];
    seeded(1).fill_bytes(&mut secret);
    let shared = StaticSecret::from(secret).diffie_hellman(&PublicKey::from(&other));
    let their_key = PublicKey::from(&other).to_bytes();
    let sas = sas.diffie_hellman(cliquet::Curve25519PublicKey::from_bytes(their_key)).unwrap();

    let mac = hmac(&hkdf(shared.as_bytes(), b"info")[..32], b"text");
    let written = sas.calculate_mac_with_info(MacMethod::HkdfHmacSha256V2, "text", "info");
    assert_eq!(written, STANDARD_NO_PAD.encode(mac));
    assert_eq!(MacMethod::HkdfHmacSha256V2.as_str(), "hkdf-hmac-sha256.v2");

    let historic = sas.calculate_mac_with_info(MacMethod::HistoricHkdfHmacSha256, "text", "info");
    assert_eq!(MacMethod::HistoricHkdfHmacSha256.as_str(), "hkdf-hmac-sha256");
    // Only the first four characters come from bytes that nothing was written over.
    assert_eq!((historic.len(), historic.get(..4)), (written.len(), written.get(..4)));
    assert_ne!(historic, written);
    // Neither is taken for the other.
    assert!(!sas.verify_mac_with_info(MacMethod::HkdfHmacSha256V2, "text", "info", &historic));
    assert!(!sas.verify_mac_with_info(MacMethod::HistoricHkdfHmacSha256, "text", "info", &written));
    assert!(sas.verify_mac_with_info(MacMethod::HkdfHmacSha256V2, "text", "info", &written));
}
