//! F4, F24, F26: the native format, and what is refused of every format.

use cliquet::{
    DecodeError,
    megolm::{InboundGroupSession, OutboundGroupSession},
    olm::{Account, Limits, Session, SessionConfig, StateError, StoredItems},
    pickle::{InexpressibleError, Pickle, PickleKey, UnpickleError},
};

use crate::support::{KEY, accounts, libolm_body, libolm_pickle, patched, room, seeded, sessions, turned};

/// In the peers' pickles equal states are equal texts, under 8 bytes of MAC.
#[test]
fn f04_a_native_pickle_has_a_salt_of_its_own_and_a_whole_tag() {
    let (account, key) = (accounts().1, PickleKey::new(KEY));
    let rng = &mut seeded(1);
    let [first, second] = [(); 2].map(|()| account.to_pickle(&key, rng).unwrap());
    // header[10] | salt[32] | ciphertext | tag[32]
    let (salts, start) = ([&first.as_bytes()[10..42], &second.as_bytes()[10..42]], 42);
    assert_ne!(salts[0], salts[1]);
    let blocks =
        |pickle: &Pickle| pickle.as_bytes()[start..].chunks(16).map(<[u8]>::to_vec).collect::<Vec<_>>();
    assert!(blocks(&first).iter().all(|block| !blocks(&second).contains(block)));
    let body = account.to_pickle_without_encryption().as_bytes().len() - 10;
    assert_eq!(first.as_bytes().len(), start + body / 16 * 16 + 16 + 32);
    let end = first.as_bytes().len();
    for position in end - 32..end {
        let changed = Pickle::from_bytes(&turned(first.as_bytes(), position, 3)).unwrap();
        assert_eq!(Account::from_pickle(&changed, &key).unwrap_err(), UnpickleError::AuthenticationFailed);
    }
    // The formats in which they are equal have the name of their library.
    assert_eq!(account.to_libolm_pickle(KEY), account.to_libolm_pickle(KEY));
    for pickle in [first, second] {
        assert_eq!(Account::from_pickle(&pickle, &key).unwrap().identity_keys(), account.identity_keys());
    }
}

/// A store can put one row in the place of another, and the peers open it.
#[test]
fn f26_a_pickle_opens_as_its_kind_and_in_its_context_alone() {
    let (sender, receiver, _) = room();
    let (account, session) = (accounts().1, sessions(SessionConfig::default()).1);
    let key = PickleKey::new(KEY).in_context("@bob:example.org|PHONE|1");
    let rng = &mut seeded(1);
    let pickles = [
        account.to_pickle(&key, rng).unwrap(),
        session.to_pickle(&key, rng).unwrap(),
        sender.to_pickle(&key, rng).unwrap(),
        receiver.to_pickle(&key, rng).unwrap(),
    ];
    let opened = |pickle: &Pickle, key: &PickleKey| {
        [
            Account::from_pickle(pickle, key).err(),
            Session::from_pickle(pickle, key).err(),
            OutboundGroupSession::from_pickle(pickle, key).err(),
            InboundGroupSession::from_pickle(pickle, key).err(),
        ]
    };
    for (own, pickle) in pickles.iter().enumerate() {
        for (kind, error) in opened(pickle, &key).iter().enumerate() {
            match error {
                None => assert_eq!(kind, own),
                Some(error) => assert!(kind != own && matches!(error, UnpickleError::WrongKind { .. })),
            }
        }
        // The kind and the version are written in the open, and the tag covers them.
        for kind in (1..=4).filter(|kind| usize::from(*kind) != own + 1) {
            let swapped = Pickle::from_bytes(&patched(pickle.as_bytes(), 9, &[kind])).unwrap();
            let error = opened(&swapped, &key)[usize::from(kind) - 1];
            assert_eq!(error, Some(UnpickleError::AuthenticationFailed));
        }
        Pickle::from_bytes(&patched(pickle.as_bytes(), 8, &[2])).unwrap_err();
        for context in
            ["", "@bob:example.org|PHONE|2", "@bob:example.org|PHONE|", "@bob:example.org|PHONE|1 "]
        {
            let elsewhere = opened(pickle, &PickleKey::new(KEY).in_context(context))[own];
            assert_eq!(elsewhere, Some(UnpickleError::AuthenticationFailed));
        }
    }
}

