//! What vodozemac writes: `account`, `session` and `group_sessions` each read the JSON of an object, and have its vectors.

pub(crate) mod account;
pub(crate) mod group_sessions;
pub(crate) mod session;

use serde_json::{Value, json};

use super::{
    bytes::hex,
    envelope,
    vectors::{Provenance, Vectors},
};

const PEER: &str = "vodozemac 0.11.1";
const KEY: &[u8; 32] = b"thirty-two bytes of a pickle key";

/// The version of the messages, as the caller of a reader states it.
#[derive(Clone, Copy, PartialEq)]
enum Version {
    V1,
    V2,
}

use Version::{V1, V2};

/// What one kind of object is in JSON.
trait Layout {
    const KIND: &'static str;

    /// What the fields mean; an error where one is missing, or not as it must be.
    fn output(fields: &Value, stated: Version) -> Result<Value, String>;

    /// Whether vodozemac reads it.
    fn is_read_by_vodozemac(json: &str) -> bool;
}

fn read<L: Layout>(json: &str, stated: Version) -> Result<Value, String> {
    L::output(&serde_json::from_str(json).map_err(|error| error.to_string())?, stated)
}

/// The vectors of one layout, and which of those that are rejected vodozemac reads.
struct Recorder {
    vectors: Vectors,
    read_by_vodozemac: Vec<String>,
}

impl Recorder {
    fn new<L: Layout>() -> Self {
        let text = "Written by vodozemac 0.11.1, with randomness of the system: frozen, not to be made again. What vodozemac no \
            longer writes and what is rejected was made from that by changing the JSON. Every accepted pickle was read by vodozemac. The \
            outputs come from a reader of the JSON in interop/examples/pickle_vectors/, which shares no code with this crate. \
            Values named `constant` are those that an independent Python implementation was compared with.";
        Self {
            vectors: Vectors::new(L::KIND, Provenance { peer: PEER, text }),
            read_by_vodozemac: Vec::new(),
        }
    }

    fn accept<L: Layout>(&mut self, name: &str, json: &str, stated: Version, input: Value) {
        let output = read::<L>(json, stated).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(L::is_read_by_vodozemac(json), "{name}: vodozemac refuses it");
        self.vectors.accept(name, input, output);
    }

    /// As vodozemac has encrypted it.
    fn accept_pickle<L: Layout>(&mut self, name: &str, json: &str, pickle: &str, stated: Version) {
        assert_eq!(envelope::seal(json.as_bytes(), KEY), pickle, "{name}: the envelope is another");
        self.accept::<L>(name, json, stated, pickle_input(pickle, KEY, stated));
    }

    /// As vodozemac has written it.
    fn accept_json<L: Layout>(&mut self, name: &str, json: &str, stated: Version) {
        self.accept::<L>(name, json, stated, json_input(json, stated));
    }

    fn accept_fields<L: Layout>(&mut self, name: &str, fields: &Value, stated: Version) {
        self.accept_json::<L>(name, &fields.to_string(), stated);
    }

    fn reject_json<L: Layout>(&mut self, name: &str, json: &str, stated: Version) {
        assert!(read::<L>(json, stated).is_err(), "{name}: nothing is wrong");
        if L::is_read_by_vodozemac(json) {
            self.read_by_vodozemac.push(name.to_owned());
        }
        self.vectors.reject(name, json_input(json, stated));
    }

    fn reject_fields<L: Layout>(&mut self, name: &str, fields: &Value) {
        self.reject_json::<L>(name, &fields.to_string(), V1);
    }

    /// What is wrong with an object of any kind: its envelope, its JSON, the fields at these places, which hold bytes. Of the first of
    /// them, everything that can be wrong.
    fn reject_damaged<L: Layout>(&mut self, json: &str, places: &[&str]) {
        let pickle = envelope::seal(json.as_bytes(), KEY);
        let damaged = envelope::damaged(&pickle).into_iter();
        // The envelope is libolm's, where there are the others, and the pickles are shorter.
        for (name, damaged) in damaged.filter(|(name, _)| name.contains("MAC") || name.contains("middle")) {
            self.vectors.reject(name, pickle_input(&damaged, KEY, V1));
        }
        self.vectors.reject("the wrong key", pickle_input(&pickle, b"another pickle key, of 32 bytes.", V1));
        let more = envelope::seal(format!("{json}x").as_bytes(), KEY);
        self.vectors.reject("encrypted JSON with a byte more", pickle_input(&more, KEY, V1));
        let shorter = json.strip_suffix('}').unwrap();
        let less = envelope::seal(shorter.as_bytes(), KEY);
        self.vectors.reject("encrypted JSON without its last byte", pickle_input(&less, KEY, V1));

        self.reject_json::<L>("JSON with another object behind it", &format!("{json}{{}}"), V1);
        self.reject_json::<L>("JSON without its last byte", shorter, V1);
        for (name, json) in [("no JSON", ""), ("an empty object", "{}"), ("null", "null"), ("a list", "[]")] {
            self.reject_json::<L>(name, json, V1);
        }
        for (position, place) in places.iter().enumerate() {
            self.reject_bytes::<L>(json, place, if position == 0 { usize::MAX } else { 2 });
        }
    }

