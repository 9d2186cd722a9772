//! Keys in base64, base64 itself, entries of key backups, messages of the login channel, and what a verification exchanges.

use std::sync::OnceLock;

use cliquet::{
    Curve25519PublicKey, DecodeError, Ed25519KeyPair, Ed25519PublicKey,
    login::ecies,
    megolm::MegolmMessage,
    olm::Message,
    pk::{PkDecryption, PkMessage},
    sas::{EstablishedSas, MacMethod, Sas},
};
use cliquet_fuzz::{
    Script,
    peers::{Answer, Case, Peer::Vodozemac, Subject, ask_peer, forge, judge},
    random::seeded,
    reference_base64::resembling_text,
};

/// As it stands if it is text, and as a text that resembles base64 otherwise.
fn text_of(input: &[u8]) -> String {
    str::from_utf8(input).map_or_else(|_| resembling_text(input), str::to_owned)
}

fn case<'a>(subject: Subject, text: &'a str) -> Case<'a> {
    Case { subject, input: text.as_bytes(), state: None }
}

/// A public key or a seed in base64.
pub(crate) fn key(how: u8, input: &[u8]) {
    let text = &text_of(input);
    let (subject, ours, theirs) = match how % 3 {
        0 => (
            Subject::Curve25519Key,
            Answer::of(Curve25519PublicKey::from_base64(text).map(|key| *key.as_bytes())),
            ask_peer(|| {
                Answer::of(vodozemac::Curve25519PublicKey::from_base64(text).map(|key| key.to_bytes()))
            }),
        ),
        1 => (
            Subject::Ed25519Key,
            Answer::of(Ed25519PublicKey::from_base64(text).map(|key| *key.as_bytes())),
            ask_peer(|| {
                Answer::of(vodozemac::Ed25519PublicKey::from_base64(text).map(|key| *key.as_bytes()))
            }),
        ),
        _ => (
            Subject::Ed25519Seed,
            Answer::of(Ed25519KeyPair::from_base64_seed(text).map(|pair| *pair.public().as_bytes())),
            ask_peer(|| {
                Answer::of(
                    vodozemac::Ed25519SecretKey::from_base64(text).map(|key| *key.public_key().as_bytes()),
                )
            }),
        ),
    };
    judge(Vodozemac, &case(subject, text), &ours, &theirs);
}

/// The base64 of a message: whether it is any, and the same message then.
pub(crate) fn base64(input: &[u8]) {
    let text = &text_of(input);
    let theirs = ask_peer(|| Answer::of(vodozemac::base64_decode(text)));
    // What the bytes are is in a reader's error or in its message.
    let read = Message::from_base64(text);
    let ours = match (&read, MegolmMessage::from_base64(text).err()) {
        (Err(DecodeError::Base64), Some(DecodeError::Base64)) => Answer::Refuses,
        (_, Some(DecodeError::Base64)) | (Err(DecodeError::Base64), _) => panic!("two readers of base64"),
        _ => Answer::Accepts(theirs.value().unwrap_or_default().to_vec()),
    };
    judge(Vodozemac, &case(Subject::Base64, text), &ours, &theirs);
    if let (Ok(ours), Some(theirs)) = (read, theirs.value()) {
        assert_eq!(ours.as_bytes(), theirs);
    }
}

/// The three texts of an entry as they stand; or under a MAC that is right for our key, and any ciphertext.
pub(crate) fn backup_entry(how: u8, input: &[u8]) {
    const SECRET_KEY: [u8; 32] = [0x29; 32];
    let texts = if how.is_multiple_of(2) { text_of(input) } else { forge::backup_entry(&SECRET_KEY, input) };
    let mut parts = texts.splitn(3, '|').map(str::to_owned);
    let [ciphertext, mac, key] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let secret_key = if how < 2 { forge::PK_SECRET_KEY } else { SECRET_KEY };
    let decryption = PkDecryption::from_secret_key(&secret_key);
    let ours = PkMessage::from_base64(&ciphertext, &mac, &key)
        .ok()
        .and_then(|message| decryption.decrypt(&message).ok());
    let ours = Answer::of(ours.ok_or(()));
    let theirs = ask_peer(|| {
        let secret_key = vodozemac::Curve25519SecretKey::from_slice(&secret_key);
        let decryption = vodozemac::pk_encryption::PkDecryption::from_key(secret_key);
        let message = vodozemac::pk_encryption::Message::from_base64(&ciphertext, &mac, &key);
        Answer::of(message.map_err(drop).and_then(|message| decryption.decrypt(&message).map_err(drop)))
    });
    judge(Vodozemac, &case(Subject::BackupEntry, &texts), &ours, &theirs);
}

