//! F3, F13, F14, F21: what the ratchets keep, and what they do with messages that do not open.

use cliquet::{
    megolm::{self, InboundGroupSession, MegolmMessage, OutboundGroupSession, ReplayGuard},
    olm::{DecryptionError, EncryptionError, Limits, Message, OlmMessage, Session, SessionConfig},
    pickle::PickleKey,
};

use crate::support::{
    KEY, encrypt_many, established, exchange, group_state, libolm_body, libolm_pickle, patched, room, seeded,
    sessions, state, turned,
};

/// The peers give keys of late messages up without a word: lost, repeated and forged look the same.
#[test]
fn f03_used_no_longer_kept_and_too_far_ahead_are_three_errors() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 2_060);
    bob.decrypt(&messages[49]).unwrap();
    // Of 49 missing ones the newest 40 are kept; messages[n] has chain index n + 1.
    assert!(matches!(bob.decrypt(&messages[8]), Err(DecryptionError::NoLongerKept { chain_index: 9, .. })));
    bob.decrypt(&messages[9]).unwrap();
    for used in [9, 49] {
        assert!(matches!(bob.decrypt(&messages[used]), Err(DecryptionError::AlreadyUsed { .. })));
    }
    let too_far = bob.decrypt(&messages[2_051]);
    assert!(matches!(too_far, Err(DecryptionError::GapTooLarge { gap: 2_001, limit: 2_000, .. })));
    bob.decrypt(&messages[2_050]).unwrap();
}

/// How much is kept is fixed in the peers.
#[test]
fn f03_the_caller_sets_the_limits_within_bounds() {
    let limits = Limits::default().with_skipped_keys_per_chain(60).unwrap().with_message_gap(2_100).unwrap();
    let (mut alice, mut bob) = sessions(SessionConfig::default().with_limits(limits));
    let messages = encrypt_many(&mut alice, 2_200);
    bob.decrypt(&messages[60]).unwrap();
    bob.decrypt(&messages[0]).unwrap();
    bob.decrypt(&messages[2_161]).unwrap();
    limits.with_skipped_keys_per_chain(2_001).unwrap_err();
    limits.with_message_gap(100_001).unwrap_err();
}

/// Another library's pickle does not say which keys were given up: no verdict may claim more than is known.
#[test]
fn f03_a_session_from_another_library_calls_what_is_missing_no_longer_kept() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 3);
    bob.decrypt(&messages[2]).unwrap();
    bob.decrypt(&messages[0]).unwrap();
    assert!(matches!(bob.decrypt(&messages[0]), Err(DecryptionError::AlreadyUsed { .. })));
    let pickle = bob.to_libolm_pickle(KEY).unwrap();
    let mut bob = Session::from_libolm_pickle(&pickle, KEY, Limits::default()).unwrap();
    assert!(matches!(bob.decrypt(&messages[0]), Err(DecryptionError::NoLongerKept { .. })));
    bob.decrypt(&messages[1]).unwrap();
    // What was received since is known again.
    let next = alice.encrypt("next", &mut seeded(4)).unwrap();
    bob.decrypt(&next).unwrap();
    assert!(matches!(bob.decrypt(&next), Err(DecryptionError::AlreadyUsed { .. })));
}

/// A message that fails makes a peer's ratchet turn, so that a forger can end a conversation.
#[test]
fn f13_a_message_that_fails_leaves_an_olm_session_bit_for_bit_as_it_was() {
    let (mut alice, mut bob) = established();
    let known = encrypt_many(&mut bob, 60);
    let new_chain = encrypt_many(&mut alice, 60);
    // On a known chain and on a new one; the second message of each would give skipped keys up.
    for (session, messages) in [(&mut alice, &known), (&mut bob, &new_chain)] {
        for message in [&messages[0], &messages[59]] {
            let before = state(session);
            let last = message.as_bytes().len() - 1;
            for position in [last, last - 7, last - 8, 3, 34, 36] {
                let Ok(damaged) = Message::from_bytes(turned(message.as_bytes(), position, 0)) else {
                    continue;
                };
                session.decrypt(&damaged.into()).unwrap_err();
                assert_eq!(state(session), before, "position {position}");
            }
            session.decrypt(message).unwrap();
        }
    }

    // The first answer, which ends the pre-key messages.
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let answer = bob.encrypt("answer", &mut seeded(1)).unwrap();
    let before = state(&alice);
    let damaged = Message::from_bytes(turned(answer.as_bytes(), answer.as_bytes().len() - 1, 0)).unwrap();
    assert_eq!(alice.decrypt(&damaged.into()), Err(DecryptionError::AuthenticationFailed));
    assert_eq!(state(&alice), before);
    alice.decrypt(&answer).unwrap();

    // An unknown ratchet key, when it is this party's turn to make a new chain.
    let (mut alice, mut bob) = established();
    let message = bob.encrypt("text", &mut seeded(1)).unwrap();
    let forged = Message::from_bytes(patched(message.as_bytes(), 3, &[7; 32])).unwrap();
    let before = state(&alice);
    assert_eq!(alice.decrypt(&forged.into()), Err(DecryptionError::UnknownRatchetKey));
    assert_eq!(state(&alice), before);
    alice.decrypt(&message).unwrap();
    exchange(&mut alice, &mut bob, 22);
}

