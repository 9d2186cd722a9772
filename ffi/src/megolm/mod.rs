//! Megolm: group sessions, their messages, keys and exports.

pub(crate) mod inbound;
pub(crate) mod outbound;
