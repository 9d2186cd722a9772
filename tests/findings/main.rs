//! Findings against the other implementations of Olm and Megolm, F1 to F26: what must be so here, one test or more for each, with the
//! number in its name.
//!
//! F11, that secrets are wiped, is tested where an allocator looks into freed memory: `f11_` in `tests/wiping.rs`. F7, constant time, is
//! tested here as far as reading the source shows it; `cargo xtask constant-time` runs it under valgrind.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

#[cfg(feature = "insecure-pk-encryption")]
mod backup;
mod key_agreement;
#[cfg(any(feature = "ecies", feature = "hpke"))]
mod login;
mod messages;
mod pickles;
mod provenance;
mod ratchets;
#[cfg(feature = "sas")]
mod sas;
mod signatures;
mod source;
mod stores;
mod support;

use std::collections::BTreeSet;

#[test]
fn every_finding_has_a_test() {
    let mut missing: BTreeSet<u32> = (1..=26).collect();
    for (_, text) in source::files(&["src", "tests"]) {
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            let number = line.strip_prefix("fn f").and_then(|rest| rest.split_once('_'));
            if let (true, Some(Ok(number))) = (is_test, number.map(|(number, _)| number.parse())) {
                missing.remove(&number);
            }
            // Attributes and comments may stand between the two.
            is_test = line == "#[test]" || is_test && (line.starts_with('#') || line.starts_with("//"));
        }
    }
    assert!(missing.is_empty(), "without a test: {missing:?}");
}
