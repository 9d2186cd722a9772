//! The whole state of an outbound and of an inbound session, as stores write and read it: borrowed, without a word about
//! formats. The checkpoints of an inbound session are no part of it.

use alloc::borrow::Cow;

use super::{Provenance, ReplayGuard, signing_key::SessionSigningKey};
use crate::{encoding::MessageVersion, keys::SigningKeySnapshot};

pub(crate) struct OutboundSnapshot<'a> {
    pub(crate) version: MessageVersion,
    pub(crate) ratchet: RatchetSnapshot<'a>,
    pub(crate) signing_key: SigningKeySnapshot<'a>,
}

pub(crate) struct InboundSnapshot<'a> {
    pub(crate) version: MessageVersion,
    /// At the first known index.
    pub(crate) ratchet: RatchetSnapshot<'a>,
    pub(crate) signing_key: SessionSigningKey,
    pub(crate) provenance: Provenance,
    pub(crate) replay_guard: Cow<'a, ReplayGuard>,
}

/// The four parts of a ratchet at an index.
#[derive(Clone, Copy)]
pub(crate) struct RatchetSnapshot<'a> {
    pub(crate) parts: &'a [u8; 128],
    pub(crate) index: u32,
}
