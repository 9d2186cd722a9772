//! After every operation: which of the secrets that it worked with are left in memory that it gave back or no longer uses?
//!
//! The secrets are computed a second time, from what was drawn, by the words of the specifications. Looked at are all blocks that are freed
//! meanwhile, the blocks that stay, and the whole stack below the caller: each operation runs on a stack of its own.
//! `docs/wiping.md` says more; `cargo test --release --all-features --test wiping_operations -- --nocapture` prints a table of all that is found.

#![cfg(all(
    target_arch = "x86_64",
    unix,
    feature = "attachment",
    feature = "dehydrated-device",
    feature = "ecies",
    feature = "hpke",
    feature = "key-backup",
    feature = "sas",
    feature = "secret-storage",
    feature = "vodozemac"
))]
#![allow(unsafe_code, reason = "neither an allocator nor another stack can be had without")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]
#![allow(
    clippy::expect_used,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

mod controls;
#[path = "../wiping/derived.rs"]
#[allow(dead_code, reason = "the other tests of wiping need the rest")]
mod derived;
mod documents;
mod draws;
mod expected;
mod forms;
mod heap;
mod known;
mod megolm;
mod olm;
mod pickles;
mod search;
mod stack;
#[path = "../../src/secret/stack.rs"]
#[allow(dead_code, reason = "one of the sizes is enough here")]
mod under_test;
mod verification;
mod watch;
