//! The decoders of cliquet and of its peers, given the same bytes: what both read has the same value, and where one refuses what the
//! other reads, a row of `peers::table` says why.
//!
//! The first byte says what the rest is, the second whether it is as it stands or something valid, changed.

#![no_main]

mod messages;
mod pickles;
mod texts;

use std::sync::Once;

use cliquet_fuzz::{Script, peers};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    static SEEDS: Once = Once::new();
    SEEDS.call_once(|| peers::check_seeds("peer_decoders", false, run));
    run(input);
});

fn run(input: &[u8]) {
    let mut script = Script::new(input);
    let (what, how) = (script.byte(), script.byte());
    let rest = script.rest();
    match what % 16 {
        0..=2 => messages::message(what % 16, how, rest),
        3 => messages::session_key(how, rest),
        4 => messages::export(how, rest),
        5 => messages::signature(how, rest),
        6 => texts::key(how, rest),
        7 => texts::base64(rest),
        8 => texts::backup_entry(how, rest),
        9 => texts::login(rest),
        10 => texts::verification(how, rest),
        11 | 12 => pickles::json(how, rest, what % 16 == 12),
        13 | 14 => pickles::libolm(how, rest, what % 16 == 14),
        _ => pickles::dehydrated(rest),
    }
}
