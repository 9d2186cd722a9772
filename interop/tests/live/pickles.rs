//! Saved state on the move between cliquet and the two peers, in the middle of conversations that go on.
//!
//! `state` moves what is stored from one implementation to another, `hands` lets whoever holds it work with it; the other
//! modules are the tests.

mod accounts;
mod conversation;
mod damage;
mod dehydrated;
mod eviction;
mod hands;
mod pair;
mod refusals;
mod rooms;
mod same_text;
mod signing_keys;
mod state;
mod verified_flag;
