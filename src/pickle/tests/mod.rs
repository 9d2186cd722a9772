//! Tests of saved state that look at the whole of it.

mod native;
mod states;
