//! What the tests with matrix-sdk-crypto share: senders of rooms, and how the peer waits and reads.

use cliquet::{
    megolm::{self, InboundGroupSession, MegolmMessage, OutboundGroupSession},
    objects::session_data::{ExportedSession, SessionData},
    olm::Account,
};
use matrix_sdk_crypto::{
    olm::InboundGroupSession as PeersSession,
    types::{EventEncryptionAlgorithm, events::room::encrypted::EncryptedEvent},
    vodozemac::{self, Curve25519PublicKey, Ed25519PublicKey},
};
use rand::rngs::StdRng;
use ruma::OwnedRoomId;
use serde_json::{Value, json};

/// Waits for the peer.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

/// Room ids that need escapes in JSON, or are no ASCII; each is one to the peer as well.
pub(crate) const ROOM_IDS: [&str; 6] = [
    "!room:example.org",
    "!no-server",
    "!quote\"backslash\\solidus/:example.org",
    "!tab\tline\nbell\u{7}delete\u{7f}:example.org",
    "!été été\u{2028}:exämple.org",
    "!😀\u{10ffff}\u{ffff}:example.org",
];

/// A device of ours that writes to a room.
pub(crate) struct Sender {
    pub(crate) room_id: String,
    account: Account,
    outbound: OutboundGroupSession,
    first: InboundGroupSession,
}

impl Sender {
    pub(crate) fn new(room_id: &str, random: &mut StdRng) -> Self {
        let account = Account::new(random).unwrap();
        let outbound = OutboundGroupSession::new(megolm::SessionConfig::default(), random).unwrap();
        let first = InboundGroupSession::new(&outbound.session_key(), megolm::SessionConfig::default());
        Self { room_id: room_id.to_owned(), account, outbound, first }
    }

    /// The session from its first message on.
    pub(crate) fn session_data(&self) -> SessionData {
        SessionData::new(&self.first, self.account.curve25519_key(), Some(self.account.ed25519_key()))
    }

    pub(crate) fn exported(&self) -> ExportedSession {
        ExportedSession::new(self.room_id.clone(), self.session_data())
    }

    /// The next message of the room.
    pub(crate) fn encrypt(&mut self, body: &str) -> MegolmMessage {
        self.outbound.encrypt(event(&self.room_id, body)).unwrap()
    }
}

/// The same on the peer's side.
pub(crate) struct PeersSender {
    pub(crate) room_id: OwnedRoomId,
    pub(crate) outbound: vodozemac::megolm::GroupSession,
    pub(crate) session: PeersSession,
    pub(crate) curve25519_key: Curve25519PublicKey,
    pub(crate) ed25519_key: Ed25519PublicKey,
}

impl PeersSender {
    pub(crate) fn new(room_id: &str, shared_history: bool) -> Self {
        let room_id = OwnedRoomId::try_from(room_id).unwrap();
        let keys = vodozemac::olm::Account::new().identity_keys();
        let outbound = vodozemac::megolm::GroupSession::new(vodozemac::megolm::SessionConfig::version_1());
        let session = PeersSession::new(
            keys.curve25519,
            keys.ed25519,
            &room_id,
            &outbound.session_key(),
            matrix_sdk_crypto::olm::SenderData::unknown(),
            EventEncryptionAlgorithm::MegolmV1AesSha2,
            None,
            shared_history,
        )
        .unwrap();
        Self { room_id, outbound, session, curve25519_key: keys.curve25519, ed25519_key: keys.ed25519 }
    }

    pub(crate) fn encrypt(&mut self, body: &str) -> MegolmMessage {
        let message = self.outbound.encrypt(event(self.room_id.as_str(), body));
        MegolmMessage::from_base64(&message.to_base64()).unwrap()
    }
}

/// What is encrypted for a room.
pub(crate) fn event(room_id: &str, body: &str) -> String {
    json!({ "type": "m.room.message", "room_id": room_id, "content": { "body": body } }).to_string()
}

/// What a session of ours reads in a message of a room.
pub(crate) fn read_by_us(data: &SessionData, message: &MegolmMessage) -> Option<String> {
    let mut session = data.import(megolm::SessionConfig::default());
    let plaintext = session.decrypt(message).ok()?.plaintext;
    let event: Value = serde_json::from_slice(&plaintext).unwrap();
    event["content"]["body"].as_str().map(str::to_owned)
}

/// What a session of the peer reads in an event of the session's room.
pub(crate) fn read_by_peer(session: &PeersSession, message: &MegolmMessage) -> Option<String> {
    let event: EncryptedEvent = serde_json::from_value(room_event(message, session.session_id())).unwrap();
    let (event, _) = block_on(session.decrypt(&event)).ok()?;
    event["content"]["body"].as_str().map(str::to_owned)
}

/// The event that carries a message of a room.
pub(crate) fn room_event(message: &MegolmMessage, session_id: &str) -> Value {
    json!({
        "type": "m.room.encrypted",
        "event_id": "$event:example.org",
        "sender": "@amelie:example.org",
        "origin_server_ts": 1,
        "content": {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": message.to_base64(),
            "session_id": session_id,
        },
    })
}
