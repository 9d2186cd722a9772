//! Canonical JSON and signatures over it, beside a second reader.

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use cliquet::{
    Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature,
    signed_json::{JsonObject, JsonSignatureError, JsonValue, UncheckedJson},
};
use cliquet_fuzz::{
    Damage, Edit, Leaf, Palette, Steps,
    json::{self, Json},
    pick,
    reference_base64::{decode_with_optional_padding, encode},
};

/// Arrays and objects lie so deep at most in what is read.
const MOST_DEPTH: usize = 127;
const MOST_STEPS: usize = 10;
const ENTITIES: [&str; 3] = ["@a:b", "", "é\n"];
const KEY_NAMES: [&str; 3] = ["D", "", "é\n"];
/// Names that mean something, and two that UTF-16 would sort the other way round.
const NAMES: [&str; 13] = [
    "signatures",
    "unsigned",
    "@a:b",
    "",
    "é\n",
    "ed25519:D",
    "ed25519:",
    "ed25519:é\n",
    "\u{fb33}",
    "\u{1f600}",
    "a",
    "$serde_json::private::Number",
    "$serde_json::private::RawValue",
];

pub(crate) fn from_text(text: &str) {
    read(text);
}

/// The object, and what the second reader makes of it, which is the same; `None` if both refuse it.
pub(crate) fn read(text: &str) -> Option<(JsonObject, Json)> {
    let read = JsonObject::from_json(text);
    let json = json::read(text).filter(|json| matches!(json, Json::Object(_)) && json.depth() <= MOST_DEPTH);
    let expected = json.as_ref().and_then(Json::canonical);
    assert_eq!(read.as_ref().ok().map(JsonObject::to_canonical_json), expected, "{read:?}");
    let unchecked = serde_json::from_str::<UncheckedJson>(text).ok();
    let checked = unchecked.as_ref().and_then(|unchecked| unchecked.check().ok());
    assert_eq!(checked.as_ref(), read.as_ref().ok());
    let (object, json, canonical) = (read.ok()?, json?, expected?);
    assert_eq!(object.parse::<JsonObject>().as_ref(), Ok(&object));
    assert_eq!(JsonObject::from_json(&canonical).as_ref(), Ok(&object));
    assert_eq!(JsonObject::from_serialize(&object).as_ref(), Ok(&object));
    assert_eq!(serde_json::to_string(&object).expect("it can be written"), canonical);
    is_same(&object, &json);
    Some((object, json))
}

fn is_same(object: &JsonObject, json: &Json) {
    let Json::Object(fields) = json else { panic!("an object stands there") };
    assert_eq!((object.len(), object.is_empty()), (fields.len(), fields.is_empty()));
    assert!(object.iter().map(|(name, _)| name).is_sorted());
    for (name, value) in fields {
        let name = name.as_deref().expect("it is Unicode");
        is_same_value(object.get(name).expect("it has the field"), value);
    }
    assert_eq!(object.signed_text(), signed_text(json));
}

fn is_same_value(value: &JsonValue, json: &Json) {
    match json {
        Json::Null => assert_eq!(value, &JsonValue::Null),
        Json::Bool(expected) => assert_eq!(value.as_bool(), Some(*expected)),
        Json::Number(_) => {
            assert_eq!((value.as_integer(), value.as_integer().is_some()), (json.as_integer(), true))
        }
        Json::Text(expected) => assert_eq!((value.as_str(), expected.is_some()), (expected.as_deref(), true)),
        Json::List(expected) => {
            let values = value.as_array().expect("a list stands there");
            assert_eq!(values.len(), expected.len());
            values.iter().zip(expected).for_each(|(value, json)| is_same_value(value, json));
        }
        Json::Object(_) => is_same(value.as_object().expect("an object stands there"), json),
    }
}

/// What a signature covers.
pub(crate) fn signed_text(json: &Json) -> String {
    let mut json = json.clone();
    ["signatures", "unsigned"].iter().for_each(|name| json.remove(name));
    json.canonical().expect("it has one")
}

/// What stands in the place of a signature.
pub(crate) fn signature<'j>(json: &'j Json, entity: &str, key_id: &str) -> Option<&'j Json> {
    json.get("signatures")?.get(entity)?.get(key_id)
}

/// Adds a signature; not where something else stands in its way.
pub(crate) fn add_signature(json: &mut Json, entity: &str, key_id: &str, signature: &str) -> bool {
    let object = |json: Option<&Json>| json.cloned().unwrap_or(Json::Object(Vec::new()));
    let mut all = object(json.get("signatures"));
    let mut of_entity = object(all.get(entity));
    let fits = matches!((&all, &of_entity), (Json::Object(_), Json::Object(_)));
    if fits {
        of_entity.set(key_id, Json::text(signature));
        all.set(entity, of_entity);
        json.set("signatures", all);
    }
    fits
}

/// Whether an object counts as signed, by a second reader.
pub(crate) fn verdict(
    json: &Json,
    entity: &str,
    key_name: &str,
    key: &Ed25519PublicKey,
) -> Result<(), JsonSignatureError> {
    let stated =
        signature(json, entity, &format!("ed25519:{key_name}")).ok_or(JsonSignatureError::Missing)?;
    let bytes = stated.as_text().and_then(decode_with_optional_padding);
    let signature = bytes.and_then(|bytes| Ed25519Signature::from_slice(&bytes).ok());
    let signature = signature.ok_or(JsonSignatureError::Malformed)?;
    key.verify(signed_text(json).as_bytes(), &signature).map_err(|_| JsonSignatureError::Invalid)
}

