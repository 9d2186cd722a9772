//! The functions that libolm's headers declare: what there is to call, and how.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The headers that a program includes.
const HEADERS: [&str; 6] =
    ["olm.h", "inbound_group_session.h", "outbound_group_session.h", "pk.h", "sas.h", "error.h"];

/// How an argument travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Pointer,
    Size,
    /// A `uint32_t`, or an error code.
    Number,
}

/// What a function returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Returns {
    Nothing,
    Size,
    Int,
    Number,
    Text,
    /// The object that was made in the caller's memory.
    Object,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) kind: Kind,
    /// Whether it points to what the function must not change.
    pub(crate) constant: bool,
    /// The type without `const` and names, as the headers of both libraries shall have it.
    pub(crate) spelling: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) returns: Returns,
    /// The type that it returns, as it is spelled.
    pub(crate) spelling: String,
    pub(crate) parameters: Vec<Parameter>,
}

/// All functions, by name.
pub(crate) type Functions = BTreeMap<String, Function>;

/// Reads the headers in `folder`, which is the one that contains `olm/`.
pub(crate) fn read(folder: &Path) -> Result<Functions, String> {
    let mut functions = Functions::new();
    for header in HEADERS {
        let path = folder.join("olm").join(header);
        let text =
            fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        for declaration in without_comments(&text).split(';') {
            if let Some((name, function)) = parse(declaration) {
                functions.insert(name, function);
            }
        }
    }
    Ok(functions)
}

/// Everything but comments and lines of the preprocessor.
fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        code.push_str(before);
        code.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.filter(|line| !line.trim_start().starts_with('#')).collect::<Vec<_>>().join("\n")
}

/// A declaration of a function, or nothing if it is something else.
fn parse(declaration: &str) -> Option<(String, Function)> {
    let (head, parameters) = declaration.rsplit_once('(')?;
    // `extern "C" {` stands before the first function.
    let head = head.rsplit('{').next()?;
    let words = words(head);
    let (name, returned) = words.split_last()?;
    if !name.starts_with("olm_") && !name.starts_with("_olm_") {
        return None;
    }
    let spelling = spelling(returned);
    let returns = match spelling.as_str() {
        "void" => Returns::Nothing,
        "size_t" => Returns::Size,
        "int" => Returns::Int,
        "uint32_t" | "OlmErrorCode" => Returns::Number,
        "char*" => Returns::Text,
        _ => Returns::Object,
    };
    let parameters = parameters.trim().trim_end_matches(')').split(',').map(str::trim);
    let parameters = parameters.filter(|text| !text.is_empty() && *text != "void").map(parameter).collect();
    Some((name.clone(), Function { returns, spelling, parameters }))
}

fn parameter(text: &str) -> Parameter {
    let mut words = words(text);
    let constant = words.iter().any(|word| word == "const");
    // The name comes last; a type alone would end with a star or be the only word.
    let types = words.iter().filter(|word| !matches!(word.as_str(), "const" | "enum" | "struct")).count();
    if types > 1 && words.last().is_some_and(|last| last != "*") {
        words.pop();
    }
    let spelling = spelling(&words);
    let kind = match spelling.as_str() {
        "size_t" => Kind::Size,
        "uint32_t" | "OlmErrorCode" => Kind::Number,
        _ => Kind::Pointer,
    };
    Parameter { kind, constant, spelling }
}

/// Identifiers and stars.
fn words(text: &str) -> Vec<String> {
    let spaced = text.replace('*', " * ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

fn spelling(words: &[String]) -> String {
    let left_out = ["const", "enum", "struct", "OLM_EXPORT", "extern", "OLM_DEPRECATED"];
    words.iter().map(String::as_str).filter(|word| !left_out.contains(word)).collect()
}
