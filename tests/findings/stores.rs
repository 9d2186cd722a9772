//! F2, F15, F16, F18: state that comes from another library and goes back.

use cliquet::{
    Ed25519PublicKey, MessageVersion,
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{
        Account, DecryptionError, InboundCreationError, Limits, OlmMessage, Session, SessionConfig,
        StateError,
    },
    pickle::{InexpressibleError, UnpickleError},
};

use crate::support::{
    KEY, account_state, accounts, encrypt_many, libolm_body, libolm_pickle, patched, place, pre_key, room,
    seeded, sessions,
};

const MISMATCHED: UnpickleError = UnpickleError::State(StateError::MismatchedPublicKey);

/// libolm has no other version than 1, and a pickle of it opens as nothing else.
#[test]
fn f02_what_comes_from_libolm_has_version_1_and_version_2_does_not_go_there() {
    let session = sessions(SessionConfig::default()).1;
    let pickle = session.to_libolm_pickle(KEY).unwrap();
    let session = Session::from_libolm_pickle(&pickle, KEY, Limits::default()).unwrap();
    assert_eq!(session.version(), MessageVersion::V1);
    let pickle = room().1.to_libolm_pickle(KEY).unwrap();
    let session = InboundGroupSession::from_libolm_pickle(&pickle, KEY).unwrap();
    assert_eq!(session.version(), MessageVersion::V1);
    let session = sessions(SessionConfig::default().with_version(MessageVersion::V2)).1;
    assert!(matches!(session.to_libolm_pickle(KEY), Err(InexpressibleError::Version { .. })));
    let config = megolm::SessionConfig::default().with_version(MessageVersion::V2);
    let sender = OutboundGroupSession::new(config, &mut seeded(1)).unwrap();
    assert!(matches!(sender.to_libolm_pickle(KEY), Err(InexpressibleError::Version { .. })));
}

/// A pickle that names no version takes, in the peer, the one that is weakest.
#[cfg(feature = "vodozemac")]
#[test]
fn f02_a_pickle_without_a_version_opens_only_for_a_caller_who_states_version_1() {
    let session = sessions(SessionConfig::default()).1;
    let mut json: serde_json::Value =
        serde_json::from_slice(session.to_vodozemac_json().unwrap().as_bytes()).unwrap();
    let stated = json.as_object_mut().unwrap().remove("config").unwrap();
    assert!(stated.is_object());
    let json = serde_json::to_vec(&json).unwrap();
    let open = |version| Session::from_vodozemac_json(&json, SessionConfig::default().with_version(version));
    assert_eq!(open(MessageVersion::V1).unwrap().version(), MessageVersion::V1);
    assert_eq!(open(MessageVersion::V2).unwrap_err(), UnpickleError::MissingVersion);
    let json = session.to_vodozemac_json().unwrap();
    let config = SessionConfig::default().with_version(MessageVersion::V2);
    let refused = Session::from_vodozemac_json(json.as_bytes(), config).unwrap_err();
    assert!(matches!(refused, UnpickleError::MismatchedVersion { .. }));
}

/// A peer turns the order of skipped keys round when it reads libolm's, and then gives up the newest first.
#[test]
fn f15_the_oldest_skipped_key_is_given_up_first_after_every_format() {
    let (mut alice, mut bob) = sessions(SessionConfig::default());
    let messages = encrypt_many(&mut alice, 45);
    bob.decrypt(&messages[40]).unwrap();

    // libolm has the newest first: ratchet key[32] | message key[32] | index[4] of the last item is that of the oldest.
    let pickle = bob.to_libolm_pickle(KEY).unwrap();
    let body = libolm_body(&pickle);
    let indexes: Vec<u32> = body[body.len() - 40 * 68..]
        .chunks(68)
        .map(|item| u32::from_be_bytes(item[64..].try_into().unwrap()))
        .collect();
    assert_eq!(indexes, (1..=40).rev().collect::<Vec<_>>());

    let plain = bob.to_pickle_without_encryption();
    let from_libolm = || Session::from_libolm_pickle(&pickle, KEY, Limits::default()).unwrap();
    let native = Session::from_pickle_without_encryption(plain.as_bytes()).unwrap();
    let through_both =
        Session::from_pickle_without_encryption(from_libolm().to_pickle_without_encryption().as_bytes())
            .unwrap();
    #[allow(unused_mut, reason = "one format more with a feature")]
    let mut sessions = vec![native, from_libolm(), through_both];
    #[cfg(feature = "vodozemac")]
    {
        let json = from_libolm().to_vodozemac_json().unwrap();
        // vodozemac has the oldest first.
        let value: serde_json::Value = serde_json::from_slice(json.as_bytes()).unwrap();
        let chain = &value["receiving_chains"]["inner"][0];
        let skipped = chain["skipped_message_keys"]["inner"].as_array().unwrap();
        let indexes: Vec<_> = skipped.iter().map(|key| key["index"].as_u64().unwrap()).collect();
        assert_eq!(indexes, (1..=40).collect::<Vec<_>>());
        sessions.push(Session::from_vodozemac_json(json.as_bytes(), SessionConfig::default()).unwrap());
    }
    for mut bob in sessions {
        bob.decrypt(&messages[43]).unwrap();
        // Two more are kept, and the two oldest are gone.
        for gone in [0, 1] {
            assert!(matches!(bob.decrypt(&messages[gone]), Err(DecryptionError::NoLongerKept { .. })));
        }
        for kept in [2, 39, 41, 42] {
            bob.decrypt(&messages[kept]).unwrap();
        }
    }
}