/// The messages of the login channel of ECIES, as text.
pub(crate) fn login(input: &[u8]) {
    let text = &match str::from_utf8(input) {
        Ok(text) => text.to_owned(),
        // The separator is no character of base64.
        Err(_) => input.splitn(2, |byte| *byte == b'|').map(resembling_text).collect::<Vec<_>>().join("|"),
    };
    let ours = Answer::of(ecies::InitialMessage::from_text(text).map(|message| message.to_text()));
    let theirs = ask_peer(|| {
        Answer::of(vodozemac::ecies::InitialMessage::decode(text).map(|message| message.encode()))
    });
    judge(Vodozemac, &case(Subject::EciesInitial, text), &ours, &theirs);
    let ours = Answer::of(ecies::Message::from_base64(text).map(|message| message.ciphertext));
    let theirs =
        ask_peer(|| Answer::of(vodozemac::ecies::Message::decode(text).map(|message| message.ciphertext)));
    judge(Vodozemac, &case(Subject::EciesMessage, text), &ours, &theirs);
}

/// Both ends of a verification, of which vodozemac is the other one; its key is of the system, and nothing that is compared shows it.
fn verification_pair() -> &'static (EstablishedSas, vodozemac::sas::EstablishedSas) {
    static PAIR: OnceLock<(EstablishedSas, vodozemac::sas::EstablishedSas)> = OnceLock::new();
    PAIR.get_or_init(|| {
        let (ours, theirs) = (Sas::new(&mut seeded(32)).expect("it never fails"), vodozemac::sas::Sas::new());
        let our_key = vodozemac::Curve25519PublicKey::from(*ours.public_key().as_bytes());
        let their_key = Curve25519PublicKey::from_bytes(theirs.public_key().to_bytes());
        let theirs = theirs.diffie_hellman(our_key).expect("a good key");
        (ours.diffie_hellman(their_key).map_err(|_| ()).expect("a good key"), theirs)
    })
}

/// Keys to agree with, MACs to verify, and the same MACs made by both.
pub(crate) fn verification(how: u8, input: &[u8]) {
    let (ours, theirs) = verification_pair();
    let mut script = Script::new(input);
    match how % 3 {
        0 => {
            let key = &text_of(input);
            let agreed = |agreed: bool| if agreed { Answer::Accepts(Vec::new()) } else { Answer::Refuses };
            let ours = Curve25519PublicKey::from_base64(key)
                .ok()
                .and_then(|key| Sas::new(&mut seeded(33)).expect("it never fails").diffie_hellman(key).ok());
            let ours = agreed(ours.is_some());
            let theirs = ask_peer(|| agreed(vodozemac::sas::Sas::new().diffie_hellman_with_raw(key).is_ok()));
            judge(Vodozemac, &case(Subject::SasKey, key), &ours, &theirs);
        }
        1 => {
            let [text, info] = [(); 2].map(|()| {
                let length = script.byte();
                text_of(script.bytes(length.into()))
            });
            let mac = &text_of(script.rest());
            let verdict =
                |verified: bool| if verified { Answer::Accepts(Vec::new()) } else { Answer::Refuses };
            let ours = verdict(ours.verify_mac_with_info(MacMethod::HkdfHmacSha256V2, &text, &info, mac));
            let theirs = ask_peer(|| {
                let mac = vodozemac::sas::Mac::from_base64(mac);
                verdict(mac.is_ok_and(|mac| theirs.verify_mac(&text, &info, &mac).is_ok()))
            });
            judge(Vodozemac, &case(Subject::SasMac, mac), &ours, &theirs);
        }
        _ => {
            let length = script.byte();
            let (text, info) = (text_of(script.bytes(length.into())), text_of(script.rest()));
            let made = [MacMethod::HkdfHmacSha256V2, MacMethod::HistoricHkdfHmacSha256]
                .map(|method| ours.calculate_mac_with_info(method, &text, &info));
            let mac = theirs.calculate_mac(&text, &info).to_base64();
            assert_eq!(made, [mac.clone(), theirs.calculate_mac_invalid_base64(&text, &info)]);
            // As it is, it verifies; changed, with padding or without its end, there may be a row.
            let is_padded = script.rest().first().is_some_and(|byte| byte % 2 == 1);
            let mac = if is_padded { format!("{mac}=") } else { mac };
            let ours = ours.verify_mac_with_info(MacMethod::HkdfHmacSha256V2, &text, &info, &mac);
            let theirs = vodozemac::sas::Mac::from_base64(&mac)
                .is_ok_and(|mac| theirs.verify_mac(&text, &info, &mac).is_ok());
            let verdict =
                |verified: bool| if verified { Answer::Accepts(Vec::new()) } else { Answer::Refuses };
            judge(Vodozemac, &case(Subject::SasMac, &mac), &verdict(ours), &verdict(theirs));
        }
    }
}
