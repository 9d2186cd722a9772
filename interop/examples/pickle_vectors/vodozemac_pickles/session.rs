use std::collections::BTreeSet;

use serde_json::{Value, json};
use vodozemac::olm::{Account, OlmMessage, PreKeyMessage, Session, SessionConfig, SessionPickle};

use super::{KEY, Layout, Recorder, V1, V2, Version, bytes, index, list, message_version, with, without};
use crate::{
    bytes::{drawn, hex, sha256},
    keys,
    vectors::Vectors,
};

const RECEIVER_CHAINS: usize = 5;
const SKIPPED_MESSAGE_KEYS_OF_CHAIN: usize = 40;

const SKIPPED_MESSAGE_KEY: &str = "/receiving_chains/inner/0/skipped_message_keys/inner/0/key";

struct SessionLayout;

/// The root key, and what it says of sending.
fn sending(fields: &Value) -> Result<(String, Value), String> {
    match fields["type"].as_str() {
        Some("active") => {
            let (active, chain) = (&fields["active_ratchet"], &fields["symmetric_key_ratchet"]);
            let secret = bytes(&active["ratchet_key"])?;
            let sending = json!({
                "ratchet_key": hex(keys::curve25519(&secret)),
                "ratchet_secret_key": hex(secret),
                "chain_key": hex(bytes::<32>(&chain["key"])?),
                "chain_index": index(&chain["index"])?,
            });
            Ok((hex(bytes::<32>(&active["root_key"])?), sending))
        }
        Some("inactive") => {
            let theirs = bytes::<32>(&fields["ratchet_key"])?;
            Ok((hex(bytes::<32>(&fields["root_key"]["key"])?), json!({ "their_ratchet_key": hex(theirs) })))
        }
        _ => Err("an unknown type of sending ratchet".into()),
    }
}

/// A receiver chain and its skipped message keys, all as `[ratchet key, chain index, key]`.
fn receiving_chain(fields: &Value) -> Result<(Value, Vec<Value>), String> {
    let ratchet_key = hex(bytes::<32>(&fields["ratchet_key"])?);
    let numbered = |key: &Value| -> Result<Value, String> {
        Ok(json!([ratchet_key, index(&key["index"])?, hex(bytes::<32>(&key["key"])?)]))
    };
    let chain = numbered(&fields["hkdf_ratchet"])?;
    let skipped = list(&fields["skipped_message_keys"], SKIPPED_MESSAGE_KEYS_OF_CHAIN)?;
    let skipped: Vec<_> = skipped.iter().map(numbered).collect::<Result<_, _>>()?;
    if skipped.iter().any(|key| key[1].as_u64() >= chain[1].as_u64()) {
        return Err("a skipped message key ahead of its chain".into());
    }
    Ok((chain, skipped))
}

/// vodozemac leaves the chains of a session that it takes over from libolm in libolm's order, newest first. It shows where the chain to be
/// answered, which is the newest, is the first and not the last.
fn oldest_first<'a>(chains: &'a [Value], sending: &Value) -> Vec<&'a Value> {
    let is_answered =
        |chain: &Value| sending["type"] == "inactive" && chain["ratchet_key"] == sending["ratchet_key"];
    match chains {
        [first, .., last] if is_answered(first) && !is_answered(last) => chains.iter().rev().collect(),
        _ => chains.iter().collect(),
    }
}

/// Whether two of the lists begin with the same so many items.
fn has_duplicates(lists: &[Value], items: usize) -> bool {
    let beginnings = lists.iter().map(|list| json!(list.as_array().unwrap()[..items]).to_string());
    beginnings.collect::<BTreeSet<_>>().len() != lists.len()
}

impl Layout for SessionLayout {
    const KIND: &'static str = "vodozemac-session";

