//! What a peer's format has no room for: cliquet says so and goes on unharmed, and after the documented way out the peer reads
//! what is left.

use cliquet::{
    KeyId,
    MessageVersion::{V1, V2},
    megolm::{self, ReplayGuard},
    olm,
    pickle::{DehydrationError, InexpressibleError, UnpickleError, vodozemac as typed},
};
use serde_json::{Value, json};

use super::{
    super::party::{
        Implementation::{Cliquet, Libolm, Vodozemac},
        OlmMessage, Random, Reminder, first_seed,
    },
    hands::{Account, InboundGroupSession, OutboundGroupSession},
    pair::Pair,
    state::{KEY, Kind, State, Way, libolms_limits},
};

/// What libolm and vodozemac are refused, after a check that the state is the same afterwards.
fn refused<K: Kind>(state: &K, way: Way) -> [Option<InexpressibleError>; 2] {
    let before = state.unsealed();
    let refused = [state.to_libolm(way).err(), state.to_vodozemac(way).err()];
    assert_eq!(state.unsealed(), before);
    refused
}

/// As `Debug` writes it: the variants have fields to come.
fn texts<const COUNT: usize>(errors: [Option<InexpressibleError>; COUNT]) -> [String; COUNT] {
    errors.map(|error| error.map_or_else(|| "expressible".to_owned(), |error| format!("{error:?}")))
}

fn any_way() -> Way {
    Way::all().next().unwrap()
}

/// The rest of a conversation, with what is late still opening.
fn goes_on(pair: &mut Pair, kept: &[OlmMessage]) {
    pair.opens(kept);
    pair.turn();
    let late = pair.skip(3);
    pair.opens(&late);
}

#[test]
fn pickle_refuses_libolm_version_2() {
    let expected = "Version { version: V2 }";
    for way in Way::all().map(|way| Way { version: V2, ..way }) {
        let mut pair = Pair::of(V2, Cliquet);
        let late = pair.skip(3);
        assert_eq!(texts(refused(pair.ours(), way)), [expected, "expressible"]);
        pair.receiver_goes(Vodozemac, way);
        goes_on(&mut pair, &late);

        let sender = OutboundGroupSession::new(Cliquet, V2, &Random::new(first_seed()));
        let member = InboundGroupSession::new(Cliquet, V2, &sender.session_key()).into_ours(way);
        let sender = sender.into_ours(way);
        assert_eq!(texts(refused(&sender, way)), [expected, "expressible"]);
        assert_eq!(texts(refused(&member, way)), [expected, "expressible"]);
        let message = State::Cliquet(sender).moved(Vodozemac, way).encrypt(b"message");
        let mut member = State::Cliquet(member).moved(Vodozemac, way);
        assert_eq!(member.decrypt(&message), Ok((b"message".to_vec(), 0)));
    }
}

#[test]
fn pickle_refuses_more_skipped_keys_than_there_is_room_for() {
    for way in Way::all() {
        for to in [Libolm, Vodozemac] {
            let _reminder = Reminder((to, way));
            let mut pair = Pair::new(Cliquet);
            let raised = olm::Limits::default().with_skipped_keys_per_chain(100).unwrap();
            assert_eq!(pair.ours().set_limits(raised), 0);
            let late = pair.skip(41);
            assert_eq!(
                texts(refused(pair.ours(), way)),
                [
                    "TooMany { items: SkippedMessageKeys, count: 41, limit: 40 }",
                    "TooMany { items: SkippedMessageKeysOfChain, count: 41, limit: 40 }",
                ]
            );
            let limits = if to == Libolm { libolms_limits() } else { olm::Limits::default() };
            assert_eq!(pair.ours().set_limits(limits), 1);
            assert_eq!(texts(refused(pair.ours(), way)), ["expressible"; 2]);
            pair.receiver_goes(to, way);
            pair.refuses(&late[..1]);
            goes_on(&mut pair, &late[1..]);
        }
    }
}

/// 30 in each of two chains: vodozemac has room for them.
#[test]
fn pickle_refuses_libolm_forty_keys_over_two_chains() {
    for way in Way::all() {
        let mut pair = Pair::new(Cliquet);
        pair.skip(30);
        pair.turn();
        pair.skip(30);
        assert_eq!(
            texts(refused(pair.ours(), way)),
            ["TooMany { items: SkippedMessageKeys, count: 60, limit: 40 }", "expressible"]
        );
    }
}

