//! Tests of saved state that look at the whole of it.

mod adapters;
mod canonical;
mod foreign;
pub(crate) mod known_answers;
mod mismatched;
mod native;
mod reachable;
mod states;
mod version_1_accounts;
