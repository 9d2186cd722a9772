use cliquet::MessageVersion;
use cliquet_interop::libolm;

use super::{NamedKey, OlmMessage, PRE_KEY, Random, Verdict};

pub(super) struct Account {
    account: libolm::Account,
    random: Random,
}

impl Account {
    pub(super) fn new(random: &Random) -> Self {
        let account = libolm::Account::create(&mut random.filler()).unwrap();
        Self { account, random: random.clone() }
    }

    fn session(&self, session: libolm::Session) -> Box<dyn super::Session> {
        Box::new(Session { session, random: self.random.clone() })
    }
}

impl super::Account for Account {
    fn state_version(&mut self, version: MessageVersion) {
        super::only_v1(version, ());
    }

    fn curve25519_key(&self) -> String {
        self.account.identity_keys().unwrap().curve25519
    }

    fn ed25519_key(&self) -> String {
        self.account.identity_keys().unwrap().ed25519
    }

    fn sign(&self, message: &[u8]) -> String {
        self.account.sign(message).unwrap()
    }

    fn generate_one_time_keys(&mut self, count: usize) {
        self.account.generate_one_time_keys(count, &mut self.random.filler()).unwrap();
    }

    fn one_time_keys(&self) -> Vec<NamedKey> {
        let mut keys = self.account.one_time_keys().unwrap();
        keys.reverse();
        keys
    }

    fn generate_fallback_key(&mut self) {
        self.account.generate_fallback_key(&mut self.random.filler()).unwrap();
    }

    fn fallback_key(&self) -> Option<NamedKey> {
        self.account.unpublished_fallback_key().unwrap()
    }

    fn forget_previous_fallback_key(&mut self) {
        self.account.forget_old_fallback_key();
    }

    fn mark_keys_as_published(&mut self) {
        self.account.mark_keys_as_published().unwrap();
    }

    fn start(
        &mut self,
        their_identity_key: &str,
        their_one_time_key: &str,
    ) -> Verdict<Box<dyn super::Session>> {
        let mut filler = self.random.filler();
        let session =
            self.account.create_outbound_session(their_identity_key, their_one_time_key, &mut filler);
        session.map(|session| self.session(session)).map_err(text)
    }

    /// In the steps that libolm leaves to its caller: make the session, decrypt, and only then use up the key.
    fn answer(
        &mut self,
        their_identity_key: &str,
        message: &OlmMessage,
    ) -> Verdict<(Box<dyn super::Session>, Vec<u8>)> {
        assert_eq!(message.message_type, PRE_KEY);
        let session = self.account.create_inbound_session_from(their_identity_key, &message.body);
        let mut session = session.map_err(text)?;
        let plaintext = session.decrypt(PRE_KEY, &message.body).map_err(text)?;
        self.account.remove_one_time_keys(&session).map_err(text)?;
        Ok((self.session(session), plaintext))
    }
}

struct Session {
    session: libolm::Session,
    random: Random,
}

impl super::Session for Session {
    fn session_id(&self) -> String {
        self.session.id().unwrap()
    }

    fn has_received_message(&self) -> bool {
        self.session.has_received_message()
    }

    fn encrypt(&mut self, plaintext: &[u8]) -> OlmMessage {
        let (message_type, body) = self.session.encrypt(plaintext, &mut self.random.filler()).unwrap();
        OlmMessage { message_type, body }
    }

    fn decrypt(&mut self, message: &OlmMessage) -> Verdict<Vec<u8>> {
        self.session.decrypt(message.message_type, &message.body).map_err(text)
    }
}

pub(super) fn verify(ed25519_key: &str, message: &[u8], signature: &str) -> Verdict<()> {
    libolm::ed25519_verify(ed25519_key, message, signature).map_err(text)
}

pub(super) struct OutboundGroupSession(libolm::OutboundGroupSession);

impl OutboundGroupSession {
    pub(super) fn new(random: &Random) -> Self {
        Self(libolm::OutboundGroupSession::create(&mut random.filler()).unwrap())
    }
}

impl super::OutboundGroupSession for OutboundGroupSession {
    fn session_id(&self) -> String {
        self.0.session_id().unwrap()
    }

    fn session_key(&self) -> String {
        self.0.session_key().unwrap()
    }

    fn message_index(&self) -> u32 {
        self.0.message_index()
    }

    fn encrypt(&mut self, plaintext: &[u8]) -> String {
        self.0.encrypt(plaintext).unwrap()
    }
}

pub(super) struct InboundGroupSession(libolm::InboundGroupSession);

impl InboundGroupSession {
    pub(super) fn new(session_key: &str) -> Verdict<Self> {
        libolm::InboundGroupSession::new(session_key).map(Self).map_err(text)
    }

    pub(super) fn import(session_export: &str) -> Verdict<Self> {
        libolm::InboundGroupSession::import(session_export).map(Self).map_err(text)
    }
}

impl super::InboundGroupSession for InboundGroupSession {
    fn session_id(&self) -> String {
        self.0.session_id().unwrap()
    }

    fn first_known_index(&self) -> u32 {
        self.0.first_known_index()
    }

    fn decrypt(&mut self, message: &str) -> Verdict<(Vec<u8>, u32)> {
        self.0.decrypt(message).map_err(text)
    }

    fn export_at(&mut self, message_index: u32) -> Option<String> {
        self.0.export(message_index).ok()
    }
}

/// libolm's name of an error.
fn text(error: libolm::Error) -> String {
    error.text().to_owned()
}
