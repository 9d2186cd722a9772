use cliquet::MessageVersion;
use vodozemac::{Curve25519PublicKey, Ed25519PublicKey, Ed25519Signature, KeyId, megolm, olm};

use super::{NORMAL, NamedKey, OlmMessage, PRE_KEY, Verdict, text};

pub(super) struct Account(olm::Account, olm::SessionConfig);

impl Account {
    pub(super) fn new(version: MessageVersion) -> Self {
        Self(olm::Account::new(), config(version))
    }
}

fn config(version: MessageVersion) -> olm::SessionConfig {
    match version {
        MessageVersion::V2 => olm::SessionConfig::version_2(),
        _ => olm::SessionConfig::version_1(),
    }
}

fn group_config(version: MessageVersion) -> megolm::SessionConfig {
    match version {
        MessageVersion::V2 => megolm::SessionConfig::version_2(),
        _ => megolm::SessionConfig::version_1(),
    }
}

impl super::Account for Account {
    fn state_version(&mut self, version: MessageVersion) {
        self.1 = config(version);
    }

    fn curve25519_key(&self) -> String {
        self.0.curve25519_key().to_base64()
    }

    fn ed25519_key(&self) -> String {
        self.0.ed25519_key().to_base64()
    }

    fn sign(&self, message: &[u8]) -> String {
        self.0.sign(message).to_base64()
    }

    fn generate_one_time_keys(&mut self, count: usize) {
        self.0.generate_one_time_keys(count);
    }

    fn one_time_keys(&self) -> Vec<NamedKey> {
        let mut keys: Vec<_> = self.0.one_time_keys().into_iter().collect();
        keys.sort_by_key(|(key_id, _)| *key_id);
        keys.into_iter().map(named).collect()
    }

    fn generate_fallback_key(&mut self) {
        self.0.generate_fallback_key();
    }

    fn fallback_key(&self) -> Option<NamedKey> {
        self.0.fallback_key().into_iter().next().map(named)
    }

    fn forget_previous_fallback_key(&mut self) {
        self.0.forget_fallback_key();
    }

    fn mark_keys_as_published(&mut self) {
        self.0.mark_keys_as_published();
    }

    fn start(
        &mut self,
        their_identity_key: &str,
        their_one_time_key: &str,
    ) -> Verdict<Box<dyn super::Session>> {
        let identity_key = Curve25519PublicKey::from_base64(their_identity_key).map_err(text)?;
        let one_time_key = Curve25519PublicKey::from_base64(their_one_time_key).map_err(text)?;
        let session = self.0.create_outbound_session(self.1, identity_key, one_time_key).map_err(text)?;
        Ok(Box::new(Session(session)))
    }

    fn answer(
        &mut self,
        their_identity_key: &str,
        message: &OlmMessage,
    ) -> Verdict<(Box<dyn super::Session>, Vec<u8>)> {
        assert_eq!(message.message_type, PRE_KEY);
        let identity_key = Curve25519PublicKey::from_base64(their_identity_key).map_err(text)?;
        let message = olm::PreKeyMessage::from_base64(&message.body).map_err(text)?;
        let created = self.0.create_inbound_session(self.1, identity_key, &message).map_err(text)?;
        Ok((Box::new(Session(created.session)), created.plaintext))
    }
}

fn named((key_id, key): (KeyId, Curve25519PublicKey)) -> NamedKey {
    (key_id.to_base64(), key.to_base64())
}

struct Session(olm::Session);

impl super::Session for Session {
    fn session_id(&self) -> String {
        self.0.session_id()
    }

    fn has_received_message(&self) -> bool {
        self.0.has_received_message()
    }

    fn encrypt(&mut self, plaintext: &[u8]) -> OlmMessage {
        match self.0.encrypt(plaintext).unwrap() {
            olm::OlmMessage::PreKey(message) => {
                OlmMessage { message_type: PRE_KEY, body: message.to_base64() }
            }
            olm::OlmMessage::Normal(message) => {
                OlmMessage { message_type: NORMAL, body: message.to_base64() }
            }
        }
    }

    fn decrypt(&mut self, message: &OlmMessage) -> Verdict<Vec<u8>> {
        let message = match message.message_type {
            PRE_KEY => olm::PreKeyMessage::from_base64(&message.body).map_err(text)?.into(),
            _ => olm::Message::from_base64(&message.body).map_err(text)?.into(),
        };
        self.0.decrypt(&message).map_err(text)
    }
}

pub(super) fn verify(ed25519_key: &str, message: &[u8], signature: &str) -> Verdict<()> {
    let key = Ed25519PublicKey::from_base64(ed25519_key).map_err(text)?;
    let signature = Ed25519Signature::from_base64(signature).map_err(text)?;
    key.verify(message, &signature).map_err(text)
}

pub(super) struct OutboundGroupSession(megolm::GroupSession);

impl OutboundGroupSession {
    pub(super) fn new(version: MessageVersion) -> Self {
        Self(megolm::GroupSession::new(group_config(version)))
    }
}

impl super::OutboundGroupSession for OutboundGroupSession {
    fn session_id(&self) -> String {
        self.0.session_id()
    }

    fn session_key(&self) -> String {
        self.0.session_key().to_base64()
    }

    fn message_index(&self) -> u32 {
        self.0.message_index()
    }

    fn encrypt(&mut self, plaintext: &[u8]) -> String {
        self.0.encrypt(plaintext).to_base64()
    }
}

pub(super) struct InboundGroupSession(megolm::InboundGroupSession);

impl InboundGroupSession {
    pub(super) fn new(version: MessageVersion, session_key: &str) -> Verdict<Self> {
        let session_key = megolm::SessionKey::from_base64(session_key).map_err(text)?;
        Ok(Self(megolm::InboundGroupSession::new(&session_key, group_config(version))))
    }

    pub(super) fn import(version: MessageVersion, session_export: &str) -> Verdict<Self> {
        let session_export = megolm::ExportedSessionKey::from_base64(session_export).map_err(text)?;
        Ok(Self(megolm::InboundGroupSession::import(&session_export, group_config(version))))
    }
}

impl super::InboundGroupSession for InboundGroupSession {
    fn session_id(&self) -> String {
        self.0.session_id()
    }

    fn first_known_index(&self) -> u32 {
        self.0.first_known_index()
    }

    fn decrypt(&mut self, message: &str) -> Verdict<(Vec<u8>, u32)> {
        let message = megolm::MegolmMessage::from_base64(message).map_err(text)?;
        let decrypted = self.0.decrypt(&message).map_err(text)?;
        Ok((decrypted.plaintext, decrypted.message_index))
    }

    fn export_at(&mut self, message_index: u32) -> Option<String> {
        self.0.export_at(message_index).map(|export| export.to_base64())
    }
}
