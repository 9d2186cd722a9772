//! Accounts and sessions in every format of a store.

use cliquet::{
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{Account, Limits, OlmMessage, Session, SessionConfig},
    pickle::{Pickle, PickleKey},
};

use crate::{
    derived::{self, Key},
    draws::Draws,
    known::Known,
    olm::{self, cipher_keys},
    watch::Watch,
};

/// Everything that can be stored.
struct Objects {
    account: Account,
    active: Session,
    inactive: Session,
    outbound: OutboundGroupSession,
    inbound: InboundGroupSession,
}

/// With keys from the same draws as those of the Olm scenario, in the same order, and skipped message keys.
fn objects() -> Objects {
    let mut rng = Draws::new("olm");
    let (mut alice, mut bob) = (Account::new(&mut rng).unwrap(), Account::new(&mut rng).unwrap());
    bob.generate_one_time_keys(2, &mut rng).unwrap();
    let _ = bob.generate_fallback_key(&mut rng).unwrap();
    let one_time_key = bob.one_time_keys().next().unwrap().public_key;
    let config = SessionConfig::default();
    let mut active =
        alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, &mut rng).unwrap();
    let OlmMessage::PreKey(first) = active.encrypt("text", &mut rng).unwrap() else {
        panic!("no pre-key message")
    };
    let mut answering = bob.create_inbound_session(alice.curve25519_key(), &first, config).unwrap().session;
    let messages: Vec<_> = (0..4).map(|_| answering.encrypt("text", &mut rng).unwrap()).collect();
    active.decrypt(&messages[0]).unwrap();
    active.decrypt(&messages[3]).unwrap();
    let outbound =
        OutboundGroupSession::new(megolm::SessionConfig::default(), &mut Draws::new("megolm")).unwrap();
    let inbound = InboundGroupSession::new(&outbound.session_key(), megolm::SessionConfig::default());
    alice.mark_keys_as_published();
    Objects { account: bob, active: answering, inactive: active, outbound, inbound }
}

fn drawn(name: &str) -> Key {
    *Draws::new(name).block(0)
}

/// Numbers in JSON, as vodozemac writes bytes.
fn numbers(known: &mut Known, bytes: &[u8]) {
    let numbers: Vec<_> = bytes.iter().map(u8::to_string).collect();
    known.bytes("secret as numbers", numbers.join(",").as_bytes());
}

fn known() -> Known {
    let (draws, megolm) = (Draws::new("olm"), Draws::new("megolm"));
    let (mut known, _) = olm::known(&draws);
    (0..4).for_each(|number| known.hmac_key("ratchet part", megolm.block(number)));
    olm::signing_key(&mut known, megolm.block(4), &[]);
    let key = drawn("pickle key");
    known.hmac_key("pickle key", &key);
    let _ = cipher_keys(&mut known, &[], &key, b"Pickle");
    // The account's own keys: drawn third and fourth; one-time keys behind them.
    (3..7).for_each(|number| numbers(&mut known, draws.block(number)));
    (0..4).for_each(|number| numbers(&mut known, megolm.block(number)));
    known
}

/// Salt and header of a native pickle are public; what the keys are made of beside them is not.
fn native_keys(known: &mut Known, pickle: &Pickle) {
    let (header, rest) = pickle.as_bytes().split_at(10);
    let mac_key = cipher_keys(known, &rest[..32], &drawn("pickle key"), header);
    let (authenticated, mac) = pickle.as_bytes().split_last_chunk().unwrap();
    assert_eq!(
        *mac,
        derived::hmac(&mac_key, &[authenticated, &[0; 8]].concat()),
        "the keys are those of the pickle"
    );
}

#[test]
fn native_pickles() {
    let objects = objects();
    let key = PickleKey::new(&drawn("pickle key"));
    let mut known = known();
    let rng = || Draws::new("salt");
    for pickle in [
        objects.account.to_pickle(&key, &mut rng()).unwrap(),
        objects.active.to_pickle(&key, &mut rng()).unwrap(),
        objects.outbound.to_pickle(&key, &mut rng()).unwrap(),
        objects.inbound.to_pickle(&key, &mut rng()).unwrap(),
    ] {
        native_keys(&mut known, &pickle);
    }
    drop(key);
    let mut watch = Watch::new(known);
    let watch = &mut watch;
    let mut draws = Draws::new("pickle key");
    let key = watch.run("pickle key", || PickleKey::random(&mut draws)).unwrap();
    let other = PickleKey::new(&[0; 32]);

    let pickle = watch.run("account to pickle", || objects.account.to_pickle(&key, &mut rng())).unwrap();
    watch.succeeds("account from pickle", || Account::from_pickle(&pickle, &key));
    watch.fails("fail to open a pickle", || Account::from_pickle(&pickle, &other));
    let plain = watch.run("account to plain pickle", || objects.account.to_pickle_without_encryption());
    watch.succeeds("account from plain pickle", || Account::from_pickle_without_encryption(plain.as_bytes()));
    let mut plains = vec![plain];
    for session in [&objects.active, &objects.inactive] {
        let pickle = watch.run("session to pickle", || session.to_pickle(&key, &mut rng())).unwrap();
        watch.succeeds("session from pickle", || Session::from_pickle(&pickle, &key));
        let plain = watch.run("session to plain pickle", || session.to_pickle_without_encryption());
        watch.succeeds("session from plain pickle", || {
            Session::from_pickle_without_encryption(plain.as_bytes())
        });
        plains.push(plain);
    }
    let pickle = watch.run("outbound to pickle", || objects.outbound.to_pickle(&key, &mut rng())).unwrap();
    watch.succeeds("outbound from pickle", || OutboundGroupSession::from_pickle(&pickle, &key));
    let pickle = watch.run("inbound to pickle", || objects.inbound.to_pickle(&key, &mut rng())).unwrap();
    watch.succeeds("inbound from pickle", || InboundGroupSession::from_pickle(&pickle, &key));
    watch.run("drop pickles and key", || drop((plains, key)));
    watch.finish();
}

