use alloc::{collections::BTreeSet, vec::Vec};

use super::{chain_key, skipped_keys::Staged};
use crate::{
    keys::Curve25519PublicKey,
    olm::{
        ChainSummary, DecryptionError, Limits, ReceiverChainSnapshot, SkippedMessage, StateError, StoredItems,
    },
    primitives::cbc_hmac::AuthenticationFailed,
    secret::{Scratch, SecretList},
};

/// One chain of the other party, under one of its ratchet keys; its chain key lies beside it.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct ReceiverChain {
    ratchet_key: Curve25519PublicKey,
    /// The chain index of the next message.
    next_index: u32,
    /// The eviction watermark: below it, a missing message key may have been given up instead of used.
    evicted_below: u32,
}

impl ReceiverChain {
    pub(super) fn new(ratchet_key: Curve25519PublicKey) -> Self {
        Self { ratchet_key, next_index: 0, evicted_below: 0 }
    }

    /// The chain of a store.
    fn from_snapshot(snapshot: &ReceiverChainSnapshot<'_>) -> Result<Self, StateError> {
        let &ReceiverChainSnapshot { ratchet_key, chain_index, evicted_below, .. } = snapshot;
        if evicted_below > chain_index {
            return Err(StateError::AheadOfChain);
        }
        Ok(Self { ratchet_key, next_index: chain_index, evicted_below })
    }

    /// Derives the key of the message with `chain_index` and hands it to `open`. On success the chain moves behind
    /// that message. The keys of the messages skipped before it go to `staged`, oldest first.
    pub(super) fn receive<T>(
        &mut self,
        chain_key: &mut [u8; 32],
        chain_index: u32,
        limits: &Limits,
        staged: &mut Staged<'_>,
        open: impl FnOnce(&[u8; 32]) -> Result<T, AuthenticationFailed>,
    ) -> Result<T, DecryptionError> {
        let Some(gap) = chain_index.checked_sub(self.next_index) else {
            return Err(self.verdict_on_late(chain_index));
        };
        check_gap(gap, limits)?;
        let next_index = chain_index.checked_add(1).ok_or(DecryptionError::ChainExhausted)?;

        let room = limits.skipped_keys_per_chain().min(limits.skipped_keys());
        let kept_from = chain_index.saturating_sub(room);
        staged.reserve(length(gap.min(room)));
        let mut message_key = Scratch::zeroed();
        let mut next = Scratch::zeroed();
        self.walk(chain_key, chain_index, kept_from, staged, &mut message_key, &mut next);
        let opened = open(message_key.as_bytes())?;

        if kept_from > self.next_index {
            self.raise_watermark(kept_from);
        }
        chain_key.copy_from_slice(next.as_bytes());
        self.next_index = next_index;
        Ok(opened)
    }

    /// Walks from the chain key over the skipped messages to the one with `chain_index`, and one step further.
    /// The message keys of the skipped messages from `kept_from` on are staged.
    fn walk(
        &self,
        chain_key: &[u8; 32],
        chain_index: u32,
        kept_from: u32,
        staged: &mut Staged<'_>,
        message_key: &mut Scratch<32>,
        next: &mut Scratch<32>,
    ) {
        let mut current = Scratch::zeroed();
        current.as_mut_bytes().copy_from_slice(chain_key);
        for index in self.next_index..chain_index {
            if index < kept_from {
                chain_key::step_over(current.as_bytes(), next.as_mut_bytes());
            } else {
                let message = SkippedMessage { ratchet_key: self.ratchet_key, chain_index: index };
                staged.push(message, |key| chain_key::step(current.as_bytes(), key, next.as_mut_bytes()));
            }
            current.as_mut_bytes().copy_from_slice(next.as_bytes());
        }
        chain_key::step(current.as_bytes(), message_key.as_mut_bytes(), next.as_mut_bytes());
    }

    fn verdict_on_late(&self, chain_index: u32) -> DecryptionError {
        if chain_index < self.evicted_below {
            DecryptionError::NoLongerKept { chain_index }
        } else {
            DecryptionError::AlreadyUsed { chain_index }
        }
    }

