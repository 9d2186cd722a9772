//! The same messages given to sessions of cliquet and of its peers that stand at the same point: an adversarial network drops, repeats,
//! reorders, damages and re-MACs them. The verdict, the plaintext and the state afterwards are the same, or a row of
//! `peers::table` says why not.
//!
//! Each party is two sessions of one state, copied through vodozemac's JSON. Where a ratchet key is drawn, the input says who draws it;
//! vodozemac draws from the system, so that such a finding repeats in its course and not in its bytes.

#![no_main]

mod answering;
mod forgery;
mod olm;
mod room;
mod twin;

use std::sync::Once;

use cliquet_fuzz::{Script, peers};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    static SEEDS: Once = Once::new();
    SEEDS.call_once(|| peers::check_seeds("peer_conversation", true, run));
    run(input);
});

/// A first byte says what it is, a second one how it begins; then come the steps.
fn run(input: &[u8]) {
    let mut script = Script::new(input);
    let (what, how) = (script.byte(), script.byte());
    match what % 3 {
        0 | 1 => olm::converse(how, &mut script),
        _ => room::read(how, &mut script),
    }
}
