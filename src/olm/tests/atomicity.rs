//! A failed operation changes nothing, bit for bit: the whole state is compared before and after.

use super::*;
use crate::encoding::MessageVersion;
use crate::{
    keys::Curve25519PublicKey,
    olm::{
        DecryptionError, EncryptionError, InboundCreationError, Message, OneTimeKeyError,
        OutboundCreationError, SessionKeys,
    },
    random::RandomError,
    testing::{FixedRandom, counting},
};

const ZERO_KEY: Curve25519PublicKey = Curve25519PublicKey::from_bytes([0; 32]);

/// Two sessions where both have read something, and it is Alice's turn: Bob's sending chain is there, Alice's is not.
fn established() -> (Session, Session) {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    exchange(&mut bob, &mut alice, 1);
    exchange(&mut alice, &mut bob, 2);
    exchange(&mut bob, &mut alice, 3);
    (alice, bob)
}

fn refuses(session: &mut Session, message: impl Into<OlmMessage>, expected: DecryptionError) {
    let before = session.clone();
    assert_eq!(session.decrypt(&message.into()), Err(expected));
    assert!(*session == before, "the state changed on {expected:?}");
}

fn damaged(message: &OlmMessage, position_from_end: usize) -> OlmMessage {
    let mut bytes = message.as_bytes().to_vec();
    let position = bytes.len() - 1 - position_from_end;
    bytes[position] ^= 1;
    match message {
        OlmMessage::PreKey(_) => PreKeyMessage::from_bytes(bytes).unwrap().into(),
        OlmMessage::Normal(_) => Message::from_bytes(bytes).unwrap().into(),
    }
}

/// A message whose MAC is right and whose padding is not, made with the receiver's own key for that index.
fn badly_padded(receiver: &Session, template: &OlmMessage) -> OlmMessage {
    let OlmMessage::Normal(template) = template else { panic!("a normal message was expected") };
    let mut bytes = Vec::new();
    receiver
        .clone()
        .ratchet()
        .receive(template.ratchet_key(), template.chain_index(), |message_key| {
            bytes = crate::olm::message::testing::seal_unpadded(
                template.ratchet_key(),
                template.chain_index(),
                message_key,
                &[0; 16],
            );
            Ok(())
        })
        .unwrap();
    Message::from_bytes(bytes).unwrap().into()
}

#[test]
fn a_bad_mac_on_a_known_chain_a_new_chain_and_a_skipped_key() {
    let (mut alice, mut bob) = established();
    let on_known_chain = bob.encrypt("known", &mut seeded(4)).unwrap();
    let skipped = encrypt_many(&mut bob, 3);
    let on_new_chain = alice.encrypt("new", &mut seeded(5)).unwrap();
    for byte in [0, 7, 8, 20] {
        refuses(&mut alice, damaged(&on_known_chain, byte), DecryptionError::AuthenticationFailed);
        refuses(&mut bob, damaged(&on_new_chain, byte), DecryptionError::AuthenticationFailed);
    }
    alice.decrypt(&skipped[2]).unwrap();
    refuses(&mut alice, damaged(&skipped[0], 0), DecryptionError::AuthenticationFailed);
    for message in [&on_known_chain, &skipped[0], &skipped[1]] {
        alice.decrypt(message).unwrap();
    }
    bob.decrypt(&on_new_chain).unwrap();
}

#[test]
fn a_bad_mac_behind_a_gap_that_would_give_keys_up() {
    let (mut alice, mut bob) = established();
    let on_known_chain = encrypt_many(&mut bob, 60).pop().unwrap();
    let on_new_chain = encrypt_many(&mut alice, 60).pop().unwrap();
    refuses(&mut alice, damaged(&on_known_chain, 0), DecryptionError::AuthenticationFailed);
    refuses(&mut bob, damaged(&on_new_chain, 0), DecryptionError::AuthenticationFailed);
}

#[test]
fn a_bad_mac_on_the_first_answer() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let answer = bob.encrypt("answer", &mut seeded(4)).unwrap();
    refuses(&mut alice, damaged(&answer, 0), DecryptionError::AuthenticationFailed);
    assert!(!alice.has_received_message());
    alice.decrypt(&answer).unwrap();
}

#[test]
fn bad_padding_under_a_right_mac() {
    let (mut alice, mut bob) = established();
    let messages = encrypt_many(&mut bob, 2);
    let on_new_chain = alice.encrypt("new", &mut seeded(5)).unwrap();
    let forged = badly_padded(&alice, &messages[0]);
    refuses(&mut alice, forged, DecryptionError::AuthenticationFailed);
    let forged = badly_padded(&bob, &on_new_chain);
    refuses(&mut bob, forged, DecryptionError::AuthenticationFailed);
    alice.decrypt(&messages[1]).unwrap();
    let forged = badly_padded(&alice, &messages[0]);
    refuses(&mut alice, forged, DecryptionError::AuthenticationFailed);
}

