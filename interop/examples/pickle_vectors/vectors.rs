//! The vectors of one file.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use serde_json::Value;

pub(crate) struct Vectors {
    kind: &'static str,
    provenance: String,
    vectors: Vec<Vector>,
}

struct Vector {
    name: String,
    input: Value,
    /// What is accepted has one.
    output: Option<Value>,
}

impl Vectors {
    pub(crate) fn new(kind: &'static str, provenance: impl Into<String>) -> Self {
        Self { kind, provenance: provenance.into(), vectors: Vec::new() }
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
        let provenance = Value::from(self.provenance.as_str());
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
