use alloc::{borrow::Cow, vec::Vec};
use core::{cmp::Ordering, fmt};

use super::{
    DecryptionError, InboundSnapshot, MegolmMessage, Provenance, ReplayGuard, SessionConfig, SessionExport,
    SessionKey, SessionSigningKey, checkpoints::Checkpoints, ratchet::Ratchet,
};
use crate::{
    encoding::{DecodeError, MessageVersion},
    keys::SessionId,
};

/// A receiver's Megolm session: reads one sender's messages in one room, from its first known index on.
///
/// It decrypts in any order and as often as asked. The message index is always returned, so that a caller notices a replay
/// by what it has seen, or lets the session notice it: [`decrypt_event`](Self::decrypt_event). It is not `Clone`; what is to be read elsewhere
/// goes there as an [export](Self::export_at).
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::{
///     SystemRandom,
///     megolm::{InboundGroupSession, MegolmMessage, OutboundGroupSession, Provenance, SessionConfig, SessionExport, SessionKey},
/// };
///
/// let config = SessionConfig::default();
/// let mut room = OutboundGroupSession::new(config, &mut SystemRandom::new())?;
/// let shared = room.session_key().to_base64();
/// let texts = [room.encrypt("first")?.to_base64(), room.encrypt("second")?.to_base64()];
///
/// let mut member = InboundGroupSession::new(&SessionKey::from_base64(shared.as_str())?, config);
/// let second = member.decrypt(&MegolmMessage::from_base64(&texts[1])?)?;
/// let first = member.decrypt(&MegolmMessage::from_base64(&texts[0])?)?;
/// assert_eq!((first.message_index, second.message_index), (0, 1));
///
/// // Somebody who may read from the second message on.
/// let export = member.export_at(1).ok_or("the member cannot read that")?.to_base64();
/// let mut newcomer = InboundGroupSession::import(&SessionExport::from_base64(export.as_str())?, config);
/// assert_eq!(newcomer.provenance(), Provenance::Imported);
/// assert!(newcomer.decrypt(&MegolmMessage::from_base64(&texts[0])?).is_err());
/// assert_eq!(newcomer.decrypt(&MegolmMessage::from_base64(&texts[1])?)?.plaintext, b"second");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
#[cfg_attr(test, derive(Clone, PartialEq))]
pub struct InboundGroupSession {
    version: MessageVersion,
    pub(super) checkpoints: Checkpoints,
    pub(super) signing_key: SessionSigningKey,
    provenance: Provenance,
    pub(super) replay_guard: ReplayGuard,
}

/// How two inbound sessions relate: which of them reads more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionOrdering {
    /// Both begin at the same message index.
    Equal,
    /// The first one begins earlier.
    Better,
    /// The first one begins later.
    Worse,
    /// They are not the same session: another signing key, another version, or a ratchet that does not agree where both can
    /// be read. Between a shared and an imported one, the import is the one to give up.
    Unconnected,
}

/// A decrypted message.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecryptedMessage {
    /// The plaintext; the caller's to wipe.
    pub plaintext: Vec<u8>,
    /// The index of the message: the same index twice is a replay.
    pub message_index: u32,
    /// Where the session's key for this index comes from.
    pub provenance: Provenance,
}

impl InboundGroupSession {
    /// The session that a sender shared. It reads messages of the version that `config` states, and no others.
    #[must_use]
    pub fn new(session_key: &SessionKey, config: SessionConfig) -> Self {
        Self {
            version: config.version,
            checkpoints: Checkpoints::new(session_key.ratchet()),
            signing_key: session_key.signing_key().into(),
            provenance: Provenance::Shared { from: session_key.message_index() },
            replay_guard: ReplayGuard::none(),
        }
    }

    /// The session that somebody exported; marked as imported. It reads messages of the version that `config` states,
    /// and no others.
    #[must_use]
    pub fn import(export: &SessionExport, config: SessionConfig) -> Self {
        Self {
            version: config.version,
            checkpoints: Checkpoints::new(export.ratchet()),
            signing_key: export.signing_key(),
            provenance: Provenance::Imported,
            replay_guard: ReplayGuard::none(),
        }
    }