    fn reject_bytes<L: Layout>(&mut self, json: &str, place: &str, changes: usize) {
        let fields: Value = serde_json::from_str(json).unwrap();
        let bytes = fields.pointer(place).unwrap().as_array().unwrap();
        let more = [&bytes[..], &[json!(0)]].concat();
        let replaced = |number: Value| [&[number], &bytes[1..]].concat();
        let changed = [
            ("a number less", json!(bytes[1..])),
            ("a number more", json!(more)),
            ("the number 256", json!(replaced(json!(256)))),
            ("the number -1", json!(replaced(json!(-1)))),
            ("a text among the numbers", json!(replaced(json!("0")))),
            ("null", json!(null)),
            ("base64", json!(vodozemac::base64_encode([0; 32]))),
        ];
        for (what, bytes) in changed.into_iter().take(changes) {
            self.reject_fields::<L>(&format!("{place}: {what}"), &with(&fields, place, bytes));
        }
    }

    /// What is wrong with the version of a session's messages.
    fn reject_versions<L: Layout>(&mut self, version_1: &Value, version_2: &Value) {
        let without = without(version_1, "", "config");
        self.reject_json::<L>("V1, and V2 is stated", &version_1.to_string(), V2);
        self.reject_json::<L>("V2, and V1 is stated", &version_2.to_string(), V1);
        self.reject_json::<L>("no version, and V2 is stated", &without.to_string(), V2);
        self.reject_fields::<L>("version V3", &with(version_1, "/config/version", json!("V3")));
        self.reject_fields::<L>("version 1 as a number", &with(version_1, "/config/version", json!(1)));
        self.reject_fields::<L>("a configuration without a version", &with(version_1, "/config", json!({})));
    }

    fn finish<L: Layout>(self) -> Vectors {
        println!("{}: vodozemac reads what is rejected as: {}", L::KIND, self.read_by_vodozemac.join("; "));
        self.vectors
    }
}

fn pickle_input(pickle: &str, key: &[u8; 32], stated: Version) -> Value {
    stating(json!({ "pickle_base64": pickle, "key": hex(key) }), stated)
}

fn json_input(json: &str, stated: Version) -> Value {
    stating(json!({ "json": json }), stated)
}

fn stating(mut input: Value, stated: Version) -> Value {
    if stated == V2 {
        input["version"] = json!(4);
    }
    input
}

/// The fields with another value in one place.
fn with(fields: &Value, place: &str, value: Value) -> Value {
    let mut fields = fields.clone();
    *fields.pointer_mut(place).unwrap() = value;
    fields
}

/// The fields without one of those in a place.
fn without(fields: &Value, place: &str, name: &str) -> Value {
    let mut fields = fields.clone();
    let removed = fields.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(name);
    assert!(removed.is_some(), "there is no {name}");
    fields
}

fn bytes<const N: usize>(value: &Value) -> Result<[u8; N], String> {
    let numbers = value.as_array().ok_or("no list")?;
    let byte = |number: &Value| number.as_u64().and_then(|number| u8::try_from(number).ok()).ok_or("no byte");
    let bytes: Vec<u8> = numbers.iter().map(byte).collect::<Result<_, _>>()?;
    bytes.try_into().map_err(|_| "another number of bytes".to_owned())
}

fn number(value: &Value) -> Result<u64, String> {
    value.as_u64().ok_or_else(|| format!("{value} is no number"))
}

fn index(value: &Value) -> Result<u32, String> {
    u32::try_from(number(value)?).map_err(|_| "an index beyond 2^32 - 1".to_owned())
}

fn list(value: &Value, most: usize) -> Result<&[Value], String> {
    let items = value["inner"].as_array().ok_or("no list")?;
    if items.len() <= most { Ok(items) } else { Err("an over-full list".into()) }
}

/// The version byte of the messages: the stated version must be it, and no version is V1.
fn message_version(fields: &Value, stated: Version) -> Result<u8, String> {
    let found = match (fields.get("config"), stated) {
        (None, V1) => V1,
        (None, V2) => return Err("no version".into()),
        (Some(config), _) if config["version"] == "V1" => V1,
        (Some(config), _) if config["version"] == "V2" => V2,
        _ => return Err("an unknown version".into()),
    };
    match (found, stated) {
        (V1, V1) => Ok(3),
        (V2, V2) => Ok(4),
        _ => Err("another version than stated".into()),
    }
}

/// The name of the form of a signing key, the secret key in hex, and the public key.
fn signing_key(value: &Value) -> Result<(&'static str, String, [u8; 32]), String> {
    let forms = value.as_object().ok_or("no signing key")?;
    match (forms.len(), forms.get("Normal"), forms.get("Expanded")) {
        (1, Some(seed), _) => {
            let seed = bytes(seed)?;
            Ok(("seed", hex(seed), super::keys::ed25519_of_seed(&seed)))
        }
        (1, _, Some(expanded)) => {
            let expanded = super::keys::clamped(bytes(expanded)?);
            Ok(("expanded", hex(expanded), super::keys::ed25519_of_expanded(&expanded)))
        }
        _ => Err("an unknown form of signing key".into()),
    }
}
