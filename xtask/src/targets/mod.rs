//! The steps of other targets: bare metal, WebAssembly, and processors of another word or byte order. docs/targets.md tells what
//! each shows.

mod emulator;
mod figures;
mod firmware;
mod page;
mod processors;
mod wasm;

pub(crate) use emulator::{
    LIBRARIES as EMULATOR_LIBRARIES, folder as emulator_folder, unpack as unpack_emulator,
};
pub(crate) use firmware::{TARGET as FIRMWARE_TARGET, check as firmware, measure as firmware_figures};
pub(crate) use processors::{CI as CI_PROCESSOR, all as processors, check as big_endian};
pub(crate) use wasm::{BROWSER, TARGET as WASM_TARGET, check as wasm};

/// The workspace of the programs for other targets.
const MANIFEST: &str = "targets/Cargo.toml";

/// Where they are built: nothing else is.
const BUILT: &str = "target/targets";