#[test]
fn a_ratchet_key_of_small_order() {
    let (_, mut bob) = established();
    let forged = Message::seal(MessageVersion::V1, ZERO_KEY, 0, &[0; 32], b"");
    refuses(&mut bob, forged, DecryptionError::NonContributoryKey);
}

#[test]
fn an_unknown_ratchet_key_while_there_is_no_sending_chain() {
    let (mut alice, _) = established();
    // Even a gap that would be refused is not looked at, and a zero key is not multiplied.
    for (key, index) in [(Curve25519PublicKey::from_bytes([7; 32]), 5_000), (ZERO_KEY, 0)] {
        let forged = Message::seal(MessageVersion::V1, key, index, &[0; 32], b"");
        refuses(&mut alice, forged, DecryptionError::UnknownRatchetKey);
    }
}

#[test]
fn a_gap_too_large_a_used_index_and_the_last_index() {
    let (mut alice, mut bob) = established();
    let first = bob.encrypt("first", &mut seeded(4)).unwrap();
    alice.decrypt(&first).unwrap();
    let OlmMessage::Normal(template) = &first else { panic!("a normal message was expected") };
    let at = |index| Message::seal(MessageVersion::V1, template.ratchet_key(), index, &[0; 32], b"");
    refuses(&mut alice, first.clone(), DecryptionError::AlreadyUsed { chain_index: 1 });
    refuses(&mut alice, at(2_003), DecryptionError::GapTooLarge { gap: 2_001, limit: 2_000 });
    let new_key = Curve25519PublicKey::from_bytes([7; 32]);
    // Nothing is derived first: even a ratchet key of small order is not looked at.
    let far = Message::seal(MessageVersion::V1, ZERO_KEY, 2_001, &[0; 32], b"");
    refuses(&mut bob, far, DecryptionError::GapTooLarge { gap: 2_001, limit: 2_000 });
    let far = Message::seal(MessageVersion::V1, new_key, 2_001, &[0; 32], b"");
    refuses(&mut bob, far, DecryptionError::GapTooLarge { gap: 2_001, limit: 2_000 });
    alice.ratchet().set_chain_index(u32::MAX - 1);
    refuses(&mut alice, at(u32::MAX), DecryptionError::ChainExhausted);
}

#[test]
fn a_pre_key_message_with_foreign_outer_keys() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let message = pre_key(alice.encrypt("again", &mut seeded(4)).unwrap());
    let foreign = [3, 37, 71].map(|position| {
        let mut bytes = message.as_bytes().to_vec();
        bytes[position] ^= 1;
        PreKeyMessage::from_bytes(bytes).unwrap()
    });
    for foreign in foreign {
        assert_ne!(foreign.session_keys(), message.session_keys());
        refuses(&mut bob, foreign, DecryptionError::ForeignPreKeyMessage);
    }
    bob.decrypt(&message.into()).unwrap();
}

#[test]
fn the_generator_fails_at_a_turn_of_the_ratchet() {
    let (mut alice, mut bob) = established();
    for available in [0, 1, 31] {
        let before = alice.clone();
        let mut rng = FixedRandom::new(counting(0, available));
        assert_eq!(alice.encrypt("text", &mut rng).unwrap_err(), EncryptionError::Random);
        assert!(alice == before);
    }
    exchange(&mut alice, &mut bob, 9);
}

#[test]
fn the_answer_to_a_ratchet_key_of_small_order() {
    let (alice, mut bob) = accounts();
    let one_time_key = bob.one_time_keys().next().unwrap().public_key;
    let mut session = alice
        .create_outbound_session(bob.curve25519_key(), one_time_key, SessionConfig::default(), &mut seeded(1))
        .unwrap();
    // The first message key does not depend on the first ratchet key, so that a sender can lie about that.
    let lie = session.session_keys();
    let lie = session
        .ratchet()
        .send(&mut seeded(1), |_, index, message_key| {
            PreKeyMessage::seal(lie, MessageVersion::V1, ZERO_KEY, index, message_key, b"lie")
        })
        .unwrap();
    let created = bob.create_inbound_session(alice.curve25519_key(), &lie, SessionConfig::default()).unwrap();
    let mut session = created.session;
    let before = session.clone();
    assert_eq!(session.encrypt("text", &mut seeded(2)).unwrap_err(), EncryptionError::NonContributoryKey);
    assert!(session == before);
}

