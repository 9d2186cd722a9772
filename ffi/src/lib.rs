//! cliquet for C: the functions of `include/cliquet.h`, which is made from this crate.
//!
//! What comes in is checked and turned into a call of the Rust library, and its answer is told:
//!
//! ```text
//! pointers -> handle, input, output, random -> the library -> causes -> status and details
//! ```
//!
//! The contract that a caller keeps stands once, at the top of the header (`cbindgen.toml`). Every exported function is an `unsafe fn` on
//! that contract alone, and each `unsafe` block of theirs hands it on to the checks of `handle`, `input`, `output` and `random`: nothing else
//! in this crate reads or writes through a pointer, but for the calls of the caller's own functions in `attachment::source`.

#![allow(unsafe_code, reason = "pointers of C are read and written, and functions keep their names")]
#![allow(non_camel_case_types, reason = "the names in C")]
#![allow(clippy::missing_safety_doc, reason = "the contract stands once, at the top of the header")]
#![allow(missing_debug_implementations, reason = "opaque types of C")]
#![allow(unreachable_pub, reason = "what is exported is no item of Rust")]
#![allow(clippy::too_many_arguments, reason = "a buffer of C takes three")]

#[cfg(not(panic = "unwind"))]
compile_error!("a panic must be caught before it leaves the library: build with panic = \"unwind\"");

// The order of the header.
mod library;

mod keys;

mod olm;

mod megolm;

mod pickle;

mod sas;

mod qr;

mod login;

mod pk;

mod attachment;

mod passphrase;

mod secret_storage;

mod signed_json;

mod objects;

mod causes;
mod constants;
mod failure;
mod handle;
mod input;
mod output;
mod random;
mod status;

#[cfg(test)]
mod tests;
