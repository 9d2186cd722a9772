//! cliquet beside vodozemac, libolm and its own primitives, in one run: see `README.md`.

#![allow(unexpected_cfgs, reason = "cliquet has features that this package has not")]

extern crate alloc; // the name that cliquet's primitives know

mod chart;
mod counting;
mod docs;
mod floor;
mod growth;
mod instructions;
mod libraries;
mod measure;
mod memory;
mod random;
mod report;
mod rows;
mod secret;
mod speed;

use std::error::Error;

pub use growth::{CountingHeap, growth};
pub use instructions::instructions;
pub use speed::speed;

/// What everything here returns.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where the results go.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target");

/// The bytes of a library's text.
fn text(bytes: Vec<u8>) -> Result<String> {
    Ok(String::from_utf8(bytes)?)
}
