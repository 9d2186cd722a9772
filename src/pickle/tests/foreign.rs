//! To another library's format and back; what the libraries themselves say to it, the live tests show.

use std::{string::String, vec::Vec};

use super::states;
use crate::{
    MessageVersion,
    keys::KeyId,
    megolm::{InboundGroupSession, OutboundGroupSession, Provenance, ReplayGuard},
    olm::{Account, Limits, Session, SessionConfig, StoredItems},
    pickle::{InexpressibleError, PickleFormat, PickleKind, UnpickleError, recognise},
    testing::seeded,
};

const KEY: &[u8; 32] = b"a key of exactly thirty-two byte";

type Written = Result<String, InexpressibleError>;

/// Once out and in again, a state is the same for good, and so is its text.
fn settles<T: PartialEq + core::fmt::Debug>(
    states: &[T],
    write: impl Fn(&T) -> Written,
    read: impl Fn(&str) -> Result<T, UnpickleError>,
    recognised: (PickleKind, PickleFormat),
) {
    for state in states {
        let text = write(state).unwrap();
        let once = read(&text).unwrap();
        assert_eq!(write(&once).unwrap(), text);
        assert_eq!(read(&text).unwrap(), once);
        let what = recognise(text.as_bytes(), KEY).unwrap();
        assert_eq!((what.kind, what.format), recognised);
        assert_eq!(read(&changed(&text)).unwrap_err(), UnpickleError::AuthenticationFailed);
        assert_eq!(read("not base64!").unwrap_err(), UnpickleError::NotAPickle);
    }
}

/// One character of the ciphertext is another one.
fn changed(text: &str) -> String {
    let first = if text.starts_with('A') { "B" } else { "A" };
    String::from(first) + &text[1..]
}

/// Sessions that every format has room for.
fn plain_sessions() -> Vec<Session> {
    let mut sessions = states::sessions();
    sessions.retain(|session| session.version() == MessageVersion::V1);
    for session in &mut sessions {
        session.set_limits(Limits::default().with_skipped_keys(40).unwrap());
        session.forget_message_keys_of_dropped_chains();
    }
    sessions
}

fn unguarded_inbound(versions: &[MessageVersion]) -> Vec<InboundGroupSession> {
    let mut sessions = states::inbound_group_sessions();
    sessions.retain(|session| versions.contains(&session.version()));
    sessions.iter_mut().for_each(|session| session.set_replay_guard(ReplayGuard::none()));
    sessions
}

fn outbound(versions: &[MessageVersion]) -> Vec<OutboundGroupSession> {
    let mut sessions = states::outbound_group_sessions();
    sessions.retain(|session| versions.contains(&session.version()));
    sessions
}

#[test]
fn libolm_and_back() {
    let format = |version| PickleFormat::Libolm { version };
    settles(
        &states::accounts(),
        |account| account.to_libolm_pickle(KEY),
        |text| Account::from_libolm_pickle(text, KEY),
        (PickleKind::Account, format(4)),
    );
    settles(
        &plain_sessions(),
        |session| session.to_libolm_pickle(KEY),
        |text| Session::from_libolm_pickle(text, KEY, Limits::default()),
        (PickleKind::Session, format(1)),
    );
    settles(
        &outbound(&[MessageVersion::V1]),
        |session| session.to_libolm_pickle(KEY),
        |text| OutboundGroupSession::from_libolm_pickle(text, KEY),
        (PickleKind::OutboundGroupSession, format(1)),
    );
    settles(
        &unguarded_inbound(&[MessageVersion::V1]),
        |session| session.to_libolm_pickle(KEY),
        |text| InboundGroupSession::from_libolm_pickle(text, KEY),
        (PickleKind::InboundGroupSession, format(2)),
    );
}

