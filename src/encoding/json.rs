//! The little of JSON that does not come from a library: texts written to a buffer that is wiped, objects read as nothing else.

use core::{fmt, marker::PhantomData};

#[cfg(feature = "serde")]
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::secret::SecretBytes;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes a text in quotes, in its shortest form (RFC 8259 section 7).
pub(crate) fn write_text(json: &mut SecretBytes, text: &str) {
    json.extend(b"\"");
    for byte in text.bytes() {
        match byte {
            b'"' => json.extend(br#"\""#),
            b'\\' => json.extend(br"\\"),
            b'\n' => json.extend(br"\n"),
            b'\r' => json.extend(br"\r"),
            b'\t' => json.extend(br"\t"),
            0x08 => json.extend(br"\b"),
            0x0c => json.extend(br"\f"),
            0..0x20 => {
                let digit = HEX.get(usize::from(byte & 0x0f)).copied().unwrap_or_default();
                json.extend(&[b'\\', b'u', b'0', b'0', b'0' | (byte >> 4), digit]);
            }
            _ => json.extend(&[byte]),
        }
    }
    json.extend(b"\"");
}

/// Reads an object; serde's derived readers take a list of values without names as well.
#[cfg(feature = "serde")]
pub(crate) fn only_object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(OnlyObject(PhantomData))
}

/// That something else stands in the place of an object; what it is, is not quoted.
#[cfg(feature = "serde")]
pub(crate) fn no_object<E: de::Error>() -> E {
    E::custom("something else stands in the place of an object")
}

#[cfg(feature = "serde")]
struct OnlyObject<T>(PhantomData<T>);

#[cfg(feature = "serde")]
impl<'de, T: Deserialize<'de>> Visitor<'de> for OnlyObject<T> {
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

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_serde_json_writes_them() {
        for number in 0..0x300_u32 {
            let text: alloc::string::String =
                [char::from_u32(number).unwrap(), '\u{1f512}', 'x'].iter().collect();
            let mut json = SecretBytes::with_capacity(0);
            write_text(&mut json, &text);
            assert_eq!(json.as_bytes(), serde_json::to_string(&text).unwrap().as_bytes());
        }
    }
}
