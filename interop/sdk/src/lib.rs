//! Live tests of cliquet with matrix-sdk-crypto 0.16.1 and ruma 0.14.1: the containers around the ratchets, in both directions.
//!
//! There is nothing here but tests, one module for each module of cliquet. `sdk` and `client` hold what they share; `../README.md` says what they show.

#![cfg(test)]
#![allow(clippy::arithmetic_side_effects, clippy::string_slice, reason = "a test may panic")]

mod attachment;
mod client;
mod device_keys;
mod key_backup;
mod key_export;
mod random;
mod recovery_key;
mod sdk;
mod secret_storage;
mod signed_json;
