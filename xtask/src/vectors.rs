//! The test vectors without the library: each file against its schema, the checker in Python, and whether that notices changes.

use crate::command::{Outcome, at_root, command, run};
use crate::environment::environment;

const REQUIREMENTS: &str = "test-vectors/checker/requirements.txt";
const ENVIRONMENT: &str = "target/vectors";

pub(crate) fn check() -> Outcome {
    let python =
        environment(&at_root(ENVIRONMENT), &at_root(REQUIREMENTS), &["--no-deps", "--only-binary=:all:"])?;
    for arguments in
        ["test-vectors/schema/validate.py", "test-vectors/checker", "test-vectors/checker --damage"]
    {
        let mut script = command(&python.to_string_lossy(), arguments.split_whitespace());
        run(script.env("PYTHONDONTWRITEBYTECODE", "1"))?;
    }
    Ok(())
}