#[test]
fn pickle_refuses_more_chains_than_there_is_room_for() {
    for way in Way::all() {
        for to in [Libolm, Vodozemac] {
            let _reminder = Reminder((to, way));
            let mut pair = Pair::new(Cliquet);
            let raised = olm::Limits::default().with_receiver_chains(50).unwrap();
            pair.ours().set_limits(raised);
            let late: Vec<_> = (0..6)
                .map(|_| {
                    let late = pair.skip(2);
                    pair.turn();
                    late
                })
                .collect();
            // The chain of the first message of all, and six.
            let expected = "TooMany { items: ReceiverChains, count: 7, limit: 5 }";
            assert_eq!(texts(refused(pair.ours(), way)), [expected; 2]);
            assert_eq!(pair.ours().set_limits(libolms_limits()), 0);
            // The keys of dropped chains stay: libolm keeps them too, vodozemac has no place for them.
            let orphaned = "MessageKeysOfDroppedChains { count: 2 }";
            assert_eq!(texts(refused(pair.ours(), way)), ["expressible", orphaned]);
            if to == Vodozemac {
                assert_eq!(pair.ours().forget_message_keys_of_dropped_chains(), 2);
                assert_eq!(texts(refused(pair.ours(), way)), ["expressible"; 2]);
            }
            pair.receiver = Some(pair.receiver.take().unwrap().moved(to, way));
            pair.refuses(&late[0]);
            late[1..].iter().for_each(|late| pair.opens(late));
            goes_on(&mut pair, &[]);
        }
    }
}

/// libolm keeps the keys of dropped chains and does not look at them; back in cliquet they open what is late.
#[test]
fn pickle_of_libolm_brings_the_keys_of_dropped_chains() {
    for way in Way::all() {
        let mut pair = Pair::new(Libolm);
        let late: Vec<_> = (0..7)
            .map(|_| {
                let late = pair.skip(2);
                pair.turn();
                late
            })
            .collect();
        pair.refuses(&late[0]);
        pair.receiver_goes(Cliquet, way);
        pair.opens(&late[0][..1]);
        let orphaned = "MessageKeysOfDroppedChains { count: 3 }";
        assert_eq!(texts(refused(pair.ours(), way)), ["expressible", orphaned]);
        pair.opens(&late[0][1..]);
        late[1..].iter().for_each(|late| pair.opens(late));
    }
}

#[test]
fn pickle_refuses_more_one_time_keys_than_there_is_room_for() {
    let (way, random) = (any_way(), Random::new(first_seed()));
    for (most, expected) in [
        (100, ["TooMany { items: OneTimeKeys, count: 101, limit: 100 }", "expressible"]),
        (
            5_000,
            [
                "TooMany { items: OneTimeKeys, count: 5001, limit: 100 }",
                "TooMany { items: OneTimeKeys, count: 5001, limit: 5000 }",
            ],
        ),
    ] {
        let mut ours = olm::Account::new(&mut random.clone()).unwrap();
        ours.set_one_time_key_limit(50_000).unwrap();
        let count = usize::try_from(most).unwrap() + 1;
        ours.generate_one_time_keys(count, &mut random.clone()).unwrap();
        assert_eq!(texts(refused(&ours, way)), expected);
        let oldest = ours.one_time_keys().next().unwrap();
        assert_eq!(ours.set_one_time_key_limit(most).unwrap(), [oldest]);
        let to = if most == 100 { Libolm } else { Vodozemac };
        let stored: Vec<_> = ours.one_time_keys().map(|key| key.public_key.to_base64()).collect();
        let theirs = State::Cliquet(ours).moved(to, way);
        let arrived: Vec<_> = theirs.unpublished_one_time_keys().into_iter().map(|(_, key)| key).collect();
        assert_eq!(arrived, stored);
    }
}

/// vodozemac counts to 2^64, libolm to 2^32, where it would begin again at 0.
#[test]
fn pickle_refuses_libolm_ids_that_are_too_large() {
    for (last, expected) in [
        (u64::from(u32::MAX) - 2, ["expressible"; 2]),
        (u64::from(u32::MAX) - 1, ["KeyId { key_id: KeyId(4294967295) }", "expressible"]),
        (u64::from(u32::MAX), ["KeyId { key_id: KeyId(4294967296) }", "expressible"]),
        (u64::MAX - 1, ["KeyId { key_id: KeyId(18446744073709551615) }"; 2]),
    ] {
        let mut json: Value = serde_json::to_value(vodozemac::olm::Account::new().pickle()).unwrap();
        json["one_time_keys"]["next_key_id"] = json!(last + 1);
        let mut ours = olm::Account::from_vodozemac_json(json.to_string().as_bytes()).unwrap();
        ours.generate_one_time_keys(1, &mut Random::new(first_seed())).unwrap();
        let key = ours.one_time_keys().next().unwrap();
        assert_eq!(key.key_id, KeyId::from_u64(last + 1));
        assert_eq!(texts(refused(&ours, any_way())), expected);
        // The counter counts too, when the key itself is gone.
        ours.remove_one_time_key(&key.public_key);
        assert_eq!(texts(refused(&ours, any_way())), expected);
    }
}

