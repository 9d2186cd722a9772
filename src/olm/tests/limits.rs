use super::*;
use crate::olm::{DecryptionError, EncryptionError, Limits};

fn with(limits: Limits) -> SessionConfig {
    SessionConfig::default().with_limits(limits)
}

#[test]
fn limits_lie_between_the_protocol_and_the_cap() {
    let limits = Limits::default();
    assert!(limits.with_message_gap(1_999).is_err() && limits.with_message_gap(100_001).is_err());
    assert!(limits.with_skipped_keys(39).is_err() && limits.with_skipped_keys(10_001).is_err());
    assert!(limits.with_skipped_keys_per_chain(39).is_err());
    assert!(limits.with_skipped_keys_per_chain(2_001).is_err());
    assert!(limits.with_receiver_chains(4).is_err() && limits.with_receiver_chains(51).is_err());
    let error = limits.with_message_gap(7).unwrap_err();
    assert_eq!((error.requested, error.least, error.most), (7, 2_000, 100_000));
}

#[test]
fn a_gap_of_2000_is_read_and_one_of_2001_is_not() {
    for first_chain in [true, false] {
        let (mut alice, mut bob) = sessions(SessionConfig::default());
        let (from, to) = if first_chain { (&mut alice, &mut bob) } else { (&mut bob, &mut alice) };
        let messages = encrypt_many(from, 2_002);
        assert_eq!(
            to.decrypt(&messages[2_001]).unwrap_err(),
            DecryptionError::GapTooLarge { gap: 2_001, limit: 2_000 }
        );
        to.decrypt(&messages[2_000]).unwrap();
        to.decrypt(&messages[2_001]).unwrap();
    }
}

#[test]
fn a_wider_gap_is_read_where_the_limits_say_so() {
    let (mut alice, mut bob) = sessions(with(Limits::default().with_message_gap(2_500).unwrap()));
    let messages = encrypt_many(&mut alice, 2_501);
    bob.decrypt(&messages[2_500]).unwrap();
}

#[test]
fn the_newest_skipped_keys_of_a_chain_are_kept() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 60);
    bob.decrypt(&messages[59]).unwrap();
    // Chain index 0 was the first message; messages[n] has chain index n + 1.
    for (position, message) in messages.iter().enumerate() {
        let chain_index = u32::try_from(position).unwrap() + 1;
        match position {
            0..19 => assert_eq!(bob.decrypt(message), Err(DecryptionError::NoLongerKept { chain_index })),
            59 => assert_eq!(bob.decrypt(message), Err(DecryptionError::AlreadyUsed { chain_index })),
            _ => {
                bob.decrypt(message).unwrap();
                assert_eq!(bob.decrypt(message), Err(DecryptionError::AlreadyUsed { chain_index }));
            }
        }
    }
}

#[test]
fn limits_reach_from_the_least_to_the_cap() {
    let limits = Limits::default();
    assert_eq!(limits.with_skipped_keys_per_chain(40).unwrap().skipped_keys_per_chain(), 40);
    assert_eq!(limits.with_skipped_keys_per_chain(2_000).unwrap().skipped_keys_per_chain(), 2_000);
    assert_eq!(limits.with_skipped_keys(40).unwrap().skipped_keys(), 40);
    assert_eq!(limits.with_skipped_keys(10_000).unwrap().skipped_keys(), 10_000);
    assert_eq!(limits.with_receiver_chains(5).unwrap().receiver_chains(), 5);
    assert_eq!(limits.with_receiver_chains(50).unwrap().receiver_chains(), 50);
    assert_eq!(limits.with_message_gap(2_000).unwrap().message_gap(), 2_000);
    assert_eq!(limits.with_message_gap(100_000).unwrap().message_gap(), 100_000);
}

#[test]
fn exactly_as_many_skipped_keys_as_are_kept_give_nothing_up() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 41);
    bob.decrypt(&messages[40]).unwrap();
    bob.decrypt(&messages[0]).unwrap();
    assert_eq!(bob.decrypt(&messages[0]), Err(DecryptionError::AlreadyUsed { chain_index: 1 }));
}

/// Nothing is given up where the keys of all skipped messages fit, so that what was read before is known to be used.
#[test]
fn a_gap_that_just_fits_leaves_the_verdict_on_what_was_read_before() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 42);
    bob.decrypt(&messages[0]).unwrap();
    bob.decrypt(&messages[41]).unwrap();
    assert_eq!(bob.decrypt(&messages[0]), Err(DecryptionError::AlreadyUsed { chain_index: 1 }));
    assert_eq!(bob.decrypt(&messages[1]).unwrap(), b"text");
}

#[test]
fn wider_limits_keep_more_on_both_sides() {
    let limits = Limits::default().with_skipped_keys_per_chain(60).unwrap().with_receiver_chains(8).unwrap();
    let (mut alice, mut bob) = sessions(with(limits));
    let messages = encrypt_many(&mut alice, 61);
    bob.decrypt(&messages[60]).unwrap();
    messages[..60].iter().for_each(|message| assert!(bob.decrypt(message).is_ok()));
    let messages = encrypt_many(&mut bob, 61);
    alice.decrypt(&messages[60]).unwrap();
    alice.decrypt(&messages[0]).unwrap();

    let late = alice.encrypt("late", &mut seeded(1)).unwrap();
    exchange(&mut alice, &mut bob, 2);
    let later = alice.encrypt("later", &mut seeded(1)).unwrap();
    for seed in 10..17 {
        exchange(&mut bob, &mut alice, seed);
        exchange(&mut alice, &mut bob, seed);
    }
    // Seven chains later the eighth is still there, skipped or not.
    assert_eq!(bob.decrypt(&late).unwrap(), b"late");
    assert_eq!(bob.decrypt(&later).unwrap(), b"later");
}