#[test]
fn the_key_of_libolm_has_any_length() {
    let account = &states::accounts()[0];
    for length in [0, 1, 32, 64, 65, 1_000] {
        let key = std::vec![7; length];
        let text = account.to_libolm_pickle(&key).unwrap();
        assert_eq!(
            Account::from_libolm_pickle(&text, &key).unwrap().identity_keys(),
            account.identity_keys()
        );
    }
}

#[test]
fn an_account_keeps_its_meaning() {
    for account in states::accounts() {
        let text = account.to_libolm_pickle(KEY).unwrap();
        let mut back = Account::from_libolm_pickle(&text, KEY).unwrap();
        assert_eq!(back.identity_keys(), account.identity_keys());
        assert!(back.one_time_keys().eq(account.one_time_keys()));
        assert_eq!(back.fallback_key(), account.fallback_key());
        assert_eq!(back.sign("message"), account.sign("message"));
        let rng = &mut seeded(1);
        let next = back.generate_one_time_keys(1, rng).unwrap().created[0].key_id;
        assert_eq!(account.clone().generate_one_time_keys(1, rng).unwrap().created[0].key_id, next);
    }
}

#[test]
fn the_flag_follows_the_provenance_and_raises_nothing() {
    for session in unguarded_inbound(&[MessageVersion::V1]) {
        let expected = matches!(session.provenance(), Provenance::Shared { .. });
        let text = session.to_libolm_pickle(KEY).unwrap();
        let mut back = InboundGroupSession::from_libolm_pickle(&text, KEY).unwrap();
        assert_eq!(back.provenance(), Provenance::Legacy { flag: expected });
        assert_eq!(back.to_libolm_pickle(KEY).unwrap(), text);
        // An import that begins earlier: what is shared from later on alone is not flagged as a whole.
        let outbound = OutboundGroupSession::new(Default::default(), &mut seeded(9)).unwrap();
        let whole = InboundGroupSession::new(&outbound.session_key(), Default::default());
        let mut later = InboundGroupSession::new(&outbound.session_key(), Default::default());
        assert!(later.advance_to(5));
        assert!(later.merge(&InboundGroupSession::import(&whole.export(), Default::default())));
        assert_eq!(later.provenance(), Provenance::Shared { from: 5 });
        let text = later.to_libolm_pickle(KEY).unwrap();
        back = InboundGroupSession::from_libolm_pickle(&text, KEY).unwrap();
        assert_eq!(back.provenance(), Provenance::Legacy { flag: false });
    }
}

#[test]
fn libolm_refuses_to_lose_anything() {
    let rng = &mut seeded(2);
    let version_2 = InexpressibleError::Version { version: MessageVersion::V2 };
    let config = SessionConfig::default().with_version(MessageVersion::V2);
    assert_eq!(states::pair(config).0.to_libolm_pickle(KEY), Err(version_2));
    assert_eq!(outbound(&[MessageVersion::V2])[0].to_libolm_pickle(KEY), Err(version_2));
    assert_eq!(unguarded_inbound(&[MessageVersion::V2])[0].to_libolm_pickle(KEY), Err(version_2));

    let guarded = states::inbound_group_sessions().remove(2);
    assert_eq!(guarded.to_libolm_pickle(KEY), Err(InexpressibleError::ReplayGuard));

    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(101, rng).unwrap();
    let items = StoredItems::OneTimeKeys;
    let too_many = InexpressibleError::TooMany { items, count: 101, limit: 100 };
    assert_eq!(account.to_libolm_pickle(KEY), Err(too_many));
    assert_eq!(account.set_one_time_key_limit(100).unwrap().len(), 1);
    account.to_libolm_pickle(KEY).unwrap();

    let beyond = KeyId::from_u64(1 << 32);
    let mut account = Account::new(rng).unwrap();
    account.set_last_key_id(beyond);
    assert_eq!(account.to_libolm_pickle(KEY), Err(InexpressibleError::KeyId { key_id: beyond }));

    let mut session = states::sessions().swap_remove(6);
    let chains = session.summary().receiver_chains.len();
    let items = StoredItems::ReceiverChains;
    let too_many = InexpressibleError::TooMany { items, count: chains, limit: 5 };
    assert_eq!(session.to_libolm_pickle(KEY), Err(too_many));
    session.set_limits(Limits::default());
    let count = session.summary().skipped_message_keys;
    let items = StoredItems::SkippedMessageKeys;
    let too_many = InexpressibleError::TooMany { items, count, limit: 40 };
    assert_eq!(session.to_libolm_pickle(KEY), Err(too_many));
    let given_up = session.set_limits(Limits::default().with_skipped_keys(40).unwrap());
    assert_eq!(given_up, count - 40);
    session.to_libolm_pickle(KEY).unwrap();
}