#[test]
fn pickle_refuses_the_peers_a_replay_guard() {
    let mut sender = OutboundGroupSession::new(Cliquet, V1, &Random::new(first_seed()));
    let session_key = sender.session_key();
    let message = sender.encrypt(b"message");
    for way in Way::all() {
        let mut member = InboundGroupSession::new(Cliquet, V1, &session_key).into_ours(way);
        member.set_replay_guard(ReplayGuard::with_capacity(10));
        assert_eq!(texts(refused(&member, way)), ["ReplayGuard"; 2]);
        let read = megolm::MegolmMessage::from_base64(&message).unwrap();
        member.decrypt_event(&read, &[1; 32]).unwrap();
        assert_eq!(texts(refused(&member, way)), ["ReplayGuard"; 2]);
        assert!(member.decrypt_event(&read, &[2; 32]).is_err(), "the guard is still there");
        member.set_replay_guard(ReplayGuard::none());
        for to in [Libolm, Vodozemac] {
            let mut theirs = State::Cliquet(member.reopened()).moved(to, way);
            assert_eq!(theirs.decrypt(&message), Ok((b"message".to_vec(), 0)));
        }
    }
}

#[test]
fn pickle_refuses_to_dehydrate_what_has_no_place() {
    let mut random = Random::new(first_seed());
    let mut dehydrate = |account: &olm::Account| {
        let before = account.to_pickle_without_encryption();
        let device = account.to_dehydrated_device(&KEY, &mut random);
        assert_eq!(account.to_pickle_without_encryption(), before);
        device
    };
    let generator = Random::new(first_seed() + 1);
    let mut ours = olm::Account::new(&mut generator.clone()).unwrap();
    for _ in 0..2 {
        ours.generate_fallback_key(&mut generator.clone()).unwrap();
    }
    let refused = dehydrate(&ours).unwrap_err();
    assert_eq!(refused, DehydrationError::Inexpressible(InexpressibleError::PreviousFallbackKey));
    assert!(ours.forget_previous_fallback_key());
    let device = dehydrate(&ours).unwrap();
    let theirs =
        vodozemac::olm::Account::from_dehydrated_device(&device.ciphertext, &device.nonce, &KEY).unwrap();
    assert_eq!(theirs.ed25519_key().to_base64(), ours.ed25519_key().to_base64());

    // The seed is lost on the way through libolm, and there is no way back to it.
    let without_seed = Account::new(Libolm, &generator).into_ours(any_way());
    let refused = dehydrate(&without_seed).unwrap_err();
    assert_eq!(refused, DehydrationError::Inexpressible(InexpressibleError::MissingSeed));
}

/// The version of a session of vodozemac is stated by whoever opens it.
#[test]
fn pickle_refuses_vodozemacs_sessions_of_another_version() {
    let config = |version| olm::SessionConfig::default().with_version(version);
    for (version, other) in [(V1, V2), (V2, V1)] {
        let mut pair = Pair::of(version, Vodozemac);
        let State::Vodozemac(theirs) = pair.receiver.as_mut().unwrap() else { panic!("of vodozemac") };
        let text = theirs.pickle().encrypt(&KEY);
        assert!(olm::Session::from_vodozemac_pickle(&text, &KEY, config(version)).is_ok());
        let refused = olm::Session::from_vodozemac_pickle(&text, &KEY, config(other)).unwrap_err();
        let expected = format!("MismatchedVersion {{ expected: {other:?}, found: {version:?} }}");
        assert_eq!(format!("{refused:?}"), expected);

        // As written before there were two versions.
        let mut json = serde_json::to_value(theirs.pickle()).unwrap();
        json.as_object_mut().unwrap().remove("config").unwrap();
        let open = |version| olm::Session::from_vodozemac_json(json.to_string().as_bytes(), config(version));
        assert_eq!(open(V1).unwrap().version(), V1);
        assert_eq!(open(V2).unwrap_err(), UnpickleError::MissingVersion);
        assert!(serde_json::from_value::<typed::SessionPickle>(json.clone()).is_err());
        let assumed: typed::AssumedV1<typed::SessionPickle> = serde_json::from_value(json).unwrap();
        assert_eq!(olm::Session::from(assumed.0).version(), V1);
    }
}