#[test]
fn libolm_pickles() {
    let (objects, key) = (objects(), drawn("pickle key").to_vec());
    let mut watch = Watch::new(known());
    let (watch, key) = (&mut watch, key.as_slice());
    let pickle = watch.run("account to libolm", || objects.account.to_libolm_pickle(key)).unwrap();
    watch.succeeds("account from libolm", || Account::from_libolm_pickle(&pickle, key));
    watch.fails("fail to open libolm's", || Account::from_libolm_pickle(&pickle, b"other"));
    for session in [&objects.active, &objects.inactive] {
        let pickle = watch.run("session to libolm", || session.to_libolm_pickle(key)).unwrap();
        watch
            .succeeds("session from libolm", || Session::from_libolm_pickle(&pickle, key, Limits::default()));
    }
    let pickle = watch.run("outbound to libolm", || objects.outbound.to_libolm_pickle(key)).unwrap();
    watch.succeeds("outbound from libolm", || OutboundGroupSession::from_libolm_pickle(&pickle, key));
    let pickle = watch.run("inbound to libolm", || objects.inbound.to_libolm_pickle(key)).unwrap();
    watch.succeeds("inbound from libolm", || InboundGroupSession::from_libolm_pickle(&pickle, key));
    watch.finish();
}

#[test]
fn vodozemac_pickles() {
    let (objects, key) = (objects(), Box::new(drawn("pickle key")));
    let (olm_config, config) = (SessionConfig::default(), megolm::SessionConfig::default());
    let mut watch = Watch::new(known());
    let watch = &mut watch;
    let pickle = watch.run("account to vodozemac", || objects.account.to_vodozemac_pickle(&key)).unwrap();
    watch.succeeds("account from vodozemac", || Account::from_vodozemac_pickle(&pickle, &key));
    let json = watch.run("account to JSON", || objects.account.to_vodozemac_json()).unwrap();
    watch.succeeds("account from JSON", || Account::from_vodozemac_json(json.as_bytes()));
    for session in [&objects.active, &objects.inactive] {
        let pickle = watch.run("session to vodozemac", || session.to_vodozemac_pickle(&key)).unwrap();
        watch
            .succeeds("session from vodozemac", || Session::from_vodozemac_pickle(&pickle, &key, olm_config));
    }
    let pickle = watch.run("outbound to vodozemac", || objects.outbound.to_vodozemac_pickle(&key)).unwrap();
    watch.succeeds("outbound from vodozemac", || {
        OutboundGroupSession::from_vodozemac_pickle(&pickle, &key, config)
    });
    let pickle = watch.run("inbound to vodozemac", || objects.inbound.to_vodozemac_pickle(&key)).unwrap();
    watch.succeeds("inbound from vodozemac", || {
        InboundGroupSession::from_vodozemac_pickle(&pickle, &key, config)
    });
    watch.run("drop JSON", || drop(json));
    watch.finish();
}

#[test]
fn dehydrated_devices() {
    dehydrated_devices_leave();
}

/// After which operations which secrets stay on the stack.
pub(crate) fn dehydrated_devices_leave() -> Vec<(&'static str, &'static str)> {
    let (objects, key) = (objects(), Box::new(drawn("pickle key")));
    let mut watch = Watch::new(known());
    let watch = &mut watch;
    let device = watch
        .run("dehydrate", || objects.account.to_dehydrated_device(&key, &mut Draws::new("nonce")))
        .unwrap();
    watch.succeeds("rehydrate", || Account::from_dehydrated_device(&device, &key));
    watch.fails("fail to rehydrate", || Account::from_dehydrated_device(&device, &[0; 32]));
    watch.finish()
}
