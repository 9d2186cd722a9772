//! libolm's own tests, those that know nothing but its public functions, against our headers and our library.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{ours, real};
use crate::command::{Outcome, at_root, command};
use crate::ffi::quietly;
use crate::figures;

/// Where the tests and the headers of what is internal to libolm lie.
const SOURCE: &str = "target/libolm-3.2.16";
const BUILD: &str = "target/libolm-c";

/// What one test ends with.
struct Test {
    name: &'static str,
    /// How many of its assertions fail, and the difference in `libolm/README.md` that is why.
    fails: usize,
    why: &'static str,
}

/// Two of them pickle sessions that were never created.
const TESTS: [Test; 8] = [
    Test { name: "group_session", fails: 7, why: "Objects without keys" },
    Test { name: "olm", fails: 5, why: "Objects without keys" },
    Test { name: "olm_decrypt", fails: 3, why: "Base64" },
    Test { name: "olm_sha256", fails: 0, why: "" },
    Test { name: "olm_signature", fails: 0, why: "" },
    Test { name: "olm_using_malloc", fails: 0, why: "" },
    Test { name: "pk", fails: 0, why: "" },
    Test { name: "sas", fails: 0, why: "" },
];

/// What opens and seals pickles, none of which is a public function.
const INTERNALS: [&str; 9] = [
    "pickle_encoding",
    "cipher",
    "crypto",
    "base64",
    "memory",
    "aes",
    "sha256",
    "curve25519-donna",
    "ed25519",
];

pub(super) fn test() -> Outcome {
    for test in &TESTS {
        let program = compile(test)?;
        let failed = failed_assertions(&program)?;
        if failed != test.fails {
            let (name, fails) = (test.name, test.fails);
            return Err(format!(
                "of libolm's own test `{name}`, {failed} assertions fail, not {fails}: {}",
                program.display()
            ));
        }
        if failed > 0 {
            eprintln!(
                "libolm's own test `{}`: {failed} assertions fail, because of `{}`",
                test.name, test.why
            );
        }
    }
    figures::note(TESTS.len(), "tests of libolm");
    eprintln!("{} tests of libolm run on the drop-in libolm", TESTS.len());
    Ok(())
}

fn compile(test: &Test) -> Result<PathBuf, String> {
    let (source, program) = (at_root(SOURCE), at_root(BUILD).join(format!("own-{}", test.name)));
    let mut compile = command("g++", ["-std=c++11", "-w", "-Ilibolm/tests/upstream", "-I"]);
    // Ours first; the rest is internal to libolm.
    compile.arg(ours::headers()).arg("-I").arg(real::headers()).arg("-I").arg(source.join("tests/include"));
    compile.arg(source.join("tests").join(format!("test_{}.cpp", test.name)));
    compile.args(INTERNALS.iter().map(|name| real::object(name)));
    let library = ours::library();
    compile.arg(&library).arg("-o").arg(&program);
    quietly(&mut compile)?;
    Ok(program)
}

/// `[doctest] assertions: 12 | 9 passed | 3 failed |`
fn failed_assertions(program: &Path) -> Result<usize, String> {
    let folder = ours::library();
    let mut run = Command::new(program);
    run.env("LD_LIBRARY_PATH", folder.parent().unwrap_or(&folder)).stdin(Stdio::null());
    let ran = run.output().map_err(|error| format!("{}: {error}", program.display()))?;
    let printed = String::from_utf8_lossy(&ran.stdout);
    let counts = printed.lines().find_map(|line| line.strip_prefix("[doctest] assertions:"));
    let failed =
        counts.and_then(|counts| counts.split('|').find_map(|count| count.trim().strip_suffix("failed")));
    let failed = failed.and_then(|count| count.trim().parse().ok());
    failed.ok_or_else(|| format!("{} printed no result:\n{printed}", program.display()))
}