/// A peer's inbound session moves on before it has checked the MAC.
#[test]
fn f13_a_message_that_fails_leaves_a_megolm_session_bit_for_bit_as_it_was() {
    let (mut sender, mut receiver, signing_key) = room();
    let messages: Vec<_> = (0..300).map(|_| sender.encrypt("text").unwrap()).collect();
    receiver.decrypt(&messages[20]).unwrap();
    for message in [&messages[0], &messages[20], &messages[299]] {
        let before = group_state(&receiver);
        let bytes = message.as_bytes();
        let signed = bytes.len() - 64;
        // A bad signature, and a bad MAC under a right one.
        let unsigned = turned(bytes, signed - 1, 0);
        let signature = signing_key.sign(&unsigned[..signed]);
        let resigned = patched(&unsigned, signed, signature.as_bytes());
        for (bytes, expected) in [
            (unsigned, megolm::DecryptionError::InvalidSignature),
            (resigned, megolm::DecryptionError::AuthenticationFailed),
        ] {
            let forged = MegolmMessage::from_bytes(bytes).unwrap();
            assert_eq!(receiver.decrypt(&forged), Err(expected));
            assert_eq!(group_state(&receiver), before);
        }
    }
    for message in &messages {
        receiver.decrypt(message).unwrap();
    }
}

/// At the last index one peer begins again at 0, under new keys that nobody has, and the other panics.
#[test]
fn f14_a_group_session_ends_with_an_error_before_its_index_wraps() {
    // version[4] | ratchet[128] | index[4]
    let body = libolm_body(&room().0.to_libolm_pickle(KEY).unwrap());
    let pickle = libolm_pickle(&patched(&body, 132, &(u32::MAX - 1).to_be_bytes()));
    let mut sender = OutboundGroupSession::from_libolm_pickle(&pickle, KEY).unwrap();
    let mut receiver = InboundGroupSession::new(&sender.session_key(), megolm::SessionConfig::default());
    let last = sender.encrypt("last").unwrap();
    assert_eq!(last.message_index(), u32::MAX - 1);
    let before = sender.to_libolm_pickle(KEY).unwrap();
    for _ in 0..2 {
        assert_eq!(sender.encrypt("none").unwrap_err(), megolm::EncryptionError::SessionExhausted);
        assert_eq!(sender.to_libolm_pickle(KEY).unwrap(), before);
    }
    assert_eq!(receiver.decrypt(&last).unwrap().plaintext, b"last");
}

/// The chains of Olm have the same end.
#[test]
fn f14_an_olm_chain_ends_with_an_error_before_its_index_wraps() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let body = libolm_body(&alice.to_libolm_pickle(KEY).unwrap());
    // version[4] | received[1] | three keys and the root key[128] | count[4] | ratchet key pair[64] | chain key[32] | index[4]
    let pickle = libolm_pickle(&patched(&body, 233, &(u32::MAX - 1).to_be_bytes()));
    alice = Session::from_libolm_pickle(&pickle, KEY, Limits::default()).unwrap();
    let OlmMessage::PreKey(last) = alice.encrypt("last", &mut seeded(1)).unwrap() else { panic!() };
    assert_eq!(last.chain_index(), u32::MAX - 1);
    let before = state(&alice);
    for _ in 0..2 {
        assert_eq!(alice.encrypt("none", &mut seeded(1)).unwrap_err(), EncryptionError::ChainExhausted);
        assert_eq!(state(&alice), before);
    }
    // An answer gives a new chain.
    exchange(&mut bob, &mut alice, 21);
    exchange(&mut alice, &mut bob, 22);
}

/// Megolm opens a message as often as it comes: a server can pass an old one off as new.
#[test]
fn f21_the_index_is_returned_and_a_replay_under_another_event_is_refused() {
    let (event, other) = ([1; 32], [2; 32]);
    let (mut sender, mut receiver, signing_key) = room();
    let messages = [sender.encrypt("0").unwrap(), sender.encrypt("1").unwrap(), sender.encrypt("2").unwrap()];
    assert_eq!(receiver.decrypt(&messages[2]).unwrap().message_index, 2);
    receiver.set_replay_guard(ReplayGuard::with_capacity(2));

    // What does not open is not remembered.
    let bytes = messages[0].as_bytes();
    let signed = bytes.len() - 64;
    let forged = turned(bytes, signed - 1, 0);
    let forged = patched(&forged, signed, signing_key.sign(&forged[..signed]).as_bytes());
    let forged = MegolmMessage::from_bytes(forged).unwrap();
    receiver.decrypt_event(&forged, &other).unwrap_err();
    assert!(receiver.replay_guard().is_empty());

    for _ in 0..2 {
        assert_eq!(receiver.decrypt_event(&messages[0], &event).unwrap().message_index, 0);
    }
    let key = PickleKey::new(KEY);
    let pickle = receiver.to_pickle(&key, &mut seeded(1)).unwrap();
    let mut receiver = InboundGroupSession::from_pickle(&pickle, &key).unwrap();
    let before = group_state(&receiver);
    let replay = receiver.decrypt_event(&messages[0], &other);
    assert!(matches!(replay, Err(megolm::DecryptionError::Replay { message_index: 0, .. })));
    assert_eq!(group_state(&receiver), before);
    receiver.decrypt_event(&messages[1], &other).unwrap();
    let full = receiver.decrypt_event(&messages[2], &other);
    assert!(matches!(full, Err(megolm::DecryptionError::ReplayGuardFull { capacity: 2, .. })));
}
