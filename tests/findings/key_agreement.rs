//! F1, F17, F22, F23, F25: keys of others, and what is made with them.

use cliquet::{
    Curve25519PublicKey, DecodeError, Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature, KeyId, SessionId,
    megolm::{SessionExport, SessionKey},
    olm::{
        DecryptionError, EncryptionError, InboundCreationError, KeyUse, Message, OlmMessage,
        OutboundCreationError, PreKeyMessage, Session, SessionConfig, SharedKeys,
    },
};
use curve25519_dalek::constants::EIGHT_TORSION;

use crate::support::{
    account_state, accounts, established, exchange, outbound, patched, pre_key, seeded, sessions, state,
    turned,
};

/// Where the outer keys of a pre-key message stand: one-time key, base key, identity key.
const OUTER_KEYS: [usize; 3] = [3, 37, 71];
/// Where the ratchet key of a normal message stands.
const RATCHET_KEY: usize = 3;

/// Every public key that makes any secret a shared secret of zeros, in each encoding of it.
pub(crate) fn small_order() -> Vec<Curve25519PublicKey> {
    let mut keys: Vec<[u8; 32]> =
        EIGHT_TORSION.iter().map(|point| point.to_montgomery().to_bytes()).collect();
    for low in [0xed, 0xee] {
        keys.push(core::array::from_fn(|position| match position {
            0 => low,
            31 => 0x7f,
            _ => 0xff,
        }));
    }
    keys.into_iter().map(Curve25519PublicKey::from_bytes).collect()
}

/// Both peers went on with a shared secret of zeros, which everybody knows.
#[test]
fn f01_a_shared_secret_of_zeros_is_refused_in_the_handshake() {
    let (alice, mut bob) = accounts();
    let config = SessionConfig::default();
    let (identity_key, one_time_key) = (bob.curve25519_key(), bob.one_time_keys().next().unwrap().public_key);
    let (_, message) = outbound(&alice, &bob, config);
    for small in small_order() {
        for (identity_key, one_time_key) in [(small, one_time_key), (identity_key, small)] {
            let refused = alice.create_outbound_session(identity_key, one_time_key, config, &mut seeded(1));
            assert_eq!(refused.unwrap_err(), OutboundCreationError::NonContributoryKey);
        }
        let before = account_state(&bob);
        let [_, base_key, identity] = OUTER_KEYS;
        let changed = |position| {
            PreKeyMessage::from_bytes(patched(message.as_bytes(), position, small.as_bytes())).unwrap()
        };
        let refused = bob.create_inbound_session(small, &changed(identity), config).unwrap_err();
        assert_eq!(refused, InboundCreationError::NonContributoryKey);
        let refused =
            bob.create_inbound_session(alice.curve25519_key(), &changed(base_key), config).unwrap_err();
        assert_eq!(refused, InboundCreationError::NonContributoryKey);
        assert_eq!(account_state(&bob), before);
    }
}

/// The same at the steps of the ratchet, where either side brings a new key.
#[test]
fn f01_a_shared_secret_of_zeros_is_refused_at_every_step_of_the_ratchet() {
    let (mut alice, mut bob) = established();
    let message = alice.encrypt("new chain", &mut seeded(6)).unwrap();
    for small in small_order() {
        let before = state(&bob);
        let forged = Message::from_bytes(patched(message.as_bytes(), RATCHET_KEY, small.as_bytes())).unwrap();
        assert_eq!(bob.decrypt(&forged.into()), Err(DecryptionError::NonContributoryKey));
        assert_eq!(state(&bob), before);

        let shared_keys = SharedKeys::from_bytes(&[1; 32], &[2; 32]);
        let config = SessionConfig::default();
        let mut answering =
            Session::receiver_from_shared_keys(shared_keys, bob.session_keys(), small, config);
        let before = state(&answering);
        let refused = answering.encrypt("answer", &mut seeded(7)).unwrap_err();
        assert_eq!(refused, EncryptionError::NonContributoryKey);
        assert_eq!(state(&answering), before);
    }
    bob.decrypt(&message).unwrap();
}

