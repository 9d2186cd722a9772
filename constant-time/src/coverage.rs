//! Whether every function of the public API is called in an operation, or listed in `no-secret.txt` with a reason.

use std::collections::{BTreeMap, BTreeSet};

const PUBLIC_API: &str = include_str!("../../docs/public-api.txt");
const NO_SECRET: &str = include_str!("../no-secret.txt");

/// How a line of the list begins that gives the reason for those below it.
const REASON: &str = "# ";

/// Compares the functions that were called, and those of the list, with the public API.
///
/// # Errors
///
/// Each function that is in neither or in both, and each name that is no function.
pub(crate) fn check(called: &BTreeSet<String>) -> Result<String, Vec<String>> {
    let public = public_functions();
    let listed = listed()?;
    let called: BTreeSet<&str> = called.iter().map(String::as_str).collect();
    let mut wrong = Vec::new();
    for function in &public {
        match (called.contains(function.as_str()), listed.contains_key(function.as_str())) {
            (false, false) => wrong.push(format!("{function}: is neither an operation nor in no-secret.txt")),
            (true, true) => wrong.push(format!("{function}: is an operation, and in no-secret.txt too")),
            _ => {}
        }
    }
    for name in called.iter().copied().chain(listed.keys().copied()) {
        if !public.contains(name) {
            wrong.push(format!("{name}: is no function of docs/public-api.txt"));
        }
    }
    let counts = format!(
        "{} functions of the public API: {} in operations, {} without a secret or excluded by name",
        public.len(),
        called.len(),
        listed.len()
    );
    if wrong.is_empty() { Ok(counts) } else { Err(wrong) }
}

/// Names like `olm::Session::encrypt`, with what implements a trait of Rust or serde too.
fn public_functions() -> BTreeSet<String> {
    PUBLIC_API
        .lines()
        .filter_map(|line| {
            let (_, name) = line.split_once(" fn cliquet::")?;
            let name = name.split_once('(').map_or(name, |(name, _)| name);
            Some(without_parameters(name).to_owned())
        })
        .collect()
}

/// Without the type parameters of the function itself, behind its name.
fn without_parameters(name: &str) -> &str {
    let Some((_, last)) = name.rsplit_once(">::") else {
        // The type has no parameters: the first bracket belongs to the function.
        return name.split_once('<').map_or(name, |(name, _)| name);
    };
    let function = last.split_once('<').map_or(last, |(function, _)| function);
    let end = name.len().saturating_sub(last.len()).saturating_add(function.len());
    name.get(..end).unwrap_or(name)
}

/// The functions of the list, each with its reason.
fn listed() -> Result<BTreeMap<&'static str, &'static str>, Vec<String>> {
    let mut listed = BTreeMap::new();
    let mut reason = None;
    for line in NO_SECRET.lines().filter(|line| !line.is_empty()) {
        if let Some(text) = line.strip_prefix(REASON) {
            reason = Some(text);
        } else {
            let reason = reason.ok_or_else(|| vec![format!("no-secret.txt: no reason for {line}")])?;
            if listed.insert(line, reason).is_some() {
                return Err(vec![format!("no-secret.txt: {line} stands there twice")]);
            }
        }
    }
    Ok(listed)
}
