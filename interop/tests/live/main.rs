//! Live conversations of cliquet with vodozemac 0.11.1 and libolm 3.2.16, in both roles.
//!
//! `party` puts one face on the three implementations; the other modules are the tests, one subject each.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

mod adapters;
mod check_code;
mod corruption;
mod determinism;
mod ecies;
mod group;
mod hpke;
mod large_indexes;
mod limits;
mod pair;
mod party;
mod pickles;
mod pk;
mod random_conversation;
mod sas;
mod secret_keys;
mod set_up;
mod shared_keys;
mod strictness;
mod version_2;