    /// The id of the session: its public signing key.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        SessionId::from_bytes(*self.signing_key.as_bytes())
    }

    /// The version of the messages that the session reads.
    #[must_use]
    pub fn version(&self) -> MessageVersion {
        self.version
    }

    /// The earliest message index that the session can read.
    #[must_use]
    pub fn first_known_index(&self) -> u32 {
        self.checkpoints.first_known_index()
    }

    /// Where the message at an index comes from: [`Provenance::Imported`] before the index from which the session is shared.
    #[must_use]
    pub fn provenance_at(&self, message_index: u32) -> Provenance {
        self.provenance.at(message_index)
    }

    /// Where the session comes from as a whole; what that says of one message, [`provenance_at`](Self::provenance_at) tells.
    /// Decrypting and comparing never change it, merging never raises it.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        self.provenance
    }

    /// Decrypts a message of this session, earlier or later than those before it.
    ///
    /// Checks the version first, then the signature, the index, and the MAC. What the session can read does not change, and a
    /// replay guard neither looks nor learns.
    ///
    /// # Errors
    ///
    /// A [`DecryptionError`]; the session is as it was, bit for bit, after each of them.
    pub fn decrypt(&mut self, message: &MegolmMessage) -> Result<DecryptedMessage, DecryptionError> {
        self.check(message)?;
        self.open(message)
    }

    /// [`decrypt`](Self::decrypt) with a guard against replays, made by [`set_replay_guard`](Self::set_replay_guard).
    ///
    /// `event` is 32 bytes that name the event which carried the message, and no other: a SHA-256 of room id, event id and
    /// timestamp, say. The same index with the same event passes as often as it is read, with another event it is a
    /// replay. The guard remembers the message once it has opened, and not otherwise.
    ///
    /// # Errors
    ///
    /// As [`decrypt`](Self::decrypt), and after signature and version are checked: [`DecryptionError::Replay`] if the index was
    /// seen with another event; [`DecryptionError::ReplayGuardFull`] if it was not seen and there is no room to remember it,
    /// or no guard at all. The session and its guard are as they were, bit for bit, after each of them.
    pub fn decrypt_event(
        &mut self,
        message: &MegolmMessage,
        event: &[u8; 32],
    ) -> Result<DecryptedMessage, DecryptionError> {
        self.check(message)?;
        self.replay_guard.check(message.message_index(), event)?;
        let decrypted = self.open(message)?;
        self.replay_guard.remember(decrypted.message_index, *event);
        Ok(decrypted)
    }

    pub(super) fn check_version(&self, message: &MegolmMessage) -> Result<(), DecryptionError> {
        let (expected, found) = (self.version, message.version());
        if found == expected { Ok(()) } else { Err(DecryptionError::MismatchedVersion { expected, found }) }
    }

    /// Version and signature.
    pub(super) fn check(&mut self, message: &MegolmMessage) -> Result<(), DecryptionError> {
        self.check_version(message)?;
        let signing_key = self.signing_key.decode().map_err(|_| DecryptionError::InvalidSignature)?;
        message.verify(signing_key)
    }

    /// Index, MAC and padding, of a message that was checked.
    pub(super) fn open(&mut self, message: &MegolmMessage) -> Result<DecryptedMessage, DecryptionError> {
        let message_index = message.message_index();
        let plaintext = self.checkpoints.read(message_index, |parts| message.open(parts)).ok_or(
            DecryptionError::UnknownMessageIndex {
                first_known_index: self.first_known_index(),
                message_index,
            },
        )??;
        Ok(DecryptedMessage { plaintext, message_index, provenance: self.provenance_at(message_index) })
    }

    /// The guard against replays: [empty and without room](ReplayGuard::none) until it is set.
    #[must_use]
    pub fn replay_guard(&self) -> &ReplayGuard {
        &self.replay_guard
    }

    /// Sets the guard against replays: an empty one when the session is made, or one that was kept elsewhere. It knows what
    /// [`decrypt_event`](Self::decrypt_event) has read, and nothing that [`decrypt`](Self::decrypt) has: with a guard, use the
    /// former alone.
    pub fn set_replay_guard(&mut self, replay_guard: ReplayGuard) {
        self.replay_guard = replay_guard;
    }

    /// Whether both are the same session: one signing key, one version, and one ratchet from the later first known index on.
    /// What an import claims of earlier indexes is not checked by that.
    ///
    /// Neither session changes. The work is that of reading at that index.
    #[must_use]
    pub fn connected(&self, other: &Self) -> bool {
        let index = self.first_known_index().max(other.first_known_index());
        self.signing_key == other.signing_key
            && self.version == other.version
            && self.checkpoints.at(index) == other.checkpoints.at(index)
    }

    /// Which of two sessions reads more. Neither session changes.
    #[must_use]
    pub fn compare(&self, other: &Self) -> SessionOrdering {
        if !self.connected(other) {
            return SessionOrdering::Unconnected;
        }
        match self.first_known_index().cmp(&other.first_known_index()) {
            Ordering::Equal => SessionOrdering::Equal,
            Ordering::Less => SessionOrdering::Better,
            Ordering::Greater => SessionOrdering::Worse,
        }
    }

    /// Takes over from another session whatever this one lacks: an earlier first known index, being shared, and what the replay
    /// guard of the other has seen. Returns whether the two are connected; if they are not, nothing happens.
    ///
    /// What is shared from an index on stays shared from that index on, and not before it. Where both guards have seen an index,
    /// the event that this session knows stays.
    pub fn merge(&mut self, other: &Self) -> bool {
        match self.compare(other) {
            SessionOrdering::Unconnected => return false,
            SessionOrdering::Worse => {
                self.provenance = other.provenance.merged_with(self.provenance);
                self.checkpoints.begin_earlier(&other.checkpoints);
            }
            SessionOrdering::Equal | SessionOrdering::Better => {
                self.provenance = self.provenance.merged_with(other.provenance);
            }
        }
        self.replay_guard.merge(&other.replay_guard);
        true
    }

    /// An export of the session from `message_index` on; `None` if the session cannot read that far back.
    #[must_use]
    pub fn export_at(&self, message_index: u32) -> Option<SessionExport> {
        let ratchet = self.checkpoints.at(message_index)?;
        Some(SessionExport::new(&ratchet, self.signing_key))
    }

    /// An export of all that the session can read.
    #[must_use]
    pub fn export(&self) -> SessionExport {
        SessionExport::new(self.checkpoints.first(), self.signing_key)
    }

    /// Gives up what is before `message_index`: everything from which an earlier message could be read is wiped.
    ///
    /// Returns whether the session begins at `message_index` now; where it began later, nothing happens.
    pub fn advance_to(&mut self, message_index: u32) -> bool {
        self.checkpoints.forget_before(message_index);
        // What begins later is proven from there on alone, should an earlier import be merged in.
        self.provenance = self.provenance.advanced_to(self.first_known_index());
        self.first_known_index() == message_index
    }
}

