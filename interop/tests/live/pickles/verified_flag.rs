//! The one flag that the peers keep of where an inbound group session comes from: it stays as it was, and decrypting in
//! cliquet does not raise it.

use cliquet::{
    MessageVersion::V1,
    megolm::{self, Provenance, SessionExport},
};
use cliquet_interop::libolm;

use super::{
    super::party::{
        Implementation::{self, Cliquet, Libolm, Vodozemac},
        Random, Reminder, first_seed,
    },
    hands::{InboundGroupSession, OutboundGroupSession},
    state::{State, Way},
};

/// The flag of a session in a peer's hands.
fn flag(session: &InboundGroupSession) -> bool {
    match session {
        State::Cliquet(_) => panic!("cliquet has more than a flag"),
        State::Libolm(session) => session.is_verified(),
        State::Vodozemac(session) => {
            serde_json::to_value(session.pickle()).unwrap()["signing_key_verified"].as_bool().unwrap()
        }
    }
}

/// What cliquet says of a session that came with this flag. The variant itself cannot be written outside of it.
fn is_legacy(provenance: Provenance, expected: bool) -> bool {
    matches!(provenance, Provenance::Legacy { flag, .. } if flag == expected)
}

struct Room {
    session_key: String,
    export: String,
    messages: Vec<String>,
}

fn room() -> Room {
    let mut sender = OutboundGroupSession::new(Cliquet, V1, &Random::new(first_seed()));
    let session_key = sender.session_key();
    let export = InboundGroupSession::new(Cliquet, V1, &session_key).export_at(0).unwrap();
    Room { session_key, export, messages: (0..10_u8).map(|number| sender.encrypt(&[number])).collect() }
}

/// A session of the room that was shared or imported.
fn member(room: &Room, place: Implementation, shared: bool) -> InboundGroupSession {
    if shared {
        InboundGroupSession::new(place, V1, &room.session_key)
    } else {
        InboundGroupSession::import(place, &room.export)
    }
}

#[test]
fn pickle_keeps_the_peers_flag() {
    let room = room();
    for (from, to) in [(Libolm, Libolm), (Libolm, Vodozemac), (Vodozemac, Libolm), (Vodozemac, Vodozemac)] {
        for shared in [true, false] {
            for way in Way::all() {
                let _reminder = Reminder((from, to, shared, way));
                let theirs = member(&room, from, shared);
                assert_eq!(flag(&theirs), shared);
                let mut ours = theirs.into_ours(way);
                assert!(is_legacy(ours.provenance(), shared));
                for message in &room.messages {
                    ours.decrypt(&megolm::MegolmMessage::from_base64(message).unwrap()).unwrap();
                }
                assert!(is_legacy(ours.provenance(), shared));
                assert!(ours.advance_to(3));
                assert!(is_legacy(ours.provenance(), shared));
                let mut theirs = State::Cliquet(ours).moved(to, way);
                assert_eq!(flag(&theirs), shared);
                assert_eq!(theirs.decrypt(&room.messages[9]), Ok((vec![9], 9)));
            }
        }
    }
}

/// libolm sets the flag when it has decrypted a message; cliquet takes it as what libolm says.
#[test]
fn pickle_of_an_import_that_libolm_has_decrypted_with() {
    let room = room();
    for way in Way::all() {
        let mut theirs = member(&room, Libolm, false);
        theirs.decrypt(&room.messages[0]).unwrap();
        assert!(flag(&theirs));
        let ours = theirs.into_ours(way);
        assert!(is_legacy(ours.provenance(), true));
        assert!(flag(&State::Cliquet(ours).moved(Libolm, way)));
    }
}

#[test]
fn pickle_of_our_sessions_sets_the_flag_of_shared_ones_alone() {
    let room = room();
    for to in [Libolm, Vodozemac] {
        for shared in [true, false] {
            for way in Way::all() {
                let _reminder = Reminder((to, shared, way));
                let mut ours = member(&room, Cliquet, shared);
                ours.decrypt(&room.messages[4]).unwrap();
                assert_eq!(flag(&ours.moved(to, way)), shared);
            }
        }
    }
}

/// Shared from index 5 on and imported before: the flag has no index, so it stands for the lesser.
#[test]
fn pickle_of_a_session_that_is_shared_in_part() {
    let mut sender =
        megolm::OutboundGroupSession::new(megolm::SessionConfig::default(), &mut Random::new(first_seed()))
            .unwrap();
    let config = megolm::SessionConfig::default();
    let export = megolm::InboundGroupSession::new(&sender.session_key(), config).export().to_base64();
    (0..5).for_each(|_| drop(sender.encrypt(b"").unwrap()));
    let mut ours = megolm::InboundGroupSession::new(&sender.session_key(), config);
    let export = SessionExport::from_base64(export.as_str()).unwrap();
    assert!(ours.merge(&megolm::InboundGroupSession::import(&export, config)));
    assert!(matches!(ours.provenance_at(5), Provenance::Shared { .. }));
    for way in Way::all() {
        for to in [Libolm, Vodozemac] {
            let copy = ours.to_pickle_without_encryption();
            let mut ours =
                megolm::InboundGroupSession::from_pickle_without_encryption(copy.as_bytes()).unwrap();
            assert!(!flag(&State::Cliquet(ours).moved(to, way)));
            ours = megolm::InboundGroupSession::from_pickle_without_encryption(copy.as_bytes()).unwrap();
            assert!(ours.advance_to(5));
            assert!(flag(&State::Cliquet(ours).moved(to, way)));
        }
    }
}

/// Pickles of before there was a flag count as verified, in libolm and in cliquet.
#[test]
fn pickle_of_libolm_without_a_flag() {
    use vodozemac::{base64_decode, base64_encode, hazmat::Cipher};
    let theirs = libolm::InboundGroupSession::import(&room().export).unwrap();
    let cipher = Cipher::new_pickle(b"key");
    let mut body = cipher.decrypt_pickle(&base64_decode(theirs.pickle(b"key").unwrap()).unwrap()).unwrap();
    assert_eq!(body.pop(), Some(0));
    assert_eq!(std::mem::replace(&mut body[3], 1), 2, "the version");
    let text = base64_encode(cipher.encrypt_pickle(&body));
    let ours = megolm::InboundGroupSession::from_libolm_pickle(&text, b"key").unwrap();
    assert!(is_legacy(ours.provenance(), true));
    assert!(libolm::InboundGroupSession::unpickle(&text, b"key").unwrap().is_verified());
}
