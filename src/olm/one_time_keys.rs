use alloc::{collections::VecDeque, vec::Vec};

use rand_core::TryCryptoRng;

use super::{LimitError, OneTimeKeyError, OneTimeKeySnapshot, StateError, StoredItems};
use crate::keys::{Curve25519KeyPair, Curve25519PublicKey, KeyId, MismatchedPublicKey};

/// The public half of a one-time key or a fallback key that an account stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OneTimeKey {
    /// The id of the key within its account.
    pub key_id: KeyId,
    /// The key that others start a session with.
    pub public_key: Curve25519PublicKey,
    /// Whether the key was marked as published.
    pub published: bool,
}

/// What [`Account::generate_one_time_keys`](super::Account::generate_one_time_keys) did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GeneratedOneTimeKeys {
    /// The new keys, in the order of their ids.
    pub created: Vec<OneTimeKey>,
    /// The oldest keys, given up because the account stores no more; messages to them can no longer be read.
    pub removed: Vec<OneTimeKey>,
}

/// A one-time or fallback key pair with its id.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct StoredKey {
    pub(super) key_id: KeyId,
    key_pair: Curve25519KeyPair,
    pub(super) published: bool,
    /// Whether the public key was computed here; what comes from a store is proven when it is used.
    proven: bool,
}

impl StoredKey {
    /// Draws 32 bytes.
    pub(super) fn random<R: TryCryptoRng + ?Sized>(
        key_id: KeyId,
        rng: &mut R,
    ) -> Result<Self, OneTimeKeyError> {
        Ok(Self { key_id, key_pair: Curve25519KeyPair::random(rng)?, published: false, proven: true })
    }

    /// The key of a store; its public key may be one that the store states.
    pub(super) fn from_snapshot(snapshot: &OneTimeKeySnapshot<'_>) -> Self {
        Self {
            key_id: snapshot.key_id,
            key_pair: Curve25519KeyPair::from_snapshot(&snapshot.key_pair),
            published: snapshot.published,
            proven: snapshot.key_pair.public_key.is_none(),
        }
    }

    pub(super) fn snapshot(&self) -> OneTimeKeySnapshot<'_> {
        OneTimeKeySnapshot {
            key_id: self.key_id,
            key_pair: self.key_pair.snapshot(),
            published: self.published,
        }
    }

    pub(super) fn public_key(&self) -> Curve25519PublicKey {
        self.key_pair.public()
    }

    /// The key pair, to be used.
    pub(super) fn key_pair(&self) -> Result<&Curve25519KeyPair, MismatchedPublicKey> {
        if !self.proven {
            self.key_pair.prove()?;
        }
        Ok(&self.key_pair)
    }

    pub(super) fn public(&self) -> OneTimeKey {
        OneTimeKey { key_id: self.key_id, public_key: self.public_key(), published: self.published }
    }
}

/// The one-time keys of an account, oldest first.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct OneTimeKeys {
    keys: VecDeque<StoredKey>,
    /// How many keys are stored; beyond that the oldest are given up.
    limit: u32,
}

impl OneTimeKeys {
    /// How many keys are stored unless told otherwise.
    pub(super) const DEFAULT_LIMIT: u32 = 5_000;

    pub(super) fn new() -> Self {
        Self { keys: VecDeque::new(), limit: Self::DEFAULT_LIMIT }
    }

    /// The keys of a store, oldest first.
    pub(super) fn from_snapshot(keys: &[OneTimeKeySnapshot<'_>], limit: u32) -> Result<Self, StateError> {
        let limit = check_limit(limit)?;
        StoredItems::OneTimeKeys.check(keys.len(), limit)?;
        Ok(Self { keys: keys.iter().map(StoredKey::from_snapshot).collect(), limit })
    }

    pub(super) fn snapshot(&self) -> Vec<OneTimeKeySnapshot<'_>> {
        self.keys.iter().map(StoredKey::snapshot).collect()
    }

    pub(super) fn limit(&self) -> u32 {
        self.limit
    }

    /// Sets the limit and gives up the oldest keys that there is no room for any more.
    pub(super) fn set_limit(&mut self, limit: u32) -> Result<Vec<OneTimeKey>, LimitError> {
        self.limit = check_limit(limit)?;
        Ok(self.give_up_excess())
    }

    fn give_up_excess(&mut self) -> Vec<OneTimeKey> {
        let excess = self.keys.len().saturating_sub(usize::try_from(self.limit).unwrap_or(usize::MAX));
        self.keys.drain(..excess).map(|stored| stored.public()).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = OneTimeKey> + '_ {
        self.keys.iter().map(StoredKey::public)
    }

    pub(super) fn find(&self, public_key: &Curve25519PublicKey) -> Option<&StoredKey> {
        self.keys.iter().find(|stored| stored.public_key() == *public_key)
    }

    /// Adds keys, newest last, and removes the oldest that there is no room for.
    pub(super) fn add(&mut self, keys: Vec<StoredKey>) -> GeneratedOneTimeKeys {
        let created = keys.iter().map(StoredKey::public).collect();
        self.keys.extend(keys);
        GeneratedOneTimeKeys { created, removed: self.give_up_excess() }
    }

    /// Removes and wipes a key; whether there was one.
    pub(super) fn remove(&mut self, public_key: &Curve25519PublicKey) -> bool {
        let position = self.keys.iter().position(|stored| stored.public_key() == *public_key);
        position.and_then(|position| self.keys.remove(position)).is_some()
    }

    pub(super) fn mark_as_published(&mut self) {
        for stored in &mut self.keys {
            stored.published = true;
        }
    }
}

#[cfg(test)]
impl StoredKey {
    /// Forgets that the public key was computed here.
    pub(super) fn doubt(&mut self) {
        self.proven = false;
    }
}

#[cfg(test)]
impl OneTimeKeys {
    /// Forgets that the public keys were computed here.
    pub(super) fn doubt(&mut self) {
        self.keys.iter_mut().for_each(StoredKey::doubt);
    }
}

fn check_limit(limit: u32) -> Result<u32, LimitError> {
    LimitError::check(limit, 100, 50_000)
}
