use alloc::{collections::BTreeMap, format, string::String, vec::Vec};

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{keys::Ed25519KeyPair, testing::seeded};

fn object(json: &str) -> JsonObject {
    JsonObject::from_json(json).unwrap()
}

/// Any JSON without fractions, as `serde_json` has it.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    const MAX: i64 = (1 << 53) - 1;
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        (-MAX..=MAX).prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            proptest::collection::hash_map(any::<String>(), inner, 0..8)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    /// Without its feature `preserve_order`, `serde_json` sorts keys as canonical JSON does.
    #[test]
    fn the_canonical_form_is_that_of_a_sorted_map(value in any_json()) {
        let text = serde_json::json!({ "value": value });
        let read = object(&serde_json::to_string_pretty(&text).unwrap());
        prop_assert_eq!(read.to_canonical_json(), serde_json::to_string(&text).unwrap());
        prop_assert_eq!(JsonObject::from_serialize(&text), Ok(read));
    }

    #[test]
    fn no_text_is_read_in_two_ways(text in "[{}\\[\\],:\"ab0-9e.\\- \\\\u]{0,20}") {
        if let Ok(read) = JsonObject::from_json(&text) {
            let canonical = read.to_canonical_json();
            prop_assert_eq!(object(&canonical), read);
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(format!("{value}"), canonical);
        }
    }
}

