use alloc::{
    collections::{BTreeSet, VecDeque},
    vec::Vec,
};

use super::{
    chain_key::{self, ChainKey},
    skipped_keys::SkippedMessageKey,
};
use crate::{
    keys::Curve25519PublicKey,
    olm::{ChainSummary, DecryptionError, Limits, ReceiverChainSnapshot, StateError, StoredItems},
    primitives::cbc_hmac::AuthenticationFailed,
    secret::{Scratch, Secret},
};

/// One chain of the other party, under one of its ratchet keys.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct ReceiverChain {
    ratchet_key: Curve25519PublicKey,
    chain_key: ChainKey,
    /// The eviction watermark: below it, a missing message key may have been given up instead of used.
    evicted_below: u32,
}

impl ReceiverChain {
    pub(super) fn new(ratchet_key: Curve25519PublicKey, chain_key: ChainKey) -> Self {
        Self { ratchet_key, chain_key, evicted_below: 0 }
    }

    /// The chain of a store.
    fn from_snapshot(snapshot: &ReceiverChainSnapshot<'_>) -> Result<Self, StateError> {
        let &ReceiverChainSnapshot { ratchet_key, chain_key, chain_index, evicted_below } = snapshot;
        if evicted_below > chain_index {
            return Err(StateError::AheadOfChain);
        }
        Ok(Self { ratchet_key, chain_key: ChainKey::from_snapshot(chain_key, chain_index), evicted_below })
    }

    fn snapshot(&self) -> ReceiverChainSnapshot<'_> {
        ReceiverChainSnapshot {
            ratchet_key: self.ratchet_key,
            chain_key: self.chain_key.as_bytes(),
            chain_index: self.chain_key.index(),
            evicted_below: self.evicted_below,
        }
    }

    /// Derives the key of the message with `chain_index` and hands it to `open`. On success the chain moves behind
    /// that message, and the keys of the messages skipped before it are returned, oldest first.
    pub(super) fn receive<T>(
        &mut self,
        chain_index: u32,
        limits: &Limits,
        open: impl FnOnce(&[u8; 32]) -> Result<T, AuthenticationFailed>,
    ) -> Result<(T, Vec<SkippedMessageKey>), DecryptionError> {
        let Some(gap) = chain_index.checked_sub(self.chain_key.index()) else {
            return Err(self.verdict_on_late(chain_index));
        };
        check_gap(gap, limits)?;
        let next_index = chain_index.checked_add(1).ok_or(DecryptionError::ChainExhausted)?;

        let kept_from =
            chain_index.saturating_sub(limits.skipped_keys_per_chain().min(limits.skipped_keys()));
        let mut message_key = Scratch::zeroed();
        let mut next = Scratch::zeroed();
        let skipped = self.walk(chain_index, kept_from, &mut message_key, &mut next);
        let opened = open(message_key.as_bytes())?;

        if kept_from > self.chain_key.index() {
            self.raise_watermark(kept_from);
        }
        self.chain_key.replace(&next, next_index);
        Ok((opened, skipped))
    }

    /// Walks from the chain key over the skipped messages to the one with `chain_index`, and one step further.
    /// Returns the message keys of the skipped messages from `kept_from` on.
    fn walk(
        &self,
        chain_index: u32,
        kept_from: u32,
        message_key: &mut Scratch<32>,
        next: &mut Scratch<32>,
    ) -> Vec<SkippedMessageKey> {
        let mut skipped = Vec::new();
        let mut current = Scratch::zeroed();
        current.as_mut_bytes().copy_from_slice(self.chain_key.as_bytes());
        for index in self.chain_key.index()..chain_index {
            if index < kept_from {
                chain_key::step_over(current.as_bytes(), next.as_mut_bytes());
            } else {
                let mut key = Secret::zeroed();
                chain_key::step(current.as_bytes(), key.as_mut_bytes(), next.as_mut_bytes());
                skipped.push(SkippedMessageKey { ratchet_key: self.ratchet_key, chain_index: index, key });
            }
            current.as_mut_bytes().copy_from_slice(next.as_bytes());
        }
        chain_key::step(current.as_bytes(), message_key.as_mut_bytes(), next.as_mut_bytes());
        skipped
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

/// The latest chains of the other party, newest first.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct ReceiverChains(VecDeque<ReceiverChain>);

impl ReceiverChains {
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
        chains.iter().map(ReceiverChain::from_snapshot).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn snapshot(&self) -> Vec<ReceiverChainSnapshot<'_>> {
        self.0.iter().map(ReceiverChain::snapshot).collect()
    }

    /// Gives up the oldest chains that there is no room for. Their skipped message keys stay.
    pub(super) fn give_up_excess(&mut self, limits: &Limits) {
        self.0.truncate(usize::try_from(limits.receiver_chains()).unwrap_or(usize::MAX));
    }

    pub(super) fn contains(&self, ratchet_key: &Curve25519PublicKey) -> bool {
        self.0.iter().any(|chain| chain.ratchet_key == *ratchet_key)
    }

    pub(super) fn find(&mut self, ratchet_key: &Curve25519PublicKey) -> Option<&mut ReceiverChain> {
        self.0.iter_mut().find(|chain| chain.ratchet_key == *ratchet_key)
    }

    /// Adds the newest chain; the oldest goes where there is no room. Its skipped message keys stay.
    pub(super) fn insert(&mut self, chain: ReceiverChain, limits: &Limits) {
        self.0.push_front(chain);
        self.give_up_excess(limits);
    }

    pub(super) fn summary(&self) -> Vec<ChainSummary> {
        let summary = |chain: &ReceiverChain| ChainSummary {
            ratchet_key: chain.ratchet_key,
            next_chain_index: chain.chain_key.index(),
        };
        self.0.iter().map(summary).collect()
    }

    /// Remembers with its chain that a skipped message key was given up.
    pub(super) fn note_eviction(&mut self, evicted: &SkippedMessageKey) {
        if let Some(chain) = self.find(&evicted.ratchet_key) {
            chain.raise_watermark(evicted.chain_index.saturating_add(1));
        }
    }

    #[cfg(test)]
    pub(super) fn set_chain_index(&mut self, index: u32) {
        for chain in &mut self.0 {
            chain.chain_key.set_index(index);
        }
    }
}
