use alloc::vec::Vec;
use core::fmt;

use rand_core::TryCryptoRng;

use super::{
    DecryptionError, EncryptionError, Limits, Message, MessageType, OlmMessage, OutboundCreationError,
    PreKeyMessage, SessionConfig, SessionKeys, SessionSnapshot, SessionSummary, SharedKeys, SkippedMessage,
    StateError, handshake,
    message::{self, Layout},
    pre_key_message,
    ratchet::DoubleRatchet,
};
use crate::{
    encoding::MessageVersion,
    keys::{Curve25519KeyPair, Curve25519PublicKey, SessionId, SingleUseKeyPair},
    random::RandomError,
};

/// An Olm session: the double ratchet with one other device.
///
/// Made by [`Account::create_outbound_session`](super::Account::create_outbound_session) or
/// [`Account::create_inbound_session`](super::Account::create_inbound_session). It is not `Clone`: two copies would
/// encrypt two messages under one key.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::{SystemRandom, olm::{Account, OlmMessage, SessionConfig}};
///
/// let mut rng = SystemRandom::new();
/// let (alice, mut bob) = (Account::new(&mut rng)?, Account::new(&mut rng)?);
/// let one_time_key = bob.generate_one_time_keys(1, &mut rng)?.created[0].public_key;
/// let config = SessionConfig::default();
/// let mut session = alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, &mut rng)?;
///
/// // What travels is a type and a text.
/// let message = session.encrypt("hello", &mut rng)?;
/// let (message_type, body) = (message.message_type().as_usize(), message.to_base64());
///
/// let OlmMessage::PreKey(message) = OlmMessage::from_parts(message_type, &body)? else {
///     panic!("the first message is a pre-key message")
/// };
/// let created = bob.create_inbound_session(alice.curve25519_key(), &message, config)?;
/// assert_eq!(created.plaintext, b"hello");
///
/// let mut answering = created.session;
/// let answer = answering.encrypt("hello yourself", &mut rng)?;
/// assert_eq!(session.decrypt(&answer)?, b"hello yourself");
/// assert!(session.decrypt(&answer).is_err(), "a message key is used once");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
#[cfg_attr(test, derive(Clone, PartialEq))]
pub struct Session {
    session_keys: SessionKeys,
    version: MessageVersion,
    ratchet: DoubleRatchet,
    has_received_message: bool,
}

impl Session {
    /// The session of the party that starts it. Draws the base key (32 bytes), then the ratchet key (32 bytes).
    pub(super) fn start<R: TryCryptoRng + ?Sized>(
        identity_key: &Curve25519KeyPair,
        their_identity_key: Curve25519PublicKey,
        their_one_time_key: Curve25519PublicKey,
        config: SessionConfig,
        rng: &mut R,
    ) -> Result<Self, OutboundCreationError> {
        let base_key = SingleUseKeyPair::random(rng)?;
        let session_keys = SessionKeys::new(identity_key.public(), base_key.public(), their_one_time_key);
        let shared_keys = handshake::start(identity_key, base_key, &their_identity_key, &their_one_time_key)?;
        Ok(Self::sender_from_shared_keys(shared_keys, session_keys, config, rng)?)
    }

    /// The session of the party that starts it, after another handshake than triple Diffie-Hellman.
    ///
    /// `session_keys` name the session on both sides and go out in its pre-key messages. Draws 32 bytes from `rng`: the first
    /// ratchet key.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails; the shared keys are gone then too.
    pub fn sender_from_shared_keys<R: TryCryptoRng + ?Sized>(
        shared_keys: SharedKeys,
        session_keys: SessionKeys,
        config: SessionConfig,
        rng: &mut R,
    ) -> Result<Self, RandomError> {
        let ratchet_key = Curve25519KeyPair::random(rng)?;
        let ratchet = DoubleRatchet::start(shared_keys, ratchet_key, config.limits);
        Ok(Self { session_keys, version: config.version, ratchet, has_received_message: false })
    }

    /// The session of the other party, after another handshake than triple Diffie-Hellman. It has received nothing yet.
    ///
    /// `their_ratchet_key` is the ratchet key of the first message. The session can encrypt before it has decrypted that message, to a
    /// ratchet key that nobody has vouched for: wait for [`has_received_message`](Self::has_received_message).
    #[must_use]
    pub fn receiver_from_shared_keys(
        shared_keys: SharedKeys,
        session_keys: SessionKeys,
        their_ratchet_key: Curve25519PublicKey,
        config: SessionConfig,
    ) -> Self {
        let ratchet = DoubleRatchet::answer(shared_keys, their_ratchet_key, config.limits);
        Self { session_keys, version: config.version, ratchet, has_received_message: false }
    }

