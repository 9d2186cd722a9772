//! The vectors of one file.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use serde_json::Value;

/// How all of these files are made again, but for what is frozen.
const COMMAND: &str = "cargo run --release -p cliquet-interop --example pickle_vectors";

pub(crate) struct Vectors {
    kind: &'static str,
    provenance: Provenance,
    vectors: Vec<Vector>,
}

/// Who made the vectors of a file, and how.
pub(crate) struct Provenance {
    /// The peer, with its version.
    pub(crate) peer: &'static str,
    pub(crate) text: &'static str,
}

impl Provenance {
    fn to_json(&self) -> String {
        let made_by = Value::from(format!("{}, driven by interop/examples/pickle_vectors", self.peer));
        let (command, peer, text) = (Value::from(COMMAND), Value::from(self.peer), Value::from(self.text));
        format!(
            "{{\n  \"made_by\": {made_by},\n  \"command\": {command},\n  \"compared_with\": [{peer}],\n  \"text\": {text}\n }}"
        )
    }
}

struct Vector {
    name: String,
    input: Value,
    /// What is accepted has one.
    output: Option<Value>,
}

impl Vectors {
    pub(crate) fn new(kind: &'static str, provenance: Provenance) -> Self {
        Self { kind, provenance, vectors: Vec::new() }
    }

    pub(crate) fn accept(&mut self, name: &str, input: Value, output: Value) {
        self.vectors.push(Vector { name: name.to_owned(), input, output: Some(output) });
    }

    pub(crate) fn reject(&mut self, name: &str, input: Value) {
        self.vectors.push(Vector { name: name.to_owned(), input, output: None });
    }

    pub(crate) fn write(&self, path: &Path) {
        let names: BTreeSet<_> = self.vectors.iter().map(|vector| &vector.name).collect();
        assert_eq!(names.len(), self.vectors.len(), "{}: two vectors have one name", path.display());
        let vectors: Vec<_> = self.vectors.iter().map(|vector| vector.to_json(self.kind)).collect();
        let provenance = self.provenance.to_json();
        let text =
            format!("{{\n \"provenance\": {provenance},\n \"vectors\": [\n{}\n ]\n}}\n", vectors.join(",\n"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        println!("{} vectors in {}", self.vectors.len(), path.file_name().unwrap().display());
    }
}

impl Vector {
    fn to_json(&self, kind: &str) -> String {
        let (name, verdict) =
            (Value::from(self.name.as_str()), if self.output.is_some() { "accept" } else { "reject" });
        let mut text =
            format!("  {{\n   \"name\": {name},\n   \"kind\": \"{kind}\",\n   \"verdict\": \"{verdict}\"");
        put_fields(&mut text, "input", &self.input);
        if let Some(output) = &self.output {
            put_fields(&mut text, "output", output);
        }
        text + "\n  }"
    }
}

/// One line for each field, and for each item of a list of lists.
fn put_fields(text: &mut String, name: &str, fields: &Value) {
    write!(text, ",\n   \"{name}\": {{").unwrap();
    for (position, (field, value)) in fields.as_object().unwrap().iter().enumerate() {
        let comma = if position == 0 { "" } else { "," };
        write!(text, "{comma}\n    \"{field}\": ").unwrap();
        match value.as_array() {
            Some(items) if items.iter().any(Value::is_array) => {
                let items: Vec<_> = items.iter().map(|item| format!("\n     {item}")).collect();
                write!(text, "[{}\n    ]", items.join(",")).unwrap();
            }
            _ => write!(text, "{value}").unwrap(),
        }
    }
    text.push_str("\n   }");
}
