use crate::secret::Secret;

/// The wiped memory of keys that are gone, for those that come: a turn of the ratchet between two parties asks for none.
#[derive(Debug, Default)]
pub(super) struct SpareMemory([Option<Secret<32>>; SpareMemory::PLACES]);

impl SpareMemory {
    /// A turn of ours takes two, and a turn of the other party gives both back.
    const PLACES: usize = 2;

    /// This with all places taken, for a session that takes the next turn.
    pub(super) fn filled(mut self) -> Self {
        for place in &mut self.0 {
            place.get_or_insert_with(Secret::zeroed);
        }
        self
    }

    pub(super) fn take(&mut self) -> Secret<32> {
        self.0.iter_mut().find_map(Option::take).unwrap_or_else(Secret::zeroed)
    }

    pub(super) fn take_for(&mut self, secret: &[u8; 32]) -> Secret<32> {
        let mut memory = self.take();
        memory.replace(secret);
        memory
    }

    pub(super) fn give(&mut self, memory: Secret<32>) {
        if let Some(place) = self.0.iter_mut().find(|place| place.is_none()) {
            *place = Some(memory);
        }
    }
}

// No part of the state.
#[cfg(test)]
impl Clone for SpareMemory {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
impl PartialEq for SpareMemory {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
