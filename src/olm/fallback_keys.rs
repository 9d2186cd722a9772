use alloc::vec::Vec;

use super::{OneTimeKey, OneTimeKeySnapshot, StateError, StoredItems, one_time_keys::StoredKey};
use crate::keys::Curve25519PublicKey;

/// What [`Account::generate_fallback_key`](super::Account::generate_fallback_key) did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GeneratedFallbackKey {
    /// The new key, current from now on.
    pub created: OneTimeKey,
    /// The key before the previous one, given up; messages to it can no longer be read.
    pub removed: Option<OneTimeKey>,
}

/// The current fallback key, and the one before it, which messages on their way may still use.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct FallbackKeys {
    current: Option<StoredKey>,
    previous: Option<StoredKey>,
}

impl FallbackKeys {
    /// The keys of a store: the current one, then the previous one.
    pub(super) fn from_snapshot(keys: &[OneTimeKeySnapshot<'_>]) -> Result<Self, StateError> {
        let (current, previous) = match keys {
            [] => (None, None),
            [current] => (Some(current), None),
            [current, previous] => (Some(current), Some(previous)),
            more => {
                let items = StoredItems::FallbackKeys;
                return Err(StateError::TooMany { items, count: more.len(), limit: 2 });
            }
        };
        Ok(Self {
            current: current.map(StoredKey::from_snapshot),
            previous: previous.map(StoredKey::from_snapshot),
        })
    }

    pub(super) fn snapshot(&self) -> Vec<OneTimeKeySnapshot<'_>> {
        [&self.current, &self.previous].into_iter().flatten().map(StoredKey::snapshot).collect()
    }

    pub(super) fn current(&self) -> Option<OneTimeKey> {
        self.current.as_ref().map(StoredKey::public)
    }

    pub(super) fn previous(&self) -> Option<OneTimeKey> {
        self.previous.as_ref().map(StoredKey::public)
    }

    pub(super) fn find(&self, public_key: &Curve25519PublicKey) -> Option<&StoredKey> {
        [&self.current, &self.previous]
            .into_iter()
            .flatten()
            .find(|stored| stored.public_key() == *public_key)
    }

    /// Makes `key` the current one and keeps the one before it; an older one is given up.
    pub(super) fn rotate(&mut self, key: StoredKey) -> GeneratedFallbackKey {
        let created = key.public();
        let current = self.current.replace(key);
        let removed = core::mem::replace(&mut self.previous, current).map(|stored| stored.public());
        GeneratedFallbackKey { created, removed }
    }

    /// Gives up the previous key; whether there was one.
    pub(super) fn forget_previous(&mut self) -> bool {
        self.previous.take().is_some()
    }

    pub(super) fn mark_as_published(&mut self) {
        if let Some(stored) = &mut self.current {
            stored.published = true;
        }
    }
}

#[cfg(test)]
impl FallbackKeys {
    /// Forgets that the public keys were computed here.
    pub(super) fn doubt(&mut self) {
        [&mut self.current, &mut self.previous].into_iter().flatten().for_each(StoredKey::doubt);
    }
}
