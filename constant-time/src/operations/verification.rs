//! Verification: short authentication strings and QR codes.

use std::hint::black_box;

use cliquet::qr::{QrCode, QrKeys};
use cliquet::sas::{self, Device, EstablishedSas, MacMethod, Macs, Role, Sas, SasKey, Verification};
use cliquet::{Curve25519PublicKey, Ed25519KeyPair, Ed25519PublicKey};

use super::Failure;
use crate::harness::operation;
use crate::secrets::{SecretRandom, publish_key, publish_text, publish_value, secret_text};

/// A key that is public from the start.
fn long_term_key(seed: u8) -> Ed25519PublicKey {
    Ed25519KeyPair::from_seed(&[seed; 32]).public()
}

fn new_sas(rng: &mut SecretRandom) -> Result<(Box<Sas>, Curve25519PublicKey), Failure> {
    let functions = ["sas::Sas::new", "sas::Sas::public_key"];
    let sas = operation("sas: draw a key", &functions, || Sas::new(rng).map(Box::new))?;
    let key = publish_key(sas.public_key())?;
    Ok((sas, key))
}

pub(super) fn short_strings() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(40);
    let ((starter, starter_key), (accepter, accepter_key)) = (new_sas(&mut rng)?, new_sas(&mut rng)?);
    let commitment = sas::commitment(&accepter_key, "{}");
    let functions = ["sas::Sas::diffie_hellman_as_starter", "sas::Sas::diffie_hellman"];
    let starter = operation("sas: agree, starter", &functions, || {
        starter.diffie_hellman_as_starter(accepter_key, "{}", &commitment).map(Box::new)
    })
    .map_err(|refused| refused.error)?;
    let accepter = operation("sas: agree, accepter", &["sas::Sas::diffie_hellman_as_accepter"], || {
        accepter.diffie_hellman_as_accepter(starter_key).map(Box::new)
    })
    .map_err(|refused| refused.error)?;
    let zero = Curve25519PublicKey::from_bytes([0; 32]);
    let (refusing, _) = new_sas(&mut rng)?;
    let refused = operation("sas: refuse a key of small order", &[], || refusing.diffie_hellman(zero).err());
    refused.ok_or("a key of small order was accepted")?;

    // Of any bytes about half are no key that was made from a secret one: it lies on the twist, and another formula serves.
    for byte in 2..10 {
        let (sas, _) = new_sas(&mut rng)?;
        let any = Curve25519PublicKey::from_bytes([byte; 32]);
        operation("sas: agree, any key", &[], || sas.diffie_hellman(any).map(Box::new))
            .map_err(|refused| refused.error)?;
    }

    let devices = (Device::new("@amelie:example.org", "A"), Device::new("@bruno:example.org", "B"));
    let ours = Verification::new(devices.0, devices.1, Role::Starter, "transaction");
    let theirs = Verification::new(devices.1, devices.0, Role::Accepter, "transaction");
    bytes(&starter, &accepter, &ours, &theirs)?;
    for method in
        [MacMethod::HkdfHmacSha256V2, MacMethod::HistoricHkdfHmacSha256, MacMethod::HistoricHmacSha256]
    {
        macs(&starter, &accepter, &ours, &theirs, method)?;
    }
    operation("sas: drop both ends", &[], || drop((starter, accepter)));
    Ok(())
}

