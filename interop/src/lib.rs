//! Live tests of cliquet with the two other implementations of Olm and Megolm.
//!
//! This library holds what the tests in `tests/` need: libolm behind a safe interface. The Rust peer, vodozemac, needs
//! none. `README.md` says what is proved and how to run it.

pub mod libolm;
