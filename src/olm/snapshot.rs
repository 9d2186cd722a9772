//! The whole state of an account and of a session, as stores write and read it: borrowed, in the order in which the protocol
//! needs it, without a word about formats. [`Account::from_snapshot`](super::Account) and
//! [`Session::from_snapshot`](super::Session) check what a store says.

use alloc::vec::Vec;

use super::{Limits, SessionKeys};
use crate::{
    encoding::MessageVersion,
    keys::{Curve25519PublicKey, KeyId, KeyPairSnapshot, SigningKeySnapshot},
};

pub(crate) struct AccountSnapshot<'a> {
    pub(crate) signing_key: SigningKeySnapshot<'a>,
    pub(crate) identity_key: KeyPairSnapshot<'a>,
    /// Oldest first.
    pub(crate) one_time_keys: Vec<OneTimeKeySnapshot<'a>>,
    pub(crate) one_time_key_limit: u32,
    /// The current fallback key, then the previous one.
    pub(crate) fallback_keys: Vec<OneTimeKeySnapshot<'a>>,
    /// At least the id of every key above.
    pub(crate) last_key_id: KeyId,
}

/// A one-time key or a fallback key.
#[derive(Clone, Copy)]
pub(crate) struct OneTimeKeySnapshot<'a> {
    pub(crate) key_id: KeyId,
    pub(crate) key_pair: KeyPairSnapshot<'a>,
    pub(crate) published: bool,
}

pub(crate) struct SessionSnapshot<'a> {
    pub(crate) session_keys: SessionKeys,
    pub(crate) version: MessageVersion,
    pub(crate) limits: Limits,
    pub(crate) has_received_message: bool,
    pub(crate) ratchet: RatchetSnapshot<'a>,
}

pub(crate) struct RatchetSnapshot<'a> {
    pub(crate) root_key: &'a [u8; 32],
    pub(crate) sending: SendingSnapshot<'a>,
    /// Newest first.
    pub(crate) receiver_chains: Vec<ReceiverChainSnapshot<'a>>,
    /// Oldest first, over all chains; also those of chains that are gone.
    pub(crate) skipped_message_keys: Vec<SkippedMessageKeySnapshot<'a>>,
}

pub(crate) enum SendingSnapshot<'a> {
    Active {
        ratchet_key: KeyPairSnapshot<'a>,
        chain_key: &'a [u8; 32],
        chain_index: u32,
    },
    /// To be answered is the newest receiver chain.
    Inactive,
}

#[derive(Clone, Copy)]
pub(crate) struct ReceiverChainSnapshot<'a> {
    pub(crate) ratchet_key: Curve25519PublicKey,
    pub(crate) chain_key: &'a [u8; 32],
    /// The chain index of the next message.
    pub(crate) chain_index: u32,
    /// The eviction watermark; where a store keeps none, the chain index.
    pub(crate) evicted_below: u32,
}

#[derive(Clone, Copy)]
pub(crate) struct SkippedMessageKeySnapshot<'a> {
    pub(crate) ratchet_key: Curve25519PublicKey,
    pub(crate) chain_index: u32,
    pub(crate) message_key: &'a [u8; 32],
}
