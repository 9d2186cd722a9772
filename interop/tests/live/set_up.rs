//! Session set-up both ways: keys, ids, signatures, one-time keys and fallback keys.

use cliquet::{Curve25519PublicKey, Ed25519PublicKey, KeyId, olm};
use cliquet_interop::libolm;
use rand::{SeedableRng, rngs::StdRng};

use super::{
    pair::{StartedWith, accounts, start},
    party::{
        IMPLEMENTATIONS, Implementation, NORMAL, PAIRINGS, PRE_KEY, Random, Reminder, first_seed,
        random_plaintext,
    },
};

#[test]
fn sessions_start_both_ways_with_either_key() {
    for pairing in PAIRINGS {
        for with in [StartedWith::OneTimeKey, StartedWith::FallbackKey] {
            let _reminder = Reminder((pairing, with));
            let mut accounts = accounts(pairing, first_seed());
            let identity_key = accounts[0].curve25519_key();
            let mut starter = start(&mut accounts, with);

            // Nothing was heard yet, so every message can start the session; here the second one does.
            let messages = [starter.encrypt(b"first"), starter.encrypt(b"second"), starter.encrypt(b"third")];
            for message in &messages {
                assert_eq!(message.message_type, PRE_KEY);
                let read = olm::PreKeyMessage::from_base64(&message.body).unwrap();
                assert_eq!(read.identity_key().to_base64(), identity_key);
                assert_eq!(read.session_id().to_base64(), starter.session_id());
                assert_eq!(read.to_base64(), message.body);
            }
            let (mut answerer, plaintext) = accounts[1].answer(&identity_key, &messages[1]).unwrap();
            assert_eq!(plaintext, b"second");
            assert_eq!(answerer.session_id(), starter.session_id());
            assert_eq!(answerer.decrypt(&messages[0]).unwrap(), b"first");
            assert!(answerer.has_received_message() && !starter.has_received_message());

            let reply = answerer.encrypt(b"reply");
            assert_eq!(reply.message_type, NORMAL);
            assert_eq!(starter.decrypt(&reply).unwrap(), b"reply");
            assert!(starter.has_received_message());
            let next = starter.encrypt(b"fourth");
            assert_eq!(next.message_type, NORMAL);
            assert_eq!(olm::Message::from_base64(&next.body).unwrap().to_base64(), next.body);
            assert_eq!(answerer.decrypt(&next).unwrap(), b"fourth");
            assert_eq!(answerer.decrypt(&messages[2]).unwrap(), b"third");
        }
    }
}

#[test]
fn a_one_time_key_starts_one_session() {
    for pairing in PAIRINGS {
        let _reminder = Reminder(pairing);
        let mut accounts = accounts(pairing, first_seed());
        let identity_key = accounts[0].curve25519_key();
        let first = start(&mut accounts, StartedWith::OneTimeKey).encrypt(b"first");
        let impostor = accounts[1].curve25519_key();
        assert!(accounts[1].answer(&impostor, &first).is_err(), "another identity key than expected");
        assert!(accounts[1].answer(&identity_key, &first).is_ok());
        assert!(accounts[1].answer(&identity_key, &first).is_err(), "the one-time key is used up");
    }
}

#[test]
fn a_fallback_key_starts_sessions_until_it_is_forgotten() {
    for pairing in PAIRINGS {
        let _reminder = Reminder(pairing);
        let mut accounts = accounts(pairing, first_seed());
        let identity_key = accounts[0].curve25519_key();
        let first = start(&mut accounts, StartedWith::FallbackKey).encrypt(b"first");
        assert!(accounts[1].answer(&identity_key, &first).is_ok());
        assert!(accounts[1].answer(&identity_key, &first).is_ok(), "a fallback key stays");

        let newer = start(&mut accounts, StartedWith::FallbackKey).encrypt(b"newer");
        assert!(accounts[1].answer(&identity_key, &first).is_ok(), "the previous fallback key stays too");
        accounts[1].forget_previous_fallback_key();
        assert!(accounts[1].answer(&identity_key, &first).is_err(), "the previous one is gone");
        assert!(accounts[1].answer(&identity_key, &newer).is_ok(), "the current one is not");
    }
}

#[test]
fn signatures_verify_everywhere() {
    let mut schedule = StdRng::seed_from_u64(first_seed());
    for signer in IMPLEMENTATIONS {
        let account = signer.account(&Random::new(first_seed()));
        let key = account.ed25519_key();
        for _ in 0..50 {
            let mut message = random_plaintext(&mut schedule, 500);
            let signature = account.sign(&message);
            let verify =
                |message: &[u8]| IMPLEMENTATIONS.map(|verifier| verifier.verify(&key, message, &signature));
            assert_eq!(verify(&message), [const { Ok(()) }; 3], "signed by {signer:?}");
            message.push(0);
            assert!(verify(&message).iter().all(Result::is_err), "signed by {signer:?}, then changed");
        }
    }
}

#[test]
fn public_keys_read_as_the_peers_write_them() {
    for implementation in IMPLEMENTATIONS {
        let mut account = implementation.account(&Random::new(first_seed()));
        let fingerprint = account.ed25519_key();
        assert_eq!(Ed25519PublicKey::from_base64(&fingerprint).unwrap().to_base64(), fingerprint);
        account.generate_one_time_keys(5);
        account.generate_fallback_key();
        let keys = account.one_time_keys().into_iter().chain(account.fallback_key());
        let mut keys: Vec<String> = keys.map(|(_, key)| key).collect();
        keys.push(account.curve25519_key());
        assert_eq!(keys.len(), 7);
        for key in keys {
            assert_eq!(key.len(), 43);
            assert_eq!(Curve25519PublicKey::from_base64(&key).unwrap().to_base64(), key);
            assert_eq!(vodozemac::Curve25519PublicKey::from_base64(&key).unwrap().to_base64(), key);
        }
        account.mark_keys_as_published();
        assert_eq!((account.one_time_keys(), account.fallback_key()), (vec![], None));
    }
}

/// libolm counts in 32 bits from 1, one counter for both kinds of key; vodozemac in 64 bits from 0, two counters.
/// cliquet writes both forms and counts as libolm does.
#[test]
fn key_ids_have_the_forms_of_the_peers() {
    let mut account = olm::Account::new(&mut Random::new(1)).unwrap();
    account.generate_one_time_keys(3, &mut Random::new(2)).unwrap();
    account.generate_fallback_key(&mut Random::new(3)).unwrap();
    let keys: Vec<_> = account.one_time_keys().chain(account.fallback_key()).collect();
    let ids: Vec<_> = keys.iter().map(|key| key.key_id.to_libolm_base64().unwrap()).collect();

    let mut peer = libolm::Account::create(&mut libolm::seq(1)).unwrap();
    peer.generate_one_time_keys(3, &mut libolm::seq(2)).unwrap();
    peer.generate_fallback_key(&mut libolm::seq(3)).unwrap();
    let newest_first = peer.one_time_keys().unwrap();
    let of_peer = newest_first.into_iter().rev().chain(peer.fallback_key().unwrap());
    assert_eq!(ids, of_peer.map(|(key_id, _)| key_id).collect::<Vec<_>>());

    let mut peer = Implementation::Vodozemac.account(&Random::new(1));
    peer.generate_one_time_keys(3);
    let of_peer: Vec<_> = peer.one_time_keys().into_iter().map(|(key_id, _)| key_id).collect();
    assert_eq!(of_peer, [0, 1, 2].map(|number| KeyId::from_u64(number).to_base64()));
}