impl InboundGroupSession {
    /// The session of a store. Every ratchet is valid, and a provenance before the ratchet holds from there on alone.
    pub(crate) fn from_snapshot(snapshot: InboundSnapshot<'_>) -> Self {
        let InboundSnapshot { version, ratchet, signing_key, provenance, replay_guard } = snapshot;
        Self {
            version,
            checkpoints: Checkpoints::new(Ratchet::from_bytes(ratchet.parts, ratchet.index)),
            signing_key,
            provenance: provenance.advanced_to(ratchet.index),
            replay_guard: replay_guard.into_owned(),
        }
    }

    /// The whole state, for a store.
    pub(crate) fn snapshot(&self) -> InboundSnapshot<'_> {
        InboundSnapshot {
            version: self.version,
            ratchet: self.checkpoints.first().snapshot(),
            signing_key: self.signing_key,
            provenance: self.provenance,
            replay_guard: Cow::Borrowed(&self.replay_guard),
        }
    }

    /// Decodes the signing key now instead of when it first verifies something.
    pub(crate) fn decode_signing_key(&mut self) -> Result<(), DecodeError> {
        self.signing_key.decode().map(|_| ())
    }
}

#[cfg(test)]
impl InboundGroupSession {
    /// This session as it comes back from a store: without checkpoints.
    pub(crate) fn without_checkpoints(&self) -> Self {
        Self { checkpoints: Checkpoints::new(self.checkpoints.first().clone()), ..self.clone() }
    }

    /// The ratchet at an index, for tests to forge messages with.
    pub(super) fn ratchet_at(&self, index: u32) -> Option<Ratchet> {
        self.checkpoints.at(index)
    }
}

impl fmt::Debug for DecryptedMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DecryptedMessage")
            .field("plaintext_length", &self.plaintext.len())
            .field("message_index", &self.message_index)
            .field("provenance", &self.provenance)
            .finish()
    }
}

impl fmt::Debug for InboundGroupSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("InboundGroupSession")
            .field("session_id", &self.session_id())
            .field("first_known_index", &self.first_known_index())
            .field("provenance", &self.provenance)
            .finish_non_exhaustive()
    }
}
