//! A native body has one form, and what it says is possible.

use std::vec::Vec;

use super::states;
use crate::{
    encoding::DecodeError,
    megolm::{InboundGroupSession, OutboundGroupSession},
    olm::{Account, Session, StateError, StoredItems},
    pickle::UnpickleError,
    testing::seeded,
};

/// The unencrypted pickle with the first place where `from` stands overwritten by `to`.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let place = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..place], to, &bytes[place + from.len()..]].concat()
}

#[test]
fn every_integer_has_its_shortest_form_and_every_flag_is_one_of_two() {
    let account = &states::accounts()[0];
    let plain = account.to_pickle_without_encryption();
    let bytes = plain.as_bytes();
    // Behind the header, the form, the seed and three keys: the last key id, which is zero.
    let last_key_id = 10 + 1 + 4 * 32;
    let longer = [&bytes[..last_key_id], &[0x80, 0x00], &bytes[last_key_id + 1..]].concat();
    let error = Account::from_pickle_without_encryption(&longer).unwrap_err();
    assert_eq!(error, UnpickleError::Decode(DecodeError::NonCanonicalVarint));

    let session = &states::sessions()[0];
    let plain = session.to_pickle_without_encryption();
    // Behind the header, the version and the limits 40, 200, 7, 3000.
    let has_received = 10 + 1 + 1 + 2 + 1 + 2;
    let mut bytes = plain.as_bytes().to_vec();
    bytes[has_received] = 2;
    let error = Session::from_pickle_without_encryption(&bytes).unwrap_err();
    assert_eq!(error, UnpickleError::Decode(DecodeError::UnknownForm { found: 2 }));
    bytes[has_received] = 0;
    // A limit of 6 receiver chains is none of the protocol's below, a limit of 4 is.
    bytes[has_received - 3] = 4;
    let error = Session::from_pickle_without_encryption(&bytes).unwrap_err();
    assert!(matches!(error, UnpickleError::State(StateError::Limit(_))), "{error:?}");
}

#[test]
fn a_secret_key_is_clamped() {
    let account = &states::accounts()[3];
    let expanded = *account.signing_key_pair().export_expanded_secret_key();
    let mut unclamped = expanded;
    unclamped[0] |= 1;
    let plain = account.to_pickle_without_encryption();
    let changed = replaced(plain.as_bytes(), &expanded, &unclamped);
    let error = Account::from_pickle_without_encryption(&changed).unwrap_err();
    assert_eq!(error, UnpickleError::Decode(DecodeError::NonCanonical));
}

#[test]
fn a_replay_guard_is_as_large_as_it_says() {
    let session = &states::inbound_group_sessions()[2];
    assert_eq!((session.replay_guard().capacity(), session.replay_guard().len()), (77, 3));
    let plain = session.to_pickle_without_encryption();
    for (capacity, error) in [(77, None), (2, Some(DecodeError::NonCanonical))] {
        let changed = replaced(plain.as_bytes(), &[77, 3, 0], &[capacity, 3, 0]);
        let opened = InboundGroupSession::from_pickle_without_encryption(&changed);
        assert_eq!(opened.err(), error.map(UnpickleError::Decode));
    }
}

#[test]
fn nothing_is_shared_from_before_the_first_known_index() {
    let outbound = OutboundGroupSession::new(Default::default(), &mut seeded(1)).unwrap();
    let mut session = InboundGroupSession::new(&outbound.session_key(), Default::default());
    assert!(session.advance_to(5));
    let plain = session.to_pickle_without_encryption();
    // At the end: the form, the index from which on it is shared, no replay guard.
    let place = plain.as_bytes().len() - 3;
    assert_eq!(plain.as_bytes()[place..], [5, 0, 0]);
    for (from, error) in [(4, Some(DecodeError::NonCanonical)), (5, None), (6, None)] {
        let mut bytes = plain.as_bytes().to_vec();
        bytes[place] = from;
        let opened = InboundGroupSession::from_pickle_without_encryption(&bytes);
        assert_eq!(opened.err(), error.map(UnpickleError::Decode));
    }
}

#[test]
fn there_is_one_chain_of_a_ratchet_key_and_one_key_of_a_message() {
    let session = &states::sessions()[5];
    let summary = session.summary();
    let [newest, .., oldest] = &summary.receiver_chains[..] else { panic!() };
    let plain = session.to_pickle_without_encryption();
    let twins = replaced(plain.as_bytes(), newest.ratchet_key.as_bytes(), oldest.ratchet_key.as_bytes());
    let error = Session::from_pickle_without_encryption(&twins).unwrap_err();
    let items = StoredItems::ReceiverChains;
    assert_eq!(error, UnpickleError::State(StateError::Duplicate { items }));
}

/// A million items that are too many are refused before anything is compared with anything.
#[test]
fn an_over_full_pickle_costs_no_more_than_reading_it() {
    let session = &states::sessions()[1];
    let plain = session.to_pickle_without_encryption();
    let (body, none) = plain.as_bytes().split_at(plain.as_bytes().len() - 1);
    assert_eq!(none, [0]);
    let mut bytes = body.to_vec();
    let count: u32 = 100_000;
    bytes.extend([0xa0, 0x8d, 0x06]);
    for index in 0..count {
        bytes.extend([1, 0]);
        bytes.extend([0; 28]);
        bytes.extend(index.to_be_bytes());
    }
    let error = Session::from_pickle_without_encryption(&bytes).unwrap_err();
    let (items, limit) = (StoredItems::SkippedMessageKeys, session.limits().skipped_keys());
    let count = usize::try_from(count).unwrap();
    assert_eq!(error, UnpickleError::State(StateError::TooMany { items, count, limit }));
}
