//! The double ratchet beside its model, for every sequence of events of a small scope (`docs/proofs.md`, "The skipped-key
//! store").
//!
//! Every state that any number of events leads to is visited once, and in it every event is tried. Each is compared with the
//! model down to the last key, so a state of the model that was seen before needs no second look: these are all sequences, of
//! any length.

mod model;

use alloc::{collections::BTreeSet, vec::Vec};

use self::model::{Party, World};
use super::super::*;
use crate::testing::seeded;

/// What a proof goes through.
struct Scope {
    /// How many messages each chain has.
    messages: usize,
    /// How often we answer.
    answers: usize,
    /// The chain index of the first message.
    base: u32,
    /// Whether they may come back to their first ratchet key.
    reused_ratchet_key: bool,
    /// The limits that the session may be set to; it begins with the first.
    limits: Vec<Limits>,
}

/// How much a proof went through.
#[derive(Debug, Default, PartialEq, Eq)]
struct Visited {
    states: usize,
    opened: usize,
    refused: usize,
}

const WRONG_KEY: [u8; 32] = [0x77; 32];

impl Scope {
    fn visit_everything(&self) -> Visited {
        let mut world = World::new(u64::try_from(self.answers).unwrap() + 2);
        let shared = |byte| Secret::copy_of(&[byte; 32]);
        let keys = SharedKeys { root_key: shared(1), chain_key: shared(2) };
        let mut ratchet = DoubleRatchet::answer(keys, world.theirs[0].public(), self.limits[0]);
        ratchet.set_chain_index(self.base);
        let mut pending = alloc::vec![(ratchet, Party::answering([1; 32], [2; 32], self.base), 0)];
        let (mut seen, mut visited) = (BTreeSet::new(), Visited::default());
        while let Some((ratchet, party, limits)) = pending.pop() {
            if !seen.insert((party.clone(), limits)) {
                continue;
            }
            visited.states += 1;
            assert_same(&ratchet, &party, &world);
            self.deliver_everything(&ratchet, &party, limits, &mut world, |state, outcome| {
                match outcome {
                    Ok(()) => visited.opened += 1,
                    Err(_) => visited.refused += 1,
                }
                pending.extend(state.map(|(ratchet, party)| (ratchet, party, limits)));
            });
            pending.extend(self.other_events(&ratchet, &party, limits, &mut world));
        }
        visited
    }

    /// Delivers every message that there can be: under each ratchet key, at each place, the message of each chain that was ever
    /// under that key, and a forged one.
    fn deliver_everything(
        &self,
        ratchet: &DoubleRatchet,
        party: &Party,
        limits: usize,
        world: &mut World,
        mut tell: impl FnMut(Option<(DoubleRatchet, Party)>, Result<(), DecryptionError>),
    ) {
        let mut next = ratchet.clone();
        for label in 0..=self.answers + 1 {
            let mut chains: Vec<_> =
                party.chains.iter().filter(|chain| chain.label == label).cloned().collect();
            if party.active && self.may_begin(label, party) {
                chains.push(party.next_chain(label, world).1);
            }
            for place in 0..self.messages {
                let keys = chains.iter().map(|chain| chain.keys_at(place).1).chain([WRONG_KEY]);
                for key in keys {
                    let mut expected = party.clone();
                    let verdict = expected.deliver(label, place, &key, &self.limits[limits], world);
                    let open =
                        |found: &[u8; 32]| if *found == key { Ok(()) } else { Err(AuthenticationFailed) };
                    let outcome = next.receive(world.theirs[label].public(), party.index(place), open);
                    assert_eq!(outcome, verdict, "ratchet key {label}, place {place}, in {party:#?}");
                    if outcome.is_ok() {
                        let opened = mem::replace(&mut next, ratchet.clone());
                        tell(Some((opened, expected)), outcome);
                    } else {
                        assert!(
                            next == *ratchet && expected == *party,
                            "a message that does not open leaves no trace"
                        );
                        tell(None, outcome);
                    }
                }
            }
        }
    }

    /// Whether they may begin a chain under this ratchet key: the next new one, or their first one again.
    fn may_begin(&self, label: usize, party: &Party) -> bool {
        label == party.chains.len() || (self.reused_ratchet_key && label == 0)
    }

