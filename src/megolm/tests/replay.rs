use alloc::vec::Vec;

use super::*;
use crate::megolm::{DecryptionError, ReplayGuard};

const EVENT: [u8; 32] = [1; 32];
const OTHER_EVENT: [u8; 32] = [2; 32];

#[test]
fn one_event_an_index() {
    let (mut sender, mut receiver) = sessions();
    receiver.set_replay_guard(ReplayGuard::default());
    let messages = encrypt_many(&mut sender, 2);
    receiver.decrypt_event(&messages[0], &EVENT).unwrap();
    receiver.decrypt_event(&messages[0], &EVENT).unwrap();
    let before = receiver.clone();
    let expected = DecryptionError::Replay { message_index: 0 };
    assert_eq!(receiver.decrypt_event(&messages[0], &OTHER_EVENT), Err(expected));
    assert!(receiver == before);
    receiver.decrypt_event(&messages[1], &OTHER_EVENT).unwrap();
    assert_eq!(receiver.replay_guard().len(), 2);
    receiver.decrypt(&messages[0]).unwrap();
}

#[test]
fn only_what_has_opened_is_remembered() {
    let (mut sender, mut receiver) = sessions();
    receiver.set_replay_guard(ReplayGuard::default());
    let message = sender.encrypt("text").unwrap();
    let (ratchet, signing_key) = sender.parts();
    let forged = crate::megolm::message::testing::seal_unpadded(ratchet, signing_key, &[0; 16], false);
    let forged = MegolmMessage::from_bytes(forged).unwrap();
    let before = receiver.clone();
    assert_eq!(receiver.decrypt_event(&forged, &EVENT), Err(DecryptionError::AuthenticationFailed));
    assert!(receiver == before);
    assert!(receiver.replay_guard().is_empty());
    receiver.decrypt_event(&message, &EVENT).unwrap();
    assert!(!receiver.replay_guard().is_empty());
}

#[test]
fn a_full_guard_refuses_what_it_cannot_remember() {
    let (mut sender, mut receiver) = sessions();
    let messages = encrypt_many(&mut sender, 3);
    let full = |capacity| Err(DecryptionError::ReplayGuardFull { capacity });
    assert_eq!(receiver.decrypt_event(&messages[0], &EVENT), full(0), "no guard was set");
    receiver.set_replay_guard(ReplayGuard::with_capacity(2));
    receiver.decrypt_event(&messages[0], &EVENT).unwrap();
    receiver.decrypt_event(&messages[1], &EVENT).unwrap();
    assert_eq!(receiver.decrypt_event(&messages[2], &EVENT), full(2));
    receiver.decrypt_event(&messages[1], &EVENT).unwrap();
    assert_eq!(receiver.replay_guard().capacity(), 2);
}

#[test]
fn a_message_of_another_version_is_refused_first() {
    let config = SessionConfig::default().with_version(crate::MessageVersion::V2);
    let mut sender = OutboundGroupSession::new(config, &mut seeded(3)).unwrap();
    let session_key = sender.session_key();
    let mut receiver = InboundGroupSession::new(&session_key, SessionConfig::default());
    let message = sender.encrypt("text").unwrap();
    let before = receiver.clone();
    assert!(matches!(receiver.decrypt(&message), Err(DecryptionError::MismatchedVersion { .. })));
    assert!(receiver == before);
    let mut receiver = InboundGroupSession::new(&session_key, config);
    assert_eq!(receiver.decrypt(&message).unwrap().plaintext, b"text");
}

#[test]
fn what_was_seen_is_kept_through_storing_and_merging() {
    let (mut sender, mut receiver) = sessions();
    let session_key = sender.session_key();
    receiver.set_replay_guard(ReplayGuard::with_capacity(1));
    let message = sender.encrypt("text").unwrap();
    receiver.decrypt_event(&message, &EVENT).unwrap();

    let entries: Vec<_> = receiver.replay_guard().entries().map(|(index, event)| (index, *event)).collect();
    let stored = ReplayGuard::from_entries(1, entries);
    assert_eq!(&stored, receiver.replay_guard());

    let mut merged = InboundGroupSession::new(&session_key, SessionConfig::default());
    merged.set_replay_guard(ReplayGuard::default());
    assert!(merged.merge(&receiver));
    assert_eq!(merged.replay_guard().capacity(), ReplayGuard::DEFAULT_CAPACITY);
    let replay = Err(DecryptionError::Replay { message_index: 0 });
    assert_eq!(merged.decrypt_event(&message, &OTHER_EVENT), replay);
    merged.set_replay_guard(stored);
    assert_eq!(merged.decrypt_event(&message, &OTHER_EVENT), replay);
}

#[test]
fn a_guard_has_room_for_what_it_has_seen_and_no_more_than_the_cap() {
    let mut guard = ReplayGuard::from_entries(0, [(1, EVENT), (2, EVENT), (2, OTHER_EVENT)]);
    assert_eq!((guard.len(), guard.capacity()), (2, 2));
    guard.set_capacity(1);
    assert_eq!(guard.capacity(), 2);
    guard.set_capacity(usize::MAX);
    assert_eq!(guard.capacity(), ReplayGuard::MAX_CAPACITY);
    assert_eq!(ReplayGuard::with_capacity(usize::MAX).capacity(), ReplayGuard::MAX_CAPACITY);
}
