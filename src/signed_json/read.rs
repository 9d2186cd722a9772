//! Reading, strictly: what two readers could see differently is refused.

use alloc::{
    collections::{BTreeMap, btree_map::Entry},
    string::String,
    vec::Vec,
};
use core::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor},
};

use super::{JsonObject, JsonValue};
use crate::encoding::json_object::{HIDDEN_NUMBER, no_object};

/// The greatest integer, 2^53 - 1; the least is its negative.
const MAX_INTEGER: i64 = (1 << 53) - 1;

/// How deep objects and lists lie in each other at most, the object itself included; `serde_json` reads no deeper text, other formats may.
const MAX_DEPTH: u8 = 127;

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asked for a map, serde_json quotes the text that stands in its place, which may be a secret.
        deserializer.deserialize_any(ObjectVisitor { depth_left: MAX_DEPTH })
    }
}

struct ObjectVisitor {
    depth_left: u8,
}

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = JsonObject;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonObject, A::Error> {
        let values = ValueVisitor { depth_left: deeper(self.depth_left)? };
        let mut object = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == HIDDEN_NUMBER {
                return Err(de::Error::custom("a number or a key that cannot be told from each other"));
            }
            match object.entry(key) {
                Entry::Vacant(place) => place.insert(map.next_value_seed(values)?),
                Entry::Occupied(_) => return Err(de::Error::custom("a key stands twice in one object")),
            };
        }
        Ok(JsonObject(object))
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<JsonObject, E> {
        Err(no_object())
    }
}

#[derive(Clone, Copy)]
struct ValueVisitor {
    depth_left: u8,
}

impl<'de> DeserializeSeed<'de> for ValueVisitor {
    type Value = JsonValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsonValue, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = JsonValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value whose numbers are integers from -(2^53) + 1 to 2^53 - 1")
    }

    fn visit_unit<E: de::Error>(self) -> Result<JsonValue, E> {
        Ok(JsonValue::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<JsonValue, E> {
        Ok(value.into())
    }

    fn visit_i64<E: de::Error>(self, integer: i64) -> Result<JsonValue, E> {
        let fits = (-MAX_INTEGER..=MAX_INTEGER).contains(&integer);
        if fits { Ok(JsonValue::Integer(integer)) } else { Err(number_error()) }
    }

    fn visit_u64<E: de::Error>(self, integer: u64) -> Result<JsonValue, E> {
        i64::try_from(integer).map_err(|_| number_error()).and_then(|integer| self.visit_i64(integer))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<JsonValue, E> {
        Err(number_error())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<JsonValue, E> {
        Ok(text.into())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<JsonValue, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonValue, A::Error> {
        let inner = Self { depth_left: deeper(self.depth_left)? };
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(inner)? {
            values.push(value);
        }
        Ok(JsonValue::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<JsonValue, A::Error> {
        ObjectVisitor { depth_left: self.depth_left }.visit_map(map).map(JsonValue::Object)
    }
}

fn deeper<E: de::Error>(depth_left: u8) -> Result<u8, E> {
    depth_left.checked_sub(1).ok_or_else(|| E::custom("objects and lists lie too deep in each other"))
}

fn number_error<E: de::Error>() -> E {
    E::custom("a number is no integer from -(2^53) + 1 to 2^53 - 1")
}
