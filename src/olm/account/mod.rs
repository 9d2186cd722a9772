mod stored;

use alloc::vec::Vec;
use core::fmt;

use rand_core::TryCryptoRng;

use super::{
    DecryptionError, GeneratedFallbackKey, GeneratedOneTimeKeys, InboundCreation, InboundCreationError,
    KeyUse, LimitError, OneTimeKey, OneTimeKeyError, OutboundCreationError, PreKeyMessage, Session,
    SessionConfig,
    fallback_keys::FallbackKeys,
    handshake,
    one_time_keys::{OneTimeKeys, StoredKey},
};
use crate::{
    keys::{
        Curve25519KeyPair, Curve25519PublicKey, Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature, KeyId,
    },
    random::RandomError,
};

/// The long-term keys of one device, and the one-time keys and fallback keys that others start sessions with.
///
/// The secret keys leave it only through [`signing_key_pair`](Self::signing_key_pair),
/// [`identity_key_pair`](Self::identity_key_pair) and [pickles](crate::pickle). It is not `Clone`: two copies would hand out one one-time key twice.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::{SystemRandom, olm::Account};
///
/// let mut rng = SystemRandom::new();
/// let mut account = Account::new(&mut rng)?;
/// account.generate_one_time_keys(50, &mut rng)?;
/// account.generate_fallback_key(&mut rng)?;
///
/// // Upload these, each signed; then remember that they are published.
/// for key in account.unpublished_one_time_keys() {
///     let signature = account.sign(format!(r#"{{"key":"{}"}}"#, key.public_key));
///     println!("signed_curve25519:{} = {}, {signature}", key.key_id, key.public_key);
/// }
/// account.mark_keys_as_published();
/// assert_eq!(account.unpublished_one_time_keys().count(), 0);
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
#[cfg_attr(test, derive(Clone, PartialEq))]
pub struct Account {
    signing_key: Ed25519KeyPair,
    identity_key: Curve25519KeyPair,
    one_time_keys: OneTimeKeys,
    fallback_keys: FallbackKeys,
    /// The id given last; 0 is never given.
    last_key_id: KeyId,
}

/// The two public keys that identify a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct IdentityKeys {
    /// The fingerprint key, which signs.
    pub ed25519: Ed25519PublicKey,
    /// The identity key, which agrees sessions.
    pub curve25519: Curve25519PublicKey,
}

/// What [`Account::remove_one_time_key`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Removal {
    /// A one-time key: it is gone now.
    Removed,
    /// A fallback key: it stays.
    FallbackKept,
    /// No key of this account.
    Unknown,
}

impl Account {
    /// How many one-time keys an account stores unless [told otherwise](Self::set_one_time_key_limit).
    pub const DEFAULT_ONE_TIME_KEY_LIMIT: u32 = OneTimeKeys::DEFAULT_LIMIT;

