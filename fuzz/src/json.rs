//! JSON read and written a second time (RFC 8259), as plainly as can be: nothing is forgotten, neither that a key stands twice
//! nor how a number is written.

/// A JSON value as it stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A text.
    Text(Text),
    /// A list.
    List(Vec<Json>),
    /// An object, with its keys in the order in which they stand, however often.
    Object(Vec<(Text, Json)>),
}

/// A text; `None` if its escapes make no Unicode, which half a surrogate pair does not.
pub type Text = Option<String>;

/// Why an object was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is none, or a field is of another type than it should be, or stands there twice.
    Malformed,
    /// What stands in a field is refused.
    Refused,
}

/// The greatest integer of canonical JSON.
const MAX_INTEGER: i64 = (1 << 53) - 1;
/// The key that is refused because `serde_json` may take it for a number.
const HIDDEN_NUMBER: &str = "$serde_json::private::Number";

/// The value that a whole text is.
pub fn read(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text };
    let value = reader.value()?;
    reader.rest.is_empty().then_some(value)
}

impl Json {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Some(text.into()))
    }

    /// An object.
    pub fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Object(fields.map(|(name, value)| (Some(name.to_owned()), value)).into())
    }

    /// The text, if this is one, and Unicode.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(Some(text)) = self { Some(text) } else { None }
    }

    /// The first value under a key, if this is an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        fields.iter().find(|(key, _)| key.as_deref() == Some(name)).map(|(_, value)| value)
    }

    /// Sets the value under a key of an object.
    pub fn set(&mut self, name: &str, value: Self) {
        self.remove(name);
        let Self::Object(fields) = self else { panic!("it is an object") };
        fields.push((Some(name.to_owned()), value));
    }

    /// Removes a key of an object.
    pub fn remove(&mut self, name: &str) {
        let Self::Object(fields) = self else { panic!("it is an object") };
        fields.retain(|(key, _)| key.as_deref() != Some(name));
    }

    /// What an object has under these names: each may stand there once, others are left aside.
    pub fn fields<const N: usize>(&self, names: [&str; N]) -> Result<[Option<&Self>; N], Unread> {
        let Self::Object(fields) = self else { return Err(Unread::Malformed) };
        let keys: Option<Vec<&str>> = fields.iter().map(|(key, _)| key.as_deref()).collect();
        let keys = keys.ok_or(Unread::Malformed)?;
        let is_twice = |name: &&str| keys.iter().filter(|key| *key == name).count() > 1;
        if names.iter().any(is_twice) { Err(Unread::Malformed) } else { Ok(names.map(|name| self.get(name))) }
    }

    /// How deep lists and objects lie in each other.
    pub fn depth(&self) -> usize {
        match self {
            Self::List(values) => 1 + values.iter().map(Self::depth).max().unwrap_or(0),
            Self::Object(fields) => 1 + fields.iter().map(|(_, value)| value.depth()).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// The integer, if this is one that canonical JSON has.
    pub fn as_integer(&self) -> Option<i64> {
        let Self::Number(written) = self else { return None };
        let integer: i64 = written.parse().ok()?;
        let is_canonical = written != "-0" && (-MAX_INTEGER..=MAX_INTEGER).contains(&integer);
        is_canonical.then_some(integer)
    }

    /// The canonical form (Matrix specification, appendix "Canonical JSON"), if there is one; of any depth.
    pub fn canonical(&self) -> Option<String> {
        let mut text = String::new();
        self.write_canonical(&mut text).then_some(text)
    }

    fn write_canonical(&self, text: &mut String) -> bool {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Number(_) => match self.as_integer() {
                Some(integer) => text.push_str(&integer.to_string()),
                None => return false,
            },
            Self::Text(None) => return false,
            Self::Text(Some(content)) => write_text(content, text),
            Self::List(values) => {
                text.push('[');
                for (place, value) in values.iter().enumerate() {
                    text.push_str(if place > 0 { "," } else { "" });
                    if !value.write_canonical(text) {
                        return false;
                    }
                }
                text.push(']');
            }
            Self::Object(fields) => return write_sorted(fields, text),
        }
        true
    }

    /// A text that is read as this value: with white space, with escapes that need not be, as the bits of `style` say.
    pub fn written(&self, style: u8) -> String {
        let mut text = String::new();
        self.write(style, &mut text);
        text
    }

    fn write(&self, style: u8, text: &mut String) {
        let space = ["", " ", "\n\t", "\r\n"][usize::from(style % 4)];
        let between = |text: &mut String, place: usize| {
            text.push_str(if place > 0 { "," } else { "" });
            text.push_str(space);
        };
        match self {
            Self::Number(written) => text.push_str(written),
            Self::Text(content) => write_escaped(content, style, text),
            Self::List(values) => {
                text.push('[');
                for (place, value) in values.iter().enumerate() {
                    between(text, place);
                    value.write(style, text);
                }
                text.push_str(space);
                text.push(']');
            }
            Self::Object(fields) => {
                text.push('{');
                for (place, (key, value)) in fields.iter().enumerate() {
                    between(text, place);
                    write_escaped(key, style, text);
                    text.push_str(space);
                    text.push(':');
                    value.write(style, text);
                }
                text.push_str(space);
                text.push('}');
            }
            Self::Null | Self::Bool(_) => assert!(self.write_canonical(text), "it has one form"),
        }
    }
}

