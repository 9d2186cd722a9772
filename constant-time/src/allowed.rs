//! The list of what may depend on a secret, `allowed.txt`: each entry a function, with the reason.

use crate::report::{Frame, Report};

const LIST: &str = include_str!("../allowed.txt");

/// What stands for all operations.
const ALL: &str = "*";

/// One line of the list, for one of the groups of operations that it names.
pub(crate) struct Entry {
    kind: Kind,
    /// How the names of the operations begin for which it holds; empty for all.
    operations: &'static str,
    path: &'static str,
    function: &'static str,
    /// The operations, and the line as it stands in the list.
    pub(crate) text: String,
}

/// What an entry allows of its function.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// A branch or an address, but no comparison of bytes that stops at the first difference.
    In,
    /// Such a comparison too, because what is compared is public.
    Compared,
    /// All of that, in whatever the function calls.
    Below,
}

/// Reads the list.
///
/// # Errors
///
/// The first line that is no entry.
pub(crate) fn entries() -> Result<Vec<Entry>, String> {
    let mut all = Vec::new();
    for line in LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        all.append(&mut entries_of(line).ok_or_else(|| format!("allowed.txt: no entry: {line}"))?);
    }
    Ok(all)
}

fn entries_of(line: &'static str) -> Option<Vec<Entry>> {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [kind, operations, path, function, reason] = *fields.as_slice() else { return None };
    let kind = match kind {
        "in" => Kind::In,
        "compared" => Kind::Compared,
        "below" => Kind::Below,
        _ => return None,
    };
    if [operations, path, function, reason].contains(&"") || (kind != Kind::In && operations == ALL) {
        return None;
    }
    let entry = |begin: &'static str| {
        let operations = if begin == ALL { "" } else { begin };
        Entry { kind, operations, path, function, text: format!("{begin} of: {line}") }
    };
    Some(operations.split(',').map(str::trim).map(entry).collect())
}

impl Entry {
    /// An entry of no list, for all operations.
    pub(crate) fn new(kind: Kind, path: &'static str, function: &'static str) -> Self {
        Self { kind, operations: "", path, function, text: String::new() }
    }

    /// Whether this entry allows a report in an operation.
    pub(crate) fn allows(&self, operation: &str, report: &Report) -> bool {
        let is_meant = |frame: &Frame| frame.path == self.path && frame.function == self.function;
        let is_here = || report.origin().is_some_and(is_meant);
        operation.starts_with(self.operations)
            && match self.kind {
                Kind::In => is_here() && !report.is_comparison(),
                Kind::Compared => is_here(),
                Kind::Below => report.frames.iter().any(is_meant),
            }
    }
}
