use core::fmt;

use rand_core::TryCryptoRng;

use super::{
    EncryptionError, MegolmMessage, OutboundSnapshot, SessionConfig, SessionKey, message, ratchet::Ratchet,
};
use crate::{
    encoding::MessageVersion,
    keys::{Ed25519KeyPair, MismatchedPublicKey, SessionId},
    random::RandomError,
};

/// A sender's Megolm session for one room.
///
/// It is not `Clone`: two copies would encrypt two messages under one key.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::{SystemRandom, megolm::{InboundGroupSession, OutboundGroupSession, SessionConfig}};
///
/// let mut room = OutboundGroupSession::new(SessionConfig::default(), &mut SystemRandom::new())?;
/// let session_key = room.session_key(); // sent to each device over Olm
/// let message = room.encrypt("hello, room")?;
///
/// let mut member = InboundGroupSession::new(&session_key, SessionConfig::default());
/// let decrypted = member.decrypt(&message)?;
/// assert_eq!((decrypted.plaintext.as_slice(), decrypted.message_index), (&b"hello, room"[..], 0));
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
#[cfg_attr(test, derive(Clone, PartialEq))]
pub struct OutboundGroupSession {
    version: MessageVersion,
    ratchet: Ratchet,
    signing_key: Ed25519KeyPair,
}

impl OutboundGroupSession {
    /// A new session at message index 0.
    ///
    /// Draws 160 bytes from `rng`: the ratchet (128), then the Ed25519 seed (32).
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(config: SessionConfig, rng: &mut R) -> Result<Self, RandomError> {
        Ok(Self {
            version: config.version,
            ratchet: Ratchet::random(rng)?,
            signing_key: Ed25519KeyPair::random(rng)?,
        })
    }

    /// The id of the session: its public signing key.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        SessionId::from_bytes(*self.signing_key.public().as_bytes())
    }

    /// The version of the messages.
    #[must_use]
    pub fn version(&self) -> MessageVersion {
        self.version
    }

    /// The index of the next message.
    #[must_use]
    pub fn message_index(&self) -> u32 {
        self.ratchet.index()
    }

    /// The length in bytes of the message that [`encrypt`](Self::encrypt) makes next of so many bytes of plaintext.
    #[must_use]
    pub fn message_len(&self, plaintext_length: usize) -> usize {
        message::sealed_length(self.version, self.message_index(), plaintext_length)
    }

    /// The session key at the current index: who gets it reads the messages from the next one on, none before.
    #[must_use]
    pub fn session_key(&self) -> SessionKey {
        SessionKey::sign(&self.ratchet, &self.signing_key)
    }

    /// Encrypts and signs a plaintext of any length, and moves on by one message. The caller stores the session before
    /// the message leaves, so that no message key is ever used twice (Megolm specification, "Message encryption").
    ///
    /// # Errors
    ///
    /// [`EncryptionError::SessionExhausted`] at message index 2^32 - 1; the session is as it was.
    pub fn encrypt(&mut self, plaintext: impl AsRef<[u8]>) -> Result<MegolmMessage, EncryptionError> {
        let next_index = self.message_index().checked_add(1).ok_or(EncryptionError::SessionExhausted)?;
        let message = MegolmMessage::seal(self.version, &self.ratchet, &self.signing_key, plaintext.as_ref());
        self.ratchet.advance_to(next_index);
        Ok(message)
    }
}

impl OutboundGroupSession {
    /// The session of a store; its public signing key is computed anew.
    pub(crate) fn from_snapshot(snapshot: &OutboundSnapshot<'_>) -> Result<Self, MismatchedPublicKey> {
        let signing_key = Ed25519KeyPair::from_snapshot(&snapshot.signing_key)?;
        let ratchet = Ratchet::from_bytes(snapshot.ratchet.parts, snapshot.ratchet.index);
        Ok(Self { version: snapshot.version, ratchet, signing_key })
    }

    /// The signing key with its secret half, for a store.
    pub(crate) fn signing_key_pair(&self) -> &Ed25519KeyPair {
        &self.signing_key
    }

    /// The whole state, for a store.
    pub(crate) fn snapshot(&self) -> OutboundSnapshot<'_> {
        OutboundSnapshot {
            version: self.version,
            ratchet: self.ratchet.snapshot(),
            signing_key: self.signing_key.snapshot(),
        }
    }
}

#[cfg(test)]
impl OutboundGroupSession {
    /// The secret state, for tests to forge messages with.
    pub(super) fn parts(&mut self) -> (&mut Ratchet, &Ed25519KeyPair) {
        (&mut self.ratchet, &self.signing_key)
    }
}

impl fmt::Debug for OutboundGroupSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OutboundGroupSession")
            .field("session_id", &self.session_id())
            .field("message_index", &self.message_index())
            .finish_non_exhaustive()
    }
}