#[cfg(feature = "vodozemac")]
mod vodozemac {
    use super::*;
    use std::string::ToString;

    use crate::{
        megolm,
        olm::StateError,
        pickle::vodozemac::{AccountPickle, AssumedV1, SessionPickle},
    };

    const BOTH: [MessageVersion; 2] = [MessageVersion::V1, MessageVersion::V2];

    #[test]
    fn there_and_back() {
        let format = PickleFormat::Vodozemac;
        settles(
            &states::accounts(),
            |account| account.to_vodozemac_pickle(KEY),
            |text| Account::from_vodozemac_pickle(text, KEY),
            (PickleKind::Account, format),
        );
        settles(
            &plain_sessions(),
            |session| session.to_vodozemac_pickle(KEY),
            |text| Session::from_vodozemac_pickle(text, KEY, SessionConfig::default()),
            (PickleKind::Session, format),
        );
        for version in BOTH {
            let config = megolm::SessionConfig::default().with_version(version);
            settles(
                &outbound(&[version]),
                |session| session.to_vodozemac_pickle(KEY),
                |text| OutboundGroupSession::from_vodozemac_pickle(text, KEY, config),
                (PickleKind::OutboundGroupSession, format),
            );
            settles(
                &unguarded_inbound(&[version]),
                |session| session.to_vodozemac_pickle(KEY),
                |text| InboundGroupSession::from_vodozemac_pickle(text, KEY, config),
                (PickleKind::InboundGroupSession, format),
            );
        }
    }

    #[test]
    fn typed_values_hold_what_the_text_holds() {
        for session in plain_sessions() {
            let pickle = SessionPickle::try_from(&session).unwrap();
            let json = serde_json::to_vec(&pickle).unwrap();
            assert_eq!(json, session.to_vodozemac_json().unwrap().as_bytes());
            let from_text = Session::from_vodozemac_json(&json, SessionConfig::default()).unwrap();
            let from_value = serde_json::from_slice::<SessionPickle>(&json).unwrap();
            assert_eq!(Session::from(from_value), from_text);
            let what = recognise(&json, &[]).unwrap();
            assert_eq!((what.kind, what.format), (PickleKind::Session, PickleFormat::VodozemacJson));
        }
    }

    #[test]
    fn a_stated_public_key_is_that_of_the_secret_key() {
        let account = &states::accounts()[1];
        let mut json = serde_json::to_value(AccountPickle::try_from(account).unwrap()).unwrap();
        json["one_time_keys"]["public_keys"]["1"][0] = 0x55.into();
        let error = Account::from_vodozemac_json(&serde_json::to_vec(&json).unwrap()).unwrap_err();
        assert_eq!(error, UnpickleError::State(StateError::MismatchedPublicKey));
        serde_json::from_value::<AccountPickle>(json).unwrap_err();
    }

    #[test]
    fn no_error_quotes_a_secret() {
        for wrong in [serde_json::json!("c2VjcmV0"), serde_json::json!(987_654_321)] {
            let mut json =
                serde_json::to_value(AccountPickle::try_from(&states::accounts()[0]).unwrap()).unwrap();
            json["diffie_hellman_key"] = wrong;
            let error = serde_json::from_value::<AccountPickle>(json).unwrap_err().to_string();
            assert!(!error.contains("c2Vj") && !error.contains("987"), "{error}");
        }
    }

