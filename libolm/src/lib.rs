//! libolm for programs that were written for libolm: the functions of `include/olm/`, made from cliquet.
//!
//! ```text
//! pointers -> memory, input, output, random -> cliquet -> failures -> a length, or olm_error() and a code in the object
//! ```
//!
//! The contract is libolm's: a pointer is NULL, or leads to as many bytes as its length says, which nobody else changes until the call ends; an
//! object is NULL, or leads to as many bytes as its type takes. Every exported function is an `unsafe fn` on that contract alone, and each
//! `unsafe` block of theirs hands it on to `memory`, `input`, `output` and `random`: nothing else in this crate reads or writes through a
//! pointer. Input and output of one call may overlap: what is read is read before a result is written. A buffer that is used up in place is used
//! up in libolm's order, and what is read after that is read as it is then: the key after its pickle, the message after its signature.
//!
//! What differs from libolm, and why, is in `README.md`.

#![allow(unsafe_code, reason = "pointers of C are read and written, and functions keep their names")]
#![allow(clippy::missing_safety_doc, reason = "the contract stands once, above")]
#![allow(missing_docs, reason = "the documentation of the functions is in the headers")]
#![allow(missing_debug_implementations, reason = "opaque types of C")]
#![allow(unreachable_pub, reason = "what is exported is no item of Rust")]
#![allow(clippy::too_many_arguments, reason = "a buffer of C takes two")]

#[cfg(not(panic = "unwind"))]
compile_error!(
    "an error that nobody foresaw must not end the caller's process: build with panic = \"unwind\""
);

mod group;
mod library;
mod olm;
mod pk;
mod sas;

mod base64;
mod code;
mod failures;
mod input;
mod lengths;
mod memory;
mod output;
mod pickle;
mod random;

#[cfg(test)]
mod tests;
