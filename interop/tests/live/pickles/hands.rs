//! What whoever holds a state does with it; keys, messages and errors are text, as in `party`.

use std::fmt;

use cliquet::{Curve25519PublicKey, KeyId, MessageVersion, megolm, olm};
use cliquet_interop::libolm;

use super::{
    super::{
        party::{Implementation, OlmMessage, PRE_KEY, Random, Verdict},
        shared_keys,
    },
    state::{Kind, State},
};

use Implementation::{Cliquet, Libolm, Vodozemac};

pub(super) type Account = State<olm::Account>;
pub(super) type Session = State<olm::Session>;
pub(super) type OutboundGroupSession = State<megolm::OutboundGroupSession>;
pub(super) type InboundGroupSession = State<megolm::InboundGroupSession>;

/// A one-time key or fallback key: the number of its id, and the public key.
pub(super) type NumberedKey = (u64, String);

impl Account {
    pub(super) fn new(place: Implementation, random: &Random) -> Self {
        match place {
            Cliquet => Self::Cliquet(olm::Account::new(&mut random.clone()).unwrap()),
            Libolm => Self::Libolm(libolm::Account::create(&mut random.filler()).unwrap()),
            Vodozemac => Self::Vodozemac(vodozemac::olm::Account::new()),
        }
    }

    pub(super) fn curve25519_key(&self) -> String {
        match self {
            Self::Cliquet(account) => account.curve25519_key().to_base64(),
            Self::Libolm(account) => account.identity_keys().unwrap().curve25519,
            Self::Vodozemac(account) => account.curve25519_key().to_base64(),
        }
    }

