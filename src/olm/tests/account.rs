use super::*;
use crate::{
    keys::{Curve25519PublicKey, KeyId},
    olm::{InboundCreationError, KeyUse, OneTimeKeyError, Removal},
};

#[test]
fn a_one_time_key_works_once() {
    let (alice, mut bob) = accounts();
    let (_, message) = outbound(&alice, &bob, SessionConfig::default());
    let created =
        bob.create_inbound_session(alice.curve25519_key(), &message, SessionConfig::default()).unwrap();
    assert_eq!(created.plaintext, b"first");
    assert_eq!(created.key_use, KeyUse::OneTimeKey { key_id: KeyId::from_u64(1) });
    assert_eq!(bob.stored_one_time_key_count(), 0);
    assert_eq!(
        bob.create_inbound_session(alice.curve25519_key(), &message, SessionConfig::default()).unwrap_err(),
        InboundCreationError::UnknownOneTimeKey { one_time_key: message.one_time_key() }
    );
}

#[test]
fn a_fallback_key_stays_and_its_use_is_reported() {
    let (alice, mut bob) = accounts();
    let config = SessionConfig::default();
    let fallback = bob.fallback_key().unwrap();
    let mut rng = seeded(7);
    let mut session =
        alice.create_outbound_session(bob.curve25519_key(), fallback.public_key, config, &mut rng).unwrap();
    let message = pre_key(session.encrypt("hello", &mut rng).unwrap());

    // Current, previous, and gone.
    for rotations in 0..3 {
        let created = bob.create_inbound_session(alice.curve25519_key(), &message, config);
        match rotations {
            2 => assert!(matches!(created, Err(InboundCreationError::UnknownOneTimeKey { .. }))),
            _ => assert_eq!(created.unwrap().key_use, KeyUse::FallbackKey { key_id: fallback.key_id }),
        }
        let given_up = bob.generate_fallback_key(&mut rng).unwrap();
        assert_eq!(given_up.removed == Some(fallback), rotations == 1);
    }
    assert_eq!(bob.stored_one_time_key_count(), 1, "a fallback key uses no one-time key up");
}

#[test]
fn the_previous_fallback_key_is_forgotten_when_the_caller_says_so() {
    let mut rng = seeded(8);
    let mut account = Account::new(&mut rng).unwrap();
    assert!(!account.forget_previous_fallback_key());
    assert_eq!(account.generate_fallback_key(&mut rng).unwrap().removed, None);
    let first = account.fallback_key().unwrap();
    assert_eq!(account.generate_fallback_key(&mut rng).unwrap().removed, None);
    assert_eq!(account.remove_one_time_key(&first.public_key), Removal::FallbackKept);
    assert!(account.forget_previous_fallback_key());
    assert!(!account.forget_previous_fallback_key());
    assert_eq!(account.remove_one_time_key(&first.public_key), Removal::Unknown);
}

#[test]
fn forgetting_the_previous_fallback_key_keeps_the_current_one() {
    let (_, mut bob) = accounts();
    bob.generate_fallback_key(&mut seeded(13)).unwrap();
    let current = bob.fallback_key();
    assert!(bob.forget_previous_fallback_key());
    assert_eq!(bob.fallback_key(), current);
    assert!(current.is_some());
}

#[test]
fn key_ids_end_with_an_error() {
    let mut account = accounts().1;
    account.set_last_key_id(KeyId::from_u64(u64::MAX - 1));
    let before = account.clone();
    let rng = &mut seeded(14);
    assert_eq!(account.generate_one_time_keys(2, rng), Err(OneTimeKeyError::KeyIdsExhausted));
    assert!(account == before);
    account.generate_one_time_keys(1, rng).unwrap();
    assert_eq!(account.generate_fallback_key(rng), Err(OneTimeKeyError::KeyIdsExhausted));
}

#[test]
fn nothing_secret_is_printed() {
    let (alice, mut bob) = accounts();
    let (_, message) = outbound(&alice, &bob, SessionConfig::default());
    let created =
        bob.create_inbound_session(alice.curve25519_key(), &message, SessionConfig::default()).unwrap();
    let shown = alloc::format!("{created:?} {bob:?}");
    assert!(!shown.contains("first") && !shown.contains("102, 105"), "{shown}");
    assert!(shown.contains("plaintext_length: 5"));
    let keys = alloc::format!("Account {{ identity_keys: {:?}, one_time_keys: 0, .. }}", bob.identity_keys());
    assert!(shown.ends_with(&keys), "{shown}");
}