fn bytes(
    starter: &EstablishedSas,
    accepter: &EstablishedSas,
    ours: &Verification<'_>,
    theirs: &Verification<'_>,
) -> Result<(), Failure> {
    let functions = [
        "sas::EstablishedSas::bytes",
        "sas::EstablishedSas::historic_bytes",
        "sas::EstablishedSas::bytes_with_info",
        "sas::EstablishedSas::our_public_key",
        "sas::EstablishedSas::their_public_key",
    ];
    let (first, second) = operation("sas: make the bytes", &functions, || {
        black_box((starter.our_public_key(), starter.their_public_key()));
        black_box((Box::new(starter.historic_bytes(ours)), Box::new(starter.bytes_with_info("info"))));
        (Box::new(starter.bytes(ours)), Box::new(accepter.bytes(theirs)))
    });
    let functions = ["sas::EstablishedSas::generate_bytes"];
    operation("sas: generate bytes", &functions, || starter.generate_bytes(b"info", 100).map(drop))?;
    let functions = [
        "sas::SasBytes::eq",
        "sas::SasBytes::as_bytes",
        "sas::SasBytes::decimals",
        "sas::SasBytes::emoji_indices",
    ];
    let same = operation("sas: compare the bytes, make numbers of them", &functions, || {
        black_box((Box::new(first.decimals()), Box::new(first.emoji_indices())));
        first == second
    });
    let same = publish_value(same);
    if same { Ok(()) } else { Err("both devices show something else".into()) }
}

fn macs(
    starter: &EstablishedSas,
    accepter: &EstablishedSas,
    ours: &Verification<'_>,
    theirs: &Verification<'_>,
    method: MacMethod,
) -> Result<(), Failure> {
    let name = method.as_str();
    let keys = [SasKey::Device("A", long_term_key(1)), SasKey::MasterKey(long_term_key(2))];
    let functions = ["sas::EstablishedSas::macs", "sas::EstablishedSas::calculate_mac_with_info"];
    let macs = operation(&format!("sas: make MACs, {name}"), &functions, || starter.macs(ours, method, keys));
    let macs = macs.ok_or("the keys have clear names")?;
    let sent: Vec<_> = macs
        .mac
        .iter()
        .map(|(id, mac)| Ok((id.clone(), publish_text(mac)?)))
        .collect::<Result<_, Failure>>()?;
    let sent = Macs::new(sent, publish_text(&macs.keys)?);
    let functions = ["sas::EstablishedSas::verify_macs", "sas::EstablishedSas::verify_mac_with_info"];
    operation(&format!("sas: check MACs, {name}"), &functions, || {
        accepter.verify_macs(theirs, method, &sent, keys).map(drop)
    })?;
    let refused = operation(&format!("sas: refuse MACs, {name}"), &functions, || {
        starter.verify_macs(ours, method, &sent, keys).err()
    });
    refused.ok_or("MACs of ours passed for theirs")?;
    Ok(())
}

pub(super) fn qr_codes() -> Result<(), Failure> {
    let mut rng = SecretRandom::new(41);
    let keys = QrKeys::TrustingDevice { master_key: long_term_key(1), scanning_device_key: long_term_key(2) };
    let code = operation("qr: make a code", &["qr::QrCode::new"], || {
        QrCode::new(keys, "id", &mut rng).map(Box::new)
    })?;
    let bytes = operation("qr: to bytes", &["qr::QrCode::to_bytes"], || code.to_bytes());
    let functions = [
        "qr::QrCode::from_bytes",
        "qr::QrCode::keys",
        "qr::QrCode::check_keys",
        "qr::QrCode::transaction_id",
    ];
    let scanned = operation("qr: from bytes", &functions, || {
        let scanned = QrCode::from_bytes(bytes.as_bytes()).map(Box::new)?;
        black_box((scanned.keys(), scanned.check_keys(&keys).is_ok(), scanned.transaction_id()));
        Ok::<_, cliquet::DecodeError>(scanned)
    })?;
    let text = operation("qr: the shared secret as text", &["qr::QrCode::shared_secret"], || {
        scanned.shared_secret()
    });
    let other = secret_text("c29tZXRoaW5nIGVsc2UgMQ");
    let functions = ["qr::QrCode::is_reciprocated_by"];
    let verdicts = operation("qr: compare the shared secret", &functions, || {
        (code.is_reciprocated_by(text.as_str()), code.is_reciprocated_by(&other))
    });
    let verdicts = publish_value(verdicts);
    operation("qr: print, drop", &["qr::QrCode::fmt"], || drop((format!("{code:?}"), code)));
    if verdicts == (true, false) { Ok(()) } else { Err("the shared secret is not told from another".into()) }
}
