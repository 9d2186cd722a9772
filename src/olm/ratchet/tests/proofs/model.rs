//! What the double ratchet must do, message by message: no lists to keep in order, only what became of each message.

use std::collections::HashMap;

use alloc::{collections::BTreeMap, vec::Vec};

use super::super::super::*;
use crate::testing::seeded;

/// The key pairs of both parties, and whatever was derived once.
pub(super) struct World {
    ours: Vec<Curve25519KeyPair>,
    pub(super) theirs: Vec<Curve25519KeyPair>,
    /// The root key and chain key after a turn: from a root key, our key and theirs.
    turns: HashMap<(Key, usize, usize), (Key, Key)>,
}

type Key = [u8; 32];

impl World {
    /// So many ratchet keys of each party.
    pub(super) fn new(keys: u64) -> Self {
        let pair = |seed| Curve25519KeyPair::random(&mut seeded(seed)).unwrap();
        let theirs = (1_000..1_000 + keys).map(pair).collect();
        Self { ours: (0..keys).map(pair).collect(), theirs, turns: HashMap::new() }
    }

    fn turn(&mut self, root_key: [u8; 32], ours: usize, theirs: usize) -> ([u8; 32], [u8; 32]) {
        *self.turns.entry((root_key, ours, theirs)).or_insert_with(|| {
            let (mut shared, mut next) = ([0; 32], [0; 64]);
            self.ours[ours].diffie_hellman(&self.theirs[theirs].public(), &mut shared).unwrap();
            derive_root_key(&root_key, &shared, &mut next);
            let (root_key, chain_key) = split::<64, 32, 32>(&next);
            (*root_key, *chain_key)
        })
    }
}

/// What became of a message that a chain has come past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Read,
    Kept,
    GivenUp,
}

/// A chain of theirs that something was read on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chain {
    /// Which of their ratchet keys it is under.
    pub(super) label: usize,
    first_key: [u8; 32],
    /// Of every message before the next one.
    pub(super) fates: Vec<Fate>,
}

impl Chain {
    /// The chain key and the message key at a place of the chain.
    pub(super) fn keys_at(&self, place: usize) -> ([u8; 32], [u8; 32]) {
        let (mut chain_key, mut message_key, mut next) = (self.first_key, [0; 32], [0; 32]);
        for _ in 0..place {
            step_chain_key(&chain_key, &mut message_key, &mut next);
            chain_key = next;
        }
        step_chain_key(&chain_key, &mut message_key, &mut next);
        (chain_key, message_key)
    }

    /// Where the last of what was given up stands, and one further.
    pub(super) fn given_up_below(&self) -> usize {
        self.fates.iter().rposition(|fate| *fate == Fate::GivenUp).map_or(0, |place| place + 1)
    }
}

/// A party that answers, and everything that it ever did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Party {
    pub(super) root_key: [u8; 32],
    /// How many ratchet keys we have drawn.
    pub(super) turns: usize,
    /// Whether it is their turn: we have answered their latest chain.
    pub(super) active: bool,
    /// By the order in which they began.
    pub(super) chains: Vec<Chain>,
    /// Which of them can still go on.
    pub(super) live: Vec<usize>,
    /// The messages whose keys are kept, by the order in which they were skipped: chain and place.
    pub(super) kept: Vec<(usize, usize)>,
    /// The chain index of the first place of a chain.
    pub(super) base: u32,
}

impl Party {
    pub(super) fn answering(root_key: [u8; 32], chain_key: [u8; 32], base: u32) -> Self {
        let first = Chain { label: 0, first_key: chain_key, fates: Vec::new() };
        Self {
            root_key,
            turns: 0,
            active: false,
            chains: alloc::vec![first],
            live: alloc::vec![0],
            kept: Vec::new(),
            base,
        }
    }

    pub(super) fn index(&self, place: usize) -> u32 {
        self.base + u32::try_from(place).unwrap()
    }

    /// We answer with a new ratchet key.
    pub(super) fn answer(&mut self, world: &mut World) {
        let newest = self.chains.last().unwrap().label;
        self.root_key = world.turn(self.root_key, self.turns, newest).0;
        (self.turns, self.active) = (self.turns + 1, true);
    }

