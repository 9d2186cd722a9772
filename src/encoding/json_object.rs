//! Objects of JSON, read as nothing else.

use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};

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
        T::deserialize(MapAccessDeserializer::new(map))
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<T, E> {
        Err(no_object())
    }
}
