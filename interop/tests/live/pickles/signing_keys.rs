//! Ed25519 keys on the move: libolm signs with the scalar that it finds, so that what it finds must be clamped.

use cliquet::olm;
use cliquet_interop::libolm;
use serde_json::{Value, json};
use vodozemac::{base64_decode, base64_encode, hazmat::Cipher};

use super::{
    super::party::{IMPLEMENTATIONS, Implementation::Libolm, Random, Reminder, first_seed},
    state::{KEY, KEY_LENGTHS, Kind, Way},
};

const SIGNED: &[u8] = b"what is signed";

/// Where the lower half of the Ed25519 secret key stands in a libolm account: after version and public key.
const SCALAR: std::ops::Range<usize> = 36..68;

fn is_clamped(scalar: &[u8]) -> bool {
    scalar[0] & 7 == 0 && scalar[31] >> 6 == 1
}

fn body(pickle: &str, key: &[u8]) -> Vec<u8> {
    Cipher::new_pickle(key).decrypt_pickle(&base64_decode(pickle).unwrap()).unwrap()
}

fn checked_by_all(ed25519_key: &str, signature: &str) {
    for verifier in IMPLEMENTATIONS {
        verifier.verify(ed25519_key, SIGNED, signature).unwrap();
    }
}

/// vodozemac's own way to libolm leaves the scalar as the hash gave it. By way of cliquet it arrives as libolm needs it.
#[test]
fn pickle_of_a_signing_key_that_vodozemac_did_not_clamp() {
    let mut wrong_signatures = 0;
    for _ in 0..20 {
        for key_length in KEY_LENGTHS {
            let key: Vec<u8> = (0_u8..).take(key_length).collect();
            let vodozemacs = vodozemac::olm::Account::new();
            let (ed25519_key, signature) =
                (vodozemacs.ed25519_key().to_base64(), vodozemacs.sign(SIGNED).to_base64());
            let unclamped = vodozemacs.to_libolm_pickle(&key).unwrap();
            let direct = libolm::Account::unpickle(&unclamped, &key).unwrap().sign(SIGNED).unwrap();
            wrong_signatures += usize::from(Libolm.verify(&ed25519_key, SIGNED, &direct).is_err());

            let ours = olm::Account::from_libolm_pickle(&unclamped, &key).unwrap();
            assert_eq!(ours.sign(SIGNED).to_base64(), signature);
            let clamped = ours.to_libolm_pickle(&key).unwrap();
            assert!(is_clamped(&body(&clamped, &key)[SCALAR]));
            let libolms = libolm::Account::unpickle(&clamped, &key).unwrap();
            assert_eq!(libolms.sign(SIGNED).unwrap(), signature);
            checked_by_all(&ed25519_key, &signature);
        }
    }
    // One hash in 32 is clamped by chance.
    assert!(wrong_signatures > 60, "the control: {wrong_signatures} of 80 signed wrongly without cliquet");
}

/// The account of a seed goes to libolm in the expanded form, and from there on to vodozemac.
#[test]
fn pickle_of_a_signing_key_that_goes_round() {
    for (seed, way) in (first_seed()..).take(40).zip(Way::all().cycle()) {
        let _reminder = Reminder((seed, way));
        let ours = olm::Account::new(&mut Random::new(seed)).unwrap();
        let (ed25519_key, signature) = (ours.ed25519_key().to_base64(), ours.sign(SIGNED).to_base64());
        checked_by_all(&ed25519_key, &signature);
        let libolms = ours.to_libolm(way).unwrap();
        assert_eq!(libolms.sign(SIGNED).unwrap(), signature);
        assert!(is_clamped(&body(&libolms.pickle(&KEY).unwrap(), &KEY)[SCALAR]));
        let again = olm::Account::from_libolm(&libolms, way);
        let vodozemacs = again.to_vodozemac(way).unwrap();
        assert_eq!(vodozemacs.sign(SIGNED).to_base64(), signature);
        let again = olm::Account::from_vodozemac(&vodozemacs, way);
        assert_eq!(again.sign(SIGNED).to_base64(), signature);
        assert_eq!(again.to_libolm(way).unwrap().sign(SIGNED).unwrap(), signature);
    }
}

/// An expanded key in vodozemac's own form that nobody clamped.
#[test]
fn pickle_of_an_unclamped_key_in_json() {
    for seed in (first_seed()..).take(20) {
        let ours = olm::Account::new(&mut Random::new(seed)).unwrap();
        let pickle = vodozemac::olm::Account::new().to_libolm_pickle(&KEY).unwrap();
        let vodozemacs = olm::Account::from_libolm_pickle(&pickle, &KEY).unwrap();
        let mut json: Value =
            serde_json::from_slice(vodozemacs.to_vodozemac_json().unwrap().as_bytes()).unwrap();
        let mut expanded = ours.signing_key_pair().export_expanded_secret_key().to_vec();
        expanded[0] |= 7;
        expanded[31] = expanded[31] & 0x3f | 0x80;
        json["signing_key"] = json!({ "Expanded": expanded });
        let read = olm::Account::from_vodozemac_json(json.to_string().as_bytes()).unwrap();
        assert_eq!(read.sign(SIGNED), ours.sign(SIGNED));
        let libolms = libolm::Account::unpickle(&read.to_libolm_pickle(&KEY).unwrap(), &KEY).unwrap();
        assert_eq!(libolms.sign(SIGNED).unwrap(), ours.sign(SIGNED).to_base64());
    }
}

/// A public key that does not belong to the secret key is refused: signing under it would give the secret key away.
#[test]
fn pickle_of_a_signing_key_under_another_public_key() {
    let account = |seed| libolm::Account::create(&mut Random::new(seed).filler()).unwrap();
    let [mut changed, other] =
        [first_seed(), first_seed() + 1].map(|seed| body(&account(seed).pickle(&KEY).unwrap(), &KEY));
    changed[4..36].copy_from_slice(&other[4..36]);
    let text = base64_encode(Cipher::new_pickle(&KEY).encrypt_pickle(&changed));
    assert!(libolm::Account::unpickle(&text, &KEY).is_ok(), "the control: libolm takes it");
    let refused = olm::Account::from_libolm_pickle(&text, &KEY).map(drop).unwrap_err();
    assert_eq!(format!("{refused:?}"), "State(MismatchedPublicKey)");
}
