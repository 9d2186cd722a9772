use super::*;
use crate::{
    keys::Ed25519PublicKey,
    megolm::{Provenance, SessionExport, SessionOrdering, session_format},
    secret::Secret,
    testing::FixedRandom,
};

fn import(export: &SessionExport) -> InboundGroupSession {
    InboundGroupSession::import(export, SessionConfig::default())
}

/// An export with the public key of `receiver` and an invented ratchet.
fn invented(receiver: &InboundGroupSession, index: u32) -> InboundGroupSession {
    let ratchet = crate::megolm::ratchet::Ratchet::from_bytes(&[7; 128], index);
    let key = Ed25519PublicKey::from_bytes(receiver.session_id().as_bytes()).unwrap();
    let mut bytes = Secret::<{ session_format::LENGTH }>::zeroed();
    session_format::write(1, &ratchet, key.as_bytes(), bytes.as_mut_bytes());
    import(&SessionExport::from_bytes(bytes.as_bytes()).unwrap())
}

#[test]
fn who_begins_earlier_is_better() {
    let (_, receiver) = sessions();
    let later = import(&receiver.export_at(300).unwrap());
    assert_eq!(receiver.compare(&later), SessionOrdering::Better);
    assert_eq!(later.compare(&receiver), SessionOrdering::Worse);
    assert_eq!(later.compare(&import(&receiver.export_at(300).unwrap())), SessionOrdering::Equal);
}

/// One ratchet under two signing keys: whoever has the ratchet could have made the second.
#[test]
fn sessions_of_two_signing_keys_are_not_connected() {
    let [first, second] = [1, 2].map(|seed| {
        let drawn = [[7; 128].as_slice(), &[seed; 32]].concat();
        let outbound =
            OutboundGroupSession::new(SessionConfig::default(), &mut FixedRandom::new(drawn)).unwrap();
        InboundGroupSession::new(&outbound.session_key(), SessionConfig::default())
    });
    assert!(!first.connected(&second) && first.connected(&first.clone()));
    assert_eq!(first.compare(&second), SessionOrdering::Unconnected);
}

#[test]
fn other_sessions_and_invented_ratchets_are_not_connected() {
    let (_, mut receiver) = sessions();
    let other = OutboundGroupSession::new(SessionConfig::default(), &mut seeded(2)).unwrap();
    let other = InboundGroupSession::new(&other.session_key(), SessionConfig::default());
    let before = receiver.clone();
    for other in [other, invented(&receiver, 0), invented(&receiver, 9)] {
        assert!(!receiver.connected(&other) && !other.connected(&receiver));
        assert_eq!(receiver.compare(&other), SessionOrdering::Unconnected);
        assert!(!receiver.merge(&other));
        assert!(receiver == before, "a refused merge changes nothing");
    }
}

#[test]
fn merging_reads_more_and_proves_no_more() {
    let (mut sender, whole) = sessions();
    let messages = encrypt_many(&mut sender, 20);
    let mut shared = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
    assert_eq!(shared.provenance(), Provenance::Shared { from: 20 });
    let earlier = import(&whole.export_at(5).unwrap());

    assert!(shared.merge(&earlier));
    assert_eq!((shared.first_known_index(), shared.provenance()), (5, Provenance::Shared { from: 20 }));
    shared.decrypt(&messages[5]).unwrap();
    assert!(shared.decrypt(&messages[4]).is_err());
    assert_eq!(shared.provenance(), Provenance::Shared { from: 20 }, "decrypting raises nothing");

    let mut imported = import(&whole.export_at(5).unwrap());
    let latest = encrypt_many(&mut sender, 1);
    imported.decrypt(&latest[0]).unwrap();
    assert!(imported.merge(&shared));
    assert_eq!((imported.first_known_index(), imported.provenance()), (5, Provenance::Shared { from: 20 }));
    imported.decrypt(&latest[0]).unwrap();
}

#[test]
fn what_was_given_up_is_not_proven_by_an_import() {
    let (_, whole) = sessions();
    let early = import(&whole.export_at(5).unwrap());
    let shared = || {
        let (_, mut shared) = sessions();
        assert!(shared.advance_to(300));
        shared
    };
    assert_eq!(shared().provenance(), Provenance::Shared { from: 300 });
    let mut merged = shared();
    assert!(merged.merge(&early));
    let mut other_way = import(&whole.export_at(5).unwrap());
    assert!(other_way.merge(&shared()));
    for session in [merged, other_way] {
        assert_eq!(
            (session.first_known_index(), session.provenance()),
            (5, Provenance::Shared { from: 300 })
        );
        assert_eq!(session.provenance_at(299), Provenance::Imported);
        assert_eq!(session.provenance_at(300), Provenance::Shared { from: 300 });
    }
}

#[test]
fn a_decrypted_message_tells_its_own_provenance() {
    let (mut sender, whole) = sessions();
    let messages = encrypt_many(&mut sender, 21);
    let mut late = import(&whole.export_at(0).unwrap());
    assert!(late.merge(&{
        let (_, mut shared) = sessions();
        shared.advance_to(20);
        shared
    }));
    assert_eq!(late.decrypt(&messages[19]).unwrap().provenance, Provenance::Imported);
    assert_eq!(late.decrypt(&messages[20]).unwrap().provenance, Provenance::Shared { from: 20 });
}

#[test]
fn sessions_of_other_versions_are_not_connected() {
    let (sender, receiver) = sessions();
    let second = SessionConfig::default().with_version(crate::MessageVersion::V2);
    assert!(!receiver.connected(&InboundGroupSession::new(&sender.session_key(), second)));
}
