//! What `cliquet.h` declares: functions with their parameters and the causes of failure that their documentation names,
//! structures, constants.

use std::collections::{BTreeMap, BTreeSet};

const HEADER: &str = include_str!("../../../ffi/include/cliquet.h");

/// A parameter, or the field of a structure.
#[derive(Clone, Debug)]
pub struct Declared {
    pub name: String,
    /// Without `const` and stars.
    pub of: String,
    /// How many stars.
    pub pointers: usize,
    /// Whether what it points to is not changed.
    pub constant: bool,
    /// How many there are of it.
    pub array: Option<usize>,
}

impl Declared {
    fn is(&self, of: &str, pointers: usize) -> bool {
        self.of == of && self.pointers == pointers
    }

    /// Whether it is a length or a count.
    pub fn is_size(&self) -> bool {
        self.is("size_t", 0)
    }

    /// Whether a length is written there.
    pub fn is_place_of_size(&self) -> bool {
        self.is("size_t", 1)
    }
}

#[derive(Debug)]
pub struct Function {
    pub parameters: Vec<Declared>,
    /// The statuses that its documentation names, and that of the functions to which it refers.
    pub named: BTreeSet<i32>,
    /// Whether its documentation says what NULL means for it.
    pub speaks_of_null: bool,
}

#[derive(Debug)]
pub struct Structure {
    pub fields: Vec<Declared>,
}

/// The whole header.
#[derive(Debug)]
pub struct Header {
    /// Those that return a status.
    pub functions: BTreeMap<String, Function>,
    /// The names of all functions.
    pub names: BTreeSet<String>,
    pub structures: BTreeMap<String, Structure>,
    pub constants: BTreeMap<String, i32>,
    /// The names of the types whose objects are opaque.
    pub opaque: BTreeSet<String>,
}

impl Header {
    /// Reads the header that is committed.
    pub fn read() -> Self {
        let code = without_comments(HEADER);
        let constants = constants();
        let documented: BTreeMap<_, _> = HEADER.split("/**").filter_map(documented).collect();
        let functions = documented.iter().filter_map(|(name, (documentation, declaration))| {
            let is_call = declaration.starts_with("cliquet_status ");
            let parameters = is_call.then(|| parameters(declaration))?;
            let mut named = BTreeSet::new();
            statuses(documentation, &documented, &constants, &mut BTreeSet::new(), &mut named);
            Some((
                name.clone(),
                Function { parameters, named, speaks_of_null: documentation.contains("NULL") },
            ))
        });
        let opaque = code.lines().filter_map(|line| line.strip_prefix("typedef struct cliquet_"));
        Self {
            functions: functions.collect(),
            names: documented.keys().cloned().collect(),
            structures: structures(&code),
            opaque: opaque
                .filter_map(|line| line.split(' ').next())
                .map(|name| format!("cliquet_{name}"))
                .collect(),
            constants,
        }
    }

    /// Size and alignment of a type, as the C compilers of today's machines have them.
    pub fn layout(&self, of: &str) -> (usize, usize) {
        match of {
            "uint8_t" | "bool" | "char" => (1, 1),
            "uint16_t" => (2, 2),
            "uint64_t" | "size_t" => (8, 8),
            structure => match self.structures.get(structure) {
                Some(structure) => {
                    let end = self.offsets(structure).last().map_or((0, 1), |(_, end)| *end);
                    (end.0.next_multiple_of(end.1), end.1)
                }
                // Constants and statuses.
                None => (4, 4),
            },
        }
    }

    /// Where each field begins; and the end of what was laid out so far, with its alignment.
    pub fn offsets(&self, structure: &Structure) -> Vec<(usize, (usize, usize))> {
        let mut end = (0_usize, 1);
        let fields = structure.fields.iter().map(|field| {
            let (size, align) = if field.pointers > 0 { (8, 8) } else { self.layout(&field.of) };
            let offset = end.0.next_multiple_of(align);
            end = (offset + size * field.array.unwrap_or(1), end.1.max(align));
            (offset, end)
        });
        fields.collect()
    }

