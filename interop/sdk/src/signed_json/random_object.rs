//! Random objects, and texts of them as no canonical writer writes them.

use std::fmt::Write;

use rand::{RngExt, rngs::StdRng};
use serde_json::{Map, Value};

use super::choose;

/// The greatest integer of canonical JSON.
const MAX_INTEGER: i64 = (1 << 53) - 1;

/// Characters at the borders: of escapes, of UTF-8's lengths, and where the order of UTF-16 is another one than that of code points.
const CHARACTERS: &[char] = &[
    'a',
    'B',
    '1',
    ' ',
    '"',
    '\\',
    '/',
    '\u{0}',
    '\u{1}',
    '\u{8}',
    '\t',
    '\n',
    '\u{b}',
    '\u{c}',
    '\r',
    '\u{e}',
    '\u{1f}',
    '\u{7f}',
    '\u{80}',
    'é',
    'e',
    '\u{301}',
    '\u{7ff}',
    '\u{800}',
    '\u{2028}',
    '\u{2029}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{feff}',
    '\u{fffd}',
    '\u{ffff}',
    '\u{10000}',
    '😀',
    '\u{10ffff}',
    '<',
    '>',
    '&',
    '\'',
    '日',
];

const INTEGERS: &[i64] = &[
    0,
    1,
    -1,
    9,
    10,
    -10,
    1 << 31,
    1 << 32,
    1_000_000_000_000_000,
    MAX_INTEGER - 1,
    MAX_INTEGER,
    -MAX_INTEGER,
];

pub(super) fn random_object(random: &mut StdRng) -> Value {
    let mut object = object(random, 4);
    // `signatures` has a form of its own, and both sides refuse to sign beside another.
    object.remove("signatures");
    if random.random_ratio(1, 4) {
        object.insert("unsigned".to_owned(), value(random, 2));
    }
    Value::Object(object)
}

fn object(random: &mut StdRng, depth: u32) -> Map<String, Value> {
    let count = random.random_range(0..6);
    (0..count).map(|_| (text(random), value(random, depth))).collect()
}

fn value(random: &mut StdRng, depth: u32) -> Value {
    let kinds = if depth == 0 { 4 } else { 7 };
    match random.random_range(0..kinds) {
        0 => Value::Null,
        1 => random.random_bool(0.5).into(),
        2 => integer(random).into(),
        3 => text(random).into(),
        4 => (0..random.random_range(0..5)).map(|_| value(random, depth - 1)).collect(),
        _ => object(random, depth - 1).into(),
    }
}

fn integer(random: &mut StdRng) -> i64 {
    if random.random_bool(0.5) {
        choose(INTEGERS, random)
    } else {
        random.random_range(-MAX_INTEGER..=MAX_INTEGER)
    }
}

fn text(random: &mut StdRng) -> String {
    // The names that mean something are also such that nested objects have them.
    const NAMES: [&str; 6] = ["signatures", "unsigned", "keys", "ed25519:LAPTOP", "key", "user_id"];
    if random.random_ratio(1, 8) {
        return choose(&NAMES, random).to_owned();
    }
    let length = random.random_range(0..8);
    (0..length)
        .map(|_| if random.random_ratio(1, 8) { random.random() } else { choose(CHARACTERS, random) })
        .collect()
}

/// The same in any order, with white space anywhere, and with escapes that nobody needs.
pub(super) fn sloppy_text(value: &Value, random: &mut StdRng) -> String {
    let mut text = String::new();
    write_value(value, random, &mut text);
    text
}

fn write_value(value: &Value, random: &mut StdRng, text: &mut String) {
    write_space(random, text);
    match value {
        Value::String(string) => write_string(string, random, text),
        Value::Array(values) => {
            text.push('[');
            for (place, value) in values.iter().enumerate() {
                text.push_str(if place > 0 { "," } else { "" });
                write_value(value, random, text);
            }
            write_space(random, text);
            text.push(']');
        }
        Value::Object(object) => {
            let mut fields: Vec<_> = object.iter().collect();
            for place in (1..fields.len()).rev() {
                fields.swap(place, random.random_range(0..=place));
            }
            text.push('{');
            for (place, (key, value)) in fields.into_iter().enumerate() {
                text.push_str(if place > 0 { "," } else { "" });
                write_space(random, text);
                write_string(key, random, text);
                write_space(random, text);
                text.push(':');
                write_value(value, random, text);
            }
            write_space(random, text);
            text.push('}');
        }
        other => write!(text, "{other}").unwrap(),
    }
    write_space(random, text);
}

fn write_space(random: &mut StdRng, text: &mut String) {
    while random.random_ratio(1, 5) {
        text.push(choose(&[' ', '\t', '\n', '\r'], random));
    }
}

fn write_string(string: &str, random: &mut StdRng, text: &mut String) {
    text.push('"');
    for character in string.chars() {
        let must = character < ' ' || matches!(character, '"' | '\\');
        if must || random.random_ratio(1, 4) {
            write_escape(character, random, text);
        } else {
            text.push(character);
        }
    }
    text.push('"');
}

fn write_escape(character: char, random: &mut StdRng, text: &mut String) {
    let short = match character {
        '"' | '\\' | '/' => Some(character),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    match short {
        Some(short) if random.random_bool(0.5) => text.extend(['\\', short]),
        _ => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let upper = random.random_bool(0.5);
                if upper { write!(text, "\\u{unit:04X}") } else { write!(text, "\\u{unit:04x}") }.unwrap();
            }
        }
    }
}
