//! Makes the header anew, compares it with the committed one, and compiles it.

use std::collections::BTreeSet;
use std::fs;

use crate::command::{Outcome, at_root, command, run};
use crate::figures;

const COMMITTED: &str = "ffi/include/cliquet.h";
const CURRENT: &str = "target/cliquet.h";

/// What every compiler of C and C++ shall accept, without a word.
pub(crate) const STRICT: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

pub(crate) fn check() -> Outcome {
    let arguments = ["--quiet", "--config", "ffi/cbindgen.toml", "--output", CURRENT, "ffi/src/lib.rs"];
    run(&mut command("cbindgen", arguments))?;
    let current = read(CURRENT)?;
    if current != fs::read_to_string(at_root(COMMITTED)).unwrap_or_default() {
        return Err(format!("{COMMITTED} is not what the source says: cp {CURRENT} {COMMITTED}"));
    }
    let functions = functions(&current);
    if let Some(function) = functions.iter().find(|function| !function.documented) {
        return Err(format!("{} is not documented", function.name));
    }
    for (compiler, language, standard) in [("gcc", "c", "c99"), ("g++", "c++", "c++11")] {
        let mut compile = command(compiler, STRICT);
        run(compile.args(["-fsyntax-only", "-x", language, &format!("-std={standard}"), COMMITTED]))?;
    }
    figures::note(functions.len(), "functions");
    eprintln!("{} functions, all documented", functions.len());
    Ok(())
}

/// A function that the header declares.
pub(super) struct Function {
    pub(super) name: String,
    /// Type and name of each parameter.
    pub(super) parameters: Vec<(String, String)>,
    documented: bool,
}

/// The functions of the committed header.
pub(super) fn committed_functions() -> Result<Vec<Function>, String> {
    Ok(functions(&read(COMMITTED)?))
}

/// The statuses of the committed header, by name.
pub(super) fn committed_statuses() -> Result<BTreeSet<String>, String> {
    // They are the constants in front of the first one of another kind.
    let header = read(COMMITTED)?;
    let names = header.lines().filter_map(|line| line.strip_prefix("#define CLIQUET_")?.split_once(' '));
    let statuses =
        names.skip_while(|(name, _)| *name != "OK").take_while(|(_, value)| value.parse::<u32>().is_ok());
    Ok(statuses.map(|(name, _)| format!("CLIQUET_{name}")).collect())
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(at_root(path)).map_err(|error| format!("cannot read {path}: {error}"))
}

/// cbindgen writes a function as its comment, then one declaration that ends with `);`.
fn functions(header: &str) -> Vec<Function> {
    let mut functions = Vec::new();
    let mut comment_before = false;
    let mut declaration = String::new();
    for line in header.lines() {
        if declaration.is_empty() && !starts_function(line) {
            comment_before = line.trim() == "*/";
            continue;
        }
        declaration.push_str(line.trim());
        declaration.push(' ');
        if line.ends_with(");") {
            functions.extend(parse(&declaration, comment_before));
            declaration.clear();
        }
    }
    functions
}

fn starts_function(line: &str) -> bool {
    let plain = line.starts_with(|first: char| first.is_ascii_lowercase()) && !line.starts_with("typedef");
    plain && line.split_once('(').is_some_and(|(head, _)| head.contains("cliquet_"))
}

fn parse(declaration: &str, documented: bool) -> Option<Function> {
    let (head, rest) = declaration.split_once('(')?;
    let name = head.rsplit([' ', '*']).next()?.to_owned();
    let parameters =
        rest.trim().trim_end_matches(");").split(',').map(str::trim).filter(|text| *text != "void");
    let split = |text: &str| {
        let name = text.rsplit([' ', '*']).next().unwrap_or_default().to_owned();
        (text.trim_end_matches(&name).trim().to_owned(), name)
    };
    Some(Function { name, parameters: parameters.map(split).collect(), documented })
}
