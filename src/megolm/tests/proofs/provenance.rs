//! What is proven of each message, and how sessions compare, for every history of giving up and merging (`docs/proofs.md`,
//! "Provenance").

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use crate::{
    MessageVersion,
    megolm::{
        InboundGroupSession, OutboundGroupSession, Provenance, SessionConfig, SessionOrdering,
        tests::sessions,
    },
    testing::seeded,
};

const INDEXES: [u32; 4] = [0, 1, 2, 3];

/// What a session is, message by message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    first: u32,
    /// The messages, of those that a proof looks at, whose keys came from a session key that the sender signed and were not
    /// given up since.
    proven: BTreeSet<u32>,
    /// What another library said of the session that began first, of those of which nothing is proven; `None` of an import.
    flag: Option<bool>,
}

impl Known {
    fn advance_to(&mut self, index: u32) {
        if index >= self.first {
            self.first = index;
            self.proven.retain(|proven| *proven >= index);
        }
    }

    fn merge(&mut self, other: &Self) {
        if other.first < self.first {
            (self.first, self.flag) = (other.first, other.flag);
        }
        self.proven.extend(&other.proven);
    }

    fn at(&self, index: u32) -> Provenance {
        match (self.proven.first(), self.flag) {
            (Some(_), _) if !self.proven.contains(&index) => Provenance::Imported,
            (Some(from), _) => Provenance::Shared { from: *from },
            (None, Some(flag)) => Provenance::Legacy { flag },
            (None, None) => Provenance::Imported,
        }
    }
}

/// A session of another library.
fn legacy(session: &InboundGroupSession, flag: bool) -> InboundGroupSession {
    let mut snapshot = session.snapshot();
    snapshot.provenance = Provenance::Legacy { flag };
    InboundGroupSession::from_snapshot(snapshot)
}

/// A session of each kind, from each index on.
fn beginnings() -> Vec<(InboundGroupSession, Known)> {
    let mut beginnings = Vec::new();
    for first in INDEXES {
        let (mut sender, whole) = sessions();
        (0..first).for_each(|_| drop(sender.encrypt("").unwrap()));
        let shared = InboundGroupSession::new(&sender.session_key(), SessionConfig::default());
        let import = InboundGroupSession::import(&whole.export_at(first).unwrap(), SessionConfig::default());
        let known = |flag, proven: BTreeSet<u32>| Known { first, proven, flag };
        beginnings.push((legacy(&import, false), known(Some(false), BTreeSet::new())));
        beginnings.push((legacy(&import, true), known(Some(true), BTreeSet::new())));
        beginnings.push((import, known(None, BTreeSet::new())));
        beginnings.push((shared, known(None, (first..=3).collect())));
    }
    beginnings
}

#[test]
fn every_history_of_merging_and_giving_up_proves_what_was_proven_and_no_more() {
    let beginnings = beginnings();
    let mut reached = BTreeMap::new();
    let mut pending = beginnings.clone();
    while let Some((session, known)) = pending.pop() {
        assert_eq!(session.first_known_index(), known.first);
        for index in INDEXES {
            assert_eq!(session.provenance_at(index), known.at(index), "{index} in {known:?}");
        }
        if reached.insert(known.clone(), session.clone()).is_some() {
            continue;
        }
        for index in INDEXES {
            let (mut session, mut known) = (session.clone(), known.clone());
            assert_eq!(session.advance_to(index), index >= known.first);
            known.advance_to(index);
            pending.push((session, known));
        }
        for (other, of_other) in &beginnings {
            for (mut first, mut known, second, of_second) in [
                (session.clone(), known.clone(), other, of_other),
                (other.clone(), of_other.clone(), &session, &known),
            ] {
                assert!(first.merge(second));
                known.merge(of_second);
                pending.push((first, known));
            }
        }
    }
    assert_eq!(reached.len(), 42);
}

/// Sessions that are or are not the same one, from each index on.
fn every_session() -> Vec<(u8, InboundGroupSession)> {
    let config = SessionConfig::default();
    let second = config.with_version(MessageVersion::V2);
    let (sender, whole) = sessions();
    let other = OutboundGroupSession::new(config, &mut seeded(9)).unwrap();
    let other = InboundGroupSession::new(&other.session_key(), config);
    let other_version = InboundGroupSession::new(&sender.session_key(), second);
    let mut all = Vec::new();
    for index in INDEXES {
        all.push((0, InboundGroupSession::import(&whole.export_at(index).unwrap(), config)));
        all.push((1, InboundGroupSession::import(&other.export_at(index).unwrap(), config)));
        all.push((2, InboundGroupSession::import(&other_version.export_at(index).unwrap(), second)));
        // The other session's ratchet under this one's signing key: an invented session.
        let mut invented = other.snapshot();
        invented.signing_key = whole.snapshot().signing_key;
        let mut invented = InboundGroupSession::from_snapshot(invented);
        invented.advance_to(index);
        all.push((3, invented));
    }
    all
}

#[test]
fn every_two_sessions_compare_by_where_they_begin_if_they_are_one() {
    let sessions = every_session();
    for (first_name, first) in &sessions {
        for (second_name, second) in &sessions {
            let same = first_name == second_name;
            let expected = match first.first_known_index().cmp(&second.first_known_index()) {
                _ if !same => SessionOrdering::Unconnected,
                core::cmp::Ordering::Equal => SessionOrdering::Equal,
                core::cmp::Ordering::Less => SessionOrdering::Better,
                core::cmp::Ordering::Greater => SessionOrdering::Worse,
            };
            assert_eq!((first.compare(second), first.connected(second)), (expected, same));
            let mut merged = first.clone();
            assert_eq!(merged.merge(second), same);
            let begins = first.first_known_index().min(second.first_known_index());
            assert!(if same { merged.first_known_index() == begins } else { merged == *first });
        }
    }
}
