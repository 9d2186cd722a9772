use super::{OneTimeKey, one_time_keys::StoredKey};
use crate::keys::Curve25519PublicKey;

/// The current fallback key, and the one before it, which messages on their way may still use.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct FallbackKeys {
    current: Option<StoredKey>,
    previous: Option<StoredKey>,
}

impl FallbackKeys {
    pub(super) fn current(&self) -> Option<OneTimeKey> {
        self.current.as_ref().map(StoredKey::public)
    }

    pub(super) fn find(&self, public_key: &Curve25519PublicKey) -> Option<&StoredKey> {
        [&self.current, &self.previous]
            .into_iter()
            .flatten()
            .find(|stored| stored.key_pair.public() == *public_key)
    }

    /// Makes `key` the current one and keeps the one before it; an older one is given up and its public half returned.
    pub(super) fn rotate(&mut self, key: StoredKey) -> Option<Curve25519PublicKey> {
        let current = self.current.replace(key);
        let given_up = core::mem::replace(&mut self.previous, current);
        given_up.map(|stored| stored.key_pair.public())
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