/// Sorted by key; no key twice.
fn write_sorted(fields: &[(Text, Json)], text: &mut String) -> bool {
    let keyed: Option<Vec<(&str, &Json)>> =
        fields.iter().map(|(key, value)| Some((key.as_deref()?, value))).collect();
    let Some(mut keyed) = keyed else { return false };
    keyed.sort_by(|(one, _), (other, _)| one.chars().cmp(other.chars()));
    let is_twice = keyed.windows(2).any(|pair| pair[0].0 == pair[1].0);
    if is_twice || keyed.iter().any(|(key, _)| *key == HIDDEN_NUMBER) {
        return false;
    }
    text.push('{');
    for (place, (key, value)) in keyed.into_iter().enumerate() {
        text.push_str(if place > 0 { "," } else { "" });
        write_text(key, text);
        text.push(':');
        if !value.write_canonical(text) {
            return false;
        }
    }
    text.push('}');
    true
}

/// A text in its shortest form.
fn write_text(content: &str, text: &mut String) {
    text.push('"');
    for character in content.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            '\0'..'\u{20}' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => text.push(character),
        }
    }
    text.push('"');
}

fn write_escaped(content: &Text, style: u8, text: &mut String) {
    let Some(content) = content else { return text.push_str(r#""half \uD83D""#) };
    if style & 8 != 0 {
        text.push('"');
        content.encode_utf16().for_each(|unit| text.push_str(&format!("\\u{unit:04X}")));
        text.push('"');
    } else {
        let mut written = String::new();
        write_text(content, &mut written);
        text.push_str(&if style & 4 != 0 { written.replace('/', r"\/") } else { written });
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Json> {
        self.white_space();
        let value = match self.rest.chars().next()? {
            '{' => self.object()?,
            '[' => self.list()?,
            '"' => Json::Text(self.text()?),
            '-' | '0'..='9' => self.number()?,
            _ => {
                let words = [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))];
                words.into_iter().find(|(word, _)| self.eat(word))?.1
            }
        };
        self.white_space();
        Some(value)
    }

    fn white_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn eat(&mut self, token: &str) -> bool {
        self.rest.strip_prefix(token).map(|rest| self.rest = rest).is_some()
    }

    fn object(&mut self) -> Option<Json> {
        let mut fields = Vec::new();
        self.eat("{");
        self.white_space();
        if self.eat("}") {
            return Some(Json::Object(fields));
        }
        loop {
            self.white_space();
            let key = self.text()?;
            self.white_space();
            self.eat(":").then_some(())?;
            fields.push((key, self.value()?));
            if self.eat("}") {
                return Some(Json::Object(fields));
            }
            self.eat(",").then_some(())?;
        }
    }

    fn list(&mut self) -> Option<Json> {
        let mut values = Vec::new();
        self.eat("[");
        self.white_space();
        if self.eat("]") {
            return Some(Json::List(values));
        }
        loop {
            values.push(self.value()?);
            if self.eat("]") {
                return Some(Json::List(values));
            }
            self.eat(",").then_some(())?;
        }
    }

    fn number(&mut self) -> Option<Json> {
        let is_part = |character: char| matches!(character, '0'..='9' | '-' | '+' | '.' | 'e' | 'E');
        let end = self.rest.find(|character| !is_part(character)).unwrap_or(self.rest.len());
        let (written, rest) = self.rest.split_at(end);
        self.rest = rest;
        let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let integer = integer.strip_prefix('-').unwrap_or(integer);
        let are_digits =
            |text: &str| !text.is_empty() && text.chars().all(|character| character.is_ascii_digit());
        let is_number = are_digits(integer)
            && (integer == "0" || !integer.starts_with('0'))
            && are_digits(fraction)
            && are_digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
        is_number.then(|| Json::Number(written.to_owned()))
    }

    fn text(&mut self) -> Option<Text> {
        self.eat("\"").then_some(())?;
        let mut units = Vec::new();
        loop {
            let character = self.rest.chars().next()?;
            self.rest = &self.rest[character.len_utf8()..];
            match character {
                '"' => return Some(String::from_utf16(&units).ok()),
                '\\' => units.push(self.escape()?),
                '\0'..'\u{20}' => return None,
                _ => units.extend_from_slice(character.encode_utf16(&mut [0; 2])),
            }
        }
    }

    fn escape(&mut self) -> Option<u16> {
        let kind = self.rest.chars().next()?;
        self.rest = &self.rest[kind.len_utf8()..];
        Some(match kind {
            '"' | '\\' | '/' => u16::try_from(u32::from(kind)).ok()?,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'u' => {
                let (digits, rest) = self.rest.split_at_checked(4)?;
                self.rest = rest;
                let is_hex = digits.chars().all(|digit| digit.is_ascii_hexdigit());
                is_hex.then(|| u16::from_str_radix(digits, 16).ok())??
            }
            _ => return None,
        })
    }
}
