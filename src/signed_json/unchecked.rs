use alloc::boxed::Box;
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{JsonError, JsonObject};

/// Some JSON in a larger structure, as it stands there, to be checked for itself.
///
/// For answers of a server that speak of many users, such as `/keys/query`: were each device a [`JsonObject`], a single one that has no canonical form would
/// have the whole answer refused. It can be a field of a structure that `serde_json` reads from text, and of no other format.
#[derive(Clone)]
pub struct UncheckedJson(Box<RawValue>);

impl UncheckedJson {
    /// The object.
    ///
    /// # Errors
    ///
    /// As [`JsonObject::from_json`].
    pub fn check(&self) -> Result<JsonObject, JsonError> {
        JsonObject::from_json(self.0.get())
    }
}

impl fmt::Debug for UncheckedJson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "UncheckedJson({} bytes)", self.0.get().len())
    }
}

impl Serialize for UncheckedJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for UncheckedJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}
