//! The list of what may depend on a secret, `allowed.txt`: each entry a function, with the reason.

use crate::report::{Frame, Report};

const LIST: &str = include_str!("../allowed.txt");

/// One line of the list.
pub(crate) struct Entry {
    kind: Kind,
    /// How the names of the operations begin for which it holds; empty for all.
    operations: &'static str,
    path: &'static str,
    function: &'static str,
    /// The line as it stands in the list.
    pub(crate) line: &'static str,
}

/// What an entry allows of its function.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
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
    LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(entry).collect()
}

fn entry(line: &'static str) -> Result<Entry, String> {
    let wrong = || format!("allowed.txt: no entry: {line}");
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [kind, operations, path, function, reason] = *fields.as_slice() else { return Err(wrong()) };
    let kind = match kind {
        "in" => Kind::In,
        "compared" => Kind::Compared,
        "below" => Kind::Below,
        _ => return Err(wrong()),
    };
    if path.is_empty() || function.is_empty() || reason.is_empty() || (kind != Kind::In && operations == "*")
    {
        return Err(wrong());
    }
    let operations = operations.trim_end_matches('*');
    Ok(Entry { kind, operations, path, function, line })
}

impl Entry {
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