    /// Where answering, setting limits, giving up orphans and going through a store lead.
    fn other_events(
        &self,
        ratchet: &DoubleRatchet,
        party: &Party,
        limits: usize,
        world: &mut World,
    ) -> Vec<(DoubleRatchet, Party, usize)> {
        let stored = DoubleRatchet::from_snapshot(&ratchet.snapshot(), self.limits[limits]).unwrap();
        let mut next = alloc::vec![(stored, party.clone(), limits)];
        assert_same(&next[0].0, party, world);
        if !party.active && party.turns < self.answers {
            let (mut ratchet, mut party) = (ratchet.clone(), party.clone());
            ratchet.send(&mut seeded(u64::try_from(party.turns).unwrap()), |_, _, _| ()).unwrap();
            party.answer(world);
            next.push((ratchet, party, limits));
        }
        for (other, limits) in self.limits.iter().enumerate() {
            let (mut ratchet, mut party) = (ratchet.clone(), party.clone());
            ratchet.set_limits(*limits);
            party.keep_to(limits);
            next.push((ratchet, party, other));
        }
        let (mut ratchet, mut party) = (ratchet.clone(), party.clone());
        ratchet.forget_orphaned_message_keys();
        party.forget_orphans();
        next.push((ratchet, party, limits));
        next
    }
}

/// Each key and each number of the ratchet is the one that follows from what happened.
fn assert_same(ratchet: &DoubleRatchet, party: &Party, world: &World) {
    let snapshot = ratchet.snapshot();
    assert_eq!(snapshot.root_key, &party.root_key);
    assert_eq!(matches!(snapshot.sending, SendingSnapshot::Active { .. }), party.active);
    assert_eq!(snapshot.receiver_chains.len(), party.live.len());
    for (found, chain) in snapshot.receiver_chains.iter().rev().zip(&party.live) {
        let chain = &party.chains[*chain];
        assert_eq!(found.ratchet_key, world.theirs[chain.label].public());
        assert_eq!(found.chain_index, party.index(chain.fates.len()));
        assert_eq!(found.chain_key, &chain.keys_at(chain.fates.len()).0);
        let watermark = chain.given_up_below();
        assert_eq!(found.evicted_below, if watermark == 0 { 0 } else { party.index(watermark) });
    }
    assert_eq!(snapshot.skipped_message_keys.len(), party.kept.len());
    for (found, (chain, place)) in snapshot.skipped_message_keys.iter().zip(&party.kept) {
        let chain = &party.chains[*chain];
        assert_eq!(found.ratchet_key, world.theirs[chain.label].public());
        assert_eq!(found.chain_index, party.index(*place));
        assert_eq!(found.message_key, &chain.keys_at(*place).1);
    }
}

#[test]
fn every_sequence_on_one_chain() {
    let limits = alloc::vec![Limits::tiny(2, 3, 1, 3), Limits::tiny(1, 1, 1, 2)];
    let scope = Scope { messages: 8, answers: 0, base: 0, reused_ratchet_key: false, limits };
    assert_eq!(scope.visit_everything(), Visited { states: 835, opened: 1_547, refused: 18_493 });
}

/// Behind the last index a chain could not go on: a message there is refused, and those before it are read as ever.
#[test]
fn every_sequence_at_the_end_of_a_chain() {
    let limits = alloc::vec![Limits::tiny(2, 3, 1, 3), Limits::tiny(1, 1, 1, 2)];
    let scope = Scope { messages: 6, answers: 0, base: u32::MAX - 5, reused_ratchet_key: false, limits };
    assert_eq!(scope.visit_everything(), Visited { states: 97, opened: 154, refused: 1_592 });
}

#[test]
fn every_sequence_over_two_turns() {
    let limits = alloc::vec![Limits::tiny(2, 2, 2, 2)];
    let scope = Scope { messages: 3, answers: 2, base: 0, reused_ratchet_key: false, limits };
    assert_eq!(scope.visit_everything(), Visited { states: 1_112, opened: 2_837, refused: 20_131 });
}

#[test]
#[ignore = "many cases: `cargo xtask proofs`"]
fn every_sequence_over_three_turns_with_changing_limits_and_a_ratchet_key_again() {
    let limits = alloc::vec![Limits::tiny(2, 3, 2, 2), Limits::tiny(1, 2, 1, 1)];
    let scope = Scope { messages: 3, answers: 3, base: 0, reused_ratchet_key: true, limits };
    assert_eq!(scope.visit_everything(), Visited { states: 77_036, opened: 178_733, refused: 1_899_115 });
}
