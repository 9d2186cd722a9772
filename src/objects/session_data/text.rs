//! Texts of JSON that may be secret.

use alloc::borrow::ToOwned;
use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};

use crate::secret::{SecretBytes, SecretText};

/// A text where it lies; one that is written with escapes had to be copied, and the copy is wiped.
pub(super) enum Text<'a> {
    Borrowed(&'a str),
    Copied(SecretText),
}

impl Text<'_> {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Copied(text) => text.as_str(),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

struct TextVisitor<'a>(PhantomData<&'a str>);

impl<'de: 'a, 'a> Visitor<'de> for TextVisitor<'a> {
    type Value = Text<'a>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'a>, E> {
        Ok(Text::Borrowed(text))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'a>, E> {
        Ok(Text::Copied(SecretText::new(text.to_owned())))
    }
}

/// Writes `\/` as `/`, in place. Some writers escape the `/` of base64, and `serde_json` copies each text with an escape to a buffer of its own that it does
/// not wipe.
pub(in crate::objects) fn unescape_solidus(json: &mut SecretBytes) {
    let bytes = json.as_mut_vec();
    let mut is_escaped = false;
    let mut length = 0_usize;
    for place in 0..bytes.len() {
        let byte = bytes.get(place).copied().unwrap_or_default();
        if is_escaped && byte == b'/' {
            // Over the backslash that was written before it.
            length = length.saturating_sub(1);
        }
        is_escaped = byte == b'\\' && !is_escaped;
        if let Some(target) = bytes.get_mut(length) {
            *target = byte;
        }
        length = length.saturating_add(1);
    }
    bytes.truncate(length);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_escaped_solidus_loses_its_backslash() {
        for (escaped, expected) in [
            (r#"{"a":"b\/c\/\/d"}"#, r#"{"a":"b/c//d"}"#),
            (r#"["\\/","\\\/","\"\/"]"#, r#"["\\/","\\/","\"/"]"#),
            (r"\/", "/"),
            ("\\", "\\"),
            ("", ""),
            ("no escape / at all", "no escape / at all"),
        ] {
            let mut json = SecretBytes::new(escaped.as_bytes().to_vec());
            unescape_solidus(&mut json);
            assert_eq!(str::from_utf8(json.as_bytes()).unwrap(), expected);
        }
    }
}
