//! Olm: accounts, sessions, messages.

pub(crate) mod account;
pub(crate) mod limits;
pub(crate) mod message;
pub(crate) mod one_time_keys;
pub(crate) mod session;
pub(crate) mod session_keys;
