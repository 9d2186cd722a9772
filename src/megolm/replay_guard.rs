use alloc::collections::BTreeMap;

use super::DecryptionError;

/// Remembers with which event each message index was seen, so that a replay under another event is noticed.
///
/// Used by [`InboundGroupSession::decrypt_event`](super::InboundGroupSession::decrypt_event). It holds nothing secret, and it
/// forgets nothing: once it is full it refuses what it has not seen, and says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayGuard {
    seen: BTreeMap<u32, [u8; 32]>,
    capacity: usize,
}

impl ReplayGuard {
    /// How many indexes a guard remembers unless told otherwise: a hundred times what Matrix clients send in one session.
    pub const DEFAULT_CAPACITY: usize = 10_000;

    /// No guard: without room for anything.
    #[must_use]
    pub fn none() -> Self {
        Self::with_capacity(0)
    }

    /// A guard with room for `capacity` message indexes, at about 60 bytes each once they are seen.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self { seen: BTreeMap::new(), capacity }
    }

    /// How many indexes the guard can remember.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many indexes were seen.
    #[must_use]
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether nothing was seen yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Whether a message with this index may be read as this event; changes nothing.
    pub(super) fn check(&self, message_index: u32, event: &[u8; 32]) -> Result<(), DecryptionError> {
        match self.seen.get(&message_index) {
            Some(seen) if seen == event => Ok(()),
            Some(_) => Err(DecryptionError::Replay { message_index }),
            None if self.seen.len() < self.capacity => Ok(()),
            None => Err(DecryptionError::ReplayGuardFull { capacity: self.capacity }),
        }
    }

    /// Remembers a message that was checked and has opened.
    pub(super) fn remember(&mut self, message_index: u32, event: [u8; 32]) {
        self.seen.insert(message_index, event);
    }
}

impl Default for ReplayGuard {
    fn default() -> Self {
        Self::with_capacity(Self::DEFAULT_CAPACITY)
    }
}
