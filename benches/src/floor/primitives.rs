//! cliquet's own primitives, compiled from their source once more: those of the floor are the same, whatever becomes of them.

#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        clippy::unwrap_used,
        reason = "cliquet's tests"
    )
)]

#[path = "../../../src/primitives/ed25519/mod.rs"]
#[allow(dead_code, reason = "cliquet has a use for all of it")]
pub(super) mod ed25519;
#[cfg(test)]
#[path = "../../../src/primitives/work.rs"]
mod work;
#[path = "../../../src/primitives/x25519.rs"]
#[allow(dead_code, reason = "cliquet has a use for all of it")]
pub(super) mod x25519;
