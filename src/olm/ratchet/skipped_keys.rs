use alloc::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    vec::Vec,
};

use crate::{
    keys::Curve25519PublicKey,
    olm::{DecryptionError, Limits, SkippedMessage, SkippedMessageKeySnapshot, StateError, StoredItems},
    primitives::cbc_hmac::AuthenticationFailed,
    secret::Secret,
};

/// The key of a message that has not arrived yet.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct SkippedMessageKey {
    pub(super) ratchet_key: Curve25519PublicKey,
    pub(super) chain_index: u32,
    pub(super) key: Secret<32>,
}

impl SkippedMessageKey {
    fn from_snapshot(snapshot: &SkippedMessageKeySnapshot<'_>) -> Self {
        let &SkippedMessageKeySnapshot { ratchet_key, chain_index, message_key } = snapshot;
        Self { ratchet_key, chain_index, key: Secret::copy_of(message_key) }
    }

    fn snapshot(&self) -> SkippedMessageKeySnapshot<'_> {
        let Self { ratchet_key, chain_index, key } = self;
        SkippedMessageKeySnapshot {
            ratchet_key: *ratchet_key,
            chain_index: *chain_index,
            message_key: key.as_bytes(),
        }
    }
}

/// The skipped message keys of the whole session, oldest first; also those of chains that are gone.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct SkippedMessageKeys(VecDeque<SkippedMessageKey>);

impl SkippedMessageKeys {
    /// The keys of a store, oldest first.
    pub(super) fn from_snapshot(
        keys: &[SkippedMessageKeySnapshot<'_>],
        limits: &Limits,
    ) -> Result<Self, StateError> {
        let items = StoredItems::SkippedMessageKeys;
        items.check(keys.len(), limits.skipped_keys())?;
        let messages: BTreeSet<_> = keys.iter().map(|key| (key.ratchet_key, key.chain_index)).collect();
        if messages.len() != keys.len() {
            return Err(StateError::Duplicate { items });
        }
        let this = Self(keys.iter().map(SkippedMessageKey::from_snapshot).collect());
        for count in this.counts().into_values() {
            StoredItems::SkippedMessageKeysOfChain.check(count, limits.skipped_keys_per_chain())?;
        }
        Ok(this)
    }

    pub(super) fn snapshot(&self) -> Vec<SkippedMessageKeySnapshot<'_>> {
        self.0.iter().map(SkippedMessageKey::snapshot).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whose keys these are, oldest first.
    pub(super) fn messages(&self) -> impl Iterator<Item = SkippedMessage> + '_ {
        self.0.iter().map(|skipped| SkippedMessage {
            ratchet_key: skipped.ratchet_key,
            chain_index: skipped.chain_index,
        })
    }

    pub(super) fn position(&self, ratchet_key: &Curve25519PublicKey, chain_index: u32) -> Option<usize> {
        self.0
            .iter()
            .position(|skipped| skipped.chain_index == chain_index && skipped.ratchet_key == *ratchet_key)
    }

    /// Hands the key at `position` to `open` and removes it if that succeeds.
    pub(super) fn use_up<T>(
        &mut self,
        position: usize,
        open: impl FnOnce(&[u8; 32]) -> Result<T, AuthenticationFailed>,
    ) -> Result<T, DecryptionError> {
        let skipped = self.0.get(position).ok_or(DecryptionError::AuthenticationFailed)?;
        let opened = open(skipped.key.as_bytes())?;
        self.0.remove(position);
        Ok(opened)
    }

    /// Adds the keys that one message of one chain skipped. Where there is no room, the oldest keys go, first of
    /// that chain, then of the session; `note_eviction` is told of each.
    pub(super) fn keep(
        &mut self,
        skipped: Vec<SkippedMessageKey>,
        limits: &Limits,
        mut note_eviction: impl FnMut(&SkippedMessageKey),
    ) {
        let Some(ratchet_key) = skipped.first().map(|skipped| skipped.ratchet_key) else {
            return;
        };
        self.0.extend(skipped);
        let count = self.0.iter().filter(|skipped| skipped.ratchet_key == ratchet_key).count();
        self.give_up_excess_of_chain(&ratchet_key, count, limits, &mut note_eviction);
        self.give_up_excess(limits, &mut note_eviction);
    }

    /// Gives up the oldest keys that there is no room for, of every chain, then of the session.
    pub(super) fn give_up_all_excess(
        &mut self,
        limits: &Limits,
        mut note_eviction: impl FnMut(&SkippedMessageKey),
    ) {
        for (ratchet_key, count) in self.counts() {
            self.give_up_excess_of_chain(&ratchet_key, count, limits, &mut note_eviction);
        }
        self.give_up_excess(limits, &mut note_eviction);
    }

    /// Gives up the keys of the chains that are not to be kept.
    pub(super) fn retain_chains(&mut self, keep: impl Fn(&Curve25519PublicKey) -> bool) {
        self.0.retain(|skipped| keep(&skipped.ratchet_key));
    }

    fn give_up_excess_of_chain(
        &mut self,
        ratchet_key: &Curve25519PublicKey,
        count: usize,
        limits: &Limits,
        note_eviction: &mut impl FnMut(&SkippedMessageKey),
    ) {
        for _ in 0..excess(count, limits.skipped_keys_per_chain()) {
            let oldest = self.0.iter().position(|skipped| skipped.ratchet_key == *ratchet_key);
            if let Some(evicted) = oldest.and_then(|position| self.0.remove(position)) {
                note_eviction(&evicted);
            }
        }
    }

    fn give_up_excess(&mut self, limits: &Limits, note_eviction: &mut impl FnMut(&SkippedMessageKey)) {
        for evicted in self.0.drain(..excess(self.0.len(), limits.skipped_keys())) {
            note_eviction(&evicted);
        }
    }

    /// How many keys there are of each chain, by its ratchet key.
    fn counts(&self) -> BTreeMap<Curve25519PublicKey, usize> {
        let mut counts = BTreeMap::new();
        for skipped in &self.0 {
            let count: &mut usize = counts.entry(skipped.ratchet_key).or_default();
            *count = count.saturating_add(1);
        }
        counts
    }
}

fn excess(count: usize, limit: u32) -> usize {
    count.saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX))
}
