pub(crate) mod known_answers;

use alloc::string::{String, ToString};
use std::vec::Vec;

use super::{
    Device, EstablishedSas, MacError, MacMethod, Macs, Role, Sas, SasError, SasKey, Verification, commitment,
    is_committed,
};
use crate::{
    keys::{Curve25519PublicKey, Ed25519KeyPair},
    testing::{counting, seeded},
};

const METHODS: [MacMethod; 3] =
    [MacMethod::HkdfHmacSha256V2, MacMethod::HistoricHkdfHmacSha256, MacMethod::HistoricHmacSha256];

fn established() -> EstablishedSas {
    EstablishedSas::with_shared_secret(&counting(0, 32).try_into().unwrap())
}

fn pair() -> (EstablishedSas, EstablishedSas) {
    let rng = &mut seeded(1);
    let (first, second) = (Sas::new(rng).unwrap(), Sas::new(rng).unwrap());
    let (first_key, second_key) = (first.public_key(), second.public_key());
    (first.diffie_hellman(second_key).unwrap(), second.diffie_hellman(first_key).unwrap())
}

fn verifications() -> (Verification<'static>, Verification<'static>) {
    let (amelie, bruno) =
        (Device::new("@amelie:example.org", "LAPTOP"), Device::new("@bruno:example.org", "PHONE"));
    let starter = Verification::new(amelie, bruno, Role::Starter, "transaction");
    (starter, Verification::new(bruno, amelie, Role::Accepter, "transaction"))
}

#[test]
fn bytes_emoji_and_decimals_of_a_known_secret() {
    let bytes = established().bytes_with_info("test");
    assert_eq!(bytes.as_bytes(), &[0xee, 0x2d, 0x74, 0xb5, 0x58, 0x13]);
    assert_eq!(bytes.emoji_indices(), [59, 34, 53, 52, 45, 21, 32]);
    let names: Vec<&str> = bytes.emoji().iter().map(|emoji| emoji.description).collect();
    assert_eq!(names, ["Bell", "Spanner", "Aeroplane", "Bicycle", "Scissors", "Cloud", "Hat"]);
    assert_eq!(bytes.decimals(), [8621, 6586, 7828]);
    assert_eq!(established().generate_bytes(b"test", 6).unwrap().as_bytes(), bytes.as_bytes());
    assert_eq!(established().generate_bytes(b"test", 8_160).unwrap().as_bytes().len(), 8_160);
    established().generate_bytes(b"test", 8_161).unwrap_err();
}

#[test]
fn macs_of_a_known_secret() {
    let macs = METHODS.map(|method| established().calculate_mac_with_info(method, "input", "macinfo"));
    assert_eq!(
        macs,
        [
            "fKU2Bn8gDEu22wo+dg490T3Eaq4p9opYlksbYEA6NN8",
            "fKU2Mn8gOGe2R2UyUjJVeVVqSlZlVlZxU2xabFZsWng",
            "0xILTGXwWHetSGV0U0dWMFUwZFdNRlV3WkZkTlJsVjM",
        ]
    );
    // Adapters hold bytes, which may be anything.
    for (method, mac) in METHODS.into_iter().zip(macs) {
        assert!(established().verify_mac_with_info(method, b"input", b"macinfo", &mac));
        assert!(!established().verify_mac_with_info(method, b"inp\xff", b"macinfo", &mac));
        assert!(!established().verify_mac_with_info(method, "input", [0xff; 7], &mac));
    }
}

#[test]
fn the_labels_are_those_of_the_specification() {
    let (key, other) = (Curve25519PublicKey::from_bytes([1; 32]), Curve25519PublicKey::from_bytes([2; 32]));
    let (starter, accepter) = verifications();
    let label = "MATRIX_KEY_VERIFICATION_SAS|@amelie:example.org|LAPTOP|".to_string()
        + &key.to_base64()
        + "|@bruno:example.org|PHONE|"
        + &other.to_base64()
        + "|transaction";
    assert_eq!(starter.info(&key, &other), label);
    assert_eq!(accepter.info(&other, &key), label);
    let historic = "MATRIX_KEY_VERIFICATION_SAS@amelie:example.orgLAPTOP@bruno:example.orgPHONEtransaction";
    assert_eq!(
        (starter.historic_info(), accepter.historic_info()),
        (historic.to_string(), historic.to_string())
    );
    let mac = "MATRIX_KEY_VERIFICATION_MAC@bruno:example.orgPHONE@amelie:example.orgLAPTOPtransactionKEY_IDS";
    assert_eq!(
        (starter.their_mac_info("KEY_IDS"), accepter.our_mac_info("KEY_IDS")),
        (mac.to_string(), mac.to_string())
    );
}

