use alloc::vec::Vec;
use core::fmt;

use super::{
    DecryptionError, MegolmMessage, SessionConfig, SessionExport, SessionKey, checkpoints::Checkpoints,
};
use crate::encoding::MessageVersion;
use crate::keys::{Ed25519PublicKey, SessionId};

/// A receiver's Megolm session: reads one sender's messages in one room, from its first known index on.
///
/// It decrypts in any order and as often as asked: the message index is always returned, and a caller that must not
/// act twice on a replayed message compares it with what it has seen. It is not `Clone`; what is to be read elsewhere
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
    checkpoints: Checkpoints,
    signing_key: Ed25519PublicKey,
    provenance: Provenance,
}

/// Where an inbound session comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provenance {
    /// From a session key that the session's own signing key signed, from an index on.
    ///
    /// That the signing key belongs to the sender one thinks of, the Olm session shows over which the key came.
    #[non_exhaustive]
    Shared {
        /// The index of the session key.
        from: u32,
    },
    /// From a session export, which anybody can make who knows the session's public key: its messages still carry the
    /// right signature, but who shared it is known from elsewhere or not at all.
    Imported,
}

/// A decrypted message.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecryptedMessage {
    /// The plaintext; the caller's to wipe.
    pub plaintext: Vec<u8>,
    /// The index of the message: the same index twice is a replay.
    pub message_index: u32,
}

impl InboundGroupSession {
    /// The session that a sender shared. It reads messages of the version that `config` states, and no others.
    #[must_use]
    pub fn new(session_key: &SessionKey, config: SessionConfig) -> Self {
        Self {
            version: config.version,
            checkpoints: Checkpoints::new(session_key.ratchet()),
            signing_key: session_key.signing_key(),
            provenance: Provenance::Shared { from: session_key.message_index() },
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

    /// Where the session comes from. Decrypting never changes it.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        self.provenance
    }

    /// Decrypts a message of this session, earlier or later than those before it.
    ///
    /// Checks the version first, then the signature, the index, and the MAC. What the session can read does not change.
    ///
    /// # Errors
    ///
    /// A [`DecryptionError`]; the session is as it was, bit for bit, after each of them.
    pub fn decrypt(&mut self, message: &MegolmMessage) -> Result<DecryptedMessage, DecryptionError> {
        let (expected, found) = (self.version, message.version());
        if found != expected {
            return Err(DecryptionError::MismatchedVersion { expected, found });
        }
        message.verify(&self.signing_key)?;
        let message_index = message.message_index();
        let plaintext = self.checkpoints.read(message_index, |ratchet| message.open(ratchet)).ok_or(
            DecryptionError::UnknownMessageIndex {
                first_known_index: self.first_known_index(),
                message_index,
            },
        )??;
        Ok(DecryptedMessage { plaintext, message_index })
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
        self.first_known_index() == message_index
    }
}

#[cfg(test)]
impl InboundGroupSession {
    /// The ratchet at an index, for tests to forge messages with.
    pub(super) fn ratchet_at(&self, index: u32) -> Option<super::ratchet::Ratchet> {
        self.checkpoints.at(index)
    }
}

impl fmt::Debug for DecryptedMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DecryptedMessage")
            .field("plaintext_length", &self.plaintext.len())
            .field("message_index", &self.message_index)
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
