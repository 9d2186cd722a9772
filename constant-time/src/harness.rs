//! Runs operations one by one, with notes in valgrind's output by which the reports are told apart.

use std::hint::black_box;

use crate::twin::{self, Process};
use crate::{client, memory};

/// How a note begins that an operation begins: its name.
pub(crate) const BEGIN: &str = "cliquet-begin ";
/// How a note begins that names a function of the public API which the operation calls.
pub(crate) const CALLS: &str = "cliquet-calls ";
/// How a note begins that an operation has ended: the number of reports, and of secret bytes in memory before or after it.
pub(crate) const END: &str = "cliquet-end ";

/// Runs one operation, which calls functions of the public API, named as in `docs/public-api.txt`.
///
/// It runs twice: in a copy of this process, where it is reported on, and here, where it is not. Valgrind reports a place once in a
/// process, so that in one process an operation would hide what a later one does at the same place.
pub(crate) fn operation<T>(name: &str, functions: &[&str], work: impl FnOnce() -> T) -> T {
    if let Process::Copy = twin::copy() {
        let _result = measure(name, functions, work);
        twin::end();
    }
    client::unreported(|| black_box(work()))
}

/// Runs an operation between two notes.
fn measure<T>(name: &str, functions: &[&str], work: impl FnOnce() -> T) -> T {
    let secrets = memory::secret_bytes();
    client::note(&format!("{BEGIN}{name}"));
    functions.iter().for_each(|function| client::note(&format!("{CALLS}{function}")));
    let before = client::reports();
    // What is computed belongs to the operation: it must not be put off.
    let result = black_box(work());
    let reports = client::reports().saturating_sub(before);
    let secrets = secrets.max(client::unreported(memory::secret_bytes));
    client::note(&format!("{END}{reports} {secrets}"));
    result
}

/// Drops what was opened under a secret key: even its lengths are undefined, and nothing of it is an operation.
pub(crate) fn discard<T>(opened: T) {
    client::unreported(|| drop(opened));
}
