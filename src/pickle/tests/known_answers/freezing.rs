//! Writes the native pickles of the present format version to `test-vectors/pickle/`, once and for all:
//!
//! ```sh
//! cargo test --lib freeze_native_pickles -- --ignored
//! ```
//!
//! A file that exists is never written again, because every later version must read what it holds.

mod rejected;
mod saved;

use std::{
    fs::File,
    io::Write,
    path::Path,
    string::{String, ToString},
    vec::Vec,
};

use serde_json::{Value, json};

use super::native;
use crate::{
    encoding::base64,
    known_answers::{Input, hex},
};

const COMMAND: &str = "cargo test --lib freeze_native_pickles -- --ignored";
const PROVENANCE: &str = "Written by cliquet itself, and frozen: every later version must read these. Format version 1, whose layout stands in \
    src/pickle/native/. Accepted states come from seeded conversations (src/pickle/tests/states.rs); a pickle that is rejected was put \
    together field by field and sealed properly, unless the sealing is what is wrong.";

const KEY: [u8; 32] = *b"thirty-two bytes of a pickle key";
const CONTEXT: &str = "@amelie:example.org|LAPTOP";
const SALT: [u8; 32] = *b"thirty-two bytes of a fixed salt";

/// The vectors, each as the fields of its input and, where it is accepted, its output.
#[derive(Default)]
struct Vectors(Vec<(String, Value, Option<Value>)>);

impl Vectors {
    fn accept(&mut self, name: &str, input: Value) {
        let output = native::open(&Input(&input)).unwrap_or_else(|error| panic!("{name}: {error}"));
        self.0.push((name.into(), input, Some(output)));
    }

    fn reject(&mut self, name: &str, input: Value) {
        assert!(native::open(&Input(&input)).is_err(), "{name}: nothing is wrong");
        self.0.push((name.into(), input, None));
    }
}

/// The input of a sealed pickle.
fn sealed(state: &str, pickle: &[u8]) -> Value {
    json!({
        "state": state,
        "pickle_base64": base64::encode(pickle),
        "key": hex(KEY),
        "context": CONTEXT,
    })
}

/// The input of a pickle without encryption.
fn unencrypted(state: &str, bytes: &[u8]) -> Value {
    json!({ "state": state, "unencrypted_base64": base64::encode(bytes) })
}

/// The input with another value in one field.
fn with(mut input: Value, field: &str, value: impl Into<Value>) -> Value {
    input[field] = value.into();
    input
}

#[test]
#[ignore = "writes a file of test-vectors/ where it is missing"]
fn freeze_native_pickles() {
    let mut vectors = Vectors::default();
    saved::accept(&mut vectors);
    rejected::reject(&mut vectors);
    let name = match saved::format_version() {
        1 => "native.json".to_string(),
        later => std::format!("native-{later}.json"),
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("test-vectors/pickle").join(name);
    // Fails where the file exists.
    let mut file = File::create_new(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    file.write_all(to_json(&vectors).as_bytes()).unwrap();
}

/// One line for each field.
fn to_json(vectors: &Vectors) -> String {
    let vectors: Vec<_> = vectors.0.iter().map(vector_to_json).collect();
    let made_by = Value::from(std::format!("cliquet {}", env!("CARGO_PKG_VERSION")));
    let (command, text) = (Value::from(COMMAND), Value::from(PROVENANCE));
    let provenance = std::format!(
        "{{\n  \"made_by\": {made_by},\n  \"command\": {command},\n  \"compared_with\": [],\n  \"text\": {text}\n }}"
    );
    std::format!("{{\n \"provenance\": {provenance},\n \"vectors\": [\n{}\n ]\n}}\n", vectors.join(",\n"))
}

fn vector_to_json((name, input, output): &(String, Value, Option<Value>)) -> String {
    let verdict = if output.is_some() { "accept" } else { "reject" };
    let fields = |fields: &Value| -> String {
        let fields = fields.as_object().unwrap().iter();
        fields.map(|(name, value)| std::format!("    \"{name}\": {value}")).collect::<Vec<_>>().join(",\n")
    };
    let output =
        output.as_ref().map(|output| std::format!(",\n   \"output\": {{\n{}\n   }}", fields(output)));
    std::format!(
        "  {{\n   \"name\": {},\n   \"kind\": \"native-pickle\",\n   \"verdict\": \"{verdict}\",\n   \"input\": {{\n{}\n   }}{}\n  }}",
        Value::from(name.as_str()),
        fields(input),
        output.unwrap_or_default()
    )
}
