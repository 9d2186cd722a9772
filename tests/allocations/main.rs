//! How often each operation asks for memory: allocations and reallocations, counted and told exactly.
//!
//! A message is encrypted in one step (`encrypt`) and written as text in another (`to_base64`), and it comes back in two (`from_parts` or
//! `from_base64`, then `decrypt`). Both steps are counted, each by itself; together they are two allocations, whatever the length: the message and
//! its text, or the message and its plaintext. What a session keeps afterwards comes on top where it has no memory for it yet; those rows
//! say so. `cargo test --test allocations -- --nocapture` shows the tables.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]
#![allow(clippy::arithmetic_side_effects, reason = "a test may panic")]

mod groups;
mod sessions;
mod states;
mod table;
