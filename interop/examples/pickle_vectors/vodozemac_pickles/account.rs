use serde_json::{Map, Value, json};
use vodozemac::olm::{Account, AccountPickle, OlmMessage, SessionConfig};

use super::{KEY, Layout, Recorder, V1, Version, bytes, number, signing_key, with, without};
use crate::{
    bytes::{drawn, hex},
    keys,
    vectors::Vectors,
};

struct AccountLayout;

/// The secret keys by their ids.
fn keys_by_id(value: &Value) -> Result<Vec<(u64, [u8; 32])>, String> {
    let keys = value.as_object().ok_or("no keys")?;
    let mut keys = keys
        .iter()
        .map(|(id, key)| Ok((id.parse().map_err(|_| format!("the key id {id}"))?, bytes(key)?)))
        .collect::<Result<Vec<_>, String>>()?;
    keys.sort();
    Ok(keys)
}

/// Every key as `[id, public key, published]`, and the greatest id.
fn one_time_keys(fields: &Value) -> Result<(Vec<Value>, u64), String> {
    let (unpublished, secret) = (keys_by_id(&fields["public_keys"])?, keys_by_id(&fields["private_keys"])?);
    if unpublished.iter().any(|(id, _)| secret.iter().all(|(other, _)| other != id)) {
        return Err("a public key without its secret key".into());
    }
    let greatest = secret.last().map_or(0, |(id, _)| *id);
    let keys = secret.iter().map(|(id, key)| {
        let published = unpublished.iter().all(|(other, _)| other != id);
        json!([id, hex(keys::curve25519(key)), published])
    });
    Ok((keys.collect(), greatest))
}

fn fallback_keys(fields: &Value) -> Result<(Vec<Value>, u64), String> {
    let (mut keys, mut greatest) = (Vec::new(), 0);
    let [current, previous] = ["fallback_key", "previous_fallback_key"].map(|name| &fields[name]);
    if current.is_null() && !previous.is_null() {
        return Err("a previous fallback key without a current one".into());
    }
    for key in [current, previous].into_iter().filter(|key| !key.is_null()) {
        let id = number(&key["key_id"])?;
        let published = key["published"].as_bool().ok_or("no flag")?;
        keys.push(json!([id, hex(keys::curve25519(&bytes(&key["key"])?)), published]));
        greatest = greatest.max(id);
    }
    Ok((keys, greatest))
}

impl Layout for AccountLayout {
    const KIND: &'static str = "vodozemac-account";

    fn output(fields: &Value, _: Version) -> Result<Value, String> {
        let (form, secret, ed25519) = signing_key(&fields["signing_key"])?;
        let identity_key = bytes(&fields["diffie_hellman_key"])?;
        let stored = &fields["one_time_keys"];
        let counter = stored.get("next_key_id").or_else(|| stored.get("key_id")).ok_or("no counter")?;
        let counter = number(counter)?.max(number(&fields["fallback_keys"]["key_id"])?);
        let (one_time_keys, greatest) = one_time_keys(stored)?;
        let (fallback_keys, greatest_fallback) = fallback_keys(&fields["fallback_keys"])?;
        Ok(json!({
            "ed25519": hex(ed25519),
            form: secret,
            "curve25519": hex(keys::curve25519(&identity_key)),
            "curve25519_secret": hex(identity_key),
            "one_time_keys": one_time_keys,
            "fallback_keys": fallback_keys,
            // Both counters tell the next id; one counter stands for them.
            "last_key_id": counter.saturating_sub(1).max(greatest).max(greatest_fallback),
        }))
    }

    fn is_read_by_vodozemac(json: &str) -> bool {
        serde_json::from_str::<AccountPickle>(json).is_ok()
    }
}

pub(crate) fn vectors() -> Vectors {
    let mut recorder = Recorder::new::<AccountLayout>();
    accept_written(&mut recorder);
    accept_unusual(&mut recorder);
    reject(&mut recorder);
    recorder.finish::<AccountLayout>()
}

/// An account that has made so many one-time keys, published them, made so many more, and then so many fallback keys.
fn account(published: usize, unpublished: usize, fallback: usize) -> Account {
    let mut account = Account::new();
    account.generate_one_time_keys(published);
    account.mark_keys_as_published();
    account.generate_one_time_keys(unpublished);
    for _ in 0..fallback {
        account.generate_fallback_key();
    }
    account
}

fn json_of(account: &Account) -> String {
    serde_json::to_string(&account.pickle()).unwrap()
}

/// The JSON says what vodozemac says.
fn check_ed25519(account: &Account) {
    let output = super::read::<AccountLayout>(&json_of(account), V1).unwrap();
    assert_eq!(output["ed25519"], hex(account.ed25519_key().as_bytes()));
    assert_eq!(output["curve25519"], hex(account.curve25519_key().as_bytes()));
}

