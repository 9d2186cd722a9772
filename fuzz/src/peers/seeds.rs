use std::{fs, path::Path, process, sync::Mutex};

use vodozemac::{Ed25519Keypair, hazmat::Cipher};

use super::{SEEN, table};

/// The seed that is being read, for the message of a finding.
static CURRENT: Mutex<String> = Mutex::new(String::new());

pub(super) fn current() -> String {
    CURRENT.lock().map(|seed| seed.clone()).unwrap_or_default()
}

/// Reads all seeds of a target, and ends the process with a message unless they have shown each of its rows, alone, in each of its
/// subjects; and unless `fuzz/README.md` has the same rows.
pub fn check_seeds(target: &str, is_stateful: bool, run: fn(&[u8])) {
    peer_is_whole();
    table::check_document(include_str!("../../README.md")).unwrap_or_else(|message| end(&message));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
    let mut seeds: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| {
            end(&format!("{}: {error}; run `python3 fuzz/make-seeds.py`", folder.display()))
        })
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    seeds.sort();
    for path in &seeds {
        let seed = fs::read(path).unwrap_or_else(|error| end(&format!("{}: {error}", path.display())));
        *CURRENT.lock().expect("nobody panics with it") = format!(" in the seed {}", path.display());
        run(&seed);
    }
    CURRENT.lock().expect("nobody panics with it").clear();
    let seen = SEEN.lock().expect("nobody panics with it");
    let mut missing = String::new();
    for row in table::rows() {
        for subject in row.subjects.iter().filter(|subject| subject.is_stateful() == is_stateful) {
            if !seen.contains_key(&(row.name, row.peer, *subject)) {
                missing += &format!("\n  {:?}, {subject:?}: {}", row.peer, row.name);
            }
        }
    }
    if !missing.is_empty() {
        end(&format!("{} seeds never show these rows of the table alone:{missing}", seeds.len()));
    }
    eprintln!("{target}: {} seeds have shown {} differences, all of the table", seeds.len(), seen.len());
}

/// `cfg(fuzzing)` switches vodozemac's MACs and signatures off (F5), and then there is nothing to compare with.
fn peer_is_whole() {
    let is_lax = Cipher::new(&[1; 32]).verify_truncated_mac(b"message", &[0; 8]).is_ok()
        || Ed25519Keypair::new()
            .public_key()
            .verify(b"message", &Ed25519Keypair::new().sign(b"message"))
            .is_ok();
    if is_lax {
        end(
            "vodozemac checks no MACs, because it was compiled with cfg(fuzzing): run `cargo fuzz` with --no-cfg-fuzzing",
        );
    }
}

fn end(message: &str) -> ! {
    eprintln!("error: {message}");
    process::exit(1)
}
