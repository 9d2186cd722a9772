//! What valgrind reports, read from its XML, of which every element stands on a line of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::ptr;

use crate::harness::{BEGIN, CALLS, END};

/// What was seen of one run of one operation.
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) functions: Vec<String>,
    /// Reports while it ran, repeated ones too.
    pub(crate) count: u64,
    pub(crate) secrets: u64,
    /// Each report that was not made before.
    pub(crate) reports: Vec<Report>,
    pub(crate) ended: bool,
}

/// A branch or an address that depends on a secret, and where: the innermost function first.
pub(crate) struct Report {
    pub(crate) kind: String,
    pub(crate) frames: Vec<Frame>,
}

/// A function, with the path of its file from the root of the repository or of its crate's.
pub(crate) struct Frame {
    pub(crate) path: String,
    pub(crate) function: String,
    pub(crate) line: usize,
}

/// The name of what runs before, between and behind the operations.
const BETWEEN: &str = "between the operations";

/// Reads what valgrind has written.
pub(crate) fn read(xml: &str) -> Vec<Operation> {
    let mut operations = vec![Operation::new(BETWEEN)];
    let (mut frames, mut in_stack, mut kind) = (Vec::new(), false, String::new());
    let mut frame = RawFrame::default();
    let mut current = 0;
    for line in xml.lines().map(str::trim) {
        if let Some(text) = element(line, "text") {
            current = note(text.trim(), &mut operations, current);
        } else if let Some(text) = element(line, "kind") {
            kind = text;
        } else if line == "<stack>" {
            in_stack = true;
        } else if line == "<frame>" {
            frame = RawFrame::default();
        } else if let Some(text) = element(line, "fn") {
            frame.function = text;
        } else if let Some(text) = element(line, "dir") {
            frame.folder = text;
        } else if let Some(text) = element(line, "file") {
            frame.file = text;
        } else if let Some(text) = element(line, "line") {
            frame.line = text.parse().unwrap_or(0);
        } else if line == "</frame>" && in_stack {
            frames.push(frame.resolve());
        } else if line == "</stack>" {
            in_stack = false;
        } else if line == "</error>"
            && let Some(operation) = operations.get_mut(current)
        {
            operation.reports.push(Report { kind: kind.clone(), frames: std::mem::take(&mut frames) });
        }
    }
    operations
}

/// Follows a note; returns the place of the operation that runs from here on.
fn note(text: &str, operations: &mut Vec<Operation>, current: usize) -> usize {
    if let Some(name) = text.strip_prefix(BEGIN) {
        operations.push(Operation::new(name));
        return operations.len().saturating_sub(1);
    }
    let Some(operation) = operations.get_mut(current) else { return 0 };
    if let Some(function) = text.strip_prefix(CALLS) {
        operation.functions.push(function.to_owned());
        return current;
    }
    if let Some((count, secrets)) = text.strip_prefix(END).and_then(|numbers| numbers.split_once(' ')) {
        operation.count = count.parse().unwrap_or(u64::MAX);
        operation.secrets = secrets.parse().unwrap_or(0);
        operation.ended = true;
    }
    0
}

impl Operation {
    fn new(name: &str) -> Self {
        let ended = name == BETWEEN;
        Self {
            name: name.to_owned(),
            functions: Vec::new(),
            count: 0,
            secrets: 0,
            reports: Vec::new(),
            ended,
        }
    }

    /// Whether this is what runs between the operations, and no operation itself.
    pub(crate) fn is_between(&self) -> bool {
        self.name == BETWEEN
    }
}

/// The text of an element that stands on a line of its own.
fn element(line: &str, name: &str) -> Option<String> {
    let rest = line.strip_prefix('<')?.strip_prefix(name)?.strip_prefix('>')?;
    let text = rest.strip_suffix('>')?.strip_suffix(name)?.strip_suffix("</")?;
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    Some(text.replace("&amp;", "&"))
}

