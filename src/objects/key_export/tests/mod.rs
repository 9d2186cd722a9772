pub(crate) mod known_answers;

use alloc::{format, string::String, vec, vec::Vec};

use super::*;
use crate::{
    megolm::{OutboundGroupSession, SessionConfig},
    objects::session_data::{ExportedSession, tests::session_data},
    testing::{FixedRandom, counting, seeded},
};

const ROUNDS: u32 = NewKeyExport::MIN_ROUNDS;

fn sessions(count: u64) -> Vec<ExportedSession> {
    (0..count).map(|seed| ExportedSession::new(format!("!{seed}:example.org"), session_data(seed))).collect()
}

fn sealed(sessions: &[ExportedSession]) -> EncryptedKeyExport {
    let export = NewKeyExport::new(ROUNDS, &mut seeded(1)).unwrap();
    let stretched = export.stretch("passphrase").finish();
    export.seal(sessions, &stretched).unwrap()
}

#[test]
fn what_is_sealed_is_opened() {
    let export = || NewKeyExport::new(ROUNDS, &mut seeded(1)).unwrap();
    let stretched = export().stretch("passphrase").finish();
    for count in [0, 1, 20] {
        let text = export().seal(&sessions(count), &stretched).unwrap().to_text();
        assert!(text.lines().all(|line| line.len() <= 96) && text.ends_with("-----\n"));
        let opened = EncryptedKeyExport::from_text(&text).unwrap().open(&stretched).unwrap();
        assert_eq!((opened.sessions, opened.refused), (sessions(count), vec![]));
    }
}

#[test]
fn an_opened_session_decrypts_messages() {
    let mut sender = OutboundGroupSession::new(SessionConfig::default(), &mut seeded(1)).unwrap();
    let mut data = session_data(1);
    let receiver = crate::megolm::InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    data.session_key = receiver.export();
    let export = sealed(&[ExportedSession::new("!room:example.org", data)]);
    let opened = export.decrypt("passphrase", ROUNDS).unwrap();
    let mut session = opened.sessions[0].data.import(SessionConfig::default());
    assert_eq!(session.decrypt(&sender.encrypt("text").unwrap()).unwrap().plaintext, b"text");
}

#[test]
fn a_wrong_passphrase_is_refused_and_the_file_can_be_tried_again() {
    let export = sealed(&sessions(1));
    for wrong in ["", "passphrase "] {
        assert_eq!(export.decrypt(wrong, ROUNDS), Err(KeyExportError::AuthenticationFailed));
    }
    assert!(export.decrypt("passphrase", ROUNDS).is_ok());
}

#[test]
fn hostile_rounds_are_refused_before_the_first() {
    let too_many = Err(KeyExportError::TooManyRounds { rounds: u32::MAX, limit: u32::MAX - 1 });
    let mut bytes = counting(1, 100);
    bytes[33..37].fill(0xff);
    let text = |bytes: &[u8]| {
        let base64 = crate::encoding::base64::encode(bytes);
        format!("-----BEGIN MEGOLM SESSION DATA-----\n{base64}\n-----END MEGOLM SESSION DATA-----")
    };
    let export = EncryptedKeyExport::from_text(&text(&bytes)).unwrap();
    assert_eq!(export.rounds(), u32::MAX);
    assert_eq!(export.decrypt("passphrase", u32::MAX - 1), too_many);
    bytes[33..37].fill(0);
    let no_rounds = EncryptedKeyExport::from_text(&text(&bytes));
    assert_eq!(no_rounds.unwrap_err(), KeyExportError::TooFewRounds { rounds: 0, limit: 1 });
}

#[test]
fn a_new_export_has_enough_rounds_and_its_own_salt() {
    for rounds in [0, 1, ROUNDS - 1] {
        let refused = NewKeyExport::new(rounds, &mut seeded(1)).unwrap_err();
        assert_eq!(refused, KeyExportError::TooFewRounds { rounds, limit: ROUNDS });
    }
    for drawn in [0, 15, 16, 31] {
        let refused = NewKeyExport::new(ROUNDS, &mut FixedRandom::new(counting(0, drawn))).unwrap_err();
        assert_eq!(refused, KeyExportError::Random);
    }
    let export = NewKeyExport::new(ROUNDS, &mut FixedRandom::new([0xff; 32].into())).unwrap();
    let stretched = export.stretch("").finish();
    let bytes = base64_body(&export.seal(&[], &stretched).unwrap().to_text());
    assert_eq!(bytes[..17], [&[1_u8][..], &[0xff; 16]].concat());
    assert_eq!(bytes[25], 0x7f, "bit 63 of the IV is clear");
}

fn base64_body(text: &str) -> Vec<u8> {
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    crate::encoding::base64::decode(&body).unwrap()
}

#[test]
fn a_passphrase_that_was_stretched_for_another_export_is_refused() {
    let (first, second) = (
        NewKeyExport::new(ROUNDS, &mut seeded(1)).unwrap(),
        NewKeyExport::new(ROUNDS, &mut seeded(2)).unwrap(),
    );
    let stretched = first.stretch("passphrase").finish();
    let handed_back = second.seal(&[], &stretched).unwrap_err();
    assert_eq!(handed_back.error, KeyExportError::OtherParameters);
    let stretched_again = handed_back.receiver.stretch("passphrase").finish();
    let sealed = handed_back.receiver.seal(&[], &stretched_again).unwrap();
    assert_eq!(sealed.open(&stretched), Err(KeyExportError::OtherParameters));
    assert!(sealed.open(&stretched_again).is_ok());
}

#[test]
fn one_unreadable_entry_keeps_the_others_from_nothing() {
    let mut json = crate::secret::SecretBytes::with_capacity(0);
    json.extend(b"[7,");
    sessions(1)[0].write_json(&mut json);
    json.extend(b",{\"algorithm\":\"m.other\"}]");
    let read = content::read(json).unwrap();
    assert_eq!(read.sessions, sessions(1));
    let positions: Vec<usize> = read.refused.iter().map(|refused| refused.position).collect();
    assert_eq!((positions, read.refused_count), (vec![0, 2], 2));
}

#[test]
fn a_million_entries_that_are_none_take_little_memory() {
    let mut json = crate::secret::SecretBytes::new("[".into());
    json.extend("0,".repeat(999_999).as_bytes());
    json.extend(b"0]");
    let read = content::read(json).unwrap();
    assert_eq!((read.sessions.capacity(), read.refused.len(), read.refused_count), (0, 1000, 1_000_000));
}