#[test]
fn both_sides_show_the_same_and_verify_each_other() {
    let (ours, theirs) = pair();
    let (starter, accepter) = verifications();
    assert_eq!(ours.bytes(&starter), theirs.bytes(&accepter));
    assert_ne!(ours.bytes(&starter), theirs.bytes(&starter), "the roles count");
    assert_eq!(ours.historic_bytes(&starter), theirs.historic_bytes(&accepter));
    let [master, device, other] = [1, 2, 3].map(|byte| Ed25519KeyPair::from_seed(&[byte; 32]).public());
    let keys = [SasKey::MasterKey(master), SasKey::Device("LAPTOP", device)];
    for method in METHODS {
        let macs = ours.macs(&starter, method, keys).unwrap();
        assert_eq!(theirs.verify_macs(&accepter, method, &macs, keys).unwrap(), keys);
        // Macs that travelled in another order are the same, and so are those of a key given twice.
        let shuffled = Macs::new(macs.mac.iter().rev().cloned(), macs.keys.clone());
        assert_eq!(shuffled, macs);
        assert_eq!(ours.macs(&starter, method, [keys, keys].concat()).unwrap(), macs);
        // Known in part, known not at all, known as another.
        let [_, known] = keys;
        assert_eq!(theirs.verify_macs(&accepter, method, &macs, [known]).unwrap(), [known]);
        assert_eq!(theirs.verify_macs(&accepter, method, &macs, []), Err(MacError::NoKnownKey));
        let unknown = SasKey::Device("PHONE", device);
        assert_eq!(theirs.verify_macs(&accepter, method, &macs, [unknown]), Err(MacError::NoKnownKey));
        let changed = SasKey::Device("LAPTOP", other);
        let key_id = "ed25519:LAPTOP".to_string();
        assert_eq!(theirs.verify_macs(&accepter, method, &macs, [changed]), Err(MacError::Key { key_id }));
        // One key taken away, one twice, one's own MACs sent back, another method.
        let mut fewer = macs.clone();
        fewer.mac.pop();
        let twice = Macs::new(macs.mac.iter().chain(&macs.mac).cloned(), macs.keys.clone());
        for list in [fewer, twice] {
            assert_eq!(theirs.verify_macs(&accepter, method, &list, keys), Err(MacError::KeyIds));
        }
        assert_eq!(ours.verify_macs(&starter, method, &macs, keys), Err(MacError::KeyIds));
        for another in METHODS.into_iter().filter(|another| *another != method) {
            assert_eq!(theirs.verify_macs(&accepter, another, &macs, keys), Err(MacError::KeyIds));
            assert_eq!(MacMethod::from_name(another.as_str()), Some(another));
        }
    }
}

#[test]
fn a_comma_cannot_hide_a_key() {
    let (ours, theirs) = pair();
    let (starter, accepter) = verifications();
    let method = MacMethod::HkdfHmacSha256V2;
    let [first, second, third] = [1, 2, 3].map(|byte| Ed25519KeyPair::from_seed(&[byte; 32]).public());
    let keys = [SasKey::Device("A", first), SasKey::Device("B", second), SasKey::Device("C", third)];
    let macs = ours.macs(&starter, method, keys).unwrap();
    let [a, ..] = &macs.mac[..] else { panic!() };
    let joined = Macs::new([a.clone(), ("ed25519:B,ed25519:C".into(), String::new())], macs.keys.clone());
    assert_eq!(theirs.verify_macs(&accepter, method, &joined, keys), Err(MacError::KeyIds));
    assert_eq!(ours.macs(&starter, method, [SasKey::Device("A,B", first)]), None);
}

