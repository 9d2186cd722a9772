//! The events of a verification, and their contents in canonical JSON.

use crate::Result;

/// The longest text that is printed whole.
const LONGEST_SHOWN: usize = 24;
/// How many columns a line of JSON takes.
const LINE: usize = 96;

/// An event on its way from one device to the other.
#[derive(Clone)]
pub(crate) struct Event {
    event_type: &'static str,
    /// Sorted by name, as canonical JSON wants it.
    content: Vec<(&'static str, Value)>,
}

/// What stands in a content here. The texts are ids, base64 and the specification's own words: nothing in them is escaped.
#[derive(Clone)]
pub(crate) enum Value {
    Text(String),
    List(&'static [&'static str]),
    Object(Vec<(String, String)>),
}

impl Event {
    pub(crate) fn new<const N: usize>(
        event_type: &'static str,
        mut content: [(&'static str, Value); N],
    ) -> Self {
        content.sort_by_key(|(name, _)| *name);
        Self { event_type, content: content.into() }
    }

    /// The same event with one value of its content replaced, by somebody in between.
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        for (_, old) in self.content.iter_mut().filter(|(known, _)| *known == name) {
            *old = value.clone();
        }
        self
    }

    pub(crate) fn text(&self, name: &str) -> Result<&str> {
        match self.value(name)? {
            Value::Text(text) => Ok(text),
            _ => Err(format!("{name} is no text").into()),
        }
    }

    pub(crate) fn object(&self, name: &str) -> Result<&[(String, String)]> {
        match self.value(name)? {
            Value::Object(members) => Ok(members),
            _ => Err(format!("{name} is no object").into()),
        }
    }

    fn value(&self, name: &str) -> Result<&Value> {
        let field = self.content.iter().find(|(known, _)| *known == name);
        let (_, value) = field.ok_or_else(|| format!("{} without {name}", self.event_type))?;
        Ok(value)
    }

    /// The content as the commitment is made over it: names sorted, no spaces.
    pub(crate) fn canonical_json(&self) -> String {
        format!("{{{}}}", self.members(str::to_owned).join(","))
    }

    /// Prints who sends it to whom, and what.
    pub(crate) fn print(&self, from: &str, to: &str) {
        println!("{from} -> {to}  {}", self.event_type);
        let mut line = String::from("    {");
        for (number, member) in self.members(shortened).iter().enumerate() {
            if number > 0 {
                line.push(',');
                let length = line.chars().count().saturating_add(member.chars().count());
                if length >= LINE {
                    println!("{line}");
                    line = String::from("     ");
                }
            }
            line.push_str(member);
        }
        println!("{line}}}");
    }

    fn members(&self, text: impl Fn(&str) -> String) -> Vec<String> {
        let member = |(name, value): &(&str, Value)| format!(r#""{name}":{}"#, value.to_json(&text));
        self.content.iter().map(member).collect()
    }
}

impl Value {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn to_json(&self, text: impl Fn(&str) -> String) -> String {
        let quoted = |value: &str| format!(r#""{}""#, text(value));
        match self {
            Self::Text(value) => quoted(value),
            Self::List(values) => {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                format!("[{}]", values.join(","))
            }
            Self::Object(members) => {
                let mut members = members.clone();
                members.sort();
                let member = |(name, value): &(String, String)| format!("{}:{}", quoted(name), quoted(value));
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
        }
    }
}

/// The beginning of a long text.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_SHOWN {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(LONGEST_SHOWN.saturating_sub(8)).collect();
    beginning + "…"
}