    #[test]
    fn a_version_is_stated_by_the_pickle_or_by_the_caller() {
        let (session, _) = states::pair(SessionConfig::default());
        let with_config = |config: serde_json::Value| {
            let pickle = SessionPickle::try_from(&session).unwrap();
            let mut json = serde_json::to_value(pickle).unwrap();
            json["config"] = config;
            if json["config"].is_null() {
                json.as_object_mut().unwrap().remove("config");
            }
            serde_json::to_vec(&json).unwrap()
        };
        let stated = |json: &[u8], version| {
            let config = SessionConfig::default().with_version(version);
            Session::from_vodozemac_json(json, config).map(|session| session.version())
        };
        let [v1, v2] = BOTH;
        let silent = with_config(serde_json::Value::Null);
        assert_eq!(stated(&silent, v1), Ok(v1));
        assert_eq!(stated(&silent, v2), Err(UnpickleError::MissingVersion));
        serde_json::from_slice::<SessionPickle>(&silent).unwrap_err();
        let assumed: AssumedV1<SessionPickle> = serde_json::from_slice(&silent).unwrap();
        assert_eq!(Session::from(assumed.0).version(), v1);

        let second = with_config(serde_json::json!({ "version": "V2" }));
        assert_eq!(stated(&second, v2), Ok(v2));
        let mismatched = UnpickleError::MismatchedVersion { expected: v1, found: v2 };
        assert_eq!(stated(&second, v1), Err(mismatched));
        serde_json::from_slice::<AssumedV1<SessionPickle>>(&second).unwrap_err();
        let value: SessionPickle = serde_json::from_slice(&second).unwrap();
        assert_eq!(Session::from(value).version(), v2);
    }

    #[test]
    fn an_id_is_never_given_twice() {
        let mut account = Account::new(&mut seeded(3)).unwrap();
        let key_id = KeyId::from_u64(u64::MAX);
        account.set_last_key_id(key_id);
        assert_eq!(account.to_vodozemac_json(), Err(InexpressibleError::KeyId { key_id }));
    }

    #[test]
    fn two_keys_of_one_id_are_not_made_one() {
        let mut account = Account::new(&mut seeded(3)).unwrap();
        for seed in [4, 5] {
            account.set_last_key_id(KeyId::from_u64(1));
            account.generate_one_time_keys(1, &mut seeded(seed)).unwrap();
        }
        let key_id = KeyId::from_u64(2);
        assert_eq!(account.to_vodozemac_json(), Err(InexpressibleError::DuplicateKeyId { key_id }));
    }

    #[test]
    fn vodozemac_refuses_to_lose_anything() {
        let mut session = states::sessions().swap_remove(6);
        let items = StoredItems::ReceiverChains;
        let count = session.summary().receiver_chains.len();
        let too_many = InexpressibleError::TooMany { items, count, limit: 5 };
        assert_eq!(session.to_vodozemac_json(), Err(too_many));
        session.set_limits(Limits::default());
        let Err(InexpressibleError::MessageKeysOfDroppedChains { count }) = session.to_vodozemac_json()
        else {
            panic!("no orphans")
        };
        assert_eq!(session.forget_message_keys_of_dropped_chains(), count);
        session.to_vodozemac_json().unwrap();

        let guarded = states::inbound_group_sessions().remove(2);
        assert_eq!(guarded.to_vodozemac_json(), Err(InexpressibleError::ReplayGuard));
    }
}

