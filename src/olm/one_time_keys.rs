use alloc::{collections::VecDeque, vec::Vec};

use rand_core::TryCryptoRng;

use super::OneTimeKeyError;
use crate::keys::{Curve25519KeyPair, Curve25519PublicKey, KeyId};

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
    pub(super) key_pair: Curve25519KeyPair,
    pub(super) published: bool,
}

impl StoredKey {
    /// Draws 32 bytes.
    pub(super) fn random<R: TryCryptoRng + ?Sized>(
        key_id: KeyId,
        rng: &mut R,
    ) -> Result<Self, OneTimeKeyError> {
        Ok(Self { key_id, key_pair: Curve25519KeyPair::random(rng)?, published: false })
    }

    pub(super) fn public(&self) -> OneTimeKey {
        OneTimeKey { key_id: self.key_id, public_key: self.key_pair.public(), published: self.published }
    }
}

/// The one-time keys of an account, oldest first.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct OneTimeKeys(VecDeque<StoredKey>);

impl OneTimeKeys {
    /// How many keys are stored; beyond that the oldest are given up.
    pub(super) const LIMIT: usize = 5_000;

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = OneTimeKey> + '_ {
        self.0.iter().map(StoredKey::public)
    }

    pub(super) fn find(&self, public_key: &Curve25519PublicKey) -> Option<&StoredKey> {
        self.0.iter().find(|stored| stored.key_pair.public() == *public_key)
    }

    /// Adds keys, newest last, and removes the oldest that there is no room for.
    pub(super) fn add(&mut self, keys: Vec<StoredKey>) -> GeneratedOneTimeKeys {
        let created = keys.iter().map(StoredKey::public).collect();
        self.0.extend(keys);
        let excess = self.0.len().saturating_sub(Self::LIMIT);
        let removed = self.0.drain(..excess).map(|stored| stored.public()).collect();
        GeneratedOneTimeKeys { created, removed }
    }

    /// Removes and wipes a key; whether there was one.
    pub(super) fn remove(&mut self, public_key: &Curve25519PublicKey) -> bool {
        let position = self.0.iter().position(|stored| stored.key_pair.public() == *public_key);
        position.and_then(|position| self.0.remove(position)).is_some()
    }

    pub(super) fn mark_as_published(&mut self) {
        for stored in &mut self.0 {
            stored.published = true;
        }
    }
}