    fn raise_watermark(&mut self, evicted_below: u32) {
        self.evicted_below = self.evicted_below.max(evicted_below);
    }
}

/// Refuses a message with too many missing before it.
pub(super) fn check_gap(gap: u32, limits: &Limits) -> Result<(), DecryptionError> {
    let limit = limits.message_gap();
    if gap > limit { Err(DecryptionError::GapTooLarge { gap, limit }) } else { Ok(()) }
}

/// The latest chains of the other party with their chain keys, oldest first.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct ReceiverChains(SecretList<ReceiverChain, 32>);

impl ReceiverChains {
    /// No chains, and room for those that a session keeps by default.
    pub(super) fn with_room() -> Self {
        let mut chains = SecretList::default();
        chains.reserve(length(Limits::default().receiver_chains()));
        Self(chains)
    }

    /// The chains of a store, newest first.
    pub(super) fn from_snapshot(
        chains: &[ReceiverChainSnapshot<'_>],
        limits: &Limits,
    ) -> Result<Self, StateError> {
        let items = StoredItems::ReceiverChains;
        items.check(chains.len(), limits.receiver_chains())?;
        let ratchet_keys: BTreeSet<_> = chains.iter().map(|chain| chain.ratchet_key).collect();
        if ratchet_keys.len() != chains.len() {
            return Err(StateError::Duplicate { items });
        }
        let mut this = Self::with_room();
        for chain in chains.iter().rev() {
            this.0.push(ReceiverChain::from_snapshot(chain)?, |place| place.copy_from_slice(chain.chain_key));
        }
        Ok(this)
    }

    /// The chains for a store, newest first.
    pub(super) fn snapshot(&self) -> Vec<ReceiverChainSnapshot<'_>> {
        let snapshot = |(chain, chain_key)| {
            let &ReceiverChain { ratchet_key, next_index: chain_index, evicted_below } = chain;
            ReceiverChainSnapshot { ratchet_key, chain_key, chain_index, evicted_below }
        };
        self.0.iter().rev().map(snapshot).collect()
    }

    /// Gives up the oldest chains that there is no room for. Their skipped message keys stay.
    pub(super) fn give_up_excess(&mut self, limits: &Limits) {
        let excess = self.0.len().saturating_sub(length(limits.receiver_chains()));
        self.0.retain(|position, _| position >= excess);
    }

    pub(super) fn contains(&self, ratchet_key: &Curve25519PublicKey) -> bool {
        self.0.iter().any(|(chain, _)| chain.ratchet_key == *ratchet_key)
    }

    /// A chain and its chain key.
    pub(super) fn find(
        &mut self,
        ratchet_key: &Curve25519PublicKey,
    ) -> Option<(&mut ReceiverChain, &mut [u8; 32])> {
        // Most messages come on the newest.
        self.0.iter_mut().rev().find(|(chain, _)| chain.ratchet_key == *ratchet_key)
    }

    /// Adds the newest chain; the oldest goes where there is no room. Its skipped message keys stay.
    pub(super) fn insert(&mut self, chain: ReceiverChain, chain_key: &[u8; 32], limits: &Limits) {
        let kept = length(limits.receiver_chains()).saturating_sub(1);
        let excess = self.0.len().saturating_sub(kept);
        self.0.retain(|position, _| position >= excess);
        self.0.push(chain, |place| place.copy_from_slice(chain_key));
    }

    /// How far the chains have come, newest first.
    pub(super) fn summary(&self) -> Vec<ChainSummary> {
        let summary = |(chain, _): (&ReceiverChain, _)| ChainSummary {
            ratchet_key: chain.ratchet_key,
            next_chain_index: chain.next_index,
        };
        self.0.iter().rev().map(summary).collect()
    }

    /// Remembers with its chain that a skipped message key was given up.
    pub(super) fn note_eviction(&mut self, evicted: &SkippedMessage) {
        if let Some((chain, _)) = self.find(&evicted.ratchet_key) {
            chain.raise_watermark(evicted.chain_index.saturating_add(1));
        }
    }

    #[cfg(test)]
    pub(super) fn set_chain_index(&mut self, index: u32) {
        self.0.iter_mut().for_each(|(chain, _)| chain.next_index = index);
    }
}

fn length(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