#[test]
fn a_third_fallback_key_gives_the_first_one_up() {
    let mut rng = seeded(9);
    let mut account = Account::new(&mut rng).unwrap();
    account.generate_fallback_key(&mut rng).unwrap();
    let first = account.fallback_key().unwrap();
    account.generate_fallback_key(&mut rng).unwrap();
    assert_eq!(account.previous_fallback_key(), Some(first));
    let generated = account.generate_fallback_key(&mut rng).unwrap();
    assert_eq!(generated.removed, Some(first));
    assert_eq!(account.fallback_key(), Some(generated.created));
}

#[test]
fn publishing_marks_what_is_there_and_nothing_later() {
    let mut rng = seeded(10);
    let mut account = Account::new(&mut rng).unwrap();
    account.generate_one_time_keys(2, &mut rng).unwrap();
    account.generate_fallback_key(&mut rng).unwrap();
    assert_eq!(account.unpublished_one_time_keys().count(), 2);
    assert!(account.unpublished_fallback_key().is_some());
    account.mark_keys_as_published();
    account.generate_one_time_keys(1, &mut rng).unwrap();
    assert_eq!(account.unpublished_one_time_keys().map(|key| key.key_id.as_u64()).collect::<Vec<_>>(), [4]);
    assert!(account.unpublished_fallback_key().is_none());
    assert!(account.fallback_key().unwrap().published);
    assert_eq!(account.stored_one_time_key_count(), 3);
}

#[test]
fn one_counter_gives_every_id_once() {
    let mut rng = seeded(11);
    let mut account = Account::new(&mut rng).unwrap();
    account.generate_one_time_keys(2, &mut rng).unwrap();
    account.generate_fallback_key(&mut rng).unwrap();
    account.generate_one_time_keys(1, &mut rng).unwrap();
    let ids: Vec<u64> = account.one_time_keys().map(|key| key.key_id.as_u64()).collect();
    assert_eq!(ids, [1, 2, 4]);
    assert_eq!(account.fallback_key().unwrap().key_id.as_u64(), 3);
    assert_eq!(account.last_key_id().as_u64(), 4);
}

#[test]
fn a_full_account_reports_what_it_gives_up() {
    let mut rng = seeded(12);
    let mut account = Account::new(&mut rng).unwrap();
    let limit = 100_usize;
    assert_eq!(account.one_time_key_limit(), 5_000);
    account.set_one_time_key_limit(100).unwrap();
    assert_eq!(
        account.generate_one_time_keys(limit + 1, &mut rng),
        Err(OneTimeKeyError::TooMany { requested: limit + 1, limit })
    );
    assert_eq!(account.stored_one_time_key_count(), 0);
    let first = account.generate_one_time_keys(3, &mut rng).unwrap().created;
    let generated = account.generate_one_time_keys(limit - 2, &mut rng).unwrap();
    assert_eq!(generated.removed, first[..1]);
    assert_eq!(generated.created.len(), limit - 2);
    assert_eq!(account.stored_one_time_key_count(), limit);
    assert_eq!(account.generate_one_time_keys(limit, &mut rng).unwrap().removed.len(), limit);

    account.set_one_time_key_limit(50_000).unwrap();
    account.generate_one_time_keys(20, &mut rng).unwrap();
    assert!(account.set_one_time_key_limit(99).is_err() && account.set_one_time_key_limit(50_001).is_err());
    assert_eq!(account.one_time_key_limit(), 50_000);
    let oldest: Vec<_> = account.one_time_keys().take(20).collect();
    assert_eq!(account.set_one_time_key_limit(100).unwrap(), oldest);
    assert_eq!(account.stored_one_time_key_count(), 100);
}

#[test]
fn removal_tells_what_the_key_was() {
    let (_, mut bob) = accounts();
    let one_time_key = bob.one_time_keys().next().unwrap().public_key;
    let fallback_key = bob.fallback_key().unwrap().public_key;
    assert_eq!(bob.remove_one_time_key(&fallback_key), Removal::FallbackKept);
    assert_eq!(bob.remove_one_time_key(&one_time_key), Removal::Removed);
    assert_eq!(bob.remove_one_time_key(&one_time_key), Removal::Unknown);
    assert_eq!(bob.remove_one_time_key(&Curve25519PublicKey::from_bytes([9; 32])), Removal::Unknown);
}

#[test]
fn the_signature_verifies_with_the_fingerprint_key() {
    let (alice, bob) = accounts();
    let signature = alice.sign("message");
    alice.ed25519_key().verify(b"message", &signature).unwrap();
    bob.ed25519_key().verify(b"message", &signature).unwrap_err();
    alice.ed25519_key().verify(b"massage", &signature).unwrap_err();
}