/// A frame as valgrind writes it.
#[derive(Default)]
struct RawFrame {
    function: String,
    folder: String,
    file: String,
    line: usize,
}

impl RawFrame {
    /// With the name of the function from the source: what debug information calls it depends on what was inlined where.
    fn resolve(&self) -> Frame {
        let path = Path::new(&self.folder).join(&self.file);
        let from_source = || function_at(&fs::read_to_string(&path).ok()?, self.line);
        let function = if self.file.is_empty() { None } else { from_source() };
        let function = function.unwrap_or_else(|| last_segment(&self.function));
        Frame { path: short(&path), function, line: self.line }
    }
}

/// The name of the function around a line; `derive` for what the compiler writes itself.
fn function_at(source: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = source.lines().take(line).collect();
    if lines.last()?.trim_start().starts_with("#[derive(") {
        return Some("derive".to_owned());
    }
    let last = *lines.last()?;
    let (inner, is_last) = (indentation(last), |line: &str| ptr::eq(line, last));
    lines.iter().rev().find_map(|line| {
        let (outer, line) = (indentation(line) < inner || is_last(line), line.trim_start());
        if line.starts_with("//") || !outer {
            return None;
        }
        // `pub(in a::b)` has a space.
        let line = if line.starts_with("pub(") {
            line.split_once(") ").map_or(line, |(_, line)| line)
        } else {
            line
        };
        let (before, after) =
            if let Some(after) = line.strip_prefix("fn ") { ("", after) } else { line.split_once(" fn ")? };
        let words = ["pub", "const", "unsafe", "async", "extern", "default", "safe"];
        let is_function = before
            .split_whitespace()
            .all(|word| words.iter().any(|known| word.starts_with(known)) || word.starts_with('"'));
        let name: String =
            after.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect();
        (is_function && !name.is_empty()).then_some(name)
    })
}

/// How far a line is indented: a function inside another is farther in than what follows it.
fn indentation(line: &str) -> usize {
    line.len().saturating_sub(line.trim_start().len())
}

/// `function` of `<T as a::b>::function<U>`.
fn last_segment(name: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for character in name.chars() {
        match character {
            '<' => depth = depth.saturating_add(1),
            '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    plain.rsplit("::").find(|segment| !segment.is_empty()).unwrap_or(name).to_owned()
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// `src/a.rs` in this repository, `name/src/a.rs` in a crate of the registry, without its version.
fn short(path: &Path) -> String {
    if let Ok(inside) = path.strip_prefix(root()) {
        return inside.display().to_string();
    }
    let text = path.display().to_string();
    let Some((_, in_registry)) = text.split_once("/registry/src/") else { return text };
    let Some((package, rest)) = in_registry.split_once('/').and_then(|(_, inside)| inside.split_once('/'))
    else {
        return text;
    };
    let name = package.rsplit_once('-').map_or(package, |(name, _)| name);
    format!("{name}/{rest}")
}

impl Frame {
    /// Whether this is the standard library, C's, or the allocator of this program: what is asked is who called it.
    fn is_library(&self) -> bool {
        let library = ["/library/core/", "/library/alloc/", "/library/std/", "/rustc/"];
        self.path.is_empty()
            || library.iter().any(|part| self.path.contains(part))
            || ["constant-time/src/memory.rs", "constant-time/src/main.rs"].contains(&self.path.as_str())
    }
}

impl Report {
    /// The innermost function that is none of the standard library.
    pub(crate) fn origin(&self) -> Option<&Frame> {
        self.frames.iter().find(|frame| !frame.is_library())
    }

    /// Whether it is in a comparison of bytes of C's or Rust's library, which stops at the first difference.
    pub(crate) fn is_comparison(&self) -> bool {
        let files = ["library/core/src/slice/cmp.rs", "library/core/src/array/equality.rs"];
        self.frames.iter().take_while(|frame| frame.is_library()).any(|frame| {
            ["bcmp", "memcmp"].contains(&frame.function.as_str())
                || files.iter().any(|file| frame.path.ends_with(file))
        })
    }
}
