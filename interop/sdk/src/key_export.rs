//! Key export files with matrix-sdk-crypto: both ways, with sessions that then read real messages, and what each side refuses.

mod entries;
mod layout;

use cliquet::{
    megolm::MegolmMessage,
    objects::{
        key_export::{EncryptedKeyExport, KeyExport, KeyExportError, NewKeyExport},
        session_data::ExportedSession,
    },
};
use matrix_sdk_crypto::{
    decrypt_room_key_export, encrypt_room_key_export,
    olm::{ExportedRoomKey, InboundGroupSession},
    vodozemac::{base64_decode, base64_encode},
};

use super::{
    random::generator,
    sdk::{PeersSender, ROOM_IDS, Sender, block_on, read_by_peer, read_by_us},
};

const PASSPHRASES: [&str; 4] = ["correct horse battery staple", "", "mot de passe: été 😀\u{0}", "  spaces "];

/// The peer writes any number of rounds; few keep the tests short.
const FEW_ROUNDS: u32 = 10;

fn write(sessions: &[ExportedSession], passphrase: &str) -> String {
    let export = NewKeyExport::new(NewKeyExport::MIN_ROUNDS, &mut generator()).unwrap();
    let stretched = export.stretch(passphrase).finish();
    export.seal(sessions, &stretched).unwrap().to_text()
}

fn read(text: &str, passphrase: &str) -> Result<KeyExport, KeyExportError> {
    EncryptedKeyExport::from_text(text)?.decrypt(passphrase, NewKeyExport::MIN_ROUNDS)
}

fn write_by_peer(sessions: &[ExportedRoomKey], passphrase: &str) -> String {
    encrypt_room_key_export(sessions, passphrase, FEW_ROUNDS).unwrap()
}

fn read_text_by_peer(text: &str, passphrase: &str) -> Result<Vec<ExportedRoomKey>, String> {
    decrypt_room_key_export(text.as_bytes(), passphrase).map_err(|error| error.to_string())
}

/// Two senders in each room, and a message of each.
fn senders() -> Vec<(Sender, Vec<MegolmMessage>)> {
    let mut random = generator();
    let rooms = ROOM_IDS.iter().chain(&ROOM_IDS);
    let with_messages = |mut sender: Sender| {
        let messages = ["first", "second"].map(|body| sender.encrypt(body)).into();
        (sender, messages)
    };
    rooms.map(|room_id| with_messages(Sender::new(room_id, &mut random))).collect()
}

#[test]
fn key_export_of_ours_is_read_by_the_peer() {
    let senders = senders();
    let sessions: Vec<_> = senders.iter().map(|(sender, _)| sender.exported()).collect();
    for passphrase in PASSPHRASES {
        let read = read_text_by_peer(&write(&sessions, passphrase), passphrase).unwrap();
        assert_eq!(read.len(), sessions.len());
        for (key, (sender, messages)) in read.iter().zip(&senders) {
            let data = sender.session_data();
            assert_eq!(key.room_id, sender.room_id);
            assert_eq!(key.session_id, data.session_id().to_base64());
            assert_eq!(key.sender_key.to_base64(), data.sender_key.to_base64());
            let session = InboundGroupSession::from_export(key).unwrap();
            assert!(session.has_been_imported());
            for (message, body) in messages.iter().zip(["first", "second"]) {
                assert_eq!(read_by_peer(&session, message).unwrap(), body);
            }
        }
    }
}

#[test]
fn key_export_of_the_peer_is_read_by_us() {
    let mut senders: Vec<_> =
        ROOM_IDS.iter().chain(&ROOM_IDS).map(|room_id| PeersSender::new(room_id, false)).collect();
    let messages: Vec<_> = senders.iter_mut().map(|sender| sender.encrypt("first")).collect();
    for passphrase in PASSPHRASES {
        let keys: Vec<_> = senders.iter().map(|sender| block_on(sender.session.export())).collect();
        let export = read(&write_by_peer(&keys, passphrase), passphrase).unwrap();
        assert_eq!((export.sessions.len(), export.refused.len()), (senders.len(), 0));
        for ((session, sender), message) in export.sessions.iter().zip(&senders).zip(&messages) {
            assert_eq!(session.room_id, sender.room_id.as_str());
            assert_eq!(session.data.session_id().to_base64(), sender.session.session_id());
            assert_eq!(session.data.sender_key.to_base64(), sender.curve25519_key.to_base64());
            let claimed = session.data.sender_claimed_ed25519_key.unwrap();
            assert_eq!(claimed.to_base64(), sender.ed25519_key.to_base64());
            assert_eq!(session.data.forwarding_curve25519_key_chain, []);
            assert_eq!(read_by_us(&session.data, message).unwrap(), "first");
        }
    }
}

