use std::{cmp::Ordering, collections::BTreeMap};

use cliquet::{
    MessageVersion,
    megolm::{
        InboundGroupSession, MegolmMessage, Provenance, ReplayGuard, SessionExport, SessionKey,
        SessionOrdering,
    },
};

use super::{Verdict, config, verdict};

/// A session and its model.
pub(crate) struct Receiver {
    pub(crate) session: InboundGroupSession,
    /// What the session was made from: all that it can read follows from this alone.
    origin: SessionExport,
    /// From which index on the session is proven to be shared, if it is.
    shared_from: Option<u32>,
    seen: BTreeMap<u32, [u8; 32]>,
    capacity: usize,
}

impl Receiver {
    pub(crate) fn shared(session_key: &SessionKey, version: MessageVersion) -> Self {
        let session = InboundGroupSession::new(session_key, config(version));
        let origin = session.export();
        assert_eq!(origin.as_bytes()[1..], session_key.as_bytes()[1..SessionExport::LENGTH]);
        Self::new(session, origin, Some(session_key.message_index()))
    }

    pub(crate) fn imported(export: SessionExport, version: MessageVersion) -> Self {
        Self::new(InboundGroupSession::import(&export, config(version)), export, None)
    }

    fn new(session: InboundGroupSession, origin: SessionExport, shared_from: Option<u32>) -> Self {
        Self { session, origin, shared_from, seen: BTreeMap::new(), capacity: 0 }
    }

    /// The session as if it had never read anything.
    fn unread(&self) -> InboundGroupSession {
        InboundGroupSession::import(&self.origin, config(self.session.version()))
    }

    fn first(&self) -> u32 {
        self.origin.message_index()
    }

    /// All that is visible of the session is what its model says.
    pub(crate) fn check(&self) {
        assert_eq!(self.session.first_known_index(), self.first());
        assert_eq!(self.session.session_id(), self.origin.session_id());
        assert_eq!(self.session.export(), self.origin);
        assert_eq!(shared_from(&self.session), self.shared_from);
        let guard = self.session.replay_guard();
        assert_eq!((guard.len(), guard.capacity()), (self.seen.len(), self.capacity));
    }

    /// Whatever was read before, an export is that of a session which has read nothing.
    pub(crate) fn export_at(&self, index: u32) -> Option<SessionExport> {
        let export = self.session.export_at(index);
        assert_eq!(export, self.unread().export_at(index));
        assert_eq!(export.is_some(), index >= self.first());
        export
    }

    pub(crate) fn advance_to(&mut self, index: u32) {
        let export = self.export_at(index);
        assert_eq!(self.session.advance_to(index), export.is_some());
        if let Some(export) = export {
            self.origin = export;
            self.shared_from = self.shared_from.map(|from| from.max(index));
        }
    }

    fn expected_ordering(&self, other: &Self) -> SessionOrdering {
        let index = self.first().max(other.first());
        let connected = self.session.version() == other.session.version()
            && self.unread().export_at(index) == other.unread().export_at(index);
        match self.first().cmp(&other.first()) {
            _ if !connected => SessionOrdering::Unconnected,
            Ordering::Less => SessionOrdering::Better,
            Ordering::Equal => SessionOrdering::Equal,
            Ordering::Greater => SessionOrdering::Worse,
        }
    }

    pub(crate) fn compare(&self, other: &Self) {
        let expected = self.expected_ordering(other);
        assert_eq!(self.session.compare(&other.session), expected);
        assert_eq!(self.session.connected(&other.session), expected != SessionOrdering::Unconnected);
    }

    /// Takes over what the other one reads, and never claims more than one of the two could prove.
    pub(crate) fn merge(&mut self, other: &Self) {
        let expected = self.expected_ordering(other);
        let connected = expected != SessionOrdering::Unconnected;
        assert_eq!(self.session.merge(&other.session), connected);
        if !connected {
            return;
        }
        for (index, event) in &other.seen {
            self.seen.entry(*index).or_insert(*event);
        }
        self.capacity = self.capacity.max(other.capacity);
        self.shared_from = match (self.shared_from, other.shared_from) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        if expected == SessionOrdering::Worse {
            self.origin = other.unread().export();
        }
    }

    pub(crate) fn set_guard(&mut self, capacity: usize) {
        self.session.set_replay_guard(ReplayGuard::with_capacity(capacity));
        self.seen.clear();
        self.capacity = capacity;
    }

    pub(crate) fn copy_guard(&mut self, other: &Self) {
        self.session.set_replay_guard(other.session.replay_guard().clone());
        self.seen.clone_from(&other.seen);
        self.capacity = other.capacity;
    }

    /// The verdict on a message with the right version and signature. `opens` tells whether the session that has read
    /// nothing has the key of the message.
    pub(crate) fn verdict(
        &self,
        index: u32,
        event: Option<[u8; 32]>,
        opens: impl FnOnce(&InboundGroupSession) -> bool,
    ) -> Verdict {
        match event.map(|event| (event, self.seen.get(&index))) {
            Some((event, Some(seen))) if *seen != event => return Verdict::Replay,
            Some((_, None)) if self.seen.len() >= self.capacity => return Verdict::ReplayGuardFull,
            _ => {}
        }
        if index < self.first() {
            return Verdict::UnknownMessageIndex;
        }
        if opens(&self.unread()) { Verdict::Opens } else { Verdict::NotAuthentic }
    }

    /// Decrypts, and looks whether anything changed that should not.
    pub(crate) fn decrypt(&mut self, message: &MegolmMessage, event: Option<[u8; 32]>) -> (Verdict, Vec<u8>) {
        let guard = self.session.replay_guard().clone();
        let outcome = match &event {
            Some(event) => self.session.decrypt_event(message, event),
            None => self.session.decrypt(message),
        };
        if outcome.is_err() || event.is_none() {
            assert_eq!(self.session.replay_guard(), &guard);
        }
        assert_eq!(shared_from(&self.session), self.shared_from, "decrypting proves nothing");
        match outcome {
            Ok(decrypted) => {
                assert_eq!(decrypted.message_index, message.message_index());
                let shared = self.shared_from.is_some_and(|from| from <= message.message_index());
                assert_eq!(matches!(decrypted.provenance, Provenance::Shared { .. }), shared);
                (Verdict::Opens, decrypted.plaintext)
            }
            Err(error) => (verdict(error), Vec::new()),
        }
    }

    pub(crate) fn remember(&mut self, index: u32, event: [u8; 32]) {
        self.seen.insert(index, event);
    }
}

fn shared_from(session: &InboundGroupSession) -> Option<u32> {
    match session.provenance() {
        Provenance::Shared { from, .. } => Some(from),
        Provenance::Imported => None,
        other => panic!("no step of this target leads to {other:?}"),
    }
}