    /// Decrypts the message that the session was made from.
    pub(super) fn decrypt_first(&mut self, message: &PreKeyMessage) -> Result<Vec<u8>, DecryptionError> {
        self.open(message.layout(), message.as_bytes())
    }

    /// Encrypts a plaintext of any length.
    ///
    /// The result is a pre-key message until the session has received something, a normal message from then on. The
    /// sending chain moves on by one message; the caller stores the session before the message leaves, so that no
    /// message key is ever used twice (Olm specification, "Sending normal messages").
    ///
    /// Draws 32 bytes from `rng`, the new ratchet key, where there is no sending chain: for the first message after a
    /// message of the other party on a new chain. Draws nothing otherwise.
    ///
    /// # Errors
    ///
    /// The session is as it was after each of them: [`EncryptionError::Random`] if the generator fails,
    /// [`EncryptionError::NonContributoryKey`] if the other party's ratchet key has small order,
    /// [`EncryptionError::ChainExhausted`] after 2^32 - 1 messages without an answer.
    pub fn encrypt<R: TryCryptoRng + ?Sized>(
        &mut self,
        plaintext: impl AsRef<[u8]>,
        rng: &mut R,
    ) -> Result<OlmMessage, EncryptionError> {
        let plaintext = plaintext.as_ref();
        let version = self.version;
        let session_keys = (!self.has_received_message).then_some(self.session_keys);
        self.ratchet.send(rng, |ratchet_key, chain_index, message_key| match session_keys {
            Some(keys) => {
                PreKeyMessage::seal(keys, version, ratchet_key, chain_index, message_key, plaintext).into()
            }
            None => Message::seal(version, ratchet_key, chain_index, message_key, plaintext).into(),
        })
    }

    /// Decrypts a message of either kind; the result is the plaintext, which is the caller's to wipe.
    ///
    /// The plaintext of a Matrix event names its sender and its recipient. The caller compares both with the device that
    /// the session belongs to, or a third device could pass another's messages off as its own (Olm specification,
    /// "Message authentication concerns").
    ///
    /// On success the message's key is used up, and the keys of messages that are missing before it are kept as far
    /// as [`Limits`] allow. Needs no randomness (Olm specification, "Receiving messages").
    ///
    /// # Errors
    ///
    /// A [`DecryptionError`]; the session is as it was, bit for bit, after each of them. They are unauthenticated verdicts.
    pub fn decrypt(&mut self, message: &OlmMessage) -> Result<Vec<u8>, DecryptionError> {
        match message {
            OlmMessage::Normal(message) => self.open(message.layout(), message.as_bytes()),
            OlmMessage::PreKey(message) if self.matches_pre_key_message(message) => {
                self.open(message.layout(), message.as_bytes())
            }
            OlmMessage::PreKey(_) => Err(DecryptionError::ForeignPreKeyMessage),
        }
    }

    fn open(&mut self, layout: &Layout, bytes: &[u8]) -> Result<Vec<u8>, DecryptionError> {
        let (expected, found) = (self.version, layout.version());
        if found != expected {
            return Err(DecryptionError::MismatchedVersion { expected, found });
        }
        let plaintext = self.ratchet.receive(layout.ratchet_key(), layout.chain_index(), |message_key| {
            layout.open(bytes, message_key)
        })?;
        self.has_received_message = true;
        Ok(plaintext)
    }

    /// Whether the pre-key message belongs to this session: it carries this session's three keys.
    ///
    /// The keys are not authenticated; only a successful decryption shows who sent the message.
    #[must_use]
    pub fn matches_pre_key_message(&self, message: &PreKeyMessage) -> bool {
        message.session_keys() == self.session_keys
    }