    /// Which bytes of a type belong to a field: what lies between them may be anything.
    pub fn meaningful(&self, of: &str) -> Vec<bool> {
        let Some(structure) = self.structures.get(of) else { return vec![true; self.layout(of).0] };
        let mut meaningful = vec![false; self.layout(of).0];
        for (field, (offset, _)) in structure.fields.iter().zip(self.offsets(structure)) {
            let one = if field.pointers > 0 { vec![true; 8] } else { self.meaningful(&field.of) };
            let all = one.repeat(field.array.unwrap_or(1));
            meaningful[offset..offset + all.len()].copy_from_slice(&all);
        }
        meaningful
    }

    /// The constants that may stand where this type does; none if it is a number.
    pub fn constants_of(&self, of: &str) -> Vec<u32> {
        let prefix = format!("{}_", of.to_uppercase());
        let found = self.constants.iter().filter(|(name, _)| name.starts_with(&prefix));
        if of.starts_with("cliquet_") {
            found.map(|(_, value)| value.cast_unsigned()).collect()
        } else {
            Vec::new()
        }
    }

    /// The number of a status.
    pub fn status(&self, name: &str) -> i32 {
        *self.constants.get(name).unwrap_or_else(|| panic!("the header does not define {name}"))
    }
}

fn constants() -> BTreeMap<String, i32> {
    let defines = HEADER.lines().filter_map(|line| line.strip_prefix("#define ")?.split_once(' '));
    defines.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?))).collect()
}

/// The name of a function, with its documentation and its declaration.
fn documented(chunk: &str) -> Option<(String, (String, String))> {
    let (documentation, rest) = chunk.split_once("*/")?;
    let declaration: Vec<_> = rest.split(';').next()?.split_whitespace().collect();
    let declaration = declaration.join(" ");
    let head = declaration.split_once('(')?.0;
    let name = head.rsplit([' ', '*']).next()?;
    let is_function = head.starts_with("cliquet_status ") || head.starts_with("const char *");
    is_function.then(|| (name.to_owned(), (documentation.to_owned(), declaration.clone())))
}

/// The statuses that a documentation names, and those of functions that it names.
fn statuses(
    documentation: &str,
    all: &BTreeMap<String, (String, String)>,
    constants: &BTreeMap<String, i32>,
    seen: &mut BTreeSet<String>,
    named: &mut BTreeSet<i32>,
) {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    for word in documentation.split(|character| !is_part(character)) {
        if let Some(status) = constants.get(word) {
            named.insert(*status);
        } else if let Some((documentation, _)) = all.get(word)
            && seen.insert(word.to_owned())
        {
            statuses(documentation, all, constants, seen, named);
        }
    }
}

fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    code + rest
}

fn structures(code: &str) -> BTreeMap<String, Structure> {
    let bodies = code.split("typedef struct {").skip(1).filter_map(|text| text.split_once('}'));
    let found = bodies.filter_map(|(body, rest)| {
        let name = rest.split(';').next()?.trim().to_owned();
        let fields = body.split(';').map(str::trim).filter(|field| !field.is_empty()).map(declared);
        Some((name, Structure { fields: fields.collect() }))
    });
    found.collect()
}

fn parameters(declaration: &str) -> Vec<Declared> {
    let inside = declaration.split_once('(').map_or("", |(_, inside)| inside).trim_end_matches(')');
    inside
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty() && *text != "void")
        .map(declared)
        .collect()
}

fn declared(text: &str) -> Declared {
    // The function of a generator or a source: whoever calls has one of its own.
    if text.contains("(*") {
        return Declared {
            name: String::new(),
            of: "void".to_owned(),
            pointers: 1,
            constant: true,
            array: None,
        };
    }
    let (text, array) = match text.split_once('[') {
        Some((text, length)) => (text, length.trim_end_matches(']').parse().ok()),
        None => (text, None),
    };
    let spaced = text.replace('*', " * ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let mut names = words.iter().filter(|word| !matches!(**word, "*" | "const"));
    let of = names.next().map(ToString::to_string).unwrap_or_default();
    Declared {
        name: names.next().map(ToString::to_string).unwrap_or_default(),
        of,
        pointers: words.iter().filter(|word| **word == "*").count(),
        constant: words.contains(&"const"),
        array,
    }
}