#[test]
fn keys_are_taken_over_and_removed() {
    let mut built = object(r#"{"a":1,"b":"text"}"#);
    built.extend(object(r#"{"b":true,"c":[null,{}]}"#));
    assert_eq!(built.to_canonical_json(), r#"{"a":1,"b":true,"c":[null,{}]}"#);
    assert_eq!((built.len(), built.is_empty()), (3, false));
    assert_eq!(built.remove("a"), Some(JsonValue::Integer(1)));
    let keys: Vec<String> = built.into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["b", "c"]);
}

#[test]
fn a_structure_is_parsed_from_what_was_verified() {
    #[derive(Deserialize, PartialEq, Debug)]
    struct Content {
        body: String,
    }
    let read = object(r#"{"body":"text","more":1}"#);
    assert_eq!(read.parse(), Ok(Content { body: "text".into() }));
    assert!(object("{}").parse::<Content>().is_err());
}

#[test]
fn one_refused_object_does_not_spoil_those_beside_it() {
    let answer = r#"{"good":{"a":1},"bad":{"a":1.5},"none":7}"#;
    assert!(serde_json::from_str::<BTreeMap<String, JsonObject>>(answer).is_err());
    let read: BTreeMap<String, UncheckedJson> = serde_json::from_str(answer).unwrap();
    assert_eq!(read["good"].check(), Ok(object(r#"{"a":1}"#)));
    assert!(read["bad"].check().is_err() && read["none"].check().is_err());
    assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"bad":{"a":1.5},"good":{"a":1},"none":7}"#);
}

#[test]
fn nesting_is_bounded_whatever_the_format() {
    let nested = |depth: usize| {
        let inner = (0..depth).fold(serde_json::json!(1), |inner, _| serde_json::json!([inner]));
        serde_json::from_value::<JsonObject>(serde_json::json!({ "a": inner }))
    };
    assert!(nested(126).is_ok());
    assert!(nested(127).is_err());
    assert!(nested(300).is_err());
}

#[test]
fn values_are_found_by_their_kind() {
    let read = object(r#"{"a":[null,true,1,"x",{}],"b":{"c":"d"}}"#);
    let list = read.get("a").unwrap().as_array().unwrap();
    assert_eq!((list[1].as_bool(), list[2].as_integer(), list[3].as_str()), (Some(true), Some(1), Some("x")));
    assert!(list[0].as_str().is_none() && list[4].as_object().is_some());
    assert_eq!(read.get("b").unwrap().as_object().unwrap().get("c").unwrap().as_str(), Some("d"));
    assert_eq!(read.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(JsonObject::from_json(&nested(126)).is_ok());
    assert!(JsonObject::from_json(&nested(127)).is_err());
    assert!(JsonObject::from_json(&nested(1_000_000)).is_err());
}

#[test]
fn the_key_that_hides_numbers_is_refused() {
    JsonObject::from_json(r#"{"$serde_json::private::Number":"1"}"#).unwrap_err();
    JsonObject::from_json(r#"{"a":{"$serde_json::private::Number":"1"}}"#).unwrap_err();
}

#[test]
fn errors_say_where_and_what() {
    let error = JsonObject::from_json("{\"a\":1,\n\"a\":2}").unwrap_err();
    assert_eq!(format!("{error}"), "a key stands twice in one object at line 2 column 3");
}

#[test]
fn a_field_of_a_larger_structure_is_read_as_strictly() {
    #[derive(Serialize, Deserialize)]
    struct Response {
        device_keys: JsonObject,
    }
    let read: Response = serde_json::from_str(r#"{"device_keys":{"b":1,"a":2}}"#).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"device_keys":{"a":2,"b":1}}"#);
    assert!(serde_json::from_str::<Response>(r#"{"device_keys":{"a":1,"a":2}}"#).is_err());
    assert!(serde_json::from_str::<Response>(r#"{"device_keys":{"a":1.0}}"#).is_err());
}

#[test]
fn a_signature_takes_the_place_of_an_earlier_one_and_leaves_others() {
    let (first, second) =
        (Ed25519KeyPair::random(&mut seeded(1)).unwrap(), Ed25519KeyPair::random(&mut seeded(2)).unwrap());
    let mut signed = object(r#"{"a":1,"signatures":{"@b:c":{"ed25519:X":"kept"}},"unsigned":{"b":2}}"#);
    signed.sign("@a:c", "X", &first).unwrap();
    signed.sign("@a:c", "Y", &second).unwrap();
    signed.sign("@b:c", "Z", &first).unwrap();
    assert_eq!(signed.verify("@a:c", "X", &first.public()), Ok(()));
    assert_eq!(signed.verify("@a:c", "Y", &second.public()), Ok(()));
    assert_eq!(signed.verify("@a:c", "Y", &first.public()), Err(JsonSignatureError::Invalid));
    assert_eq!(signed.verify("@b:c", "X", &first.public()), Err(JsonSignatureError::Malformed));
    assert_eq!(signed.verify("@b:c", "Y", &first.public()), Err(JsonSignatureError::Missing));

    signed.insert("a", JsonValue::Integer(2));
    assert_eq!(signed.verify("@a:c", "X", &first.public()), Err(JsonSignatureError::Invalid));
    signed.sign("@a:c", "X", &second).unwrap();
    assert_eq!(signed.verify("@a:c", "X", &second.public()), Ok(()));
    signed.remove("unsigned");
    assert_eq!(signed.verify("@a:c", "X", &second.public()), Ok(()));
}

#[test]
fn a_value_is_of_one_kind() {
    let read = object(r#"{"array":[1],"bool":false,"integer":-7,"null":null,"object":{"a":1},"string":"x"}"#);
    let kinds = |value: &JsonValue| {
        let found = [
            ("array", value.as_array().is_some()),
            ("bool", value.as_bool().is_some()),
            ("integer", value.as_integer().is_some()),
            ("object", value.as_object().is_some()),
            ("string", value.as_str().is_some()),
        ];
        found.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect::<Vec<_>>()
    };
    for (name, value) in read.iter() {
        let expected = if name == "null" { Vec::new() } else { Vec::from([name]) };
        assert_eq!(kinds(value), expected);
        assert_eq!(value.clone().into_object().as_ref(), value.as_object());
    }
    assert_eq!(read.get("bool").unwrap().as_bool(), Some(false));
    assert_eq!(read.get("integer").unwrap().as_integer(), Some(-7));
    assert_eq!(read.get("object").unwrap().clone().into_object(), Some(object(r#"{"a":1}"#)));
    assert!(object("{}").is_empty() && !read.is_empty());
}

#[test]
fn what_stands_in_the_wrong_place_is_said_and_not_quoted() {
    let said = |json: &str| format!("{}", JsonObject::from_json(json).unwrap_err());
    assert!(said("[1]").contains("expected an object"), "{}", said("[1]"));
    assert!(!said(r#""secret""#).contains("secret"), "{}", said(r#""secret""#));
    let text = serde::de::value::StrDeserializer::<serde::de::value::Error>::new("secret");
    let error = JsonObject::deserialize(text).unwrap_err();
    assert_eq!(format!("{error}"), "something else stands in the place of an object");
    let bytes = serde::de::value::BytesDeserializer::<serde::de::value::Error>::new(b"secret");
    let map = serde::de::value::MapDeserializer::new([("a", bytes)].into_iter());
    let error = format!("{}", JsonObject::deserialize(map).unwrap_err());
    assert!(
        error.ends_with("expected a JSON value whose numbers are integers from -(2^53) + 1 to 2^53 - 1"),
        "{error}"
    );
    let unchecked: UncheckedJson = serde_json::from_str(r#"{"a":"secret"}"#).unwrap();
    assert_eq!(format!("{unchecked:?}"), "UncheckedJson(14 bytes)");
}