fn accept_written(recorder: &mut Recorder) {
    let mut write = |name: &str, account: &Account| {
        check_ed25519(account);
        let (json, pickle) = (json_of(account), account.pickle().encrypt(KEY));
        recorder.accept_pickle::<AccountLayout>(name, &json, &pickle, V1);
    };
    write("new", &account(0, 0, 0));
    write("a one-time key", &account(0, 1, 0));
    write("two published one-time keys, three more, a fallback key", &account(2, 3, 1));
    write("20 one-time keys, 12 of them published, two fallback keys", &account(12, 8, 2));
    let mut published = account(0, 1, 1);
    published.mark_keys_as_published();
    write("a published fallback key, with the id of a one-time key", &published);
    published.generate_fallback_key();
    write("a published fallback key and a newer one", &published);
    published.forget_fallback_key();
    write("the older fallback key forgotten", &published);
    let mut used = account(0, 3, 0);
    use_second_key(&mut used);
    write("the second of three one-time keys used up", &used);
    write("from libolm: an expanded signing key, ids from 1 on", &from_libolm());

    recorder.accept_json::<AccountLayout>("JSON: new", &json_of(&account(0, 0, 0)), V1);
    let json = json_of(&account(1, 1, 2));
    recorder.accept_json::<AccountLayout>("JSON: two one-time keys and two fallback keys", &json, V1);
    recorder.accept_json::<AccountLayout>("JSON: from libolm", &json_of(&from_libolm()), V1);
    let constant = include_str!("../given/vodozemac-account.json").trim_end();
    recorder.accept_json::<AccountLayout>("constant: two one-time keys and a fallback key", constant, V1);
}

/// Lets another account start a session with the one-time key that is neither the oldest nor the newest.
fn use_second_key(account: &mut Account) {
    let fields = serde_json::to_value(account.pickle()).unwrap();
    let one_time_key = bytes(&fields["one_time_keys"]["public_keys"]["1"]).unwrap();
    let (other, config) = (Account::new(), SessionConfig::version_1());
    let mut theirs =
        other.create_outbound_session(config, account.curve25519_key(), one_time_key.into()).unwrap();
    let OlmMessage::PreKey(first) = theirs.encrypt("first").unwrap() else { panic!("a first message") };
    account.create_inbound_session(config, other.curve25519_key(), &first).unwrap();
}

fn from_libolm() -> Account {
    let mut random = drawn("taken over by vodozemac");
    let mut account = cliquet_interop::libolm::Account::create(&mut random).unwrap();
    account.generate_one_time_keys(2, &mut random).unwrap();
    account.generate_fallback_key(&mut random).unwrap();
    Account::from_libolm_pickle(&account.pickle(KEY).unwrap(), KEY).unwrap()
}

fn accept_unusual(recorder: &mut Recorder) {
    let json = json_of(&account(1, 2, 1));
    let older = json.replacen("\"next_key_id\"", "\"key_id\"", 1);
    recorder.accept_json::<AccountLayout>("the counter of one-time keys under its older name", &older, V1);
    let fields: Value = serde_json::from_str(&json).unwrap();
    recorder.accept_fields::<AccountLayout>("fields in the order of their names", &fields, V1);
    let mut accept = |name: &str, place: &str, value: Value| {
        recorder.accept_fields::<AccountLayout>(name, &with(&fields, place, value), V1);
    };
    accept("a counter behind the ids: the greatest counts", "/one_time_keys/next_key_id", json!(1));
    accept("a counter of fallback keys ahead of the other", "/fallback_keys/key_id", json!(99));
    accept("the last key id there is", "/one_time_keys/next_key_id", json!(u64::MAX));
    let beyond = u64::from(u32::MAX) + 7;
    accept("an id beyond 2^32", "/fallback_keys/fallback_key/key_id", json!(beyond));
    let unclamped = with(&fields, "/signing_key", json!({ "Expanded": vec![0xff; 64] }));
    recorder.accept_fields::<AccountLayout>("an expanded signing key that was not clamped", &unclamped, V1);
}

fn reject(recorder: &mut Recorder) {
    let json = json_of(&account(0, 1, 1));
    let places = [
        "/signing_key/Normal",
        "/diffie_hellman_key",
        "/one_time_keys/private_keys/0",
        "/fallback_keys/fallback_key/key",
    ];
    recorder.reject_damaged::<AccountLayout>(&json, &places);

    let fields: Value = serde_json::from_str(&json).unwrap();
    let mut reject = |name: &str, fields: Value| recorder.reject_fields::<AccountLayout>(name, &fields);
    for name in ["signing_key", "diffie_hellman_key", "one_time_keys", "fallback_keys"] {
        reject(&format!("no {name}"), without(&fields, "", name));
    }
    for name in ["next_key_id", "public_keys", "private_keys"] {
        reject(&format!("no {name}"), without(&fields, "/one_time_keys", name));
    }
    reject("an unknown form of signing key", with(&fields, "/signing_key", json!({ "Short": vec![0; 32] })));
    reject(
        "an expanded signing key of 32 bytes",
        with(&fields, "/signing_key", json!({ "Expanded": vec![0; 32] })),
    );
    reject("a negative counter", with(&fields, "/one_time_keys/next_key_id", json!(-1)));
    reject("a counter with a fraction", with(&fields, "/one_time_keys/next_key_id", json!(1.5)));
    let key = fields["one_time_keys"]["private_keys"]["0"].clone();
    for id in ["-1", "1.0", "one", "18446744073709551616"] {
        let keys: Map<_, _> = [(id.to_owned(), key.clone())].into_iter().collect();
        reject(&format!("the key id {id}"), with(&fields, "/one_time_keys/private_keys", keys.into()));
    }
    let no_keys = with(&fields, "/one_time_keys/private_keys", json!({}));
    reject("a public key without its secret key", no_keys);
    let previous = fields["fallback_keys"]["fallback_key"].clone();
    let moved = with(&fields, "/fallback_keys/previous_fallback_key", previous);
    reject(
        "a previous fallback key without a current one",
        with(&moved, "/fallback_keys/fallback_key", json!(null)),
    );
    let room = serde_json::to_value(vodozemac::megolm::GroupSession::default().pickle()).unwrap();
    reject("a group session", room);
}
