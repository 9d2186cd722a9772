//! What stands in a key export: fields that one side knows and the other does not, and entries that cannot be read.

use cliquet::objects::session_data::SessionDataError;
use matrix_sdk_crypto::types::{EventEncryptionAlgorithm, SigningKeys};
use serde_json::{Value, json};

use super::{
    ExportedRoomKey, InboundGroupSession, PeersSender, ROOM_IDS, Sender, block_on, generator, read,
    read_text_by_peer, write, write_by_peer,
};

fn peers_key(change: impl FnOnce(&mut ExportedRoomKey)) -> ExportedRoomKey {
    let mut key = block_on(PeersSender::new(ROOM_IDS[0], false).session.export());
    change(&mut key);
    key
}

#[test]
fn key_export_chains_of_forwarding_devices_go_over() {
    let keys: Vec<_> = (0..3).map(|_| PeersSender::new(ROOM_IDS[0], false).curve25519_key).collect();
    let key = peers_key(|key| key.forwarding_curve25519_key_chain.clone_from(&keys));
    let export = read(&write_by_peer(&[key], ""), "").unwrap();
    let ours = &export.sessions[0].data.forwarding_curve25519_key_chain;
    assert!(ours.iter().map(|key| key.to_base64()).eq(keys.iter().map(|key| key.to_base64())));
    let again = &read_text_by_peer(&write(&export.sessions, ""), "").unwrap()[0];
    assert_eq!(again.forwarding_curve25519_key_chain, keys);
}

#[test]
fn key_export_sessions_without_a_claimed_key_go_over() {
    let key = peers_key(|key| key.sender_claimed_keys = SigningKeys::new());
    let export = read(&write_by_peer(&[key], ""), "").unwrap();
    assert_eq!(export.sessions[0].data.sender_claimed_ed25519_key, None);
    let again = &read_text_by_peer(&write(&export.sessions, ""), "").unwrap()[0];
    assert!(again.sender_claimed_keys.is_empty());
    assert!(InboundGroupSession::from_export(again).is_ok());
}

/// The peer of this version knows the flag by the name that it had at first, later ones by one of the two that we write.
#[test]
fn key_export_shared_history_goes_over_from_the_peer_alone() {
    for shared_history in [false, true] {
        let key = block_on(PeersSender::new(ROOM_IDS[0], shared_history).session.export());
        let export = read(&write_by_peer(&[key], ""), "").unwrap();
        assert_eq!(export.sessions[0].data.shared_history, shared_history);
        let again = &read_text_by_peer(&write(&export.sessions, ""), "").unwrap()[0];
        assert!(!again.shared_history);
    }
}

/// Whether cliquet and the peer's session read the entry.
type Verdict = (Result<(), SessionDataError>, bool);

fn verdict(change: impl FnOnce(&mut ExportedRoomKey)) -> Verdict {
    // One that cannot be read does not spoil the other.
    let keys = [peers_key(change), peers_key(|_| ())];
    let peers = InboundGroupSession::from_export(&keys[0]).is_ok();
    let export = read(&write_by_peer(&keys, ""), "").unwrap();
    assert_eq!(export.sessions.len() + export.refused.len(), 2);
    let last = export.sessions.last().unwrap();
    assert_eq!(last.data.session_id().to_base64(), keys[1].session_id);
    (export.refused.first().map_or(Ok(()), |refused| Err(refused.error)), peers)
}

#[test]
fn key_export_entries_that_we_refuse() {
    assert_eq!(verdict(|_| ()), (Ok(()), true));
    let other = EventEncryptionAlgorithm::from("m.other");
    let unsupported = (Err(SessionDataError::UnsupportedAlgorithm), false);
    assert_eq!(verdict(|key| key.algorithm = other), unsupported);
    // The peer's session goes by the name in the file, whatever its key.
    let mismatched = (Err(SessionDataError::MismatchedSessionId), true);
    assert_eq!(verdict(|key| key.session_id = peers_key(|_| ()).session_id.clone()), mismatched);
    let (refused, peers) = verdict(|key| key.session_id = "session".to_owned());
    assert!(matches!(refused, Err(SessionDataError::Decode { field: "session_id", .. })) && peers);
    // Those that have been exported for `m.megolm.v2.aes-sha2` are none to either of us.
    let version_2 = EventEncryptionAlgorithm::from("m.megolm.v2.aes-sha2");
    assert_eq!(verdict(|key| key.algorithm = version_2), unsupported);
}

/// One entry that it cannot read, and the peer reads none of the file.
#[test]
fn key_export_entries_that_the_peer_refuses_with_all_others() {
    let mut random = generator();
    let mut session = Sender::new("#alias:example.org", &mut random).exported();
    let other = Sender::new(ROOM_IDS[0], &mut random).exported();
    let read_as = |session: &_| {
        let text = write(std::slice::from_ref(session), "");
        (read(&text, "").unwrap().sessions.len(), read_text_by_peer(&text, "").is_ok())
    };
    assert_eq!(read_as(&session), (1, false));
    session.room_id = "!nul\u{0}:example.org".to_owned();
    assert_eq!(read_as(&session), (1, false));
    assert_eq!(read_as(&other), (1, true));
    let text = write(&[session, other], "");
    assert_eq!(read(&text, "").unwrap().sessions.len(), 2);
    read_text_by_peer(&text, "").err().unwrap();
}

/// What both write for one session, but for the flag.
#[test]
fn key_export_json_has_the_same_fields() {
    let session = Sender::new(ROOM_IDS[2], &mut generator()).exported();
    let key = &read_text_by_peer(&write(std::slice::from_ref(&session), ""), "").unwrap()[0];
    let mut peers = serde_json::to_value(key).unwrap();
    let flag = peers.as_object_mut().unwrap().remove("org.matrix.msc3061.shared_history");
    assert_eq!(flag, Some(json!(false)));
    let mut ours: Value = serde_json::from_slice(session.data.to_json().as_bytes()).unwrap();
    ours["room_id"] = json!(session.room_id);
    ours["session_id"] = json!(session.data.session_id());
    assert_eq!(ours, peers);
}
