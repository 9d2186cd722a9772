//! Valid JSON with a few changes.

use arbitrary::Arbitrary;

use crate::{Damage, json::Json, pick, pick_index};

/// What changes may put somewhere, beside what the fuzzer makes up: names and texts that mean something there.
#[derive(Clone, Copy, Debug)]
pub struct Palette<'p> {
    /// Names of fields.
    pub names: &'p [&'p str],
    /// Texts.
    pub texts: &'p [String],
}

/// One change, somewhere in a document.
#[derive(Arbitrary, Clone, Debug)]
pub struct Edit {
    at: u16,
    change: Change,
}

#[derive(Arbitrary, Clone, Debug)]
enum Change {
    Set(Leaf),
    /// A new field of an object, the last one; a new element of a list.
    Insert {
        name: u8,
        value: Leaf,
    },
    Remove {
        which: u8,
    },
    /// Once more, at the end.
    Repeat {
        which: u8,
    },
    Rename {
        which: u8,
        name: u8,
    },
    /// What is behind it comes before it.
    Rotate {
        which: u8,
    },
    Nest {
        depth: u8,
        name: Option<u8>,
    },
    /// The values of an object without their names.
    ToList,
    DamageText(Damage),
    /// Half a surrogate pair.
    BreakText,
}

/// A value of its own.
#[derive(Arbitrary, Clone, Debug)]
pub enum Leaf {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A small integer.
    Integer(i8),
    /// A number at an edge.
    Number(u8),
    /// A text of the palette.
    Known(u8),
    /// Any text.
    Text(String),
    /// A list without elements.
    EmptyList,
    /// An object without fields.
    EmptyObject,
}

/// Numbers that are no integers, or at the end of some range.
const NUMBERS: [&str; 16] = [
    "-0",
    "1.0",
    "1e2",
    "0.5",
    "9007199254740991",
    "9007199254740992",
    "-9007199254740991",
    "-9007199254740992",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1E+999",
    "256",
];

impl Leaf {
    /// The value.
    pub fn value(&self, palette: Palette<'_>) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Integer(integer) => Json::Number(integer.to_string()),
            Self::Number(which) => Json::Number((*pick(&NUMBERS, (*which).into()).expect("some")).to_owned()),
            Self::Known(which) => pick(palette.texts, (*which).into()).map_or(Json::Null, Json::text),
            Self::Text(text) => Json::text(text),
            Self::EmptyList => Json::List(Vec::new()),
            Self::EmptyObject => Json::Object(Vec::new()),
        }
    }
}

impl Edit {
    /// Changes a document; one that does not fit leaves it as it was.
    pub fn apply(&self, json: &mut Json, palette: Palette<'_>) {
        let mut at = usize::from(self.at) % count(json);
        let place = nth(json, &mut at).expect("there are more");
        let name = |which: u8| pick(palette.names, which.into()).map(|name| (*name).to_owned());
        match (&self.change, place) {
            (Change::Set(value), place) => *place = value.value(palette),
            (Change::Insert { value, .. }, Json::List(values)) => values.push(value.value(palette)),
            (Change::Insert { name: which, value }, Json::Object(fields)) => {
                fields.push((name(*which), value.value(palette)));
            }
            (Change::Remove { which }, Json::List(values)) => {
                pick_index(values.len(), (*which).into()).map(|which| values.remove(which));
            }
            (Change::Remove { which }, Json::Object(fields)) => {
                pick_index(fields.len(), (*which).into()).map(|which| fields.remove(which));
            }
            (Change::Repeat { which }, Json::List(values)) => {
                values.extend(pick(values, (*which).into()).cloned());
            }
            (Change::Repeat { which }, Json::Object(fields)) => {
                fields.extend(pick(fields, (*which).into()).cloned());
            }
            (Change::Rename { which, name: new }, Json::Object(fields)) => {
                let which = pick_index(fields.len(), (*which).into());
                which.into_iter().for_each(|which| fields[which].0 = name(*new));
            }
            (Change::Rotate { which }, Json::List(values)) => rotate(values, *which),
            (Change::Rotate { which }, Json::Object(fields)) => rotate(fields, *which),
            (Change::Nest { depth, name: which }, place) => {
                for _ in 0..depth % 150 {
                    let inner = std::mem::replace(place, Json::Null);
                    *place = match which {
                        Some(which) => Json::Object(vec![(name(*which), inner)]),
                        None => Json::List(vec![inner]),
                    };
                }
            }
            (Change::ToList, place) => {
                if let Json::Object(fields) = place {
                    let values = fields.drain(..).map(|(_, value)| value).collect();
                    *place = Json::List(values);
                }
            }
            (Change::DamageText(damage), Json::Text(Some(text))) => {
                let damaged = damage.apply(text.as_bytes(), &[]);
                *text = String::from_utf8_lossy(&damaged).into_owned();
            }
            (Change::BreakText, Json::Text(text)) => *text = None,
            _ => {}
        }
    }
}

fn rotate<T>(items: &mut [T], which: u8) {
    if let Some(which) = pick_index(items.len(), which.into()) {
        items.rotate_left(which);
    }
}

/// How many values there are, the whole and all in it.
fn count(json: &Json) -> usize {
    match json {
        Json::List(values) => 1 + values.iter().map(count).sum::<usize>(),
        Json::Object(fields) => 1 + fields.iter().map(|(_, value)| count(value)).sum::<usize>(),
        _ => 1,
    }
}

fn nth<'j>(json: &'j mut Json, at: &mut usize) -> Option<&'j mut Json> {
    if *at == 0 {
        return Some(json);
    }
    *at -= 1;
    match json {
        Json::List(values) => values.iter_mut().find_map(|value| nth(value, at)),
        Json::Object(fields) => fields.iter_mut().find_map(|(_, value)| nth(value, at)),
        _ => None,
    }
}