/// A peer exports its secret key unclamped; libolm signs with it as it stands, and the signatures are wrong.
#[test]
fn f16_an_ed25519_key_is_clamped_when_written_and_when_read() {
    let account = accounts().1;
    // version[4] | public key[32] | scalar[32] | prefix[32]
    let body = libolm_body(&account.to_libolm_pickle(KEY).unwrap());
    let is_clamped = |body: &[u8]| body[36] & 7 == 0 && body[67] & 0xc0 == 0x40;
    assert!(is_clamped(&body));
    let unclamped = patched(&patched(&body, 36, &[body[36] | 7]), 67, &[body[67] | 0x80]);
    let opened = Account::from_libolm_pickle(&libolm_pickle(&unclamped), KEY).unwrap();
    assert_eq!(opened.ed25519_key(), account.ed25519_key());
    assert_eq!(opened.sign("message"), account.sign("message"));
    let key = Ed25519PublicKey::from_bytes(body[4..36].try_into().unwrap()).unwrap();
    key.verify(b"message", &opened.sign("message")).unwrap();
    assert!(is_clamped(&libolm_body(&opened.to_libolm_pickle(KEY).unwrap())));
}

/// Signing under a public key that is not the secret key's gives the secret key away, and a store can bring that about.
#[test]
fn f16_a_public_key_that_is_not_the_secret_keys_is_refused() {
    let (other, account) = accounts();
    let body = libolm_body(&account.to_libolm_pickle(KEY).unwrap());
    for wrong in [
        patched(&body, 4, other.ed25519_key().as_bytes()),
        patched(&body, 100, other.curve25519_key().as_bytes()),
    ] {
        assert_eq!(Account::from_libolm_pickle(&libolm_pickle(&wrong), KEY).unwrap_err(), MISMATCHED);
    }
    let plain = account_state(&account);
    let at = place(&plain, account.ed25519_key().as_bytes());
    let wrong = patched(&plain, at, other.ed25519_key().as_bytes());
    assert_eq!(Account::from_pickle_without_encryption(&wrong).unwrap_err(), MISMATCHED);
    let (sender, ..) = room();
    let body = libolm_body(&sender.to_libolm_pickle(KEY).unwrap());
    let wrong = patched(&body, 136, other.ed25519_key().as_bytes());
    assert_eq!(
        OutboundGroupSession::from_libolm_pickle(&libolm_pickle(&wrong), KEY).unwrap_err(),
        MISMATCHED
    );

    // One-time keys are many: each is looked at when it is used.
    let key = account.one_time_keys().next().unwrap();
    let at = place(&plain, key.public_key.as_bytes());
    let wrong = patched(&plain, at, other.curve25519_key().as_bytes());
    let mut opened = Account::from_pickle_without_encryption(&wrong).unwrap();
    let (config, rng) = (SessionConfig::default(), &mut seeded(1));
    let mut session =
        other.create_outbound_session(opened.curve25519_key(), other.curve25519_key(), config, rng).unwrap();
    let message = pre_key(session.encrypt("text", rng).unwrap());
    let refused = opened.create_inbound_session(other.curve25519_key(), &message, config).unwrap_err();
    assert!(
        matches!(refused, InboundCreationError::MismatchedOneTimeKey { key_id, .. } if key_id == key.key_id)
    );
}

/// A peer counts one-time keys and fallback keys apart, so that two keys of a device have one name.
#[test]
fn f18_one_counter_numbers_one_time_keys_and_fallback_keys() {
    let rng = &mut seeded(1);
    let mut account = Account::new(rng).unwrap();
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.extend(account.generate_one_time_keys(2, rng).unwrap().created.iter().map(|key| key.key_id));
        account.generate_fallback_key(rng).unwrap();
        ids.push(account.fallback_key().unwrap().key_id);
        account = Account::from_pickle_without_encryption(&account_state(&account)).unwrap();
    }
    assert!(ids.is_sorted_by(|earlier, later| earlier < later), "{ids:?}");
}

/// Imported keys may have one id twice, and a counter that lags behind.
#[test]
fn f18_a_new_id_is_above_every_imported_one_and_imported_ones_stay() {
    let account = accounts().1;
    let body = libolm_body(&account.to_libolm_pickle(KEY).unwrap());
    // Both keys with the id 7, and the last id that was given as 0.
    let seven = 7_u32.to_be_bytes();
    let body = patched(&patched(&patched(&body, 168, &seven), 238, &seven), 307, &[0; 4]);
    let mut opened = Account::from_libolm_pickle(&libolm_pickle(&body), KEY).unwrap();
    assert_eq!(opened.one_time_keys().next().unwrap().key_id.as_u64(), 7);
    assert_eq!(opened.fallback_key().unwrap().key_id.as_u64(), 7);
    let rng = &mut seeded(2);
    let created = opened.generate_one_time_keys(1, rng).unwrap().created[0].key_id;
    assert_eq!(created.as_u64(), 8);
    opened.generate_fallback_key(rng).unwrap();
    assert_eq!(opened.fallback_key().unwrap().key_id.as_u64(), 9);
    // Either of the two with one id still serves.
    let (alice, config) = (accounts().0, SessionConfig::default());
    for key in [account.one_time_keys().next().unwrap(), account.fallback_key().unwrap()] {
        let mut session =
            alice.create_outbound_session(account.curve25519_key(), key.public_key, config, rng).unwrap();
        let OlmMessage::PreKey(message) = session.encrypt("text", rng).unwrap() else { panic!() };
        opened.create_inbound_session(alice.curve25519_key(), &message, config).unwrap();
    }
}
