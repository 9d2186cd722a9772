use cliquet::{Curve25519PublicKey, Ed25519PublicKey, Ed25519Signature, MessageVersion, megolm, olm};

use super::{NamedKey, OlmMessage, PRE_KEY, Random, Verdict, text};

pub(super) struct Account {
    account: olm::Account,
    config: olm::SessionConfig,
    random: Random,
}

impl Account {
    pub(super) fn new(version: MessageVersion, random: &Random) -> Self {
        let mut random = random.clone();
        let config = olm::SessionConfig::default().with_version(version);
        Self { account: olm::Account::new(&mut random).unwrap(), config, random }
    }

    fn session(&self, session: olm::Session) -> Box<dyn super::Session> {
        Box::new(Session { session, random: self.random.clone() })
    }
}

impl super::Account for Account {
    fn state_version(&mut self, version: MessageVersion) {
        self.config = self.config.with_version(version);
    }

    fn curve25519_key(&self) -> String {
        self.account.curve25519_key().to_base64()
    }

    fn ed25519_key(&self) -> String {
        self.account.ed25519_key().to_base64()
    }

    fn sign(&self, message: &[u8]) -> String {
        self.account.sign(message).to_base64()
    }

    fn generate_one_time_keys(&mut self, count: usize) {
        self.account.generate_one_time_keys(count, &mut self.random).unwrap();
    }

    fn one_time_keys(&self) -> Vec<NamedKey> {
        self.account.unpublished_one_time_keys().map(named).collect()
    }

    fn generate_fallback_key(&mut self) {
        self.account.generate_fallback_key(&mut self.random).unwrap();
    }

    fn fallback_key(&self) -> Option<NamedKey> {
        self.account.unpublished_fallback_key().map(named)
    }

    fn forget_previous_fallback_key(&mut self) {
        self.account.forget_previous_fallback_key();
    }

    fn mark_keys_as_published(&mut self) {
        self.account.mark_keys_as_published();
    }

    fn start(
        &mut self,
        their_identity_key: &str,
        their_one_time_key: &str,
    ) -> Verdict<Box<dyn super::Session>> {
        let identity_key = Curve25519PublicKey::from_base64(their_identity_key).map_err(text)?;
        let one_time_key = Curve25519PublicKey::from_base64(their_one_time_key).map_err(text)?;
        let random = &mut self.random;
        let session = self.account.create_outbound_session(identity_key, one_time_key, self.config, random);
        session.map(|session| self.session(session)).map_err(text)
    }

    fn answer(
        &mut self,
        their_identity_key: &str,
        message: &OlmMessage,
    ) -> Verdict<(Box<dyn super::Session>, Vec<u8>)> {
        assert_eq!(message.message_type, PRE_KEY);
        let identity_key = Curve25519PublicKey::from_base64(their_identity_key).map_err(text)?;
        let message = olm::PreKeyMessage::from_base64(&message.body).map_err(text)?;
        let created = self.account.create_inbound_session(identity_key, &message, self.config);
        let created = created.map_err(text)?;
        Ok((self.session(created.session), created.plaintext))
    }
}

fn named(key: olm::OneTimeKey) -> NamedKey {
    (key.key_id.to_base64(), key.public_key.to_base64())
}

struct Session {
    session: olm::Session,
    random: Random,
}

impl super::Session for Session {
    fn session_id(&self) -> String {
        self.session.session_id().to_base64()
    }

    fn has_received_message(&self) -> bool {
        self.session.has_received_message()
    }

    fn encrypt(&mut self, plaintext: &[u8]) -> OlmMessage {
        let expected = self.session.next_message_type();
        let message = self.session.encrypt(plaintext, &mut self.random).unwrap();
        assert_eq!(message.message_type(), expected);
        OlmMessage { message_type: expected.as_usize(), body: message.to_base64() }
    }

    fn decrypt(&mut self, message: &OlmMessage) -> Verdict<Vec<u8>> {
        let message = olm::OlmMessage::from_parts(message.message_type, &message.body).map_err(text)?;
        self.session.decrypt(&message).map_err(text)
    }
}

pub(super) fn verify(ed25519_key: &str, message: &[u8], signature: &str) -> Verdict<()> {
    let key = Ed25519PublicKey::from_base64(ed25519_key).map_err(text)?;
    let signature = Ed25519Signature::from_base64(signature).map_err(text)?;
    key.verify(message, &signature).map_err(text)
}

pub(super) struct OutboundGroupSession(megolm::OutboundGroupSession);

impl OutboundGroupSession {
    pub(super) fn new(version: MessageVersion, random: &Random) -> Self {
        let config = megolm::SessionConfig::default().with_version(version);
        Self(megolm::OutboundGroupSession::new(config, &mut random.clone()).unwrap())
    }
}

impl super::OutboundGroupSession for OutboundGroupSession {
    fn session_id(&self) -> String {
        self.0.session_id().to_base64()
    }

    fn session_key(&self) -> String {
        self.0.session_key().to_base64().as_str().to_owned()
    }

    fn message_index(&self) -> u32 {
        self.0.message_index()
    }

    fn encrypt(&mut self, plaintext: &[u8]) -> String {
        self.0.encrypt(plaintext).unwrap().to_base64()
    }
}

pub(super) struct InboundGroupSession(megolm::InboundGroupSession);

impl InboundGroupSession {
    pub(super) fn new(version: MessageVersion, session_key: &str) -> Verdict<Self> {
        let session_key = megolm::SessionKey::from_base64(session_key).map_err(text)?;
        let config = megolm::SessionConfig::default().with_version(version);
        Ok(Self(megolm::InboundGroupSession::new(&session_key, config)))
    }

    pub(super) fn import(version: MessageVersion, session_export: &str) -> Verdict<Self> {
        let session_export = megolm::SessionExport::from_base64(session_export).map_err(text)?;
        let config = megolm::SessionConfig::default().with_version(version);
        Ok(Self(megolm::InboundGroupSession::import(&session_export, config)))
    }
}

impl super::InboundGroupSession for InboundGroupSession {
    fn session_id(&self) -> String {
        self.0.session_id().to_base64()
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
        let export = self.0.export_at(message_index)?;
        Some(export.to_base64().as_str().to_owned())
    }
}
