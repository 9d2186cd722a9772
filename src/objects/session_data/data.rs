use alloc::{string::String, vec::Vec};

use crate::{
    keys::{Curve25519PublicKey, Ed25519PublicKey, SessionId},
    megolm::{InboundGroupSession, SessionConfig, SessionExport},
};

/// A Megolm session and what is known of it; in a key backup, the plaintext of an entry.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionData {
    /// The session, from its first known index on.
    pub session_key: SessionExport,
    /// The identity key of the device that is said to have made the session.
    pub sender_key: Curve25519PublicKey,
    /// The fingerprint key that this device claimed to have; `None` where nobody wrote it down.
    pub sender_claimed_ed25519_key: Option<Ed25519PublicKey>,
    /// The identity keys of the devices that forwarded the session, the first one first; empty if it came from its maker.
    pub forwarding_curve25519_key_chain: Vec<Curve25519PublicKey>,
    /// Whether the session was made while the history of the room was visible to whoever joins later.
    pub shared_history: bool,
    /// Experimental (MSC4048): where the session came from, if the device that wrote this does not vouch for its sender: `m.legacy-v1`, `m.forwarded_room_key` or
    /// another text. `None` says nothing in a backup whose entries are not authenticated.
    pub unauthenticated: Option<String>,
}

/// A session in a key export file, with its room.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExportedSession {
    /// The id of the room; any text here.
    pub room_id: String,
    /// The session.
    pub data: SessionData,
}

impl SessionData {
    /// All that an inbound session can read, with its sender as the client knows it.
    #[must_use]
    pub fn new(
        session: &InboundGroupSession,
        sender_key: Curve25519PublicKey,
        sender_claimed_ed25519_key: Option<Ed25519PublicKey>,
    ) -> Self {
        Self {
            session_key: session.export(),
            sender_key,
            sender_claimed_ed25519_key,
            forwarding_curve25519_key_chain: Vec::new(),
            shared_history: false,
            unauthenticated: None,
        }
    }

    /// The id of the session.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        self.session_key.session_id()
    }

    /// The session, to read with; marked as imported.
    #[must_use]
    pub fn import(&self, config: SessionConfig) -> InboundGroupSession {
        InboundGroupSession::import(&self.session_key, config)
    }
}

impl ExportedSession {
    /// A session of a room.
    #[must_use]
    pub fn new(room_id: impl Into<String>, data: SessionData) -> Self {
        Self { room_id: room_id.into(), data }
    }
}