/// A peer panics when a key is given as 44 characters without padding, which hold 33 bytes.
#[test]
fn f17_a_text_of_any_length_is_a_key_or_an_error() {
    let too_long = "A".repeat(44);
    assert!(matches!(Curve25519PublicKey::from_base64(&too_long), Err(DecodeError::Length { .. })));
    assert!(matches!(Ed25519PublicKey::from_base64(&too_long), Err(DecodeError::Length { .. })));
    assert!(matches!(SessionId::from_base64(&too_long), Err(DecodeError::Length { .. })));
    assert!(matches!(Ed25519KeyPair::from_base64_seed(&too_long), Err(DecodeError::Length { .. })));
    for length in (0..400).filter(|length| *length != 43) {
        for last in ["A", "=", "==", "\u{e9}"] {
            let text = "A".repeat(length) + last;
            let is_key = text.len() == 43 && last == "A" || text.len() == 44 && last == "=";
            assert_eq!(Curve25519PublicKey::from_base64(&text).is_ok(), is_key, "{text}");
            assert_eq!(SessionId::from_base64(&text).is_ok(), is_key, "{text}");
            let is_signature = text.len() == 86 && last == "A" || text.len() == 88 && last == "==";
            assert_eq!(Ed25519Signature::from_base64(&text).is_ok(), is_signature, "{text}");
            SessionKey::from_base64(&text).unwrap_err();
            SessionExport::from_base64(&text).unwrap_err();
            let _ = (KeyId::from_base64(&text), Ed25519PublicKey::from_base64(&text));
        }
    }
}

/// A third device puts its own identity key on another's session, so that both mean somebody else.
#[test]
fn f22_a_session_is_only_made_with_the_identity_key_that_the_caller_expects() {
    let (alice, mut bob) = accounts();
    let config = SessionConfig::default();
    let (_, message) = outbound(&alice, &bob, config);
    let mallory = accounts().1.curve25519_key();
    let before = account_state(&bob);
    let expected = alice.curve25519_key();
    let mismatched = |error| matches!(error, InboundCreationError::MismatchedIdentityKey { found, .. } if found == expected);
    assert!(mismatched(bob.create_inbound_session(mallory, &message, config).unwrap_err()));
    assert!(mismatched(bob.inbound_session_unopened(mallory, &message, config).unwrap_err()));

    // Nor does it help to write another one into the message: the handshake covers it.
    let forged =
        PreKeyMessage::from_bytes(patched(message.as_bytes(), OUTER_KEYS[2], mallory.as_bytes())).unwrap();
    let refused = bob.create_inbound_session(mallory, &forged, config).unwrap_err();
    assert_eq!(refused, InboundCreationError::Decryption(DecryptionError::AuthenticationFailed));
    assert_eq!(account_state(&bob), before);

    let created = bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap();
    assert_eq!(created.session.session_keys().identity_key, alice.curve25519_key());
    assert_eq!(created.plaintext, b"first");
}

/// A first message to a fallback key opens a session as often as it is sent, and the peers do not say so.
#[test]
fn f23_the_use_of_a_fallback_key_is_reported_until_it_is_forgotten() {
    let (alice, mut bob) = accounts();
    let (config, rng) = (SessionConfig::default(), &mut seeded(8));
    let fallback = bob.fallback_key().unwrap();
    let mut session =
        alice.create_outbound_session(bob.curve25519_key(), fallback.public_key, config, rng).unwrap();
    let message = pre_key(session.encrypt("hello", rng).unwrap());
    let mut reported = || {
        let created = bob.create_inbound_session(alice.curve25519_key(), &message, config)?;
        assert!(matches!(created.key_use, KeyUse::FallbackKey { key_id, .. } if key_id == fallback.key_id));
        Ok::<_, InboundCreationError>(())
    };
    assert_eq!((reported(), reported()), (Ok(()), Ok(())));
    bob.generate_fallback_key(rng).unwrap();
    assert!(bob.forget_previous_fallback_key());
    let refused = bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap_err();
    assert!(matches!(refused, InboundCreationError::UnknownOneTimeKey { .. }));

    let (_, message) = outbound(&alice, &bob, config);
    let created = bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap();
    assert!(matches!(created.key_use, KeyUse::OneTimeKey { .. }));
}

/// Both peers read a pre-key message on a session whose outer keys are others than its own.
#[test]
fn f25_a_pre_key_message_of_another_session_is_refused() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    for answered in [false, true] {
        let message = pre_key(alice.encrypt("again", &mut seeded(9)).unwrap());
        if answered {
            // Another message may have turned the ratchet since.
            exchange(&mut bob, &mut alice, 21);
        }
        for position in OUTER_KEYS {
            for at in [position, position + 31] {
                let foreign = PreKeyMessage::from_bytes(turned(message.as_bytes(), at, 7)).unwrap();
                let before = state(&bob);
                assert!(!bob.matches_pre_key_message(&foreign));
                assert_eq!(bob.decrypt(&foreign.into()), Err(DecryptionError::ForeignPreKeyMessage));
                assert_eq!(state(&bob), before);
            }
        }
        bob.decrypt(&OlmMessage::PreKey(message)).unwrap();
    }
}