/// What happens to an object.
#[derive(Arbitrary, Debug)]
pub(crate) enum Step {
    Extend {
        name: u8,
        value: Leaf,
        depth: u8,
    },
    Remove {
        name: u8,
    },
    Sign {
        entity: u8,
        name: u8,
        key: u8,
    },
    /// It is written, changed, and read again.
    Edited {
        style: u8,
        edit: Edit,
    },
    Damaged {
        style: u8,
        damage: Damage,
    },
}

#[derive(Arbitrary, Debug)]
pub(crate) struct Input {
    text: Option<String>,
    steps: Steps<Step>,
}

fn palette() -> Palette<'static> {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    let texts = TEXTS.get_or_init(|| {
        let lengths = [0, 63, 64, 65].map(|length| encode(&vec![1; length]));
        let signature = pairs()[0].sign(b"{}").to_base64();
        lengths.into_iter().chain([format!("{signature}=="), signature]).collect()
    });
    Palette { names: &NAMES, texts }
}

fn pairs() -> &'static [Ed25519KeyPair; 2] {
    static PAIRS: OnceLock<[Ed25519KeyPair; 2]> = OnceLock::new();
    PAIRS.get_or_init(|| [1, 2].map(|seed| Ed25519KeyPair::from_seed(&[seed; 32])))
}

/// A text that was signed, by which key, with which signature.
type Made = (usize, String, Vec<u8>);

/// An object, what the second reader has of it, and all signatures that were ever made.
struct State {
    object: JsonObject,
    json: Json,
    made: Vec<Made>,
}

pub(crate) fn steps(input: Input) {
    let start = input.text.as_deref().and_then(read);
    let (object, json) = start.unwrap_or_else(|| (JsonObject::default(), Json::Object(Vec::new())));
    // The palette has a signature of the empty object.
    let empty = (0, "{}".to_owned(), pairs()[0].sign(b"{}").as_bytes().to_vec());
    let mut state = State { object, json, made: vec![empty] };
    for step in input.steps.0.iter().take(MOST_STEPS) {
        state.step(step);
        assert_eq!(Some(state.object.to_canonical_json()), state.json.canonical());
        state.verify_all();
    }
}

impl State {
    fn step(&mut self, step: &Step) {
        let name = |which: u8| *pick(&NAMES, which.into()).expect("there are some");
        match step {
            Step::Extend { name: which, value, depth } => self.extend(name(*which), value, *depth),
            Step::Remove { name: which } => {
                let removed = self.object.remove(name(*which));
                assert_eq!(removed.is_some(), self.json.get(name(*which)).is_some());
                self.json.remove(name(*which));
            }
            Step::Sign { entity, name, key } => self.sign(*entity, *name, *key),
            Step::Edited { style, edit } => {
                let mut edited = self.json.clone();
                edit.apply(&mut edited, palette());
                self.read(&edited.written(*style));
            }
            Step::Damaged { style, damage } => {
                let damaged = damage.apply(self.json.written(*style).as_bytes(), &[]);
                self.read(&String::from_utf8_lossy(&damaged));
            }
        }
    }

    fn read(&mut self, text: &str) {
        if let Some((object, json)) = read(text) {
            (self.object, self.json) = (object, json);
        }
    }

    /// Another object is laid over it.
    fn extend(&mut self, name: &str, leaf: &Leaf, depth: u8) {
        let nested = (0..depth % 8).fold(leaf.value(palette()), |json, _| Json::List(vec![json]));
        let other = Json::object([(name, nested.clone()), ("a", Json::Null)]);
        let Some((other, _)) = read(&other.written(0)) else { return };
        self.object.extend(other);
        self.json.set(name, nested);
        self.json.set("a", Json::Null);
    }

    fn sign(&mut self, entity: u8, name: u8, key: u8) {
        let (entity, name) = (ENTITIES[usize::from(entity % 3)], KEY_NAMES[usize::from(name % 3)]);
        let key = usize::from(key % 2);
        let before = self.object.clone();
        let text = signed_text(&self.json);
        match self.object.sign(entity, name, &pairs()[key]) {
            Ok(signature) => {
                assert_eq!(signature, pairs()[key].sign(text.as_bytes()));
                let fits =
                    add_signature(&mut self.json, entity, &format!("ed25519:{name}"), &signature.to_base64());
                assert!(fits, "there was no place for it");
                self.made.push((key, text, signature.as_bytes().to_vec()));
            }
            Err(_) => {
                assert_eq!(self.object, before);
                assert!(!add_signature(&mut self.json, entity, &format!("ed25519:{name}"), ""));
            }
        }
    }

    /// Verified is exactly what was signed: whatever else stands among the signatures or in `unsigned`.
    fn verify_all(&self) {
        for (key, pair) in pairs().iter().enumerate() {
            for (entity, name) in ENTITIES.iter().flat_map(|entity| KEY_NAMES.map(|name| (entity, name))) {
                let found = self.object.verify(entity, name, &pair.public());
                let stated = signature(&self.json, entity, &format!("ed25519:{name}"));
                let bytes = stated.map(|stated| stated.as_text().and_then(decode_with_optional_padding));
                let expected = match bytes {
                    None => Err(JsonSignatureError::Missing),
                    Some(Some(bytes)) if bytes.len() == 64 => {
                        let was_made = self.made.contains(&(key, signed_text(&self.json), bytes));
                        was_made.then_some(()).ok_or(JsonSignatureError::Invalid)
                    }
                    Some(_) => Err(JsonSignatureError::Malformed),
                };
                assert_eq!(found, expected);
            }
        }
    }
}