    /// A new account without one-time keys.
    ///
    /// Draws 64 bytes from `rng`: the Ed25519 seed (32), then the Curve25519 secret key (32).
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        let signing_key = Ed25519KeyPair::random(rng)?;
        let identity_key = Curve25519KeyPair::random(rng)?;
        Ok(Self::from_key_pairs(signing_key, identity_key))
    }

    /// The account of keys that were made elsewhere, without one-time keys.
    #[must_use]
    pub fn from_key_pairs(signing_key: Ed25519KeyPair, identity_key: Curve25519KeyPair) -> Self {
        Self {
            signing_key,
            identity_key,
            one_time_keys: OneTimeKeys::new(),
            fallback_keys: FallbackKeys::default(),
            last_key_id: KeyId::from_u64(0),
        }
    }

    /// The fingerprint key with its secret half, for another library to take over.
    #[must_use]
    pub fn signing_key_pair(&self) -> &Ed25519KeyPair {
        &self.signing_key
    }

    /// The identity key with its secret half, for another library to take over.
    #[must_use]
    pub fn identity_key_pair(&self) -> &Curve25519KeyPair {
        &self.identity_key
    }

    /// Both public identity keys.
    #[must_use]
    pub fn identity_keys(&self) -> IdentityKeys {
        IdentityKeys { ed25519: self.ed25519_key(), curve25519: self.curve25519_key() }
    }

    /// The public fingerprint key, which verifies what [`sign`](Self::sign) signs.
    #[must_use]
    pub fn ed25519_key(&self) -> Ed25519PublicKey {
        self.signing_key.public()
    }

    /// The public identity key, which others start sessions with.
    #[must_use]
    pub fn curve25519_key(&self) -> Curve25519PublicKey {
        self.identity_key.public()
    }

    /// Signs a message of any length with the fingerprint key (RFC 8032 section 5.1.6; deterministic).
    ///
    /// What Matrix signs are JSON objects in canonical form (Matrix specification, "Signing JSON").
    #[must_use]
    pub fn sign(&self, message: impl AsRef<[u8]>) -> Ed25519Signature {
        self.signing_key.sign(message.as_ref())
    }

    /// Generates `count` one-time keys, unpublished, with the next ids.
    ///
    /// Draws 32 bytes from `rng` for each key, in the order of the ids. Where an account would store more than its
    /// [limit](Self::set_one_time_key_limit), the oldest are given up and reported.
    ///
    /// # Errors
    ///
    /// The account is as it was after each of them: [`OneTimeKeyError::Random`] if the generator fails, also in the
    /// middle; [`OneTimeKeyError::TooMany`] if `count` is beyond what an account stores;
    /// [`OneTimeKeyError::KeyIdsExhausted`] if no ids are left.
    pub fn generate_one_time_keys<R: TryCryptoRng + ?Sized>(
        &mut self,
        count: usize,
        rng: &mut R,
    ) -> Result<GeneratedOneTimeKeys, OneTimeKeyError> {
        let limit = usize::try_from(self.one_time_keys.limit()).unwrap_or(usize::MAX);
        if count > limit {
            return Err(OneTimeKeyError::TooMany { requested: count, limit });
        }
        let mut last_key_id = self.last_key_id;
        let mut keys = Vec::with_capacity(count);
        for _ in 0..count {
            last_key_id = last_key_id.next().ok_or(OneTimeKeyError::KeyIdsExhausted)?;
            keys.push(StoredKey::random(last_key_id, rng)?);
        }
        self.last_key_id = last_key_id;
        Ok(self.one_time_keys.add(keys))
    }

    /// Sets how many one-time keys the account stores: 100, as libolm does, to 50 000; 5 000 unless it is set, as vodozemac does.
    /// Returns the oldest keys, given up because there is no room for them any more; messages to them can no longer be read.
    ///
    /// # Errors
    ///
    /// [`LimitError`] unless `limit` is from 100 to 50 000; the account is as it was.
    pub fn set_one_time_key_limit(&mut self, limit: u32) -> Result<Vec<OneTimeKey>, LimitError> {
        self.one_time_keys.set_limit(limit)
    }

    /// How many one-time keys the account stores at most.
    #[must_use]
    pub fn one_time_key_limit(&self) -> u32 {
        self.one_time_keys.limit()
    }

    /// The id that was given last, to a one-time key or a fallback key; the next key gets the one after it. 0 before the first.
    #[must_use]
    pub fn last_key_id(&self) -> KeyId {
        self.last_key_id
    }

    /// All stored one-time keys, oldest first.
    pub fn one_time_keys(&self) -> impl Iterator<Item = OneTimeKey> + '_ {
        self.one_time_keys.iter()
    }

    /// The stored one-time keys that were not marked as published, oldest first: those to upload.
    pub fn unpublished_one_time_keys(&self) -> impl Iterator<Item = OneTimeKey> + '_ {
        self.one_time_keys.iter().filter(|key| !key.published)
    }

    /// How many one-time keys are stored, published or not.
    #[must_use]
    pub fn stored_one_time_key_count(&self) -> usize {
        self.one_time_keys.len()
    }

    /// Removes and wipes the one-time key with this public key. A fallback key is not removed.
    pub fn remove_one_time_key(&mut self, public_key: &Curve25519PublicKey) -> Removal {
        if self.one_time_keys.remove(public_key) {
            Removal::Removed
        } else if self.fallback_keys.find(public_key).is_some() {
            Removal::FallbackKept
        } else {
            Removal::Unknown
        }
    }

    /// Generates a fallback key, unpublished, with the next id. The current one becomes the previous one; an older
    /// one is given up and reported.
    ///
    /// Draws 32 bytes from `rng`.
    ///
    /// # Errors
    ///
    /// The account is as it was after each of them: [`OneTimeKeyError::Random`] if the generator fails,
    /// [`OneTimeKeyError::KeyIdsExhausted`] if no id is left.
    pub fn generate_fallback_key<R: TryCryptoRng + ?Sized>(
        &mut self,
        rng: &mut R,
    ) -> Result<GeneratedFallbackKey, OneTimeKeyError> {
        let key_id = self.last_key_id.next().ok_or(OneTimeKeyError::KeyIdsExhausted)?;
        let key = StoredKey::random(key_id, rng)?;
        self.last_key_id = key_id;
        Ok(self.fallback_keys.rotate(key))
    }

    /// The current fallback key, published or not.
    #[must_use]
    pub fn fallback_key(&self) -> Option<OneTimeKey> {
        self.fallback_keys.current()
    }

    /// The previous fallback key, which messages on their way may still use.
    #[must_use]
    pub fn previous_fallback_key(&self) -> Option<OneTimeKey> {
        self.fallback_keys.previous()
    }

    /// The current fallback key if it was not marked as published.
    #[must_use]
    pub fn unpublished_fallback_key(&self) -> Option<OneTimeKey> {
        self.fallback_key().filter(|key| !key.published)
    }

    /// Forgets the previous fallback key, once messages that used it have had time to arrive. Whether there was one.
    pub fn forget_previous_fallback_key(&mut self) -> bool {
        self.fallback_keys.forget_previous()
    }

    /// Marks all one-time keys and the current fallback key as published: the server has accepted them.
    pub fn mark_keys_as_published(&mut self) {
        self.one_time_keys.mark_as_published();
        self.fallback_keys.mark_as_published();
    }

    /// Starts a session with another device: by its identity key, and a one-time key or fallback key of it whose
    /// signature the caller has checked.
    ///
    /// Draws 64 bytes from `rng`: the base key (32), then the first ratchet key (32). The account does not change
    /// (Olm specification, "Creating an outbound session").
    ///
    /// # Errors
    ///
    /// [`OutboundCreationError::Random`] if the generator fails, [`OutboundCreationError::NonContributoryKey`] if
    /// one of the two keys has small order.
    pub fn create_outbound_session<R: TryCryptoRng + ?Sized>(
        &self,
        their_identity_key: Curve25519PublicKey,
        their_one_time_key: Curve25519PublicKey,
        config: SessionConfig,
        rng: &mut R,
    ) -> Result<Session, OutboundCreationError> {
        Session::start(&self.identity_key, their_identity_key, their_one_time_key, config, rng)
    }

    /// Makes a session from the first message of another device, and decrypts that message.
    ///
    /// `their_identity_key` is the identity key that the caller expects from that device, from its signed device keys and not from
    /// the message; the message must name the same. A one-time key is used up, a fallback key is not; [`InboundCreation::key_use`] tells which it was (Olm
    /// specification, "Creating an inbound session from a pre-key message").
    ///
    /// # Errors
    ///
    /// An [`InboundCreationError`]; the account is as it was, bit for bit, after each of them, and holds the one-time
    /// key still.
    pub fn create_inbound_session(
        &mut self,
        their_identity_key: Curve25519PublicKey,
        message: &PreKeyMessage,
        config: SessionConfig,
    ) -> Result<InboundCreation, InboundCreationError> {
        let (mut session, key_use) = self.answer(their_identity_key, message, config)?;
        let plaintext = session.decrypt_first(message)?;
        self.one_time_keys.remove(&message.one_time_key());
        Ok(InboundCreation { session, plaintext, key_use })
    }

    /// Makes a session from the first message of another device as libolm does: the message is not decrypted, and the
    /// one-time key is not used up. For adapters; [`create_inbound_session`](Self::create_inbound_session) is what a client wants.
    ///
    /// The session can encrypt before it has decrypted, as libolm's can: to a ratchet key that nobody has vouched for, and in
    /// pre-key messages that carry the other party's keys. [`Session::has_received_message`] tells when that is over.
    ///
    /// Whoever made up the message is not known until the session has decrypted something. The caller decrypts the message next,
    /// and on success calls [`remove_one_time_key`](Self::remove_one_time_key); on failure the session is dropped.
    ///
    /// # Errors
    ///
    /// As [`create_inbound_session`](Self::create_inbound_session); of the kind [`InboundCreationError::Decryption`] only a message of
    /// another version.
    pub fn inbound_session_unopened(
        &self,
        their_identity_key: Curve25519PublicKey,
        message: &PreKeyMessage,
        config: SessionConfig,
    ) -> Result<Session, InboundCreationError> {
        self.answer(their_identity_key, message, config).map(|(session, _)| session)
    }

    /// The handshake of the party whose key was used; nothing is used up yet.
    fn answer(
        &self,
        their_identity_key: Curve25519PublicKey,
        message: &PreKeyMessage,
        config: SessionConfig,
    ) -> Result<(Session, KeyUse), InboundCreationError> {
        let (expected, found) = (config.version, message.version());
        if found != expected {
            return Err(DecryptionError::MismatchedVersion { expected, found }.into());
        }
        let found = message.identity_key();
        if found != their_identity_key {
            return Err(InboundCreationError::MismatchedIdentityKey { found });
        }
        let (stored, key_use) = self.find_key(&message.one_time_key())?;
        let one_time_key = stored
            .key_pair()
            .map_err(|_| InboundCreationError::MismatchedOneTimeKey { key_id: stored.key_id })?;
        let shared =
            handshake::answer(&self.identity_key, one_time_key, &their_identity_key, &message.base_key())?;
        // Other encodings and points would agree the same secrets under another session id.
        if !message.base_key().is_in_prime_order_subgroup() {
            return Err(InboundCreationError::MalformedBaseKey);
        }
        let session =
            Session::receiver_from_shared_keys(shared, message.session_keys(), message.ratchet_key(), config);
        Ok((session, key_use))
    }

    fn find_key(
        &self,
        public_key: &Curve25519PublicKey,
    ) -> Result<(&StoredKey, KeyUse), InboundCreationError> {
        if let Some(stored) = self.one_time_keys.find(public_key) {
            return Ok((stored, KeyUse::OneTimeKey { key_id: stored.key_id }));
        }
        self.fallback_keys
            .find(public_key)
            .map(|stored| (stored, KeyUse::FallbackKey { key_id: stored.key_id }))
            .ok_or(InboundCreationError::UnknownOneTimeKey { one_time_key: *public_key })
    }
}

#[cfg(test)]
impl Account {
    /// Pretends that so many keys were made.
    pub(crate) fn set_last_key_id(&mut self, last_key_id: KeyId) {
        self.last_key_id = last_key_id;
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Account")
            .field("identity_keys", &self.identity_keys())
            .field("one_time_keys", &self.one_time_keys.len())
            .finish_non_exhaustive()
    }
}