#[test]
fn the_list_is_of_keys_in_any_order_each_once() {
    let (ours, theirs) = pair();
    let (starter, accepter) = verifications();
    let method = MacMethod::HkdfHmacSha256V2;
    let [first, second] = [1, 2].map(|byte| Ed25519KeyPair::from_seed(&[byte; 32]).public());
    let keys = [SasKey::Device("A", first), SasKey::Device("B", second)];
    let sent = ours.macs(&starter, method, keys).unwrap();
    let verified = theirs.verify_macs(&accepter, method, &sent, keys);
    assert_eq!(verified.as_ref().map(Vec::len), Ok(2));

    let mut turned = sent.clone();
    turned.mac.reverse();
    assert_eq!(theirs.verify_macs(&accepter, method, &turned, keys), verified);

    let mut repeated = sent;
    repeated.mac.push(repeated.mac[0].clone());
    let info = starter.our_mac_info("KEY_IDS");
    repeated.keys = ours.calculate_mac_with_info(method, "ed25519:A,ed25519:A,ed25519:B", &info);
    assert_eq!(theirs.verify_macs(&accepter, method, &repeated, keys), Err(MacError::KeyIds));
}

#[test]
fn no_changed_mac_passes() {
    let mac = established().calculate_mac_with_info(MacMethod::HkdfHmacSha256V2, "text", "info");
    let verify =
        |mac: &str| established().verify_mac_with_info(MacMethod::HkdfHmacSha256V2, "text", "info", mac);
    assert!(verify(&mac));
    for position in 0..mac.len() {
        let other = if mac[position..].starts_with('A') { "B" } else { "A" };
        assert!(!verify(&(String::from(&mac[..position]) + other + &mac[position + 1..])));
        assert!(!verify(&mac[..position]));
    }
    assert!(!verify(&(mac.clone() + "=")));
}

#[test]
fn a_commitment_binds_key_and_start_event() {
    let key = Curve25519PublicKey::from_bytes([1; 32]);
    let committed = commitment(&key, "{}");
    assert_eq!(committed.len(), 43);
    assert!(is_committed(&key, "{}", &committed));
    assert!(!is_committed(&key, "{ }", &committed));
    assert!(!is_committed(&Curve25519PublicKey::from_bytes([2; 32]), "{}", &committed));
    assert!(!is_committed(&key, "{}", ""));
}

#[test]
fn a_starter_agrees_with_the_committed_key_alone() {
    let rng = &mut seeded(3);
    let (starter, accepter) = (Sas::new(rng).unwrap(), Sas::new(rng).unwrap());
    let (starter_key, accepter_key) = (starter.public_key(), accepter.public_key());
    let committed = commitment(&accepter_key, "{}");
    let refused = starter.diffie_hellman_as_starter(starter_key, "{}", &committed).unwrap_err();
    assert_eq!(refused.error, SasError::MismatchedCommitment);
    let refused = refused.receiver.diffie_hellman_as_starter(accepter_key, "{ }", &committed).unwrap_err();
    assert_eq!(refused.error, SasError::MismatchedCommitment);
    let ours = refused.receiver.diffie_hellman_as_starter(accepter_key, "{}", &committed).unwrap();
    let theirs = accepter.diffie_hellman_as_accepter(starter_key).unwrap();
    assert_eq!((ours.our_public_key(), ours.their_public_key()), (starter_key, accepter_key));
    let (starter, accepter) = verifications();
    assert_eq!(ours.bytes(&starter), theirs.bytes(&accepter));
}

#[test]
fn keys_of_small_order_are_refused_and_the_key_pair_comes_back() {
    let sas = Sas::new(&mut seeded(2)).unwrap();
    let public_key = sas.public_key();
    let mut returned = sas;
    for small in [[0; 32], core::array::from_fn(|position| u8::from(position == 0))] {
        let refused = returned.diffie_hellman(Curve25519PublicKey::from_bytes(small)).unwrap_err();
        returned = refused.receiver;
        assert_eq!(returned.public_key(), public_key);
    }
    returned.diffie_hellman(public_key).unwrap();
}

#[test]
fn all_emoji_have_their_own_symbol_and_name() {
    let emoji: Vec<_> = (0..64).map(super::emoji::with_index).collect();
    for (number, one) in emoji.iter().enumerate() {
        assert_eq!(usize::from(one.index), number);
        assert!(
            emoji
                .iter()
                .filter(|other| other.symbol == one.symbol || other.description == one.description)
                .count()
                == 1
        );
    }
}

#[test]
fn nothing_secret_is_printed() {
    let sas = established();
    let key = sas.our_public_key();
    assert_eq!(
        alloc::format!("{sas:?} {:?}", sas.bytes_with_info("test")),
        alloc::format!(
            "EstablishedSas {{ our_public_key: {key:?}, their_public_key: {key:?}, .. }} SasBytes(..)"
        )
    );
}