    /// The chain that they would begin now under one of their ratchet keys, and the root key after it.
    pub(super) fn next_chain(&self, label: usize, world: &mut World) -> ([u8; 32], Chain) {
        let (root_key, first_key) = world.turn(self.root_key, self.turns - 1, label);
        (root_key, Chain { label, first_key, fates: Vec::new() })
    }

    /// A message says that it stands at a place of the chain under one of their ratchet keys, and opens with `key` alone.
    pub(super) fn deliver(
        &mut self,
        label: usize,
        place: usize,
        key: &[u8; 32],
        limits: &Limits,
        world: &mut World,
    ) -> Result<(), DecryptionError> {
        let opens = |chain: &Chain| {
            let (_, message_key) = chain.keys_at(place);
            if message_key == *key { Ok(()) } else { Err(DecryptionError::AuthenticationFailed) }
        };
        let is_this = |(chain, at): &(usize, usize)| self.chains[*chain].label == label && *at == place;
        if let Some(position) = self.kept.iter().position(is_this) {
            let (chain, _) = self.kept[position];
            opens(&self.chains[chain])?;
            self.kept.remove(position);
            self.chains[chain].fates[place] = Fate::Read;
            return Ok(());
        }
        let live = self.live.iter().copied().find(|chain| self.chains[*chain].label == label);
        let (chain, root_key) = match live {
            Some(chain) => (self.chains[chain].clone(), self.root_key),
            None if self.active => {
                let (root_key, chain) = self.next_chain(label, world);
                (chain, root_key)
            }
            None => return Err(DecryptionError::UnknownRatchetKey),
        };
        let chain_index = self.index(place);
        let Some(gap) = place.checked_sub(chain.fates.len()) else {
            // Whatever stands before something given up may have been given up.
            return Err(if place < chain.given_up_below() {
                DecryptionError::NoLongerKept { chain_index }
            } else {
                DecryptionError::AlreadyUsed { chain_index }
            });
        };
        let (gap, limit) = (u32::try_from(gap).unwrap(), limits.message_gap());
        if gap > limit {
            return Err(DecryptionError::GapTooLarge { gap, limit });
        }
        if chain_index == u32::MAX {
            return Err(DecryptionError::ChainExhausted);
        }
        opens(&chain)?;

        let chain = live.unwrap_or_else(|| {
            (self.root_key, self.active) = (root_key, false);
            // The keys of an older chain under the same ratchet key fit no message any more.
            self.give_up(|party, (chain, _)| party.chains[chain].label == label);
            self.chains.push(chain);
            self.live.push(self.chains.len() - 1);
            self.chains.len() - 1
        });
        let fates = &mut self.chains[chain].fates;
        self.kept.extend((fates.len()..place).map(|place| (chain, place)));
        fates.resize(place, Fate::Kept);
        fates.push(Fate::Read);
        self.keep_to(limits);
        Ok(())
    }

    /// Gives up what there is no room for: the oldest chains, the keys of a chain that were skipped first, then those of all.
    pub(super) fn keep_to(&mut self, limits: &Limits) {
        let room = |limit: u32| usize::try_from(limit).unwrap();
        self.live.drain(..self.live.len().saturating_sub(room(limits.receiver_chains())));
        let mut of_chain: BTreeMap<usize, usize> = BTreeMap::new();
        for (position, (chain, _)) in self.kept.clone().into_iter().enumerate().rev() {
            let newer = of_chain.entry(chain).or_default();
            *newer += 1;
            if *newer > room(limits.skipped_keys_per_chain()) {
                let (chain, place) = self.kept.remove(position);
                self.chains[chain].fates[place] = Fate::GivenUp;
            }
        }
        let first_kept = self.kept.len().saturating_sub(room(limits.skipped_keys()));
        for (chain, place) in self.kept.drain(..first_kept) {
            self.chains[chain].fates[place] = Fate::GivenUp;
        }
    }

    /// Gives up the keys of chains that are gone.
    pub(super) fn forget_orphans(&mut self) {
        self.give_up(|party, (chain, _)| !party.live.contains(&chain));
    }

    fn give_up(&mut self, wanted: impl Fn(&Self, (usize, usize)) -> bool) {
        for message in self.kept.clone() {
            if wanted(self, message) {
                self.kept.retain(|kept| *kept != message);
                self.chains[message.0].fates[message.1] = Fate::GivenUp;
            }
        }
    }
}
