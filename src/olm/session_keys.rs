use crate::{
    keys::{Curve25519PublicKey, SessionId},
    primitives::sha256,
};

/// The three public keys that a session was agreed with; every pre-key message of the session carries them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SessionKeys {
    /// The identity key of the party that started the session.
    pub identity_key: Curve25519PublicKey,
    /// The base key: the single-use key of the party that started the session.
    pub base_key: Curve25519PublicKey,
    /// The one-time key or fallback key of the other party.
    pub one_time_key: Curve25519PublicKey,
}

impl SessionKeys {
    /// The three keys of one session.
    #[must_use]
    pub const fn new(
        identity_key: Curve25519PublicKey,
        base_key: Curve25519PublicKey,
        one_time_key: Curve25519PublicKey,
    ) -> Self {
        Self { identity_key, base_key, one_time_key }
    }

    /// `SHA-256(identity_key || base_key || one_time_key)`, the same on both sides, by which libolm and vodozemac name it.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        let keys = [&self.identity_key, &self.base_key, &self.one_time_key];
        SessionId::from_bytes(sha256::hash(&keys.map(|key| key.as_bytes().as_slice())))
    }
}
