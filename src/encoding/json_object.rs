//! Objects of JSON, read as nothing else.

use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeSeed, IntoDeserializer, MapAccess, Visitor, value::MapAccessDeserializer},
};

/// Under this key `serde_json` hides numbers where some other crate has turned on its feature `arbitrary_precision`: such a number looks like an object.
pub(crate) const HIDDEN_NUMBER: &str = "$serde_json::private::Number";

/// What is read from an object alone; serde's derived readers take a list of values without names as well.
#[derive(Serialize)]
#[serde(transparent)]
pub(crate) struct OnlyObject<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OnlyObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asked for a map, serde_json quotes the text that stands in its place, which may be a secret.
        deserializer.deserialize_any(ObjectVisitor(PhantomData)).map(Self)
    }
}

/// [`OnlyObject`] as a function, for a whole structure or one field of it.
pub(crate) fn only_object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    OnlyObject::deserialize(deserializer).map(|OnlyObject(object)| object)
}

/// That something else stands in the place of an object; what it is, is not quoted.
pub(crate) fn no_object<E: de::Error>() -> E {
    E::custom("something else stands in the place of an object")
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(Entries(map)))
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<T, E> {
        Err(no_object())
    }
}

/// The entries of an object, which none of a number's is.
struct Entries<A>(A);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(Key(seed))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

/// A key, handed on unless a number is hidden under it.
struct Key<K>(K);

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<K> {
    type Value = K::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<K::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for Key<K> {
    type Value = K::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<K::Value, E> {
        if key == HIDDEN_NUMBER { Err(no_object()) } else { self.0.deserialize(key.into_deserializer()) }
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String};

    use serde::de::value::{BoolDeserializer, Error, MapDeserializer, StrDeserializer};

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Fields {
        #[serde(default)]
        name: String,
    }

    fn read(key: &str) -> Result<Fields, Error> {
        only_object(MapDeserializer::<_, Error>::new([(key, "value")].into_iter()))
    }

    #[test]
    fn a_number_that_looks_like_an_object_is_none() {
        assert_eq!(read("name"), Ok(Fields { name: "value".into() }));
        assert_eq!(read("another"), Ok(Fields { name: String::new() }));
        assert_eq!(read(HIDDEN_NUMBER), Err(no_object()));
    }

    #[test]
    fn what_is_no_object_is_said() {
        let error = only_object::<Fields, _>(StrDeserializer::<Error>::new("secret")).unwrap_err();
        assert_eq!(format!("{error}"), format!("{}", no_object::<Error>()));
        let entry = Key(PhantomData::<String>);
        let error = entry.deserialize(BoolDeserializer::<Error>::new(true)).unwrap_err();
        assert!(format!("{error}").ends_with("expected a key"), "{error}");
    }
}