    fn output(fields: &Value, stated: Version) -> Result<Value, String> {
        let keys = &fields["session_keys"];
        let id: [[u8; 32]; 3] =
            [bytes(&keys["identity_key"])?, bytes(&keys["base_key"])?, bytes(&keys["one_time_key"])?];
        let (root_key, sending) = sending(&fields["sending_ratchet"])?;
        let (mut receiver_chains, mut skipped_message_keys) = (Vec::new(), Vec::new());
        for chain in
            oldest_first(list(&fields["receiving_chains"], RECEIVER_CHAINS)?, &fields["sending_ratchet"])
        {
            let (chain, skipped) = receiving_chain(chain)?;
            receiver_chains.insert(0, chain);
            skipped_message_keys.extend(skipped);
        }
        if sending.get("their_ratchet_key").is_some() && receiver_chains.is_empty() {
            return Err("no chain".into());
        }
        if has_duplicates(&receiver_chains, 1) || has_duplicates(&skipped_message_keys, 2) {
            return Err("two of the same".into());
        }
        Ok(json!({
            "session_id_base64": vodozemac::base64_encode(sha256(&id.concat())),
            "version": message_version(fields, stated)?,
            "has_received_message": !receiver_chains.is_empty(),
            "root_key": root_key,
            "sending": sending,
            "receiver_chains": receiver_chains,
            "skipped_message_keys": skipped_message_keys,
        }))
    }

    fn is_read_by_vodozemac(json: &str) -> bool {
        serde_json::from_str::<SessionPickle>(json).is_ok()
    }
}

/// Two sessions of vodozemac that talk to each other.
struct Pair {
    ours: Session,
    theirs: Session,
}

impl Pair {
    fn new(version: Version) -> Self {
        let config = match version {
            V1 => SessionConfig::version_1(),
            V2 => SessionConfig::version_2(),
        };
        let (us, mut them) = (Account::new(), Account::new());
        let one_time_key = them.generate_one_time_keys(1).created[0];
        let mut ours = us.create_outbound_session(config, them.curve25519_key(), one_time_key).unwrap();
        let first = pre_key(&ours.encrypt("first").unwrap());
        let theirs = them.create_inbound_session(config, us.curve25519_key(), &first).unwrap().session;
        Self { ours, theirs }
    }

    /// So many messages to us that do not arrive, and one that does.
    fn send_us(&mut self, missing: usize) {
        (0..missing).for_each(|_| drop(self.theirs.encrypt("never arrives").unwrap()));
        self.ours.decrypt(&self.theirs.encrypt("to us").unwrap()).unwrap();
    }

    /// So many turns, in each of which so many messages to us do not arrive.
    fn turn(&mut self, turns: usize, missing: usize) {
        for _ in 0..turns {
            self.send_us(missing);
            self.theirs.decrypt(&self.ours.encrypt("to them").unwrap()).unwrap();
        }
    }
}

fn pre_key(message: &OlmMessage) -> PreKeyMessage {
    let OlmMessage::PreKey(message) = message else { panic!("a first message") };
    message.clone()
}

fn json_of(session: &Session) -> String {
    serde_json::to_string(&session.pickle()).unwrap()
}

pub(crate) fn vectors() -> Vectors {
    let mut recorder = Recorder::new::<SessionLayout>();
    accept_encrypted(&mut recorder);
    accept_json(&mut recorder);
    accept_unusual(&mut recorder);
    reject(&mut recorder);
    recorder.finish::<SessionLayout>()
}

fn accept_encrypted(recorder: &mut Recorder) {
    let mut write = |name: &str, session: &Session, version: Version| {
        let output = super::read::<SessionLayout>(&json_of(session), version).unwrap();
        assert_eq!(output["session_id_base64"], session.session_id());
        recorder.accept_pickle::<SessionLayout>(
            name,
            &json_of(session),
            &session.pickle().encrypt(KEY),
            version,
        );
    };
    let mut pair = Pair::new(V1);
    write("outbound: a message sent, none received", &pair.ours, V1);
    write("inbound: the first message read", &pair.theirs, V1);
    pair.send_us(1);
    write("outbound: an answer read, a skipped message key", &pair.ours, V1);
    write("inbound: answered", &pair.theirs, V1);
    pair.turn(2, 0);
    write("three turns, a sending chain", &pair.ours, V1);
    let mut pair = Pair::new(V1);
    pair.send_us(47);
    write("47 skipped messages, of which vodozemac keeps 40 keys", &pair.ours, V1);
    let mut pair = Pair::new(V1);
    pair.turn(7, 3);
    write("seven turns, five receiver chains, each with three skipped message keys", &pair.ours, V1);
    let mut pair = Pair::new(V2);
    write("V2: outbound", &pair.ours, V2);
    write("V2: inbound", &pair.theirs, V2);
    pair.turn(2, 1);
    write("V2: two turns, a sending chain", &pair.ours, V2);
    write("from libolm", &from_libolm(0, true), V1);
    write("from libolm, after two turns, an answer due: chains newest first", &from_libolm(2, false), V1);
}

