//! Verification of devices, and the channels of a login.

use alloc::{format, rc::Rc, string::String, vec, vec::Vec};

use super::{
    Row, base64,
    case::{Case, hkdf, hmac},
    growth::Growth,
};
use crate::{
    keys::{Curve25519KeyPair, Curve25519PublicKey, Ed25519KeyPair},
    login::{ecies, hpke},
    primitives::work::Work,
    qr::QrCode,
    sas::{Device, EstablishedSas, MacError, MacMethod, Macs, Role, Sas, SasKey, Verification},
    testing::seeded,
};

fn stranger() -> Curve25519PublicKey {
    Curve25519KeyPair::from_secret_key(&[15; 32]).public()
}

fn sas() -> Sas {
    Sas::new(&mut seeded(15)).unwrap()
}

/// Both ends of a verification.
fn established() -> (EstablishedSas, EstablishedSas) {
    let other = Sas::new(&mut seeded(16)).unwrap();
    let (key, other_key) = (sas().public_key(), other.public_key());
    (sas().diffie_hellman(other_key).unwrap(), other.diffie_hellman(key).unwrap())
}

fn verification() -> Verification<'static> {
    verifications().0
}

fn verifications() -> (Verification<'static>, Verification<'static>) {
    let (ours, theirs) = (Device::new("@a:example.org", "A"), Device::new("@b:example.org", "B"));
    let first = Verification::new(ours, theirs, Role::Starter, "transaction");
    (first, Verification::new(theirs, ours, Role::Accepter, "transaction"))
}

/// So many ids of keys with texts that are no MACs.
fn macs(count: usize) -> (Vec<(String, String)>, usize) {
    let mac: Vec<_> = (0..count).map(|number| (format!("ed25519:{number}"), base64(&[0; 32]))).collect();
    let length = mac.iter().map(|(key_id, mac)| key_id.len() + mac.len()).sum();
    (mac, length)
}

/// A mac event of which nothing is right.
fn forged_macs(name: &'static str, count: usize) -> Case {
    let ((mac, length), ours) = (macs(count), Rc::new(established().0));
    let (key, keys) = (SasKey::MasterKey(Ed25519KeyPair::from_seed(&[16; 32]).public()), base64(&[0; 32]));
    Case::new(
        name,
        length + keys.len(),
        move || mac.clone(),
        move |mac| {
            let macs = Macs::new(mac.drain(..), keys.as_str());
            let error =
                ours.verify_macs(&verification(), MacMethod::HkdfHmacSha256V2, &macs, [key]).unwrap_err();
            assert_eq!(error, MacError::KeyIds);
        },
    )
}

/// A mac event of the other party itself, over as many keys as it likes, of which the last one is known here.
fn known_last(count: usize) -> Case {
    let (ours, theirs) = established();
    let key = Ed25519KeyPair::from_seed(&[17; 32]).public();
    let names: Vec<String> = (0..count).map(|number| format!("{number}")).collect();
    let keys = names.iter().map(|name| SasKey::Device(name, key));
    let macs = theirs.macs(&verifications().1, MacMethod::HkdfHmacSha256V2, keys).unwrap();
    let length = macs.mac.iter().map(|(key_id, mac)| key_id.len() + mac.len()).sum();
    let last: String = macs.mac.last().unwrap().0["ed25519:".len()..].into();
    Case::new(
        "",
        length,
        move || (),
        move |()| {
            let known = [SasKey::Device(&last, key)];
            let verified =
                ours.verify_macs(&verification(), MacMethod::HkdfHmacSha256V2, &macs, known).unwrap();
            assert_eq!(verified.len(), 1);
        },
    )
}

fn ecies_message(length: usize) -> String {
    format!("{}|{}", base64(&vec![0; length + 16]), stranger())
}