#[test]
fn the_generator_fails_while_keys_are_made() {
    let mut account = accounts().1;
    let before = account.clone();
    let mut rng = FixedRandom::new(counting(0, 95));
    assert_eq!(account.generate_one_time_keys(3, &mut rng), Err(OneTimeKeyError::Random));
    assert!(account == before);
    let mut rng = FixedRandom::new(counting(0, 31));
    assert_eq!(account.generate_fallback_key(&mut rng), Err(OneTimeKeyError::Random));
    assert!(account == before);
    for available in [0, 31, 32, 63] {
        let mut rng = FixedRandom::new(counting(0, available));
        assert_eq!(Account::new(&mut rng).unwrap_err(), RandomError);
    }
}

#[test]
fn an_outbound_session_fails_also_on_keys_of_small_order() {
    let (alice, bob) = accounts();
    let create = |identity, one_time, available| {
        let mut rng = FixedRandom::new(counting(0, available));
        alice.create_outbound_session(identity, one_time, SessionConfig::default(), &mut rng).unwrap_err()
    };
    let (identity, one_time) = (bob.curve25519_key(), bob.one_time_keys().next().unwrap().public_key);
    for available in [0, 31, 32, 63] {
        assert_eq!(create(identity, one_time, available), OutboundCreationError::Random);
    }
    assert_eq!(create(ZERO_KEY, one_time, 64), OutboundCreationError::NonContributoryKey);
    assert_eq!(create(identity, ZERO_KEY, 64), OutboundCreationError::NonContributoryKey);
}

#[test]
fn an_inbound_session_fails_also_on_keys_of_small_order() {
    let (alice, mut bob) = accounts();
    let (_, message) = outbound(&alice, &bob, SessionConfig::default());
    let keys = message.session_keys();
    let forged = |session_keys| {
        PreKeyMessage::seal(session_keys, MessageVersion::V1, message.ratchet_key(), 0, &[0; 32], b"")
    };
    let damaged = match damaged(&message.clone().into(), 0) {
        OlmMessage::PreKey(message) => message,
        OlmMessage::Normal(_) => panic!("a pre-key message was expected"),
    };
    let unknown = Curve25519PublicKey::from_bytes([7; 32]);
    let cases = [
        (
            bob.curve25519_key(),
            message.clone(),
            InboundCreationError::MismatchedIdentityKey { found: keys.identity_key },
        ),
        (
            keys.identity_key,
            forged(SessionKeys { one_time_key: unknown, ..keys }),
            InboundCreationError::UnknownOneTimeKey { one_time_key: unknown },
        ),
        (
            keys.identity_key,
            forged(SessionKeys { base_key: ZERO_KEY, ..keys }),
            InboundCreationError::NonContributoryKey,
        ),
        (
            ZERO_KEY,
            forged(SessionKeys { identity_key: ZERO_KEY, ..keys }),
            InboundCreationError::NonContributoryKey,
        ),
        (keys.identity_key, damaged, InboundCreationError::Decryption(DecryptionError::AuthenticationFailed)),
        (
            keys.identity_key,
            PreKeyMessage::seal(keys, MessageVersion::V1, message.ratchet_key(), 2_001, &[0; 32], b""),
            InboundCreationError::Decryption(DecryptionError::GapTooLarge { gap: 2_001, limit: 2_000 }),
        ),
    ];
    for (identity_key, message, expected) in cases {
        let before = bob.clone();
        let created = bob.create_inbound_session(identity_key, &message, SessionConfig::default());
        assert_eq!(created.unwrap_err(), expected);
        assert!(bob == before, "the account changed on {expected:?}");
    }
    bob.create_inbound_session(alice.curve25519_key(), &message, SessionConfig::default()).unwrap();
}

/// X25519 agrees the same secrets with the base key in another encoding, and with one that has a component of small
/// order; both would give the session another id, and a fallback key many sessions from one message.
#[test]
fn an_inbound_session_of_small_order_components_or_a_second_encoding() {
    use curve25519_dalek::{constants::EIGHT_TORSION, montgomery::MontgomeryPoint};

    let (alice, mut bob) = accounts();
    let (_, message) = outbound(&alice, &bob, SessionConfig::default());
    let base_key = MontgomeryPoint(*message.base_key().as_bytes());
    let mut forms = alloc::vec![];
    for torsion in &EIGHT_TORSION[1..] {
        forms.push((base_key.to_edwards(0).unwrap() + torsion).to_montgomery().to_bytes());
    }
    let mut second_encoding = base_key.to_bytes();
    second_encoding[31] |= 0x80;
    forms.push(second_encoding);
    for form in forms {
        let mut bytes = message.as_bytes().to_vec();
        bytes[37..69].copy_from_slice(&form);
        let changed = PreKeyMessage::from_bytes(bytes).unwrap();
        let before = bob.clone();
        let created = bob.create_inbound_session(alice.curve25519_key(), &changed, SessionConfig::default());
        assert_eq!(created.unwrap_err(), InboundCreationError::MalformedBaseKey);
        assert!(bob == before);
    }
    bob.create_inbound_session(alice.curve25519_key(), &message, SessionConfig::default()).unwrap();
}