/// From us to the peer's sessions and back: nothing is lost but the chain, which the peer does not keep.
#[test]
fn key_export_goes_round() {
    let sessions: Vec<_> = senders().iter().map(|(sender, _)| sender.exported()).collect();
    let keys = read_text_by_peer(&write(&sessions, "passphrase"), "passphrase").unwrap();
    let again = read(&write_by_peer(&keys, "passphrase"), "passphrase").unwrap();
    assert_eq!(again.sessions, sessions);

    let imported = keys.iter().map(|key| InboundGroupSession::from_export(key).unwrap());
    let keys: Vec<_> = imported.map(|session| block_on(session.export())).collect();
    let again = read(&write_by_peer(&keys, "passphrase"), "passphrase").unwrap();
    assert_eq!(again.sessions, sessions);
}

#[test]
fn key_export_of_a_session_in_the_middle_reads_from_there_on() {
    let mut sender = Sender::new(ROOM_IDS[0], &mut generator());
    let messages: Vec<_> = ["0", "1", "2", "3"].map(|body| sender.encrypt(body)).into();
    let key = &read_text_by_peer(&write(&[sender.exported()], ""), "").unwrap()[0];
    let session = InboundGroupSession::from_export(key).unwrap();
    let later = block_on(session.export_at_index(2));
    let export = read(&write_by_peer(&[later], ""), "").unwrap();
    let later = &export.sessions[0];
    assert_eq!(later.data.session_key.message_index(), 2);
    for (message, expected) in messages.iter().zip([None, None, Some("2"), Some("3")]) {
        assert_eq!(read_by_us(&later.data, message).as_deref(), expected);
    }
    let key = &read_text_by_peer(&write(&export.sessions, ""), "").unwrap()[0];
    let session = InboundGroupSession::from_export(key).unwrap();
    assert_eq!(session.first_known_index(), 2);
    assert_eq!(read_by_peer(&session, &messages[1]), None);
    assert_eq!(read_by_peer(&session, &messages[2]).unwrap(), "2");
}

#[test]
fn key_export_without_sessions() {
    let text = write(&[], "passphrase");
    assert_eq!(read_text_by_peer(&text, "passphrase").unwrap().len(), 0);
    let export = read(&write_by_peer(&[], "passphrase"), "passphrase").unwrap();
    assert_eq!((export.sessions.len(), export.refused.len()), (0, 0));
}

#[test]
fn key_export_under_another_passphrase_is_refused_by_both() {
    let session = PeersSender::new(ROOM_IDS[0], false).session;
    let text = write_by_peer(&[block_on(session.export())], "passphrase");
    let ours = write(&[], "passphrase");
    for other in ["Passphrase", "passphrase ", "", "passphras\u{e9}"] {
        assert_eq!(read(&text, other).unwrap_err(), KeyExportError::AuthenticationFailed);
        assert_eq!(read_text_by_peer(&ours, other).err().unwrap(), WRONG_MAC);
    }
    assert!(read(&text, "passphrase").is_ok() && read_text_by_peer(&ours, "passphrase").is_ok());
}

const WRONG_MAC: &str = "The MAC of the encrypted payload is invalid.";

#[test]
fn key_export_with_a_changed_byte_is_refused_by_both() {
    let session = PeersSender::new(ROOM_IDS[0], false).session;
    let text = write_by_peer(&[block_on(session.export())], "passphrase");
    let lines: Vec<&str> = text.lines().collect();
    let bytes = base64_decode(lines[1]).unwrap();
    // The rounds stand in bytes 33 to 36: where they grow, the peer would calculate for hours.
    for position in (0..33).chain(36..bytes.len()) {
        let mut bytes = bytes.clone();
        bytes[position] ^= 1;
        let changed = [lines[0], &base64_encode(&bytes), lines[2]].join("\n");
        let (ours, peers) = (read(&changed, "passphrase"), read_text_by_peer(&changed, "passphrase"));
        match position {
            0 => assert!(matches!(ours, Err(KeyExportError::Decode(_))) && peers.is_err()),
            _ => {
                assert_eq!(ours.unwrap_err(), KeyExportError::AuthenticationFailed, "{position}");
                assert_eq!(peers.err().unwrap(), WRONG_MAC, "{position}");
            }
        }
    }
    for length in 0..bytes.len() {
        let cut = [lines[0], &base64_encode(&bytes[..length]), lines[2]].join("\n");
        read(&cut, "passphrase").unwrap_err();
        assert!(read_text_by_peer(&cut, "passphrase").is_err());
    }
}