/// The first message of somebody who has not seen the QR code.
fn forged_ecies(name: &'static str, length: usize) -> Case {
    let text = ecies_message(length);
    Case::new(
        name,
        text.len(),
        || Some(ecies::Ecies::new(&mut seeded(18)).unwrap()),
        move |own| {
            let message = ecies::InitialMessage::from_text(&text).unwrap();
            own.take().unwrap().establish_inbound_channel(&message).unwrap_err()
        },
    )
}

fn forged_hpke(name: &'static str, length: usize) -> Case {
    let text = base64(&[&stranger().as_bytes()[..], &vec![0; length + 16]].concat());
    Case::new(
        name,
        text.len(),
        || Some(hpke::Recipient::new(&mut seeded(19)).unwrap()),
        move |own| {
            let message = hpke::InitialMessage::from_base64(&text).unwrap();
            own.take().unwrap().establish_channel(&message, b"").unwrap_err()
        },
    )
}

fn qr_code(name: &'static str, secret: usize) -> Case {
    let transaction = [b't'; 65_535];
    let key = Ed25519KeyPair::from_seed(&[20; 32]).public();
    let bytes =
        [&b"MATRIX"[..], &[2, 0, 0xff, 0xff], &transaction, key.as_bytes(), key.as_bytes(), &vec![0; secret]]
            .concat();
    Case::new(name, bytes.len(), || (), move |()| QrCode::from_bytes(&bytes).unwrap())
}

pub(super) fn rows() -> Vec<Row> {
    let agreement = Work { x25519: 1, ..Work::default() };
    let key = stranger();
    let text = key.to_base64();
    let sas_key = Case::new(
        "SAS: key",
        text.len(),
        || Some(sas()),
        move |own| {
            let key = Curve25519PublicKey::from_base64(&text).unwrap();
            own.take().unwrap().diffie_hellman(key).unwrap()
        },
    );
    // Both keys, each HKDF an extraction and one block; labels of some 130 bytes take three compressions.
    let channel = Work { x25519: 1, sha512: ECIES, blocks: 1, ..Work::default() };
    vec![
        Row::new(agreement, sas_key),
        Row::new(
            Work { sha256: mac_of_list(9), ..Work::default() },
            forged_macs("SAS: mac event with one key, forged", 1),
        ),
        Row::new(channel, forged_ecies("ECIES: first message, forged", 16)),
        Row::new(
            Work { x25519: 2, blocks: 1, ..Work::default() },
            forged_hpke("HPKE: first message, forged", 16),
        ),
        Row::new(
            Work { decodings: 2, ..Work::default() },
            qr_code("QR code with the longest transaction id", 8),
        ),
    ]
}

/// Three keys by HKDF-SHA-512 with labels of some hundred bytes.
const ECIES: u64 = 3 * (4 + 5);

/// The MAC over a list of key ids of so many bytes, under the key for a label of 75 bytes, which take one compression more.
fn mac_of_list(length: usize) -> u64 {
    hkdf(32, 32) + 1 + hmac(length)
}

pub(super) fn growths() -> Vec<Growth> {
    vec![
        Growth::new(
            "SAS: start event of any length, not the one that was committed to",
            16 << 10,
            |length| {
                let (text, commitment) = ("s".repeat(length), base64(&[0; 32]));
                Case::new(
                    "",
                    length,
                    || Some(sas()),
                    move |own| {
                        own.take()
                            .unwrap()
                            .diffie_hellman_as_starter(stranger(), &text, &commitment)
                            .unwrap_err()
                    },
                )
            },
        ),
        Growth::new("SAS: mac event with any number of keys, forged", 250, |count| forged_macs("", count)),
        Growth::new("SAS: mac event with any number of keys, right", 250, known_last),
        Growth::new("ECIES: first message of any length, forged", 16 << 10, |length| {
            forged_ecies("", length)
        }),
        Growth::new("HPKE: first message of any length, forged", 16 << 10, |length| forged_hpke("", length)),
        Growth::new("QR code with a secret of any length", 16 << 10, |length| qr_code("", length)),
    ]
}