    /// The id of the session, the same on both sides.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        self.session_keys.session_id()
    }

    /// The three keys that the session was agreed with. The identity key among them is that of the party that started:
    /// our own in an outbound session, the other party's in an inbound one.
    #[must_use]
    pub fn session_keys(&self) -> SessionKeys {
        self.session_keys
    }

    /// The version that the session was made with.
    #[must_use]
    pub fn version(&self) -> MessageVersion {
        self.version
    }

    /// Whether the session has decrypted anything: before, it encrypts pre-key messages.
    #[must_use]
    pub fn has_received_message(&self) -> bool {
        self.has_received_message
    }

    /// Whether [`encrypt`](Self::encrypt) draws randomness next: 32 bytes, because there is no sending chain.
    #[must_use]
    pub fn needs_random(&self) -> bool {
        self.ratchet.sending_chain().is_none()
    }

    /// The length in bytes of the message that [`encrypt`](Self::encrypt) makes next of so many bytes of plaintext.
    #[must_use]
    pub fn message_len(&self, plaintext_length: usize) -> usize {
        let chain_index = self.ratchet.sending_chain().map_or(0, |chain| chain.next_chain_index);
        let normal = message::sealed_length(self.version, chain_index, plaintext_length);
        match self.next_message_type() {
            MessageType::Normal => normal,
            MessageType::PreKey => pre_key_message::sealed_length(normal),
        }
    }

    /// What the session keeps and how far it jumps.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.ratchet.limits()
    }

    /// Sets what the session keeps and how far it jumps. Returns how many skipped message keys were given up because there is no room
    /// for them any more, oldest first; late messages that need them can no longer be read. Receiver chains that there is no room for go
    /// too, oldest first, but not the keys that they skipped.
    pub fn set_limits(&mut self, limits: Limits) -> usize {
        let before = self.ratchet.skipped_message_keys();
        self.ratchet.set_limits(limits);
        before.saturating_sub(self.ratchet.skipped_message_keys())
    }

    /// Gives up the skipped message keys of receiver chains that are no longer kept, which not every other library can store.
    /// Returns how many there were; late messages that need them can no longer be read.
    pub fn forget_message_keys_of_dropped_chains(&mut self) -> usize {
        let before = self.ratchet.skipped_message_keys();
        self.ratchet.forget_orphaned_message_keys();
        before.saturating_sub(self.ratchet.skipped_message_keys())
    }

    /// The public part of the session's state, to see why two sessions no longer understand each other.
    #[must_use]
    pub fn summary(&self) -> SessionSummary {
        SessionSummary {
            session_id: self.session_id(),
            version: self.version,
            has_received_message: self.has_received_message,
            sending_chain: self.ratchet.sending_chain(),
            receiver_chains: self.ratchet.receiver_chains(),
            skipped_message_keys: self.ratchet.skipped_message_keys(),
        }
    }

    /// The messages that have not arrived and could still be read, because their keys are kept: those given up first come first.
    pub fn skipped_messages(&self) -> impl Iterator<Item = SkippedMessage> + '_ {
        self.ratchet.skipped_messages()
    }

    /// The kind of message that [`encrypt`](Self::encrypt) returns next.
    #[must_use]
    pub fn next_message_type(&self) -> MessageType {
        if self.has_received_message { MessageType::Normal } else { MessageType::PreKey }
    }
}

impl Session {
    /// The session of a store. That our ratchet key is a key pair, [`prove_ratchet_key`](Self::prove_ratchet_key) tells.
    pub(crate) fn from_snapshot(snapshot: &SessionSnapshot<'_>) -> Result<Self, StateError> {
        Ok(Self {
            session_keys: snapshot.session_keys,
            version: snapshot.version,
            ratchet: DoubleRatchet::from_snapshot(&snapshot.ratchet, snapshot.limits)?,
            has_received_message: snapshot.has_received_message,
        })
    }

    /// The whole state, for a store.
    pub(crate) fn snapshot(&self) -> SessionSnapshot<'_> {
        SessionSnapshot {
            session_keys: self.session_keys,
            version: self.version,
            limits: self.limits(),
            has_received_message: self.has_received_message,
            ratchet: self.ratchet.snapshot(),
        }
    }

    /// Computes the public half of our ratchet key anew, because it came from a store that nothing vouches for.
    pub(crate) fn prove_ratchet_key(&self) -> Result<(), StateError> {
        Ok(self.ratchet.prove_ratchet_key()?)
    }
}

#[cfg(test)]
impl Session {
    /// The ratchet, for tests to look into and to forge messages with.
    pub(super) fn ratchet(&mut self) -> &mut DoubleRatchet {
        &mut self.ratchet
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Session")
            .field("session_id", &self.session_id())
            .field("has_received_message", &self.has_received_message)
            .finish_non_exhaustive()
    }
}