/// The peers leave unread what follows a pickle.
#[test]
fn f24_bytes_behind_a_pickle_are_refused() {
    let (sender, receiver, _) = room();
    let (account, session) = (accounts().1, sessions(SessionConfig::default()).1);
    let longer = |pickle: Result<String, InexpressibleError>| {
        libolm_pickle(&[&libolm_body(&pickle.unwrap())[..], &[0]].concat())
    };
    let trailing = |error| assert_eq!(error, UnpickleError::Decode(DecodeError::TrailingBytes));
    trailing(Account::from_libolm_pickle(&longer(account.to_libolm_pickle(KEY)), KEY).unwrap_err());
    let pickle = longer(session.to_libolm_pickle(KEY));
    trailing(Session::from_libolm_pickle(&pickle, KEY, Limits::default()).unwrap_err());
    trailing(
        OutboundGroupSession::from_libolm_pickle(&longer(sender.to_libolm_pickle(KEY)), KEY).unwrap_err(),
    );
    trailing(
        InboundGroupSession::from_libolm_pickle(&longer(receiver.to_libolm_pickle(KEY)), KEY).unwrap_err(),
    );
    let plain = |bytes: &[u8]| [bytes, &[0]].concat();
    let bytes = plain(account.to_pickle_without_encryption().as_bytes());
    trailing(Account::from_pickle_without_encryption(&bytes).unwrap_err());
    let bytes = plain(receiver.to_pickle_without_encryption().as_bytes());
    trailing(InboundGroupSession::from_pickle_without_encryption(&bytes).unwrap_err());
}

/// libolm writes past the end of a list, and a third fallback key is taken for two.
#[test]
fn f24_lists_with_more_than_there_is_room_for_are_refused() {
    let refused = |body: &[u8]| match Account::from_libolm_pickle(&libolm_pickle(body), KEY) {
        Err(UnpickleError::State(StateError::TooMany { items, count, .. })) => (items, count),
        other => panic!("{other:?}"),
    };
    // version[4] | signing key[96] | identity key[64] | count[4] | key[69] | count[1] | key[69] | last id[4]
    let body = libolm_body(&accounts().1.to_libolm_pickle(KEY).unwrap());
    assert_eq!(body.len(), 311);
    let (fallback, last_id) = (&body[238..307], &body[307..]);
    let three = [&body[..237], &[3], fallback, fallback, fallback, last_id].concat();
    assert_eq!(refused(&three), (StoredItems::FallbackKeys, 3));
    let one_time_keys = body[168..237].repeat(101);
    let many = [&body[..164], &101_u32.to_be_bytes(), &one_time_keys, &body[237..]].concat();
    assert_eq!(refused(&many), (StoredItems::OneTimeKeys, 101));

    let session = sessions(SessionConfig::default()).1;
    // version[4] | received[1] | keys[128] | count[4] | count[4] | receiver chain[68] | count[4]
    let body = libolm_body(&session.to_libolm_pickle(KEY).unwrap());
    assert_eq!(body.len(), 213);
    let chains = [&body[..137], &6_u32.to_be_bytes(), &body[141..209].repeat(6), &body[209..]].concat();
    let error = Session::from_libolm_pickle(&libolm_pickle(&chains), KEY, Limits::default()).unwrap_err();
    assert!(matches!(
        error,
        UnpickleError::State(StateError::TooMany { items: StoredItems::ReceiverChains, .. })
    ));
    let skipped = [&body[..209], &41_u32.to_be_bytes(), &body[141..209].repeat(41)].concat();
    let error = Session::from_libolm_pickle(&libolm_pickle(&skipped), KEY, Limits::default()).unwrap_err();
    assert!(matches!(
        error,
        UnpickleError::State(StateError::TooMany { items: StoredItems::SkippedMessageKeys, .. })
    ));
}
