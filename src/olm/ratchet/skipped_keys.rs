use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use crate::{
    keys::Curve25519PublicKey,
    olm::{DecryptionError, Limits, SkippedMessage, SkippedMessageKeySnapshot, StateError, StoredItems},
    primitives::cbc_hmac::AuthenticationFailed,
    secret::SecretList,
};

/// The keys of messages that have not arrived yet, of the whole session, oldest first; also those of chains that are gone.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct SkippedMessageKeys(Keys);

type Keys = SecretList<SkippedMessage, 32>;

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
        let mut this = Self::default();
        this.0.reserve(keys.len());
        for &SkippedMessageKeySnapshot { ratchet_key, chain_index, message_key } in keys {
            this.0.push(SkippedMessage { ratchet_key, chain_index }, |place| {
                place.copy_from_slice(message_key)
            });
        }
        for count in this.counts().into_values() {
            StoredItems::SkippedMessageKeysOfChain.check(count, limits.skipped_keys_per_chain())?;
        }
        Ok(this)
    }

    pub(super) fn snapshot(&self) -> Vec<SkippedMessageKeySnapshot<'_>> {
        let snapshot = |(&SkippedMessage { ratchet_key, chain_index }, message_key)| {
            SkippedMessageKeySnapshot { ratchet_key, chain_index, message_key }
        };
        self.0.iter().map(snapshot).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whose keys these are, oldest first.
    pub(super) fn messages(&self) -> impl Iterator<Item = SkippedMessage> + '_ {
        self.0.iter().map(|(message, _)| *message)
    }

    pub(super) fn position(&self, ratchet_key: &Curve25519PublicKey, chain_index: u32) -> Option<usize> {
        self.messages()
            .position(|message| message.chain_index == chain_index && message.ratchet_key == *ratchet_key)
    }

    /// Hands the key at `position` to `open` and removes it if that succeeds.
    pub(super) fn use_up<T>(
        &mut self,
        position: usize,
        open: impl FnOnce(&[u8; 32]) -> Result<T, AuthenticationFailed>,
    ) -> Result<T, DecryptionError> {
        let (_, key) = self.0.get(position).ok_or(DecryptionError::AuthenticationFailed)?;
        let opened = open(key)?;
        self.0.retain(|other, _| other != position);
        Ok(opened)
    }

    /// Begins to add the keys that one message of one chain skips.
    pub(super) fn stage(&mut self) -> Staged<'_> {
        Staged { first: self.0.len(), keys: &mut self.0 }
    }

    /// Gives up the oldest keys that there is no room for, of every chain, then of the session; `note_eviction` is told of each.
    pub(super) fn give_up_all_excess(
        &mut self,
        limits: &Limits,
        mut note_eviction: impl FnMut(&SkippedMessage),
    ) {
        for (ratchet_key, count) in self.counts() {
            give_up_excess_of_chain(&mut self.0, &ratchet_key, count, limits, &mut note_eviction);
        }
        give_up_excess(&mut self.0, limits, &mut note_eviction);
    }

    /// Gives up the keys of the chains that are not to be kept.
    pub(super) fn retain_chains(&mut self, keep: impl Fn(&Curve25519PublicKey) -> bool) {
        self.0.retain(|_, message| keep(&message.ratchet_key));
    }

    /// How many keys there are of each chain, by its ratchet key.
    fn counts(&self) -> BTreeMap<Curve25519PublicKey, usize> {
        let mut counts = BTreeMap::new();
        for message in self.messages() {
            let count: &mut usize = counts.entry(message.ratchet_key).or_default();
            *count = count.saturating_add(1);
        }
        counts
    }
}

/// Keys at the end of the list, which are gone again unless they are [kept](Self::keep): so it is known where they will be, whether their
/// message opens or not.
pub(super) struct Staged<'a> {
    keys: &'a mut Keys,
    first: usize,
}

impl Staged<'_> {
    pub(super) fn reserve(&mut self, count: usize) {
        self.keys.reserve(count);
    }

    /// Adds a key, which is written in place.
    pub(super) fn push(&mut self, message: SkippedMessage, write: impl FnOnce(&mut [u8; 32])) {
        self.keys.push(message, write);
    }

    /// Gives up what was there before under the same ratchet key.
    pub(super) fn forget_older_of(&mut self, ratchet_key: &Curve25519PublicKey) {
        let (first, length) = (self.first, self.keys.len());
        self.keys.retain(|position, message| position >= first || message.ratchet_key != *ratchet_key);
        self.first = first.saturating_sub(length.saturating_sub(self.keys.len()));
    }

    /// Keeps the keys. Where there is no room, the oldest keys go, first of their chain, then of the session; `note_eviction` is told of each.
    pub(super) fn keep(mut self, limits: &Limits, mut note_eviction: impl FnMut(&SkippedMessage)) {
        let Some((&SkippedMessage { ratchet_key, .. }, _)) = self.keys.get(self.first) else {
            return;
        };
        self.first = usize::MAX;
        let count = self.keys.iter().filter(|(message, _)| message.ratchet_key == ratchet_key).count();
        give_up_excess_of_chain(self.keys, &ratchet_key, count, limits, &mut note_eviction);
        give_up_excess(self.keys, limits, &mut note_eviction);
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        self.keys.truncate(self.first);
        // A message that does not open leaves no memory behind.
        if self.first == 0 {
            *self.keys = Keys::default();
        }
    }
}

fn give_up_excess_of_chain(
    keys: &mut Keys,
    ratchet_key: &Curve25519PublicKey,
    count: usize,
    limits: &Limits,
    note_eviction: &mut impl FnMut(&SkippedMessage),
) {
    let mut excess = excess(count, limits.skipped_keys_per_chain());
    // A session may keep keys of as many chains as keys, each of which would look through all of them.
    if excess == 0 {
        return;
    }
    keys.retain(|_, message| {
        let evicted = excess > 0 && message.ratchet_key == *ratchet_key;
        if evicted {
            excess = excess.saturating_sub(1);
            note_eviction(message);
        }
        !evicted
    });
}

fn give_up_excess(keys: &mut Keys, limits: &Limits, note_eviction: &mut impl FnMut(&SkippedMessage)) {
    let excess = excess(keys.len(), limits.skipped_keys());
    keys.iter().take(excess).for_each(|(evicted, _)| note_eviction(evicted));
    keys.retain(|position, _| position >= excess);
}

fn excess(count: usize, limit: u32) -> usize {
    count.saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX))
}
