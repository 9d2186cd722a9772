//! Tests of saved state that look at the whole of it.

mod foreign;
mod mismatched;
mod native;
mod states;
