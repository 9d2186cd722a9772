use super::Account;
use crate::{
    keys::{Curve25519KeyPair, Ed25519KeyPair},
    olm::{AccountSnapshot, StateError, fallback_keys::FallbackKeys, one_time_keys::OneTimeKeys},
};

impl Account {
    /// The account of a store. Both long-term public keys are computed anew; one-time keys and fallback keys are proven when
    /// they are used.
    pub(crate) fn from_snapshot(snapshot: &AccountSnapshot<'_>) -> Result<Self, StateError> {
        let identity_key = Curve25519KeyPair::proven_from_snapshot(&snapshot.identity_key)?;
        let mut keys = snapshot.one_time_keys.iter().chain(&snapshot.fallback_keys);
        if keys.any(|key| key.key_id > snapshot.last_key_id) {
            return Err(StateError::KeyIdBeyondLast);
        }
        Ok(Self {
            signing_key: Ed25519KeyPair::from_snapshot(&snapshot.signing_key)?,
            identity_key,
            one_time_keys: OneTimeKeys::from_snapshot(&snapshot.one_time_keys, snapshot.one_time_key_limit)?,
            fallback_keys: FallbackKeys::from_snapshot(&snapshot.fallback_keys)?,
            last_key_id: snapshot.last_key_id,
        })
    }

    /// The whole state, for a store.
    pub(crate) fn snapshot(&self) -> AccountSnapshot<'_> {
        AccountSnapshot {
            signing_key: self.signing_key.snapshot(),
            identity_key: self.identity_key.snapshot(),
            one_time_keys: self.one_time_keys.snapshot(),
            one_time_key_limit: self.one_time_key_limit(),
            fallback_keys: self.fallback_keys.snapshot(),
            last_key_id: self.last_key_id,
        }
    }
}

#[cfg(test)]
impl Account {
    /// This account as it comes back from a store: its one-time keys are not proven.
    pub(crate) fn as_stored(&self) -> Self {
        let mut stored = self.clone();
        stored.one_time_keys.doubt();
        stored.fallback_keys.doubt();
        stored
    }
}