#[test]
fn no_more_keys_are_derived_than_kept() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 2_000);
    bob.decrypt(&messages[1_999]).unwrap();
    assert_eq!(bob.summary().skipped_message_keys, 40);
}

#[test]
fn keys_are_given_up_oldest_first_one_by_one() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 43);
    bob.decrypt(&messages[40]).unwrap();
    bob.decrypt(&messages[0]).unwrap();
    assert_eq!(bob.decrypt(&messages[0]), Err(DecryptionError::AlreadyUsed { chain_index: 1 }));
    // 39 keys are left; one more fits, the next one evicts the oldest.
    bob.decrypt(&messages[42]).unwrap();
    bob.decrypt(&messages[1]).unwrap();
    let more = encrypt_many(&mut alice, 3);
    bob.decrypt(&more[2]).unwrap();
    assert_eq!(bob.decrypt(&messages[2]), Err(DecryptionError::NoLongerKept { chain_index: 3 }));
    bob.decrypt(&messages[3]).unwrap();
}

#[test]
fn the_session_limit_counts_over_all_chains() {
    let (mut alice, mut bob) = sessions(with(Limits::default().with_skipped_keys(60).unwrap()));
    let older = encrypt_many(&mut alice, 41);
    bob.decrypt(&older[40]).unwrap();
    exchange(&mut bob, &mut alice, 1);
    let newer = encrypt_many(&mut alice, 41);
    bob.decrypt(&newer[40]).unwrap();
    // 80 keys were skipped, 60 are kept: the 20 oldest are gone.
    assert_eq!(bob.decrypt(&older[19]), Err(DecryptionError::NoLongerKept { chain_index: 20 }));
    bob.decrypt(&older[20]).unwrap();
    bob.decrypt(&newer[0]).unwrap();
}

/// Both ends, and three messages of a chain that Bob keeps no more; he has read the last of them.
fn past_the_chain() -> (Session, Session, Vec<OlmMessage>) {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let late = encrypt_many(&mut alice, 3);
    bob.decrypt(&late[2]).unwrap();
    for seed in 0..7 {
        exchange(&mut bob, &mut alice, seed);
        exchange(&mut alice, &mut bob, seed);
    }
    (alice, bob, late)
}

#[test]
fn skipped_keys_outlive_their_chain() {
    let (_, mut bob, late) = past_the_chain();
    // The chain is gone: a used index is an unknown ratchet key now. The skipped ones are still there.
    assert_eq!(bob.decrypt(&late[2]), Err(DecryptionError::UnknownRatchetKey));
    assert_eq!(bob.decrypt(&late[0]).unwrap(), b"text");
    assert_eq!(bob.decrypt(&late[1]).unwrap(), b"text");
    assert_eq!(bob.decrypt(&late[1]), Err(DecryptionError::UnknownRatchetKey));
}

#[test]
fn keys_of_chains_that_are_gone_are_given_up_on_demand() {
    let (mut alice, mut bob, late) = past_the_chain();
    let kept = encrypt_many(&mut alice, 2);
    bob.decrypt(&kept[1]).unwrap();
    assert_eq!(bob.forget_message_keys_of_dropped_chains(), 2);
    assert_eq!(bob.forget_message_keys_of_dropped_chains(), 0);
    assert_eq!(bob.decrypt(&late[0]), Err(DecryptionError::UnknownRatchetKey));
    assert_eq!(bob.decrypt(&kept[0]).unwrap(), b"text");
}

#[test]
fn tighter_limits_give_up_the_oldest_at_once() {
    let (mut alice, mut bob) = sessions(with(Limits::default().with_skipped_keys_per_chain(50).unwrap()));
    let messages = encrypt_many(&mut alice, 51);
    bob.decrypt(&messages[50]).unwrap();
    assert_eq!(bob.set_limits(Limits::default()), 10);
    assert_eq!(bob.limits(), Limits::default());
    assert!(matches!(bob.decrypt(&messages[9]), Err(DecryptionError::NoLongerKept { .. })));
    assert_eq!(bob.decrypt(&messages[10]).unwrap(), b"text");
}

#[test]
fn five_receiver_chains_are_kept() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let mut unread = Vec::new();
    for seed in 0..6 {
        unread.push(alice.encrypt("unread", &mut seeded(seed)).unwrap());
        exchange(&mut alice, &mut bob, seed);
        // Chains are counted by their last message, which arrives late here.
        unread.push(alice.encrypt("last", &mut seeded(seed)).unwrap());
        exchange(&mut bob, &mut alice, seed);
    }
    let last_of_chain: Vec<_> = unread.into_iter().skip(1).step_by(2).collect();
    bob.decrypt(&last_of_chain[0]).unwrap_err();
    for message in &last_of_chain[1..] {
        bob.decrypt(message).unwrap();
    }
}

#[test]
fn a_chain_ends_before_its_index_wraps() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    alice.ratchet().set_chain_index(u32::MAX - 1);
    bob.ratchet().set_chain_index(u32::MAX - 1);
    let last = alice.encrypt("last", &mut seeded(1)).unwrap();
    let before = alice.clone();
    assert_eq!(alice.encrypt("none", &mut seeded(1)).unwrap_err(), EncryptionError::ChainExhausted);
    assert!(alice == before);
    bob.decrypt(&last).unwrap();

    // The other party's answer gives a new chain.
    exchange(&mut bob, &mut alice, 2);
    exchange(&mut alice, &mut bob, 3);
}
