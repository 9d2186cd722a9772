//! What a receiver must be able to decrypt, whatever implementation it is: the tightest limits of the three together.

use std::collections::VecDeque;

/// All keep the chains of the last five turns.
const RECEIVER_CHAINS: usize = 5;
/// libolm keeps so many skipped message keys per session; cliquet and vodozemac keep them per chain.
const SKIPPED_MESSAGE_KEYS: usize = 40;
/// All refuse a message with more missing before it.
const MESSAGE_GAP: u32 = 2_000;

/// A place in the sender's chains; chains are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) chain: u32,
    pub(super) chain_index: u32,
}

/// What becomes of a message that is delivered for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It opens.
    Opens,
    /// It opens, later than one that was sent after it.
    OpensLate,
    /// Some implementations have given up its key, others have not.
    Unclear,
}

/// Where a sender is.
#[derive(Debug, Default)]
pub(super) struct Sender {
    chain: u32,
    next_index: u32,
    turn_is_due: bool,
}

impl Sender {
    /// The place of the next message, and whether it begins a chain that answers one of the other party.
    pub(super) fn send(&mut self) -> (Place, bool) {
        let turned = std::mem::take(&mut self.turn_is_due);
        if turned {
            self.chain += 1;
            self.next_index = 0;
        }
        let place = Place { chain: self.chain, chain_index: self.next_index };
        self.next_index += 1;
        (place, turned)
    }

    pub(super) fn other_party_turned(&mut self) {
        self.turn_is_due = true;
    }
}

#[derive(Debug)]
struct Chain {
    number: u32,
    next_index: u32,
}

/// What a receiver has kept.
#[derive(Debug, Default)]
pub(super) struct Receiver {
    /// Newest last.
    chains: VecDeque<Chain>,
    /// Newest last; those of chains that are gone take up room, as in libolm.
    skipped: VecDeque<Place>,
}

impl Receiver {
    pub(super) fn fate(&self, place: Place) -> Fate {
        let Some(chain) = self.chains.iter().find(|chain| chain.number == place.chain) else {
            let is_new = self.chains.back().is_none_or(|newest| newest.number < place.chain);
            return if is_new && place.chain_index <= MESSAGE_GAP { Fate::Opens } else { Fate::Unclear };
        };
        if place.chain_index >= chain.next_index {
            let gap = place.chain_index - chain.next_index;
            return if gap <= MESSAGE_GAP { Fate::Opens } else { Fate::Unclear };
        }
        if self.skipped.contains(&place) { Fate::OpensLate } else { Fate::Unclear }
    }

    /// Notes that the message at `place` was decrypted; whether it began a new chain.
    pub(super) fn receive(&mut self, place: Place) -> bool {
        match self.fate(place) {
            Fate::Unclear => false,
            Fate::OpensLate => {
                self.skipped.retain(|skipped| *skipped != place);
                false
            }
            Fate::Opens => {
                let turned = self.chains.iter().all(|chain| chain.number != place.chain);
                if turned {
                    self.chains.push_back(Chain { number: place.chain, next_index: 0 });
                    keep_newest(&mut self.chains, RECEIVER_CHAINS);
                }
                let chain = self.chains.iter_mut().find(|chain| chain.number == place.chain).unwrap();
                let missing = chain.next_index..place.chain_index;
                chain.next_index = place.chain_index + 1;
                self.skipped.extend(missing.map(|chain_index| Place { chain: place.chain, chain_index }));
                keep_newest(&mut self.skipped, SKIPPED_MESSAGE_KEYS);
                turned
            }
        }
    }
}

fn keep_newest<T>(list: &mut VecDeque<T>, limit: usize) {
    let excess = list.len().saturating_sub(limit);
    list.drain(..excess);
}
