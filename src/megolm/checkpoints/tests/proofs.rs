//! Every history of reads, failures, merges and giving up, over a few indexes (`docs/proofs.md`, "Checkpoints").

use alloc::{collections::BTreeMap, vec::Vec};

use super::*;

/// What can happen to a session, at one of the indexes.
const EVENTS: [fn(&mut Checkpoints, &Ratchet); 4] = [
    |checkpoints, at| {
        checkpoints.read(at.index(), |_| Ok::<_, ()>(()));
    },
    |checkpoints, at| {
        // What is kept has read a message, which is not before the beginning.
        if at.index() >= checkpoints.first_known_index() {
            checkpoints.keep(at.clone());
        }
    },
    |checkpoints, at| checkpoints.forget_before(at.index()),
    |checkpoints, at| {
        if at.index() < checkpoints.first_known_index() {
            checkpoints.begin_earlier(&Checkpoints::new(at.clone()));
        }
    },
];

/// Where ratchets are kept. Two states that keep them in the same places are the same, which is checked.
fn places(checkpoints: &Checkpoints) -> Vec<Option<u32>> {
    let ends = [Some(checkpoints.first.index()), checkpoints.furthest.as_ref().map(Ratchet::index)];
    ends.into_iter().chain(checkpoints.trail.iter().map(|kept| Some(kept.index))).collect()
}

/// Whatever a session has been through, it reads the ratchet that single steps lead to, at every index that it may read.
fn check(checkpoints: &Checkpoints, ratchets: &[Ratchet]) {
    let kept = checkpoints.trail.iter().chain(checkpoints.furthest.iter().map(Ratchet::snapshot));
    for kept in kept {
        assert!(kept.index >= checkpoints.first_known_index(), "nothing leads back behind the beginning");
    }
    for expected in ratchets {
        let known = expected.index() >= checkpoints.first_known_index();
        let found = checkpoints.at(expected.index());
        assert_eq!(found.as_ref(), known.then_some(expected));
        // A message that does not open sees the right parts too, and leaves no trace.
        let mut read = checkpoints.clone();
        let seen = read.read(expected.index(), |parts| Err::<(), _>(parts == expected.as_bytes()));
        assert_eq!(seen, known.then_some(Err(true)));
        assert_eq!(&read, checkpoints);
    }
}

/// Goes through every state that sessions come to by any number of events at these indexes; how many there are, and how many
/// ways between them.
fn every_history(indexes: &[u32]) -> (usize, usize) {
    let ratchets: Vec<Ratchet> = indexes.iter().map(|index| first(0).advanced_to(*index)).collect();
    let mut reached = BTreeMap::new();
    let mut ways = 0;
    let mut pending: Vec<Checkpoints> = ratchets.iter().cloned().map(Checkpoints::new).collect();
    while let Some(checkpoints) = pending.pop() {
        let places = places(&checkpoints);
        if let Some(same) = reached.get(&places) {
            assert_eq!(same, &checkpoints);
            continue;
        }
        check(&checkpoints, &ratchets);
        for event in EVENTS {
            for ratchet in &ratchets {
                let mut next = checkpoints.clone();
                event(&mut next, ratchet);
                pending.push(next);
                ways += 1;
            }
        }
        reached.insert(places, checkpoints);
    }
    (reached.len(), ways)
}

#[test]
fn every_history_over_a_few_indexes() {
    let found = every_history(&[0, 1, 2, 3, 6, 7, 256, 258, 65_536]);
    assert_eq!(found, (166, 5_976));
}

#[test]
#[ignore = "many cases: `cargo xtask proofs`"]
fn every_history_over_more_indexes() {
    let found = every_history(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 128, 256, 257, 259, 512, 65_536, 65_537]);
    assert_eq!(found, (962, 61_568));
}