/// A session with a skipped message key, taken over from libolm after so many more turns, the last of which may be answered.
fn from_libolm(turns: usize, is_answered: bool) -> Session {
    use cliquet_interop::libolm;
    let mut random = drawn("a session taken over by vodozemac");
    let [us, mut them] = [(); 2].map(|()| libolm::Account::create(&mut random).unwrap());
    them.generate_one_time_keys(1, &mut random).unwrap();
    let (_, one_time_key) = them.one_time_keys().unwrap().pop().unwrap();
    let identity_key = them.identity_keys().unwrap().curve25519;
    let mut ours = us.create_outbound_session(&identity_key, &one_time_key, &mut random).unwrap();
    ours.encrypt(b"never arrives", &mut random).unwrap();
    let (message_type, body) = ours.encrypt(b"arrives", &mut random).unwrap();
    let mut theirs = them.create_inbound_session(&body).unwrap();
    theirs.decrypt(message_type, &body).unwrap();
    for _ in 0..turns {
        let (message_type, body) = theirs.encrypt(b"turn", &mut random).unwrap();
        ours.decrypt(message_type, &body).unwrap();
        let (message_type, body) = ours.encrypt(b"turn", &mut random).unwrap();
        theirs.decrypt(message_type, &body).unwrap();
    }
    if is_answered {
        theirs.encrypt(b"answer", &mut random).unwrap();
    }
    Session::from_libolm_pickle(&theirs.pickle(KEY).unwrap(), KEY).unwrap()
}

fn accept_json(recorder: &mut Recorder) {
    let mut pair = Pair::new(V1);
    pair.turn(1, 2);
    recorder.accept_json::<SessionLayout>("JSON: a turn, two skipped message keys", &json_of(&pair.ours), V1);
    recorder.accept_json::<SessionLayout>("JSON: a chain to be answered", &json_of(&pair.theirs), V1);
    recorder.accept_json::<SessionLayout>("JSON: from libolm", &json_of(&from_libolm(0, true)), V1);
    recorder.accept_json::<SessionLayout>("JSON: V2", &json_of(&Pair::new(V2).ours), V2);
    let constant = include_str!("../given/vodozemac-session.json").trim_end();
    recorder.accept_json::<SessionLayout>("constant: three skipped message keys", constant, V1);
}

/// A session with a receiver chain, two skipped message keys and a sending chain.
fn usual() -> Value {
    let mut pair = Pair::new(V1);
    pair.turn(1, 2);
    serde_json::to_value(pair.ours.pickle()).unwrap()
}

fn accept_unusual(recorder: &mut Recorder) {
    let fields = usual();
    let mut accept = |name: &str, fields: &Value| recorder.accept_fields::<SessionLayout>(name, fields, V1);
    accept("fields in the order of their names", &fields);
    let old = without(&fields, "", "config");
    accept("no version, and V1 is stated", &old);
    let old = without(
        &without(&old, "/sending_ratchet", "ratchet_count"),
        "/sending_ratchet",
        "parent_ratchet_key",
    );
    accept(
        "no version, no counts, no parent key",
        &without(&old, "/receiving_chains/inner/0", "ratchet_count"),
    );
    accept("no parent key", &with(&fields, "/sending_ratchet/parent_ratchet_key", json!(null)));
    let last = with(&fields, "/sending_ratchet/symmetric_key_ratchet/index", json!(u32::MAX));
    accept(
        "chains at the last index there is",
        &with(&last, "/receiving_chains/inner/0/hkdf_ratchet/index", json!(u32::MAX)),
    );
}

