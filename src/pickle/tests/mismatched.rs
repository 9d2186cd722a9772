//! Public keys that do not belong to their secret keys: a store was written to by somebody else.

use std::vec::Vec;

use super::states;
use crate::{
    encoding::DecodeError,
    megolm::{InboundGroupSession, OutboundGroupSession},
    olm::{Account, InboundCreationError, OlmMessage, Session, SessionConfig, StateError},
    pickle::UnpickleError,
    testing::seeded,
};

const MISMATCHED: UnpickleError = UnpickleError::State(StateError::MismatchedPublicKey);

/// The bytes with the one place where `from` stands overwritten by `to`.
fn replaced(bytes: &[u8], from: &[u8; 32], to: &[u8; 32]) -> Vec<u8> {
    let places: Vec<usize> = (0..=bytes.len() - 32).filter(|start| bytes[*start..][..32] == *from).collect();
    let [place] = places[..] else { panic!("{} places", places.len()) };
    let mut bytes = bytes.to_vec();
    bytes[place..][..32].copy_from_slice(to);
    bytes
}

#[test]
fn long_term_keys_are_refused_when_they_are_opened() {
    let [account, other, ..] = &states::accounts()[..] else { panic!() };
    let plain = account.to_pickle_without_encryption();
    let keys = [
        (*account.ed25519_key().as_bytes(), *other.ed25519_key().as_bytes()),
        (*account.curve25519_key().as_bytes(), *other.curve25519_key().as_bytes()),
    ];
    for (right, wrong) in keys {
        let changed = replaced(plain.as_bytes(), &right, &wrong);
        assert_eq!(Account::from_pickle_without_encryption(&changed).unwrap_err(), MISMATCHED);
    }

    let [sender, other] = &states::outbound_group_sessions()[..] else { panic!() };
    let (right, wrong) = (sender.session_id(), other.session_id());
    let plain = sender.to_pickle_without_encryption();
    let changed = replaced(plain.as_bytes(), right.as_bytes(), wrong.as_bytes());
    assert_eq!(OutboundGroupSession::from_pickle_without_encryption(&changed).unwrap_err(), MISMATCHED);
}

#[test]
fn what_nothing_vouches_for_is_checked_at_once() {
    let (session, _) = states::pair(SessionConfig::default());
    let ratchet_key = session.summary().sending_chain.unwrap().ratchet_key;
    let plain = session.to_pickle_without_encryption();
    let changed = replaced(plain.as_bytes(), ratchet_key.as_bytes(), &[9; 32]);
    assert_eq!(Session::from_pickle_without_encryption(&changed).unwrap_err(), MISMATCHED);

    let receiver = &states::inbound_group_sessions()[0];
    let plain = receiver.to_pickle_without_encryption();
    // y = 2 is on no point of the curve.
    let no_key = core::array::from_fn(|position| if position == 0 { 2 } else { 0 });
    let changed = replaced(plain.as_bytes(), receiver.session_id().as_bytes(), &no_key);
    assert_eq!(
        InboundGroupSession::from_pickle_without_encryption(&changed).unwrap_err(),
        UnpickleError::Decode(DecodeError::PublicKey)
    );
}

#[test]
fn a_one_time_key_is_refused_when_it_is_used() {
    let rng = &mut seeded(1);
    let account = &states::accounts()[1];
    let key = account.one_time_keys().next().unwrap();
    let other = Account::new(rng).unwrap();
    let plain = account.to_pickle_without_encryption();
    let changed = replaced(plain.as_bytes(), key.public_key.as_bytes(), other.curve25519_key().as_bytes());

    let mut opened = Account::from_pickle_without_encryption(&changed).unwrap();
    let before = opened.clone();
    let config = SessionConfig::default();
    let mut session =
        other.create_outbound_session(opened.curve25519_key(), other.curve25519_key(), config, rng).unwrap();
    let OlmMessage::PreKey(message) = session.encrypt("text", rng).unwrap() else { panic!() };
    let refused = opened.create_inbound_session(other.curve25519_key(), &message, config).unwrap_err();
    assert_eq!(refused, InboundCreationError::MismatchedOneTimeKey { key_id: key.key_id });
    assert_eq!(opened, before);

    // And the right one is not.
    let mut opened = Account::from_pickle_without_encryption(plain.as_bytes()).unwrap();
    let mut session =
        other.create_outbound_session(opened.curve25519_key(), key.public_key, config, rng).unwrap();
    let OlmMessage::PreKey(message) = session.encrypt("text", rng).unwrap() else { panic!() };
    opened.create_inbound_session(other.curve25519_key(), &message, config).unwrap();
}
