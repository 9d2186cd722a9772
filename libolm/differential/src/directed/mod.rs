//! For each expected difference a test that brings it about, and looks at what it is.

mod indexes;
mod keys;
mod lengths;
mod messages;
mod objects;
mod padding;
mod pickles;
mod scene;
mod signatures;

use crate::dice::Dice;
use crate::differences;
use crate::record::Record;
use crate::report::Mismatch;
use crate::run::Libraries;
use scene::Scene;

/// A test in which both do the same.
const NONE: &str = "no difference";

type Test = fn(&mut Scene<'_>) -> Result<(), Mismatch>;

/// The difference that each test must see, if any, and the test.
const TESTS: &[(&str, Test)] = &[
    (NONE, messages::gaps),
    (NONE, messages::descriptions),
    ("Layout of messages", messages::versions),
    ("Leftovers in buffers", messages::padded),
    (NONE, pickles::older_versions),
    ("Objects without keys", objects::without_keys),
    ("Objects used again", objects::used_again),
    ("Failures that change objects", objects::failures),
    ("Code of a corrupted pickle", pickles::code_of_a_corrupted_pickle),
    ("Base64", messages::base64),
    ("Layout of messages", messages::layout),
    ("Lengths of ciphertexts", padding::no_blocks),
    ("Padding of plaintexts", padding::padding),
    ("Unfit Curve25519 keys", keys::small_order),
    ("Unfit Ed25519 keys and signatures", signatures::unfit),
    ("Foreign pre-key messages", messages::foreign),
    ("Late messages of old chains", messages::late),
    ("Last indexes", indexes::last_indexes),
    ("Last key ids", indexes::last_key_ids),
    ("Contradictory pickles", pickles::contradictory),
    ("Pickles after unpickling", pickles::good),
    ("Equal one-time keys", keys::equal),
    ("Room for the MAC of a backup entry", lengths::room_for_a_mac),
    ("Many bytes of a verification", lengths::many_bytes),
    ("Lengths that overflow", lengths::overflow),
    ("Leftovers in buffers", lengths::leftovers),
];

/// Runs all; a description of each that failed.
pub(crate) fn run(libraries: &Libraries, seed: u64) -> (Record, Vec<String>) {
    let mut all = Record::default();
    let mut failures = Vec::new();
    for (name, test) in TESTS {
        let mut record = Record::default();
        let mut scene = Scene::new(libraries.pair(&mut record), Dice::new(seed, u64::MAX));
        let done = test(&mut scene).and_then(|()| scene.end());
        if let Err(Mismatch { key, text }) = done {
            failures.push(format!("{name}: {key}\n{text}"));
        } else if *name != NONE && !record.has_seen(differences::named(name)) {
            failures.push(format!("{name}: not seen"));
        }
        all.absorb(record);
    }
    (all, failures)
}
