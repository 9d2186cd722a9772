use super::*;
use crate::encoding::MessageVersion;
use crate::{
    olm::{Message, MessageType, SessionKeys},
    testing::FixedRandom,
};

#[test]
fn pre_key_messages_until_something_was_received() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    assert!(!alice.has_received_message());
    assert_eq!(alice.next_message_type(), MessageType::PreKey);
    let second = alice.encrypt("second", &mut seeded(4)).unwrap();
    assert_eq!(second.message_type(), MessageType::PreKey);
    assert_eq!(bob.decrypt(&second).unwrap(), b"second");
    assert!(bob.has_received_message());

    let answer = bob.encrypt("answer", &mut seeded(5)).unwrap();
    assert_eq!(answer.message_type(), MessageType::Normal);
    assert_eq!(alice.decrypt(&answer).unwrap(), b"answer");
    assert_eq!(alice.encrypt("third", &mut seeded(6)).unwrap().message_type(), MessageType::Normal);
}

#[test]
fn both_sides_know_the_session_by_one_id() {
    let (alice, bob) = sessions(SessionConfig::default());
    assert_eq!(alice.session_id(), bob.session_id());
    assert_eq!(alice.session_keys(), bob.session_keys());
}

#[test]
fn a_pre_key_message_matches_its_session_alone() {
    let (alice, bob) = accounts();
    let (session, message) = outbound(&alice, &bob, SessionConfig::default());
    assert!(session.matches_pre_key_message(&message));
    let keys = message.session_keys();
    for other in [
        SessionKeys { identity_key: keys.base_key, ..keys },
        SessionKeys { base_key: keys.identity_key, ..keys },
        SessionKeys { one_time_key: keys.identity_key, ..keys },
    ] {
        let foreign = PreKeyMessage::seal(other, MessageVersion::V1, message.ratchet_key(), 0, &[0; 32], b"");
        assert!(!session.matches_pre_key_message(&foreign));
    }
}

#[test]
fn only_a_turn_of_the_ratchet_draws_randomness() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let mut nothing = FixedRandom::new(Vec::new());
    let message = alice.encrypt("same chain", &mut nothing).unwrap();
    bob.decrypt(&message).unwrap();
    let mut once = FixedRandom::new(crate::testing::counting(0, 32));
    bob.encrypt("turn", &mut once).unwrap();
    assert!(once.is_empty());
    bob.encrypt("same chain", &mut nothing).unwrap();
}

#[test]
fn a_long_conversation_with_a_turn_at_every_message() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    for seed in 0..20 {
        exchange(&mut bob, &mut alice, seed);
        exchange(&mut alice, &mut bob, seed);
    }
}

/// A root key that stayed would heal nothing: who once had it could follow every turn.
#[test]
fn the_root_key_moves_on_with_every_turn() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let root_key = |session: &Session| *session.snapshot().ratchet.root_key;
    let mut seen = Vec::from([root_key(&alice), root_key(&bob)]);
    for seed in 0..4 {
        exchange(&mut bob, &mut alice, seed);
        assert_eq!(root_key(&alice), root_key(&bob));
        seen.push(root_key(&bob));
        exchange(&mut alice, &mut bob, seed);
        assert_eq!(root_key(&alice), root_key(&bob));
        seen.push(root_key(&bob));
    }
    seen.sort_unstable();
    seen.dedup();
    // One at the beginning, which may be the same for both or already one turn apart.
    assert!(seen.len() >= 9, "{}", seen.len());
}

#[test]
fn nothing_secret_is_printed() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    exchange(&mut bob, &mut alice, 1);
    let shown = alloc::format!("{alice:?}");
    assert_eq!(
        shown,
        alloc::format!(
            "Session {{ session_id: SessionId({}), has_received_message: true, .. }}",
            alice.session_id()
        )
    );
}

#[test]
fn messages_are_the_same_as_text_and_show_what_everybody_sees() {
    let (alice, mut bob) = accounts();
    let (mut alice_session, first) = outbound(&alice, &bob, SessionConfig::default());
    let created =
        bob.create_inbound_session(alice.curve25519_key(), &first, SessionConfig::default()).unwrap();
    let mut bob_session = created.session;
    let answer = bob_session.encrypt("answer", &mut seeded(5)).unwrap();
    alice_session.decrypt(&answer).unwrap();
    let OlmMessage::Normal(answer) = answer else { panic!("a normal message was expected") };

    assert_eq!(PreKeyMessage::from_base64(&first.to_base64()).unwrap(), first);
    assert_eq!(Message::from_base64(&answer.to_base64()).unwrap(), answer);
    assert_eq!([MessageType::PreKey, MessageType::Normal].map(MessageType::as_usize), [0, 1]);

    let of_message = |key, length| {
        alloc::format!("ratchet_key: Curve25519PublicKey({key}), chain_index: 0, length: {length} }}")
    };
    let keys = alloc::format!("PreKeyMessage {{ session_keys: {:?}, ", first.session_keys());
    assert_eq!(alloc::format!("{first:?}"), keys + &of_message(first.ratchet_key(), first.as_bytes().len()));
    let expected = of_message(answer.ratchet_key(), answer.as_bytes().len());
    assert_eq!(alloc::format!("{answer:?}"), alloc::format!("Message {{ {expected}"));
}
