//! Writes a program that misuses every function of the header: all arguments zero, and what is no object in the place of each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::header::{Function, committed_functions};
use crate::command::Outcome;

const HEAD: &str = r#"/* Made from cliquet.h: every function is called with nothing, and with what is no object. */
#include "check.h"

typedef union { uint64_t word; unsigned char bytes[65536]; } memory;
/* Zeros that cannot be written to. */
static const memory no_object = {0};
/* Room for whatever a function might write. */
static memory scratch;

static void refused(const char *function, cliquet_status expected, cliquet_status status) {
    if (status != expected) {
        fprintf(stderr, "%s: %d, %s\n", function, (int)status, cliquet_status_text(status));
        exit(1);
    }
    for (size_t i = 0; i < sizeof scratch.bytes; i++) {
        if (scratch.bytes[i] != 0) {
            fprintf(stderr, "%s wrote something\n", function);
            exit(1);
        }
    }
}

int main(void) {
"#;

pub(super) fn write(path: &Path) -> Outcome {
    let functions = committed_functions()?;
    // A type is opaque if it has a function that frees its objects.
    let objects: BTreeSet<_> =
        functions.iter().filter_map(|function| function.name.strip_suffix("_free")).collect();
    let mut program = HEAD.to_owned();
    for function in &functions {
        program.push_str(&calls(function, &objects));
    }
    program.push_str("    return 0;\n}\n");
    fs::write(path, program).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn calls(function: &Function, objects: &BTreeSet<&str>) -> String {
    let Function { name, parameters, .. } = function;
    let mut calls = String::new();
    if parameters.iter().any(|(kind, _)| kind.ends_with('*')) {
        // To free nothing and to wipe no bytes is fine.
        let fine = name.ends_with("_free") || name == "cliquet_wipe";
        let expected = if fine { "CLIQUET_OK" } else { "CLIQUET_NULL_POINTER" };
        let arguments: Vec<_> = parameters.iter().map(|(kind, _)| zero(kind)).collect();
        calls += &format!("    refused(\"{name}\", {expected}, {name}({}));\n", arguments.join(", "));
    }
    if parameters.iter().any(|(kind, _)| is_object(kind, objects)) {
        let arguments = parameters.iter().map(|(kind, parameter)| {
            if is_object(kind, objects) {
                format!("({kind})(uintptr_t)no_object.bytes")
            } else {
                scratch(kind, parameter)
            }
        });
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        calls += &format!("    refused(\"{name}\", CLIQUET_WRONG_HANDLE, {name}({arguments}));\n");
    }
    calls
}

fn is_object(kind: &str, objects: &BTreeSet<&str>) -> bool {
    let name = kind.trim_start_matches("const ").trim_end_matches('*').trim();
    kind.matches('*').count() == 1 && objects.contains(name)
}

fn zero(kind: &str) -> String {
    if kind.ends_with('*') { "NULL".to_owned() } else { "0".to_owned() }
}

/// A place for every output, as much capacity as there is, and empty inputs.
fn scratch(kind: &str, parameter: &str) -> String {
    match kind {
        kind if kind.contains("cliquet_random") || kind.contains("cliquet_details") => "NULL".to_owned(),
        kind if kind.ends_with('*') => format!("({kind})scratch.bytes"),
        _ if parameter.ends_with("capacity") => "sizeof scratch.bytes".to_owned(),
        _ => "0".to_owned(),
    }
}
