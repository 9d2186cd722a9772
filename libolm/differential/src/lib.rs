//! Drives the drop-in libolm and the real one with the same calls and compares every byte: as a program, whose choices come from
//! a seed, and for the fuzzer, whose choices are its input.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may panic")]

mod arguments;
mod call;
mod curve;
mod dice;
mod differences;
mod directed;
mod fault;
mod forge;
pub mod fuzzed;
mod header;
mod library;
mod memory;
mod misuse;
mod object;
mod pair;
pub mod program;
mod record;
mod report;
mod run;
mod self_test;
mod wire;
mod world;