    pub(super) fn ed25519_key(&self) -> String {
        match self {
            Self::Cliquet(account) => account.ed25519_key().to_base64(),
            Self::Libolm(account) => account.identity_keys().unwrap().ed25519,
            Self::Vodozemac(account) => account.ed25519_key().to_base64(),
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> String {
        match self {
            Self::Cliquet(account) => account.sign(message).to_base64(),
            Self::Libolm(account) => account.sign(message).unwrap(),
            Self::Vodozemac(account) => account.sign(message).to_base64(),
        }
    }

    pub(super) fn generate_one_time_keys(&mut self, count: usize, random: &Random) {
        match self {
            Self::Cliquet(account) => {
                account.generate_one_time_keys(count, &mut random.clone()).unwrap();
            }
            Self::Libolm(account) => account.generate_one_time_keys(count, &mut random.filler()).unwrap(),
            Self::Vodozemac(account) => {
                account.generate_one_time_keys(count);
            }
        }
    }

    pub(super) fn generate_fallback_key(&mut self, random: &Random) {
        match self {
            Self::Cliquet(account) => {
                account.generate_fallback_key(&mut random.clone()).unwrap();
            }
            Self::Libolm(account) => account.generate_fallback_key(&mut random.filler()).unwrap(),
            Self::Vodozemac(account) => {
                account.generate_fallback_key();
            }
        }
    }

    /// The unpublished one-time keys, by ascending id.
    pub(super) fn unpublished_one_time_keys(&self) -> Vec<NumberedKey> {
        let mut keys: Vec<NumberedKey> = match self {
            Self::Cliquet(account) => account.unpublished_one_time_keys().map(numbered).collect(),
            Self::Libolm(account) => account.one_time_keys().unwrap().into_iter().map(number).collect(),
            Self::Vodozemac(account) => account.one_time_keys().into_iter().map(vodozemacs).collect(),
        };
        keys.sort();
        keys
    }

    pub(super) fn unpublished_fallback_key(&self) -> Option<NumberedKey> {
        match self {
            Self::Cliquet(account) => account.unpublished_fallback_key().map(numbered),
            Self::Libolm(account) => account.unpublished_fallback_key().unwrap().map(number),
            Self::Vodozemac(account) => account.fallback_key().into_iter().next().map(vodozemacs),
        }
    }

    pub(super) fn mark_keys_as_published(&mut self) {
        match self {
            Self::Cliquet(account) => account.mark_keys_as_published(),
            Self::Libolm(account) => drop(account.mark_keys_as_published().unwrap()),
            Self::Vodozemac(account) => account.mark_keys_as_published(),
        }
    }

    /// Starts a session with the owner of the two keys.
    pub(super) fn start(
        &self,
        version: MessageVersion,
        their_identity_key: &str,
        their_one_time_key: &str,
        random: &Random,
    ) -> Session {
        match self {
            Self::Cliquet(account) => {
                let [identity_key, one_time_key] = [their_identity_key, their_one_time_key]
                    .map(|key| Curve25519PublicKey::from_base64(key).unwrap());
                let (config, random) = (config(version), &mut random.clone());
                let session = account.create_outbound_session(identity_key, one_time_key, config, random);
                State::Cliquet(session.unwrap())
            }
            Self::Libolm(account) => {
                let random = &mut random.filler();
                let session = account.create_outbound_session(their_identity_key, their_one_time_key, random);
                State::Libolm(session.unwrap())
            }
            Self::Vodozemac(account) => {
                let [identity_key, one_time_key] =
                    [their_identity_key, their_one_time_key].map(vodozemacs_key);
                let config = vodozemacs_config(version);
                State::Vodozemac(account.create_outbound_session(config, identity_key, one_time_key).unwrap())
            }
        }
    }

    /// The session that another device started, and what its message says; a one-time key is used up.
    pub(super) fn answer(
        &mut self,
        version: MessageVersion,
        their_identity_key: &str,
        message: &OlmMessage,
    ) -> Verdict<(Session, Vec<u8>)> {
        assert_eq!(message.message_type, PRE_KEY);
        match self {
            Self::Cliquet(account) => {
                let identity_key = Curve25519PublicKey::from_base64(their_identity_key).unwrap();
                let message = olm::PreKeyMessage::from_base64(&message.body).unwrap();
                let created = account.create_inbound_session(identity_key, &message, config(version));
                created.map(|created| (State::Cliquet(created.session), created.plaintext)).map_err(text)
            }
            Self::Libolm(account) => {
                let session = account.create_inbound_session_from(their_identity_key, &message.body);
                let mut session = session.map_err(text)?;
                let plaintext = session.decrypt(PRE_KEY, &message.body).map_err(text)?;
                account.remove_one_time_keys(&session).map_err(text)?;
                Ok((State::Libolm(session), plaintext))
            }
            Self::Vodozemac(account) => {
                let message = vodozemac::olm::PreKeyMessage::from_base64(&message.body).unwrap();
                let (config, identity_key) = (vodozemacs_config(version), vodozemacs_key(their_identity_key));
                let created = account.create_inbound_session(config, identity_key, &message);
                created.map(|created| (State::Vodozemac(created.session), created.plaintext)).map_err(text)
            }
        }
    }
}

impl Session {
    pub(super) fn session_id(&self) -> String {
        match self {
            Self::Cliquet(session) => session.session_id().to_base64(),
            Self::Libolm(session) => session.id().unwrap(),
            Self::Vodozemac(session) => session.session_id(),
        }
    }

    pub(super) fn encrypt(&mut self, plaintext: &[u8], random: &Random) -> OlmMessage {
        match self {
            Self::Cliquet(session) => shared_keys::encrypt_ours(session, plaintext, &mut random.clone()),
            Self::Libolm(session) => {
                let (message_type, body) = session.encrypt(plaintext, &mut random.filler()).unwrap();
                OlmMessage { message_type, body }
            }
            Self::Vodozemac(session) => shared_keys::encrypt(session, plaintext),
        }
    }

    pub(super) fn decrypt(&mut self, message: &OlmMessage) -> Verdict<Vec<u8>> {
        match self {
            Self::Cliquet(session) => session.decrypt(&shared_keys::read(message)).map_err(text),
            Self::Libolm(session) => session.decrypt(message.message_type, &message.body).map_err(text),
            Self::Vodozemac(session) => shared_keys::decrypt(session, message).map_err(text),
        }
    }
}

impl OutboundGroupSession {
    pub(super) fn new(place: Implementation, version: MessageVersion, random: &Random) -> Self {
        match place {
            Cliquet => {
                let config = group_config(version);
                Self::Cliquet(megolm::OutboundGroupSession::new(config, &mut random.clone()).unwrap())
            }
            Libolm => Self::Libolm(libolm::OutboundGroupSession::create(&mut random.filler()).unwrap()),
            Vodozemac => {
                Self::Vodozemac(vodozemac::megolm::GroupSession::new(vodozemacs_group_config(version)))
            }
        }
    }

    pub(super) fn session_id(&self) -> String {
        match self {
            Self::Cliquet(session) => session.session_id().to_base64(),
            Self::Libolm(session) => session.session_id().unwrap(),
            Self::Vodozemac(session) => session.session_id(),
        }
    }

    pub(super) fn session_key(&self) -> String {
        match self {
            Self::Cliquet(session) => session.session_key().to_base64().as_str().to_owned(),
            Self::Libolm(session) => session.session_key().unwrap(),
            Self::Vodozemac(session) => session.session_key().to_base64(),
        }
    }

    pub(super) fn encrypt(&mut self, plaintext: &[u8]) -> String {
        match self {
            Self::Cliquet(session) => session.encrypt(plaintext).unwrap().to_base64(),
            Self::Libolm(session) => session.encrypt(plaintext).unwrap(),
            Self::Vodozemac(session) => session.encrypt(plaintext).to_base64(),
        }
    }
}

impl InboundGroupSession {
    pub(super) fn new(place: Implementation, version: MessageVersion, session_key: &str) -> Self {
        match place {
            Cliquet => {
                let session_key = megolm::SessionKey::from_base64(session_key).unwrap();
                Self::Cliquet(megolm::InboundGroupSession::new(&session_key, group_config(version)))
            }
            Libolm => Self::Libolm(libolm::InboundGroupSession::new(session_key).unwrap()),
            Vodozemac => {
                let session_key = vodozemac::megolm::SessionKey::from_base64(session_key).unwrap();
                let config = vodozemacs_group_config(version);
                Self::Vodozemac(vodozemac::megolm::InboundGroupSession::new(&session_key, config))
            }
        }
    }

    pub(super) fn import(place: Implementation, session_export: &str) -> Self {
        let version = MessageVersion::V1;
        match place {
            Cliquet => {
                let export = megolm::SessionExport::from_base64(session_export).unwrap();
                Self::Cliquet(megolm::InboundGroupSession::import(&export, group_config(version)))
            }
            Libolm => Self::Libolm(libolm::InboundGroupSession::import(session_export).unwrap()),
            Vodozemac => {
                let export = vodozemac::megolm::ExportedSessionKey::from_base64(session_export).unwrap();
                let config = vodozemacs_group_config(version);
                Self::Vodozemac(vodozemac::megolm::InboundGroupSession::import(&export, config))
            }
        }
    }

    pub(super) fn session_id(&self) -> String {
        match self {
            Self::Cliquet(session) => session.session_id().to_base64(),
            Self::Libolm(session) => session.session_id().unwrap(),
            Self::Vodozemac(session) => session.session_id(),
        }
    }

    /// The plaintext and the message index.
    pub(super) fn decrypt(&mut self, message: &str) -> Verdict<(Vec<u8>, u32)> {
        match self {
            Self::Cliquet(session) => {
                let message = megolm::MegolmMessage::from_base64(message).unwrap();
                let decrypted = session.decrypt(&message).map_err(text)?;
                Ok((decrypted.plaintext, decrypted.message_index))
            }
            Self::Libolm(session) => session.decrypt(message).map_err(text),
            Self::Vodozemac(session) => {
                let message = vodozemac::megolm::MegolmMessage::from_base64(message).unwrap();
                let decrypted = session.decrypt(&message).map_err(text)?;
                Ok((decrypted.plaintext, decrypted.message_index))
            }
        }
    }

    pub(super) fn export_at(&mut self, message_index: u32) -> Option<String> {
        match self {
            Self::Cliquet(session) => {
                session.export_at(message_index).map(|export| export.to_base64().as_str().to_owned())
            }
            Self::Libolm(session) => session.export(message_index).ok(),
            Self::Vodozemac(session) => session.export_at(message_index).map(|export| export.to_base64()),
        }
    }
}

/// The state of which only the implementation matters to the reader of a failure.
impl<K: Kind> fmt::Debug for State<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a state of {:?}", self.place())
    }
}