#[cfg(feature = "insecure-pk-encryption")]
#[test]
fn the_key_pair_of_a_backup() {
    use crate::{
        pickle::{Pickle, PickleKey},
        pk::PkDecryption,
        testing::counting,
    };

    // formats.md of libolm's own: secret key 7, 8, 9 ..., pickle key "secret".
    let text = "8qmBwIU85ApOaiq70zlcOSTig7syGYg4czhj60BzeokH/wjzaW+aT3l3JMaQXEaaGawPSiKw46qKjYr0qH4PFZp2lvIMJBRhB7C1wSTWbZfMNiQbpenwkA";
    let backup = PkDecryption::from_secret_key(&counting(7, 32).try_into().unwrap());
    assert_eq!(PkDecryption::from_libolm_pickle(text, b"secret").unwrap(), backup);
    assert_eq!(backup.to_libolm_pickle(b"secret").unwrap(), text);
    let what = recognise(text.as_bytes(), b"secret").unwrap();
    assert_eq!((what.kind, what.format), (PickleKind::PkDecryption, PickleFormat::Libolm { version: 1 }));

    let key = PickleKey::new(KEY);
    let pickle = Pickle::from_base64(&backup.to_pickle(&key, &mut seeded(1)).unwrap().to_base64()).unwrap();
    assert_eq!(pickle.kind(), PickleKind::PkDecryption);
    assert_eq!(PkDecryption::from_pickle(&pickle, &key).unwrap(), backup);
    let plain = backup.to_pickle_without_encryption();
    assert_eq!(PkDecryption::from_pickle_without_encryption(plain.as_bytes()).unwrap(), backup);
    let mut changed = plain.as_bytes().to_vec();
    *changed.last_mut().unwrap() ^= 1;
    PkDecryption::from_pickle_without_encryption(&changed).unwrap_err();
}

#[cfg(feature = "dehydrated-device")]
#[test]
fn a_dehydrated_device_keeps_its_keys() {
    use crate::{
        keys::{Curve25519KeyPair, Ed25519KeyPair},
        pickle::{DehydratedDevice, DehydrationError},
    };

    let rng = &mut seeded(4);
    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(3, rng).unwrap();
    for fallback_keys in 0..2 {
        let device = account.to_dehydrated_device(KEY, rng).unwrap();
        let back = Account::from_dehydrated_device(&device, KEY).unwrap();
        assert_eq!(back.identity_keys(), account.identity_keys());
        let keys = |account: &Account| account.one_time_keys().map(|key| key.public_key).collect::<Vec<_>>();
        assert_eq!(keys(&back), keys(&account));
        assert_eq!(back.unpublished_one_time_keys().count(), 0);
        let fallback_key = |account: &Account| account.fallback_key().map(|key| key.public_key);
        assert_eq!(fallback_key(&back), fallback_key(&account));
        assert_eq!(fallback_key(&back).is_some(), fallback_keys == 1);
        for wrong in [
            DehydratedDevice::new(changed(&device.ciphertext), device.nonce.clone()),
            DehydratedDevice::new(device.ciphertext.clone(), changed(&device.nonce)),
            DehydratedDevice::new("", device.nonce.clone()),
        ] {
            let error = Account::from_dehydrated_device(&wrong, KEY).unwrap_err();
            assert_eq!(error, UnpickleError::AuthenticationFailed);
        }
        let short = DehydratedDevice::new(device.ciphertext.clone(), "AAAA");
        assert_eq!(Account::from_dehydrated_device(&short, KEY).unwrap_err(), UnpickleError::NotAPickle);
        account.generate_fallback_key(rng).unwrap();
    }
    account.generate_fallback_key(rng).unwrap();
    let error = account.to_dehydrated_device(KEY, rng).unwrap_err();
    assert_eq!(error, DehydrationError::Inexpressible(InexpressibleError::PreviousFallbackKey));
    account.forget_previous_fallback_key();
    account.to_dehydrated_device(KEY, rng).unwrap();

    let signing_key = Ed25519KeyPair::from_expanded_secret_key(&[1; 64]);
    let seedless = Account::from_key_pairs(signing_key, Curve25519KeyPair::from_secret_key(&[2; 32]));
    let error = seedless.to_dehydrated_device(KEY, rng).unwrap_err();
    assert_eq!(error, DehydrationError::Inexpressible(InexpressibleError::MissingSeed));
}
