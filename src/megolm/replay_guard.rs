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

    /// The most indexes that a guard makes room for; only what it has seen already, stored or merged, can be more.
    pub const MAX_CAPACITY: usize = 1_000_000;

    /// No guard: without room for anything.
    #[must_use]
    pub fn none() -> Self {
        Self::with_capacity(0)
    }

    /// A guard with room for `capacity` message indexes, at most [`MAX_CAPACITY`](Self::MAX_CAPACITY), at about 60 bytes each
    /// once they are seen.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self { seen: BTreeMap::new(), capacity: capacity.min(Self::MAX_CAPACITY) }
    }

    /// A guard that has seen these message indexes with these events, as [`entries`](Self::entries) gave them. Of an index that
    /// comes twice the last event counts. The capacity is at least the number of entries.
    #[must_use]
    pub fn from_entries(capacity: usize, entries: impl IntoIterator<Item = (u32, [u8; 32])>) -> Self {
        let mut guard = Self { seen: entries.into_iter().collect(), capacity: 0 };
        guard.set_capacity(capacity);
        guard
    }

    /// What was seen, to be stored beside the session: message index and event, in the order of the indexes.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &[u8; 32])> + '_ {
        self.seen.iter().map(|(index, event)| (*index, event))
    }

    /// Gives the guard more room or less, but never less than it has filled, nor more than [`MAX_CAPACITY`](Self::MAX_CAPACITY).
    pub fn set_capacity(&mut self, capacity: usize) {
        self.capacity = capacity.min(Self::MAX_CAPACITY).max(self.seen.len());
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

    /// Learns what another guard of the same session has seen; what both have seen stays as it is here.
    pub(super) fn merge(&mut self, other: &Self) {
        for (index, event) in &other.seen {
            self.seen.entry(*index).or_insert(*event);
        }
        self.set_capacity(self.capacity.max(other.capacity));
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
