//! Compiles the tests in C against our headers, as C and as C++, and runs them with our library.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::headers::{self, functions};
use super::{misuse, ours, real, upstream};
use crate::command::{Outcome, at_root, command};
use crate::ffi::{Form, STRICT, all_called, execute, exports_are, quietly, soname, sources, symbols};
use crate::figures;

const TESTS: &str = "libolm/tests";
const BUILD: &str = "target/libolm-c";

/// Compiler, language, standard.
const LANGUAGES: [(&str, &str, &str); 2] = [("gcc", "c", "-std=c99"), ("g++", "c++", "-std=c++11")];

/// The program in which threads share objects.
const THREADS: &str = "threads.c";

/// Codes, apart from success, of which each is provoked.
const CODES: usize = 17;

pub(crate) fn test() -> Outcome {
    let folder = at_root(BUILD);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {BUILD}: {error}"))?;
    each_header_alone()?;
    let mut tests = sources(TESTS)?;
    let made = folder.join("misuse_of_all.c");
    misuse::write(&made)?;
    tests.push(made);
    let (mut codes, mut called) = (BTreeSet::new(), BTreeSet::new());
    for form in [Form::Sanitized, Form::Release] {
        form.build(ours::PACKAGE)?;
        for test in &tests {
            let program = compile(form, test)?;
            let printed = execute(form, &program)?;
            codes.extend(printed.lines().filter_map(|line| line.strip_prefix("code ")).map(str::to_owned));
            called.extend(calls(&program)?);
            if form == Form::Release && test.ends_with(THREADS) {
                without_races(&program)?;
            }
        }
        eprintln!("all tests in C passed: {}", form.name());
    }
    if codes.len() != CODES {
        return Err(format!("of {CODES} error codes, the tests provoke only {codes:?}"));
    }
    let functions = functions()?;
    let declared = functions.iter().map(|function| function.name.as_str());
    all_called(declared.clone(), &called)?;
    ours::build()?;
    let library = ours::library();
    if soname(&library).as_deref() != Some(real::SONAME) {
        return Err(format!("{} is not called {}", library.display(), real::SONAME));
    }
    exports_are(&library, declared)?;
    figures::note(functions.len(), "functions called");
    figures::note(codes.len(), "codes provoked");
    eprintln!("{} functions, declared and exported", functions.len());
    real::build()?;
    upstream::test()
}

/// Each header compiles without the others, in C and in C++.
fn each_header_alone() -> Outcome {
    let program = at_root(BUILD).join("alone.c");
    let written = fs::write(&program, "int main(void) { return 0; }\n");
    written.map_err(|error| format!("cannot write {}: {error}", program.display()))?;
    for header in headers::files()? {
        for (compiler, language, standard) in LANGUAGES {
            let mut compile = command(compiler, ["-fsyntax-only", standard, "-x", language]);
            compile.args(STRICT).arg("-I").arg(ours::headers()).arg("-include").arg(&header);
            quietly(compile.arg(&program))?;
        }
    }
    Ok(())
}

/// A program, beside its object file. That it is C++ too is a matter of compiling alone.
fn compile(form: Form, source: &Path) -> Result<PathBuf, String> {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let program = at_root(BUILD).join(format!("{stem}-{}", form.name().replace(' ', "-")));
    let object = program.with_extension("o");
    let plus_plus = program.with_extension("cpp.o");
    for ((compiler, language, standard), object) in LANGUAGES.into_iter().zip([&object, &plus_plus]) {
        let mut compile = command(compiler, ["-g", standard, "-x", language]);
        compile.args(STRICT).args(form.flags()).arg("-I").arg(ours::headers()).args(["-I", TESTS]);
        quietly(compile.arg("-c").arg(source).arg("-o").arg(object))?;
    }
    let mut link = command("gcc", form.flags());
    link.arg(&object).arg(form.directory().join("libolm.a"));
    quietly(link.args(["-lpthread", "-ldl", "-lm", "-o"]).arg(&program))?;
    Ok(program)
}

/// Helgrind sees each byte that one thread writes while another uses it, whether or not that does harm in this run. It takes a
/// byte that two write atomically for a race too, so that the calls of only one thread fail here.
fn without_races(program: &Path) -> Outcome {
    let mut helgrind = command("valgrind", ["--tool=helgrind", "--quiet", "--error-exitcode=99"]);
    quietly(helgrind.arg(program).arg("one"))
}

/// The functions to which the program refers.
fn calls(program: &Path) -> Result<BTreeSet<String>, String> {
    let mut names = symbols(&program.with_extension("o"), &["--undefined-only"])?;
    names.retain(|name| name.trim_start_matches('_').starts_with("olm_"));
    Ok(names)
}
