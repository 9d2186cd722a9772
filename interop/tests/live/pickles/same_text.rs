//! What libolm pickled and cliquet opened, cliquet writes again as the same text.
//!
//! `state` asserts it of every state that comes from libolm, in all of these tests; here are the states that a random
//! conversation may miss.

use cliquet::{MessageVersion::V1, megolm, olm};
use cliquet_interop::libolm;

use super::{
    super::party::{Implementation::Libolm, Random, Reminder, first_seed},
    hands::{Account, Session},
    pair::Pair,
    state::{KEY_LENGTHS, State},
};

fn keys() -> impl Iterator<Item = Vec<u8>> {
    KEY_LENGTHS.into_iter().map(|length| (0_u8..).take(length).collect())
}

#[test]
fn pickle_of_a_libolm_account_is_the_same_text_again() {
    for one_time_keys in [0, 1, 99, 100, 103] {
        for fallback_keys in 0..=3 {
            let random = Random::new(first_seed());
            let mut account = libolm::Account::create(&mut random.filler()).unwrap();
            account.generate_one_time_keys(one_time_keys, &mut random.filler()).unwrap();
            for published in [false, true] {
                let _reminder = Reminder((one_time_keys, fallback_keys, published));
                for key in keys() {
                    let text = account.pickle(&key).unwrap();
                    let ours = olm::Account::from_libolm_pickle(&text, &key).unwrap();
                    assert_eq!(ours.to_libolm_pickle(&key).unwrap(), text);
                }
                account.mark_keys_as_published().unwrap();
                (0..fallback_keys).for_each(|_| account.generate_fallback_key(&mut random.filler()).unwrap());
            }
        }
    }
}

fn assert_same(session: &Session) {
    let State::Libolm(session) = session else { panic!("{session:?}") };
    for key in keys() {
        let text = session.pickle(&key).unwrap();
        let ours = olm::Session::from_libolm_pickle(&text, &key, olm::Limits::default()).unwrap();
        assert_eq!(ours.has_received_message(), session.has_received_message());
        assert_eq!(ours.to_libolm_pickle(&key).unwrap(), text);
    }
}

#[test]
fn pickle_of_a_libolm_session_is_the_same_text_again() {
    // Before anything was sent, and before anything was received.
    let random = Random::new(first_seed());
    let (starter, mut answerer) = (Account::new(Libolm, &random), Account::new(Libolm, &random));
    answerer.generate_one_time_keys(1, &random);
    let (_, key) = answerer.unpublished_one_time_keys().remove(0);
    let mut session = starter.start(V1, &answerer.curve25519_key(), &key, &random);
    assert_same(&session);
    let first = session.encrypt(b"first", &random);
    assert_same(&session);
    // Made from a message that was not decrypted: a receiver chain, and yet nothing received.
    let State::Libolm(account) = &answerer else { panic!("{answerer:?}") };
    let unopened = account.create_inbound_session(&first.body).unwrap();
    assert!(!unopened.has_received_message());
    assert_same(&State::Libolm(unopened));

    // Keys of chains that are gone stay in libolm's list.
    let mut pair = Pair::new(Libolm);
    for count in [0, 1, 3, 20, 0, 40, 7, 1] {
        assert_same(pair.receiver.as_ref().unwrap());
        pair.skip(count);
        assert_same(pair.receiver.as_ref().unwrap());
        pair.turn();
    }
}

/// A session without its seed, from index 0 on and later.
#[test]
fn pickle_of_a_libolm_outbound_group_session_is_the_same_text_again() {
    let mut session = libolm::OutboundGroupSession::create(&mut Random::new(first_seed()).filler()).unwrap();
    for _ in 0..300 {
        for key in keys() {
            let text = session.pickle(&key).unwrap();
            let ours = megolm::OutboundGroupSession::from_libolm_pickle(&text, &key).unwrap();
            assert_eq!(ours.message_index(), session.message_index());
            assert_eq!(ours.to_libolm_pickle(&key).unwrap(), text);
        }
        session.encrypt(b"on it goes").unwrap();
    }
}

/// libolm also stores the ratchet of the latest message, which saves work and tells nothing: cliquet leaves it out.
#[test]
fn pickle_of_a_libolm_inbound_group_session_is_the_same_but_for_the_latest_ratchet() {
    let mut sender = libolm::OutboundGroupSession::create(&mut Random::new(first_seed()).filler()).unwrap();
    let mut session = libolm::InboundGroupSession::new(&sender.session_key().unwrap()).unwrap();
    let [first, second] = [b"first", b"other"].map(|plaintext| sender.encrypt(plaintext).unwrap());
    for (message, same) in [(None, true), (Some(&first), true), (Some(&second), false)] {
        if let Some(message) = message {
            session.decrypt(message).unwrap();
        }
        for key in keys() {
            let text = session.pickle(&key).unwrap();
            let ours = megolm::InboundGroupSession::from_libolm_pickle(&text, &key).unwrap();
            let again = ours.to_libolm_pickle(&key).unwrap();
            assert_eq!(again == text, same);
            let mut theirs = libolm::InboundGroupSession::unpickle(&again, &key).unwrap();
            assert_eq!(theirs.pickle(&key).unwrap(), again);
            assert_eq!(theirs.decrypt(&first).unwrap(), (b"first".to_vec(), 0));
            assert_eq!(theirs.decrypt(&second).unwrap(), (b"other".to_vec(), 1));
        }
    }
}
