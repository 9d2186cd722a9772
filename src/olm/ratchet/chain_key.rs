use crate::{
    primitives::kdf::{self, HmacKey},
    secret::{FOR_HASHES, Scratch, Secret, with_wiped_stack},
};

/// A chain key and its index: the number of messages before it in the chain.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub(super) struct ChainKey {
    key: Secret<32>,
    index: u32,
}

impl ChainKey {
    /// The first key of a chain.
    pub(super) fn new(key: Secret<32>) -> Self {
        Self { key, index: 0 }
    }

    /// The key of a store, at the index of the next message.
    pub(super) fn from_snapshot(key: &[u8; 32], index: u32) -> Self {
        Self { key: Secret::copy_of(key), index }
    }

    /// The memory of the key, which is gone.
    pub(super) fn into_memory(self) -> Secret<32> {
        self.key.wiped()
    }

    pub(super) fn index(&self) -> u32 {
        self.index
    }

    pub(super) fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Writes the next message key and moves on. Returns the chain index of that key; `None`, and nothing is
    /// changed, at index 2^32 - 1, behind which there is no other.
    pub(super) fn advance(&mut self, message_key: &mut [u8; 32]) -> Option<u32> {
        let index = self.index;
        let next_index = index.checked_add(1)?;
        let mut next = Scratch::zeroed();
        step(self.key.as_bytes(), message_key, next.as_mut_bytes());
        self.key.replace(next.as_bytes());
        self.index = next_index;
        Some(index)
    }

    #[cfg(test)]
    pub(super) fn set_index(&mut self, index: u32) {
        self.index = index;
    }
}

/// `message_key = HMAC-SHA-256(chain_key, 01)`, `next = HMAC-SHA-256(chain_key, 02)` (Olm specification, "Creating a
/// message key" and "Advancing the chain key")
pub(in crate::olm) fn step(chain_key: &[u8; 32], message_key: &mut [u8; 32], next: &mut [u8; 32]) {
    with_wiped_stack::<FOR_HASHES, _>(|| {
        let hmac = HmacKey::new(chain_key);
        hmac.mac(&[&[1]], message_key);
        hmac.into_mac([&[2][..]], next);
    });
}

/// The second half of [`step`], for a message whose key is not kept.
pub(super) fn step_over(chain_key: &[u8; 32], next: &mut [u8; 32]) {
    kdf::hmac(chain_key, [&[2][..]], next);
}
