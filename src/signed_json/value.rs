use alloc::{
    collections::{BTreeMap, btree_map},
    string::{String, ToString},
    vec::Vec,
};

use serde::{Serialize, Serializer, de::DeserializeOwned, ser::SerializeMap};

use super::JsonError;

/// A JSON object that has a canonical form. It is read, or made of what serde writes; another can be laid over it, keys removed, and
/// signatures added.
///
/// It implements serde's traits: as a field of a larger structure it is read as strictly as by [`from_json`](Self::from_json), if the whole is read from
/// text; one that is refused has the whole refused, so that where many stand side by side, [`UncheckedJson`](super::UncheckedJson) is better. A `serde_json::Value` has forgotten which
/// keys stood there twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonObject(pub(super) BTreeMap<String, JsonValue>);

/// A value in a [`JsonObject`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonValue {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer from -(2^53) + 1 to 2^53 - 1.
    Integer(i64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<JsonValue>),
    /// An object.
    Object(JsonObject),
}

impl JsonObject {
    /// Reads a JSON text: one object, white space around it or not, in which arrays and objects lie at most 127 deep.
    ///
    /// # Errors
    ///
    /// [`JsonError`] if the text is no JSON object, if an object in it has a key twice, if a number is written with a point or an exponent, is -0 or is not
    /// from -(2^53) + 1 to 2^53 - 1.
    pub fn from_json(text: &str) -> Result<Self, JsonError> {
        Ok(serde_json::from_str(text)?)
    }

    /// What `serde_json` writes of a value: of a fraction that is no number, `null`.
    ///
    /// # Errors
    ///
    /// [`JsonError`] if that is no object, or none that has a canonical form, as in [`from_json`](Self::from_json).
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, JsonError> {
        Self::from_json(&serde_json::to_string(value)?)
    }

    /// A structure with the content of the object: what was verified is what is used.
    ///
    /// # Errors
    ///
    /// [`JsonError`] if the structure does not have this form.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        Ok(serde_json::from_str(&self.to_canonical_json())?)
    }

    /// The canonical form: keys sorted by code point, no white space, each text in its shortest form.
    #[must_use]
    pub fn to_canonical_json(&self) -> String {
        to_text(self)
    }

    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&JsonValue> {
        self.0.get(key)
    }

    /// The keys and their values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &JsonValue)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Removes the value under a key.
    pub fn remove(&mut self, key: &str) -> Option<JsonValue> {
        self.0.remove(key)
    }

    /// Takes over the keys and values of another object, in the place of those that are there.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// An object of fields that the library knows: none lies deep, and no integer is large.
    pub(crate) fn from_fields<K: Into<String>>(fields: impl IntoIterator<Item = (K, JsonValue)>) -> Self {
        Self(fields.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// Sets the value under a key; for values that the library knows, as in [`from_fields`](Self::from_fields).
    pub(crate) fn insert(&mut self, key: &str, value: JsonValue) {
        self.0.insert(key.to_string(), value);
    }

    /// The canonical form without some keys of the object itself.
    pub(super) fn to_canonical_json_without(&self, keys: &[&str]) -> String {
        to_text(&Without { object: self, keys })
    }
}

impl JsonValue {
    /// The text, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The integer, if this is one.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        if let Self::Integer(integer) = self { Some(*integer) } else { None }
    }

    /// Whether this is `true` or `false`, if it is one of them.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The list, if this is one.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(values) = self { Some(values) } else { None }
    }

    /// The object, if this is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&JsonObject> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The object, if this is one.
    #[must_use]
    pub fn into_object(self) -> Option<JsonObject> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }
}

impl From<&str> for JsonValue {
    fn from(text: &str) -> Self {
        Self::String(text.to_string())
    }
}

impl From<String> for JsonValue {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for JsonValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Vec<Self>> for JsonValue {
    fn from(values: Vec<Self>) -> Self {
        Self::Array(values)
    }
}

impl From<JsonObject> for JsonValue {
    fn from(object: JsonObject) -> Self {
        Self::Object(object)
    }
}

impl IntoIterator for JsonObject {
    type Item = (String, JsonValue);
    type IntoIter = btree_map::IntoIter<String, JsonValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// serde_json writes no white space and the escapes that the specification demands, and a sorted map writes sorted keys.
fn to_text(value: &impl Serialize) -> String {
    #[expect(clippy::expect_used, reason = "keys are texts, numbers are integers, and nothing lies deep")]
    serde_json::to_string(value).expect("every such value can be written")
}

struct Without<'a> {
    object: &'a JsonObject,
    keys: &'a [&'a str],
}

impl Serialize for Without<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.object.iter().filter(|(key, _)| !self.keys.contains(key)))
    }
}

impl Serialize for JsonObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        map.end()
    }
}

impl Serialize for JsonValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(values) => serializer.collect_seq(values),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}
