//! What parameters are for, by their types and their neighbours: the header keeps to a few forms.

use crate::header::{Declared, Header};

/// One parameter, or the two or three that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// An object.
    Handle {
        kind: String,
        constant: bool,
    },
    /// Where the pointer to a new object goes.
    NewHandle {
        kind: String,
    },
    /// As many objects as are counted.
    Handles {
        kind: String,
    },
    /// Bytes or a text, and the length.
    Input {
        text: bool,
    },
    /// Bytes that are changed where they lie, and the length.
    InPlace,
    /// Where to write, how much fits, and where the length goes.
    Output {
        of: String,
        element: usize,
        text: bool,
    },
    /// So many bytes.
    Fixed {
        length: usize,
    },
    /// Where so many bytes go.
    OutFixed {
        length: usize,
    },
    /// Where one value goes.
    Place {
        of: String,
    },
    Structure {
        of: String,
    },
    /// As many structures as are counted.
    Structures {
        of: String,
    },
    /// As many keys or names of events as are counted, 32 bytes each.
    Keys,
    Count,
    Random,
    Source,
    Progress,
    Details,
    /// A number, or a constant of a type that has some.
    Number {
        of: String,
    },
    Size,
    Long,
    Flag,
}

/// A group with the name of its first parameter.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    pub group: Group,
}

/// The groups of a function's parameters.
pub fn of_function(header: &Header, function: &str, parameters: &[Declared]) -> Vec<Named> {
    let mut groups = Vec::new();
    let mut rest = parameters;
    while let Some(first) = rest.first() {
        let (group, words) = group(header, function, rest);
        groups.push(Named { name: first.name.clone(), group });
        rest = &rest[words..];
    }
    groups
}

fn group(header: &Header, function: &str, parameters: &[Declared]) -> (Group, usize) {
    let (first, kind) = (&parameters[0], parameters[0].of.clone());
    let sized = parameters.get(1).is_some_and(Declared::is_size);
    let counted = sized && parameters[1].name == "count";
    let is_buffer = sized && parameters.get(2).is_some_and(Declared::is_place_of_size);
    let is_byte = matches!(kind.as_str(), "uint8_t" | "char");
    match (kind.as_str(), first.pointers, first.constant) {
        ("cliquet_random", ..) => (Group::Random, 1),
        ("cliquet_source", ..) => (Group::Source, 1),
        ("cliquet_progress", ..) => (Group::Progress, 1),
        ("cliquet_details", ..) => (Group::Details, 1),
        ("size_t", 0, _) if first.name == "count" => (Group::Count, 1),
        ("size_t", 0, _) => (Group::Size, 1),
        ("uint64_t", 0, _) => (Group::Long, 1),
        ("int32_t", 0, _) => (Group::Flag, 1),
        (_, 0, _) => (Group::Number { of: kind }, 1),
        (_, 1, constant) if header.opaque.contains(&kind) => (Group::Handle { kind, constant }, 1),
        (_, 2, true) => (Group::Handles { kind }, 1),
        (_, 2, false) => (Group::NewHandle { kind }, 1),
        (_, _, true) if is_byte && counted => (Group::Keys, 1),
        (_, _, true) if is_byte && sized => (Group::Input { text: kind == "char" }, 2),
        (_, _, true) if is_byte => (Group::Fixed { length: length(function, &first.name) }, 1),
        (_, _, true) if counted => (Group::Structures { of: kind }, 1),
        (_, _, true) => (Group::Structure { of: kind }, 1),
        (_, _, false) if is_buffer => {
            // Keys are counted, too, where they go out.
            let element = if is_byte && first.name == "keys" && kind == "uint8_t" {
                32
            } else {
                header.layout(&kind).0
            };
            (Group::Output { text: kind == "char", of: kind, element }, 3)
        }
        (_, _, false) if is_byte && sized => (Group::InPlace, 2),
        (_, _, false) if is_byte => (Group::OutFixed { length: length(function, &first.name) }, 1),
        (_, _, false) => (Group::Place { of: kind }, 1),
    }
}

/// How long an array is, which the descriptions say: 32 bytes but for these.
fn length(function: &str, name: &str) -> usize {
    match name {
        "signature" | "expanded_secret_key" => 64,
        "iv" => 16,
        "mac" if function.starts_with("cliquet_pk_message") => 8,
        "check_code" => 2,
        _ => 32,
    }
}
