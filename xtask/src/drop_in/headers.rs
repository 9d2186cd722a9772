//! What the headers of the drop-in libolm declare.

use std::fs;
use std::path::PathBuf;

use super::ours;

/// A function that a header declares.
pub(super) struct Function {
    pub(super) name: String,
    /// What it returns.
    pub(super) returns: String,
    /// The type of each parameter.
    pub(super) parameters: Vec<String>,
}

/// All headers, in order.
pub(super) fn files() -> Result<Vec<PathBuf>, String> {
    let folder = ours::headers().join("olm");
    let entries =
        fs::read_dir(&folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    Ok(files)
}

/// All functions of all headers.
pub(super) fn functions() -> Result<Vec<Function>, String> {
    let mut functions = Vec::new();
    for path in files()? {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        functions.extend(without_comments(&text).split(';').filter_map(parse));
    }
    Ok(functions)
}

fn without_comments(text: &str) -> String {
    let parts = text.split("/*").enumerate();
    let code = parts.map(
        |(index, part)| if index == 0 { part } else { part.split_once("*/").map_or("", |parts| parts.1) },
    );
    code.collect()
}

/// `OLM_EXPORT type name(type name, ...)`
fn parse(declaration: &str) -> Option<Function> {
    let (_, declaration) = declaration.rsplit_once("OLM_EXPORT")?;
    let (head, parameters) = declaration.split_once('(')?;
    let (returns, name) = split_name(head.trim());
    let parameters = parameters.trim().trim_end_matches(')').split(',').map(str::trim);
    let parameters = parameters.filter(|text| !text.is_empty() && *text != "void");
    let parameters = parameters.map(|text| split_name(text).0.to_owned()).collect();
    Some(Function { name: name.to_owned(), returns: returns.to_owned(), parameters })
}

/// The type, and the name behind it.
fn split_name(text: &str) -> (&str, &str) {
    let end = text.rfind(|character: char| !(character.is_alphanumeric() || character == '_'));
    let (kind, name) = text.split_at(end.map_or(0, |end| end.saturating_add(1)));
    (kind.trim(), name)
}
