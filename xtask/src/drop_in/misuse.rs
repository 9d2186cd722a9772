//! Writes a program that misuses every function of the headers: with nothing, with what is no object, and with buffers of NULL.

use std::fs;
use std::path::Path;

use super::headers::{Function, functions};
use crate::command::Outcome;

const HEAD: &str = r#"/* Made from the headers: every function is called with nothing, with what is no object, and with buffers of NULL. */
#include "check.h"

/* What is no object, and room for whatever a function might write. */
static unsigned char no_object[1024], scratch[65536];

static void untouched(const char *function) {
    if (!is_filled(no_object, 0x3c, sizeof no_object) || !is_filled(scratch, 0x55, sizeof scratch)) {
        fprintf(stderr, "%s wrote something\n", function);
        exit(1);
    }
}

static void refused(const char *function, size_t result) {
    if (result != olm_error()) {
        fprintf(stderr, "%s returned %zu\n", function, result);
        exit(1);
    }
    untouched(function);
}

int main(void) {
    memset(no_object, 0x3c, sizeof no_object);
    memset(scratch, 0x55, sizeof scratch);
"#;

pub(super) fn write(path: &Path) -> Outcome {
    let mut program = HEAD.to_owned();
    for function in functions()? {
        program.push_str(&calls(&function));
    }
    program.push_str("    return 0;\n}\n");
    fs::write(path, program).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn calls(function: &Function) -> String {
    let objects: Vec<&str> = function.parameters.iter().filter_map(|kind| object(kind)).collect();
    let mut calls = call(function, &function.parameters.iter().map(|kind| zero(kind)).collect::<Vec<_>>());
    if objects.is_empty() {
        return calls;
    }
    let junk = function.parameters.iter().map(|kind| match object(kind) {
        Some(_) => format!("({kind})(void *)no_object"),
        None if kind.ends_with('*') => format!("({kind})(void *)scratch"),
        None => "0".to_owned(),
    });
    calls += &call(function, &junk.collect::<Vec<_>>());
    // Fresh objects, and buffers of NULL that are said to have five bytes; then of none.
    for length in ["5", "0"] {
        calls += "    {\n";
        for (index, object) in objects.iter().enumerate() {
            let kind = constructor(object);
            calls +=
                &format!("        {object} *object{index} = ({object} *){kind}(memory_of({kind}_size()));\n");
        }
        let mut next = 0_usize..;
        let fresh = function.parameters.iter().map(|kind| match object(kind) {
            Some(_) => format!("object{}", next.next().unwrap_or_default()),
            None if kind.ends_with('*') => "NULL".to_owned(),
            None => length.to_owned(),
        });
        calls += &format!("        (void){}({});\n", function.name, fresh.collect::<Vec<_>>().join(", "));
        for (index, object) in objects.iter().enumerate() {
            let stem = constructor(object);
            let stem = stem.strip_prefix("olm_").unwrap_or(stem);
            calls += &format!("        END({stem}, object{index});\n");
        }
        calls += "    }\n";
    }
    calls
}

/// A call that must be refused, unless it asks for a length that is the same for all objects.
fn call(function: &Function, arguments: &[String]) -> String {
    let Function { name, returns, parameters } = function;
    let call = format!("{name}({})", arguments.join(", "));
    let takes_object = parameters.iter().any(|kind| object(kind).is_some());
    let is_length = name.ends_with("_length") || name == "olm_account_max_number_of_one_time_keys";
    if returns == "size_t" && takes_object && !is_length {
        format!("    refused(\"{name}\", {call});\n")
    } else {
        format!("    (void){call};\n    untouched(\"{name}\");\n")
    }
}

/// The name of the type, if it is that of an object.
fn object(kind: &str) -> Option<&str> {
    let name = kind.trim_end_matches('*').trim();
    let name = name.strip_prefix("const ").or_else(|| name.strip_suffix(" const")).unwrap_or(name).trim();
    (kind.ends_with('*') && name.starts_with("Olm")).then_some(name)
}

/// The function that makes an object of this type.
fn constructor(object: &str) -> &'static str {
    match object {
        "OlmAccount" => "olm_account",
        "OlmSession" => "olm_session",
        "OlmUtility" => "olm_utility",
        "OlmInboundGroupSession" => "olm_inbound_group_session",
        "OlmOutboundGroupSession" => "olm_outbound_group_session",
        "OlmPkEncryption" => "olm_pk_encryption",
        "OlmPkDecryption" => "olm_pk_decryption",
        "OlmPkSigning" => "olm_pk_signing",
        _ => "olm_sas",
    }
}

fn zero(kind: &str) -> String {
    match kind {
        kind if kind.ends_with('*') => "NULL".to_owned(),
        kind if kind.starts_with("enum ") => format!("({kind})0"),
        _ => "0".to_owned(),
    }
}
