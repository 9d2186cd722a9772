use alloc::vec::Vec;

use crate::{
    encoding::MessageVersion,
    keys::{Curve25519PublicKey, SessionId},
};

/// The public part of a session's state: what both parties may compare when they no longer understand each other. It holds
/// no secret, and nothing that is not in the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionSummary {
    /// The id of the session.
    pub session_id: SessionId,
    /// The version of the messages.
    pub version: MessageVersion,
    /// Whether the session has decrypted anything.
    pub has_received_message: bool,
    /// Our sending chain; `None` if the next message of ours will make one.
    pub sending_chain: Option<ChainSummary>,
    /// The chains of the other party, newest first.
    pub receiver_chains: Vec<ChainSummary>,
    /// How many keys of messages that have not arrived are kept, over all chains.
    pub skipped_message_keys: usize,
}

/// How far one chain has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChainSummary {
    /// The ratchet key of the chain.
    pub ratchet_key: Curve25519PublicKey,
    /// The chain index of the next message.
    pub next_chain_index: u32,
}

/// A message that has not arrived, while a later one of its chain has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SkippedMessage {
    /// The ratchet key of its chain.
    pub ratchet_key: Curve25519PublicKey,
    /// Its chain index.
    pub chain_index: u32,
}
