//! Olm: accounts, sessions, messages.

pub(crate) mod account;
pub(crate) mod session;