fn reject(recorder: &mut Recorder) {
    let fields = usual();
    let places = ["/sending_ratchet/active_ratchet/root_key", "/session_keys/base_key"];
    let [version_1, version_2] = [V1, V2].map(|version| Pair::new(version).ours.pickle());
    let [version_1, version_2] = [version_1, version_2].map(|pickle| serde_json::to_value(pickle).unwrap());
    recorder.reject_damaged::<SessionLayout>(&version_1.to_string(), &places);
    recorder.reject_versions::<SessionLayout>(&version_1, &version_2);
    let json = fields.to_string();
    for place in ["/receiving_chains/inner/0/ratchet_key", SKIPPED_MESSAGE_KEY] {
        recorder.reject_bytes::<SessionLayout>(&json, place, 2);
    }
    reject_lists(recorder, &fields);
    reject_sending(recorder, &fields);

    let mut reject = |name: &str, fields: Value| recorder.reject_fields::<SessionLayout>(name, &fields);
    for (name, place) in [
        ("of the sending chain", "/sending_ratchet/symmetric_key_ratchet/index"),
        ("of a receiver chain", "/receiving_chains/inner/0/hkdf_ratchet/index"),
    ] {
        reject(&format!("an index {name} of 2^32"), with(&fields, place, json!(1_u64 << 32)));
        reject(&format!("an index {name} of -1"), with(&fields, place, json!(-1)));
    }
    let skipped = "/receiving_chains/inner/0/skipped_message_keys/inner/1/index";
    reject("an index of a skipped message key of 2^32", with(&fields, skipped, json!(1_u64 << 32)));
    reject("a skipped message key ahead of its chain", with(&fields, skipped, json!(3)));
}

fn reject_lists(recorder: &mut Recorder, fields: &Value) {
    let chain = &fields["receiving_chains"]["inner"][0];
    let chains: Vec<_> = (0..6).map(|byte: u8| with(chain, "/ratchet_key", vec![byte; 32].into())).collect();
    let six = with(fields, "/receiving_chains/inner", chains.into());
    recorder.reject_fields::<SessionLayout>("six receiver chains", &six);
    let twice = with(fields, "/receiving_chains/inner", vec![chain.clone(); 2].into());
    recorder.reject_fields::<SessionLayout>("two receiver chains with one ratchet key", &twice);
    let inner = "/receiving_chains/inner/0/skipped_message_keys/inner";
    let twice = with(fields, &format!("{inner}/1/index"), json!(0));
    recorder.reject_fields::<SessionLayout>("two keys for one message", &twice);
    let skipped: Vec<_> = (0..41).map(|index| json!({ "key": vec![7; 32], "index": index })).collect();
    let full = with(fields, "/receiving_chains/inner/0/hkdf_ratchet/index", json!(41));
    let full = with(&full, inner, skipped.into());
    recorder.reject_fields::<SessionLayout>("41 skipped message keys of one chain", &full);
}

fn reject_sending(recorder: &mut Recorder, fields: &Value) {
    let mut reject = |name: &str, fields: Value| recorder.reject_fields::<SessionLayout>(name, &fields);
    reject("a sending ratchet of an unknown type", with(fields, "/sending_ratchet/type", json!("passive")));
    reject("a sending ratchet without a type", without(fields, "/sending_ratchet", "type"));
    reject("an active ratchet said to be inactive", with(fields, "/sending_ratchet/type", json!("inactive")));
    for name in ["active_ratchet", "symmetric_key_ratchet"] {
        reject(&format!("an active ratchet without {name}"), without(fields, "/sending_ratchet", name));
    }
    let inactive = serde_json::to_value(Pair::new(V1).theirs.pickle()).unwrap();
    reject(
        "an inactive ratchet said to be active",
        with(&inactive, "/sending_ratchet/type", json!("active")),
    );
    reject(
        "no chain, neither to send on nor to be answered",
        with(&inactive, "/receiving_chains/inner", json!([])),
    );
    for name in ["root_key", "ratchet_key"] {
        reject(&format!("an inactive ratchet without {name}"), without(&inactive, "/sending_ratchet", name));
    }
    for name in ["session_keys", "sending_ratchet", "receiving_chains"] {
        reject(&format!("no {name}"), without(fields, "", name));
    }
}
