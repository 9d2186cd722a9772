//! What a C interface or a facade with another library's API is built on.

use super::*;
use crate::{
    Curve25519KeyPair, Ed25519KeyPair, MessageVersion,
    olm::{DecryptionError, InboundCreationError, MessageType, Removal, SharedKeys},
    testing::{FixedRandom, counting},
};

#[test]
fn an_unopened_session_takes_nothing_until_it_has_decrypted() {
    let (alice, mut bob) = accounts();
    let (mut alice_session, message) = outbound(&alice, &bob, SessionConfig::default());
    let before = bob.clone();
    let mut session =
        bob.inbound_session_unopened(alice.curve25519_key(), &message, SessionConfig::default()).unwrap();
    assert!(bob == before && !session.has_received_message());
    assert!(session.matches_pre_key_message(&message));

    // Its first decryption is atomic.
    let mut damaged = message.as_bytes().to_vec();
    *damaged.last_mut().unwrap() ^= 1;
    let damaged = PreKeyMessage::from_bytes(damaged).unwrap();
    let unopened = session.clone();
    assert_eq!(session.decrypt(&damaged.into()), Err(DecryptionError::AuthenticationFailed));
    assert!(session == unopened);

    assert_eq!(session.decrypt(&message.clone().into()).unwrap(), b"first");
    assert_eq!(bob.remove_one_time_key(&message.one_time_key()), Removal::Removed);
    exchange(&mut session, &mut alice_session, 1);

    let created = bob.inbound_session_unopened(alice.curve25519_key(), &message, SessionConfig::default());
    assert!(matches!(created, Err(InboundCreationError::UnknownOneTimeKey { .. })));
}

#[test]
fn the_twins_of_another_handshake_understand_each_other() {
    let keys = outbound(&accounts().0, &accounts().1, SessionConfig::default()).1.session_keys();
    let shared = || SharedKeys::from_bytes(&[1; 32], &[2; 32]);
    for version in [MessageVersion::V1, MessageVersion::V2] {
        let config = SessionConfig::default().with_version(version);
        let mut rng = FixedRandom::new(counting(0, 32));
        let mut sender = Session::sender_from_shared_keys(shared(), keys, config, &mut rng).unwrap();
        assert!(rng.is_empty());
        let first = pre_key(sender.encrypt("first", &mut rng).unwrap());
        assert_eq!((first.session_keys(), first.version()), (keys, version));
        let mut receiver = Session::receiver_from_shared_keys(shared(), keys, first.ratchet_key(), config);
        assert_eq!(receiver.decrypt(&first.into()).unwrap(), b"first");
        exchange(&mut receiver, &mut sender, 1);
        exchange(&mut sender, &mut receiver, 2);
    }
}

#[test]
fn a_message_of_another_version_is_refused() {
    let (alice, mut bob) = accounts();
    let second = SessionConfig::default().with_version(MessageVersion::V2);
    let (_, message) = outbound(&alice, &bob, second);
    let mismatched =
        DecryptionError::MismatchedVersion { expected: MessageVersion::V1, found: MessageVersion::V2 };
    let before = bob.clone();
    let created = bob.create_inbound_session(alice.curve25519_key(), &message, SessionConfig::default());
    assert_eq!(created.unwrap_err(), InboundCreationError::Decryption(mismatched));
    assert!(bob == before);
    let unopened = bob.inbound_session_unopened(alice.curve25519_key(), &message, SessionConfig::default());
    assert_eq!(unopened.unwrap_err(), InboundCreationError::Decryption(mismatched));
    let created = bob.create_inbound_session(alice.curve25519_key(), &message, second).unwrap();
    assert_eq!((created.session.version(), &created.plaintext[..]), (MessageVersion::V2, &b"first"[..]));
}

#[test]
fn lengths_and_randomness_are_known_before() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let mut kinds = Vec::new();
    for (step, length) in
        [0, 1, 15, 16, 17, 127, 128, 1_000, 20_000].into_iter().cycle().take(300).enumerate()
    {
        // Alice first, so that she sends pre-key messages.
        let bobs_turn = step % 3 == 2;
        let session = if bobs_turn { &mut bob } else { &mut alice };
        let (expected, kind, draws) =
            (session.message_len(length), session.next_message_type(), session.needs_random());
        let mut rng = FixedRandom::new(if draws { counting(step.to_le_bytes()[0], 32) } else { Vec::new() });
        let message = session.encrypt(alloc::vec![0; length], &mut rng).unwrap();
        assert!(rng.is_empty());
        assert_eq!((message.as_bytes().len(), message.message_type()), (expected, kind));
        assert!((length..length + 16).contains(&message.max_plaintext_len()));
        if step % 5 == 0 {
            let other = if bobs_turn { &mut alice } else { &mut bob };
            other.decrypt(&message).unwrap();
        }
        kinds.push(kind);
    }
    assert!(kinds.contains(&MessageType::PreKey) && kinds.contains(&MessageType::Normal));
}

#[test]
fn the_summary_tells_the_public_state() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let skipped = encrypt_many(&mut alice, 4);
    bob.decrypt(&skipped[3]).unwrap();
    let summary = bob.summary();
    assert_eq!(summary.session_id, alice.session_id());
    assert_eq!((summary.sending_chain, summary.skipped_message_keys), (None, 3));
    let ours = alice.summary().sending_chain.unwrap();
    assert_eq!(summary.receiver_chains, [ours]);
    assert_eq!(ours.next_chain_index, 5);
    exchange(&mut bob, &mut alice, 1);
    assert_eq!(alice.summary().receiver_chains, [bob.summary().sending_chain.unwrap()]);
}

#[test]
fn keys_move_in_and_out_in_every_form() {
    let (alice, _) = accounts();
    let signing_key = alice.signing_key_pair();
    let seed = signing_key.export_seed().unwrap();
    let mut unclamped = *signing_key.export_expanded_secret_key();
    unclamped[0] |= 7;
    unclamped[31] |= 0x80;
    let expanded = Ed25519KeyPair::from_expanded_secret_key(&unclamped);
    assert_eq!(expanded.export_seed(), None);
    assert_eq!(expanded.export_expanded_secret_key(), signing_key.export_expanded_secret_key());
    let identity_key = alice.identity_key_pair().export_secret_key();
    for signing_key in [Ed25519KeyPair::from_seed(seed), expanded] {
        let again = Account::from_key_pairs(signing_key, Curve25519KeyPair::from_secret_key(identity_key));
        assert_eq!(again.identity_keys(), alice.identity_keys());
        assert_eq!(again.sign("message"), alice.sign("message"));
    }
}

#[test]
fn the_messages_that_are_missing_are_known() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 5);
    let ratchet_key = bob.summary().receiver_chains[0].ratchet_key;
    let missing = |session: &Session| -> Vec<u32> {
        let skipped: Vec<_> = session.skipped_messages().collect();
        assert_eq!(skipped.len(), session.summary().skipped_message_keys);
        assert!(skipped.iter().all(|message| message.ratchet_key == ratchet_key));
        skipped.iter().map(|message| message.chain_index).collect()
    };
    assert!(missing(&bob).is_empty());
    // messages[n] has chain index n + 1.
    bob.decrypt(&messages[4]).unwrap();
    assert_eq!(missing(&bob), [1, 2, 3, 4]);
    bob.decrypt(&messages[1]).unwrap();
    assert_eq!(missing(&bob), [1, 3, 4]);
}
