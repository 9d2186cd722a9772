use super::*;
use crate::{
    MessageVersion,
    megolm::{DecryptionError, Provenance, SessionExport, SessionKey},
};

fn reads(receiver: &mut InboundGroupSession, message: &MegolmMessage) {
    let decrypted = receiver.decrypt(message).unwrap();
    assert_eq!(decrypted.message_index, message.message_index());
    assert_eq!(decrypted.plaintext, message.message_index().to_be_bytes());
}

#[test]
fn forwards_backwards_and_again() {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 300);
    messages.iter().for_each(|message| reads(&mut receiver, message));
    messages.iter().rev().for_each(|message| reads(&mut receiver, message));
    reads(&mut receiver, &messages[299]);
    assert_eq!(receiver.first_known_index(), 0);
}

#[test]
fn a_late_joiner_reads_from_there_on() {
    let (mut sender, _) = sessions();
    let messages = encrypt_many(&mut sender, 5);
    let mut late = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    assert_eq!(late.provenance(), Provenance::Shared { from: 5 });
    let expected = DecryptionError::UnknownMessageIndex { first_known_index: 5, message_index: 4 };
    assert_eq!(late.decrypt(&messages[4]), Err(expected));
    reads(&mut late, &encrypt_many(&mut sender, 1)[0]);
}

#[test]
fn an_export_is_marked_as_imported_and_goes_no_further_back() {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 10);
    assert_eq!(receiver.provenance(), Provenance::Shared { from: 0 });
    reads(&mut receiver, &messages[9]);
    let export = receiver.export_at(4).unwrap();
    assert_eq!((export.message_index(), export.session_id()), (4, receiver.session_id()));
    let mut imported = InboundGroupSession::import(&export, SessionConfig::default());
    reads(&mut imported, &messages[4]);
    reads(&mut imported, &messages[9]);
    assert_eq!(imported.provenance(), Provenance::Imported, "decrypting raises nothing");
    assert!(imported.decrypt(&messages[3]).is_err());
    assert!(imported.export_at(3).is_none());
    assert_eq!(imported.export_at(7), receiver.export_at(7));
}

#[test]
fn advancing_gives_the_past_up() {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 600);
    for index in [599, 20, 300] {
        reads(&mut receiver, &messages[index]);
    }
    assert!(receiver.advance_to(250));
    assert!(!receiver.advance_to(249), "there is no way back");
    assert_eq!(receiver.first_known_index(), 250);
    assert!(receiver.decrypt(&messages[249]).is_err());
    assert!(receiver.export_at(249).is_none());
    messages[250..].iter().rev().for_each(|message| reads(&mut receiver, message));
}

#[test]
fn advancing_beyond_all_that_was_read() {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 400);
    for index in [200, 100, 40] {
        reads(&mut receiver, &messages[index]);
    }
    assert!(receiver.advance_to(300));
    for index in [40, 100, 200, 299] {
        assert!(receiver.decrypt(&messages[index]).is_err());
    }
    reads(&mut receiver, &messages[300]);
}

#[test]
fn secrets_compare_by_their_content() {
    let (mut sender, mut receiver) = sessions();
    let (key, export) = (sender.session_key(), receiver.export());
    assert_eq!(export, receiver.export_at(0).unwrap());
    encrypt_many(&mut sender, 1);
    assert_ne!(sender.session_key(), key);
    assert_ne!(sender.session_key().to_base64(), key.to_base64());
    assert!(receiver.advance_to(1));
    assert_ne!(receiver.export(), export);
}

#[test]
fn the_text_forms_read_back() {
    let (mut sender, receiver) = sessions();
    let key = sender.session_key();
    assert_eq!(SessionKey::from_base64(key.to_base64().as_str()).unwrap(), key);
    assert_eq!(SessionKey::from_bytes(key.as_bytes()).unwrap(), key);
    let export = receiver.export_at(0).unwrap();
    assert_eq!(SessionExport::from_base64(export.to_base64().as_str()).unwrap(), export);
    assert_eq!(SessionExport::from_bytes(export.as_bytes()).unwrap(), export);
    let message = sender.encrypt("text").unwrap();
    assert_eq!(MegolmMessage::from_base64(&message.to_base64()).unwrap(), message);
}

#[test]
fn messages_show_what_everybody_sees_and_no_plaintext() {
    let (mut sender, mut receiver) = sessions();
    let message = sender.encrypt("text").unwrap();
    let length = message.as_bytes().len();
    assert_eq!(
        alloc::format!("{message:?} {:?}", receiver.decrypt(&message).unwrap()),
        alloc::format!(
            "MegolmMessage {{ message_index: 0, length: {length} }} \
             DecryptedMessage {{ plaintext_length: 4, message_index: 0, provenance: Shared {{ from: 0 }} }}"
        )
    );
}

#[test]
fn sessions_know_their_version() {
    for version in [MessageVersion::V1, MessageVersion::V2] {
        let config = SessionConfig::default().with_version(version);
        let sender = OutboundGroupSession::new(config, &mut seeded(1)).unwrap();
        let receiver = InboundGroupSession::new(&sender.session_key(), config);
        assert_eq!([sender.version(), receiver.version()], [version; 2]);
    }
}

#[test]
fn nothing_secret_is_printed() {
    let (sender, receiver) = sessions();
    let id = sender.session_id();
    assert_eq!(
        alloc::format!("{sender:?} {:?} {receiver:?} {:?}", sender.session_key(), receiver.export()),
        alloc::format!(
            "OutboundGroupSession {{ session_id: SessionId({id}), message_index: 0, .. }} \
             SessionKey {{ session_id: SessionId({id}), message_index: 0, .. }} \
             InboundGroupSession {{ session_id: SessionId({id}), first_known_index: 0, \
             provenance: Shared {{ from: 0 }}, .. }} \
             SessionExport {{ session_id: SessionId({id}), message_index: 0, .. }}"
        )
    );
}
