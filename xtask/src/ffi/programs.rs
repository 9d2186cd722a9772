//! Compiles the tests and the example in C and C++, and runs them with the library in all its forms.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::header::{STRICT, committed_functions, committed_statuses};
use super::library::{FORMS, Form, PACKAGE, exports_are, symbols};
use super::misuse;
use crate::command::{Outcome, at_root, cargo, command, run, side_by_side};
use crate::figures;

/// Statuses that no program in C can provoke, because they take 2^64 messages, a state that contradicts itself in memory, or a cause
/// that is not there yet; the tests of `ffi/src` do.
const OUT_OF_REACH: [&str; 3] =
    ["CLIQUET_OTHER", "CLIQUET_CHANNEL_EXHAUSTED", "CLIQUET_INEXPRESSIBLE_INCONSISTENT"];

const BUILD: &str = "target/ffi";

/// One language in which a program is compiled.
struct Language {
    compiler: &'static str,
    arguments: [&'static str; 3],
}

const C: Language = Language { compiler: "gcc", arguments: ["-x", "c", "-std=c99"] };
const CPP: Language = Language { compiler: "g++", arguments: ["-x", "c++", "-std=c++11"] };

pub(crate) fn test() -> Outcome {
    run(&mut cargo("test --package cliquet-ffi"))?;
    let directory = at_root(BUILD);
    fs::create_dir_all(&directory).map_err(|error| format!("cannot make {BUILD}: {error}"))?;
    let tests = sources("ffi/tests")?;
    let examples = sources("ffi/examples")?;
    let misuse = directory.join("misuse_of_all.c");
    misuse::write(&misuse)?;

    let (mut statuses, mut called) = (BTreeSet::new(), BTreeSet::new());
    for form in FORMS {
        form.build(PACKAGE)?;
        let shared = form.link_shared()?;
        execute(form, &compile(form, &misuse, &C, &shared)?)?;
        let tests = tests.iter().map(|test| (test, languages(form)));
        let examples = examples.iter().map(|example| (example, &[C, CPP][..]));
        let programs: Vec<_> = tests
            .chain(examples)
            .flat_map(|(source, languages)| languages.iter().map(move |language| (source, language)))
            .collect();
        let ran = side_by_side(&programs, |(source, language)| {
            let program = compile(form, source, language, &shared)?;
            Ok((execute(form, &program)?, calls(&program)?))
        })?;
        for (printed, calls) in ran {
            let provoked = printed.lines().filter_map(|line| line.strip_prefix("status "));
            statuses.extend(provoked.map(str::to_owned));
            called.extend(calls);
        }
        eprintln!("all tests and examples passed: {}", form.name());
    }
    let functions = committed_functions()?;
    let declared = functions.iter().map(|function| function.name.as_str());
    exports_are(&Form::Release.directory().join("libcliquet.so"), declared.clone())?;
    all_called(declared, &called)?;
    figures::note(functions.len(), "functions called");
    figures::note(FORMS.len(), "builds");
    every_status_was_provoked(&statuses)
}

/// That a program is C++ as well is a matter of compiling, not of memory: once is enough for the tests.
const fn languages(form: Form) -> &'static [Language] {
    match form {
        Form::Debug => &[C, CPP],
        Form::Sanitized | Form::Release => &[C],
    }
}

/// The programs in C of a folder.
pub(crate) fn sources(directory: &str) -> Result<Vec<PathBuf>, String> {
    let entries =
        fs::read_dir(at_root(directory)).map_err(|error| format!("cannot read {directory}: {error}"))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut sources: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "c")).collect();
    sources.sort();
    if sources.is_empty() { Err(format!("there is no program in {directory}")) } else { Ok(sources) }
}

/// A program, beside its object file; `shared` is where the shared library is.
fn compile(form: Form, source: &Path, language: &Language, shared: &Path) -> Result<PathBuf, String> {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let program =
        at_root(BUILD).join(format!("{stem}-{}-{}", language.compiler, form.name().replace(' ', "-")));
    let mut compile = command(language.compiler, language.arguments);
    compile.args(STRICT).args(form.flags()).args([
        "-g",
        "-D_POSIX_C_SOURCE=200809L",
        "-Iffi/include",
        "-Iffi/tests",
    ]);
    quietly(compile.arg("-c").arg(source).arg("-o").arg(object(&program)))?;
    let mut link = command(language.compiler, form.flags());
    link.arg(object(&program));
    if source.starts_with(at_root("ffi/examples")) {
        link.arg(form.directory().join("libcliquet.a")).args(["-ldl", "-lm"]);
    } else {
        // Quicker than linking the archive into each of some hundred programs.
        link.arg(format!("-Wl,-rpath,{}", shared.display())).arg("-L").arg(shared).arg("-lcliquet");
    }
    quietly(link.args(["-lpthread", "-o"]).arg(&program))?;
    Ok(program)
}

fn object(program: &Path) -> PathBuf {
    program.with_extension("o")
}

/// Some hundred commands would hide what matters: only one that fails is shown.
pub(crate) fn quietly(command: &mut Command) -> Outcome {
    let done = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} failed:\n{}", String::from_utf8_lossy(&done.stderr)))
}

/// What the program prints.
pub(crate) fn execute(form: Form, program: &PathBuf) -> Result<String, String> {
    let mut run: Command = form.runner(program);
    let run = run.current_dir(at_root("")).stdin(Stdio::null());
    let ran = run.output().map_err(|error| format!("{}: {error}", program.display()))?;
    let (printed, errors) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    if ran.status.success() {
        return Ok(printed.into_owned());
    }
    let last: Vec<_> = printed.lines().rev().take(5).collect();
    Err(format!(
        "{} failed ({}):\n{errors}\nits last lines, newest first: {last:?}",
        program.display(),
        ran.status
    ))
}

/// The functions of the header to which the program refers.
fn calls(program: &Path) -> Result<BTreeSet<String>, String> {
    let mut names = symbols(&object(program), &["--undefined-only"])?;
    names.retain(|name| name.starts_with("cliquet_"));
    Ok(names)
}

/// Fails unless every function was called.
pub(crate) fn all_called<'a>(functions: impl Iterator<Item = &'a str>, called: &BTreeSet<String>) -> Outcome {
    let never: Vec<_> = functions.filter(|name| !called.contains(*name)).collect();
    if never.is_empty() { Ok(()) } else { Err(format!("no test calls {never:?}")) }
}

fn every_status_was_provoked(provoked: &BTreeSet<String>) -> Outcome {
    let statuses = committed_statuses()?;
    let never: Vec<_> = statuses.iter().filter(|name| !provoked.contains(*name)).collect();
    let unexpected = never.iter().any(|name| !OUT_OF_REACH.contains(&name.as_str()));
    if unexpected {
        return Err(format!("no test provokes {never:?}; out of reach are only {OUT_OF_REACH:?}"));
    }
    let provoked = statuses.len().saturating_sub(never.len());
    figures::note(provoked, "statuses provoked");
    eprintln!("{} statuses, {provoked} of them provoked in C", statuses.len());
    Ok(())
}
