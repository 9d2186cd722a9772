//! The guard against replays beside its model, for every history over a few indexes and events (`docs/proofs.md`, "The replay
//! guard").

use alloc::{collections::BTreeMap, vec::Vec};

use crate::megolm::{DecryptionError, ReplayGuard};

/// Each index with the first event that it was read with.
type Seen = BTreeMap<u32, u8>;

const INDEXES: [u32; 3] = [0, 1, u32::MAX];
const EVENTS: [u8; 2] = [1, 2];
const CAPACITIES: [usize; 4] = [0, 1, 2, 3];

fn event(number: u8) -> [u8; 32] {
    [number; 32]
}

/// What the guard says of a message that opens, and what both know afterwards.
fn read(guard: &mut ReplayGuard, seen: &mut Seen, capacity: usize, message_index: u32, number: u8) {
    let expected = match seen.get(&message_index) {
        Some(known) if *known == number => Ok(()),
        Some(_) => Err(DecryptionError::Replay { message_index }),
        None if seen.len() >= capacity => Err(DecryptionError::ReplayGuardFull { capacity }),
        None => Ok(()),
    };
    let before = guard.clone();
    assert_eq!(guard.check(message_index, &event(number)), expected);
    assert_eq!(*guard, before);
    if expected.is_ok() {
        guard.remember(message_index, event(number));
        seen.insert(message_index, number);
    }
}

/// Every guard that there is over these indexes and events, whatever it went through, with what it must know.
fn every_guard() -> BTreeMap<(Vec<(u32, u8)>, usize), ReplayGuard> {
    let mut reached = BTreeMap::new();
    let mut pending: Vec<(Seen, usize, ReplayGuard)> = CAPACITIES
        .into_iter()
        .map(|capacity| (Seen::new(), capacity, ReplayGuard::with_capacity(capacity)))
        .collect();
    while let Some((seen, capacity, guard)) = pending.pop() {
        let state = (seen.clone().into_iter().collect(), capacity);
        let entries: Vec<_> = guard.entries().map(|(index, event)| (index, event[0])).collect();
        assert_eq!((entries, guard.capacity()), state);
        if let Some(same) = reached.insert(state, guard.clone()) {
            assert_eq!(same, guard);
            continue;
        }
        for index in INDEXES {
            for number in EVENTS {
                let (mut guard, mut seen) = (guard.clone(), seen.clone());
                read(&mut guard, &mut seen, capacity, index, number);
                pending.push((seen, capacity, guard));
            }
        }
        for wanted in CAPACITIES {
            let mut guard = guard.clone();
            guard.set_capacity(wanted);
            pending.push((seen.clone(), wanted.max(seen.len()), guard));
        }
        let entries = guard.entries().map(|(index, event)| (index, *event));
        pending.push((seen.clone(), capacity, ReplayGuard::from_entries(capacity, entries)));
    }
    reached
}

#[test]
fn every_history_of_a_guard() {
    // Each index unseen or seen with one of two events, and no more seen than there is room for.
    assert_eq!(every_guard().len(), 1 + (1 + 6) + (1 + 6 + 12) + (1 + 6 + 12 + 8));
}

#[test]
fn every_two_guards_merged() {
    let guards = every_guard();
    for ((first_seen, first_capacity), first) in &guards {
        for ((second_seen, second_capacity), second) in &guards {
            let mut merged = first.clone();
            merged.merge(second);
            // What both have seen stays as the first one knows it.
            let mut seen: Seen = second_seen.iter().copied().collect();
            seen.extend(first_seen.iter().copied());
            let capacity = *first_capacity.max(second_capacity).max(&seen.len());
            let entries: Vec<_> = merged.entries().map(|(index, event)| (index, event[0])).collect();
            assert_eq!((entries, merged.capacity()), (seen.into_iter().collect(), capacity));
        }
    }
}