fn config(version: MessageVersion) -> olm::SessionConfig {
    olm::SessionConfig::default().with_version(version)
}

fn group_config(version: MessageVersion) -> megolm::SessionConfig {
    megolm::SessionConfig::default().with_version(version)
}

fn vodozemacs_config(version: MessageVersion) -> vodozemac::olm::SessionConfig {
    match version {
        MessageVersion::V2 => vodozemac::olm::SessionConfig::version_2(),
        _ => vodozemac::olm::SessionConfig::version_1(),
    }
}

fn vodozemacs_group_config(version: MessageVersion) -> vodozemac::megolm::SessionConfig {
    match version {
        MessageVersion::V2 => vodozemac::megolm::SessionConfig::version_2(),
        _ => vodozemac::megolm::SessionConfig::version_1(),
    }
}

fn vodozemacs_key(text: &str) -> vodozemac::Curve25519PublicKey {
    vodozemac::Curve25519PublicKey::from_base64(text).unwrap()
}

fn numbered(key: olm::OneTimeKey) -> NumberedKey {
    (key.key_id.as_u64(), key.public_key.to_base64())
}

/// An id of libolm has 4 bytes.
fn number((key_id, key): (String, String)) -> NumberedKey {
    (KeyId::from_base64(&key_id).unwrap().as_u64(), key)
}

fn vodozemacs((key_id, key): (vodozemac::KeyId, vodozemac::Curve25519PublicKey)) -> NumberedKey {
    number((key_id.to_base64(), key.to_base64()))
}

fn text(error: impl fmt::Debug) -> String {
    format!("{error:?}")
}
