use alloc::{collections::VecDeque, vec::Vec};

use crate::{
    keys::Curve25519PublicKey,
    olm::{DecryptionError, Limits},
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

/// The skipped message keys of the whole session, oldest first; also those of chains that are gone.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct SkippedMessageKeys(VecDeque<SkippedMessageKey>);

impl SkippedMessageKeys {
    pub(super) fn len(&self) -> usize {
        self.0.len()
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

        let of_chain = self.0.iter().filter(|skipped| skipped.ratchet_key == ratchet_key).count();
        for _ in 0..excess(of_chain, limits.skipped_keys_per_chain()) {
            let oldest = self.0.iter().position(|skipped| skipped.ratchet_key == ratchet_key);
            if let Some(evicted) = oldest.and_then(|position| self.0.remove(position)) {
                note_eviction(&evicted);
            }
        }
        for evicted in self.0.drain(..excess(self.0.len(), limits.skipped_keys())) {
            note_eviction(&evicted);
        }
    }
}

fn excess(count: usize, limit: u32) -> usize {
    count.saturating_sub(usize::try_from(limit).unwrap_or(usize::MAX))
}
