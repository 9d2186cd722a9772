//! The functions of `olm/inbound_group_session.h` and `olm/outbound_group_session.h`.

pub(crate) mod inbound;
mod messages;
pub(crate) mod outbound;
