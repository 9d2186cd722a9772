//! vodozemac 0.11.1.

use vodozemac::{
    Curve25519PublicKey,
    megolm::{
        self, ExportedSessionKey, GroupSession, GroupSessionPickle, InboundGroupSession,
        InboundGroupSessionPickle, MegolmMessage, SessionKey,
    },
    olm::{
        Account, AccountPickle, Message, OlmMessage, PreKeyMessage, Session, SessionConfig, SessionPickle,
    },
};

use super::{Accounts, OlmSessions, OlmText, PICKLE_KEY, Pair, Rooms, Saved};
use crate::Result;

pub(crate) struct Vodozemac;

impl OlmSessions for Vodozemac {
    type Session = Session;

    fn pair() -> Result<Pair<Session>> {
        Self::introduced()
    }

    fn encrypt(session: &mut Session, plaintext: &[u8]) -> Result<OlmText> {
        Ok(match session.encrypt(plaintext)? {
            OlmMessage::PreKey(message) => (0, message.to_base64()),
            OlmMessage::Normal(message) => (1, message.to_base64()),
        })
    }

    fn decrypt(session: &mut Session, (message_type, body): &OlmText) -> Result<Vec<u8>> {
        let message = match message_type {
            0 => OlmMessage::PreKey(PreKeyMessage::from_base64(body)?),
            _ => OlmMessage::Normal(Message::from_base64(body)?),
        };
        Ok(session.decrypt(&message)?)
    }
}

impl Accounts for Vodozemac {
    type Account = Account;

    fn account() -> Result<Account> {
        Ok(Account::new())
    }

    fn identity_keys(account: &Account) -> Result<(String, String)> {
        Ok((account.ed25519_key().to_base64(), account.curve25519_key().to_base64()))
    }

    fn sign(account: &Account, message: &[u8]) -> Result<String> {
        Ok(account.sign(message).to_base64())
    }

    fn one_time_keys(account: &mut Account, count: usize) -> Result<Vec<String>> {
        let created = account.generate_one_time_keys(count).created;
        Ok(created.iter().map(Curve25519PublicKey::to_base64).collect())
    }

    fn outbound(account: &Account, identity_key: &str, one_time_key: &str) -> Result<Session> {
        let identity_key = Curve25519PublicKey::from_base64(identity_key)?;
        let one_time_key = Curve25519PublicKey::from_base64(one_time_key)?;
        Ok(account.create_outbound_session(SessionConfig::version_1(), identity_key, one_time_key)?)
    }

    fn inbound(account: &mut Account, identity_key: &str, (_, body): &OlmText) -> Result<(Session, Vec<u8>)> {
        let message = PreKeyMessage::from_base64(body)?;
        let identity_key = Curve25519PublicKey::from_base64(identity_key)?;
        let created = account.create_inbound_session(SessionConfig::version_1(), identity_key, &message)?;
        Ok((created.session, created.plaintext))
    }
}

impl Rooms for Vodozemac {
    type Sender = GroupSession;
    type Reader = InboundGroupSession;
    type Export = String;

    fn sender() -> Result<GroupSession> {
        Ok(GroupSession::new(megolm::SessionConfig::version_1()))
    }

    fn session_key(sender: &GroupSession) -> Result<String> {
        Ok(sender.session_key().to_base64())
    }

    fn reader(session_key: &str) -> Result<InboundGroupSession> {
        let session_key = SessionKey::from_base64(session_key)?;
        Ok(InboundGroupSession::new(&session_key, megolm::SessionConfig::version_1()))
    }

    fn send(sender: &mut GroupSession, plaintext: &[u8]) -> Result<String> {
        Ok(sender.encrypt(plaintext).to_base64())
    }

    fn read(reader: &mut InboundGroupSession, message: &str) -> Result<(Vec<u8>, u32)> {
        let decrypted = reader.decrypt(&MegolmMessage::from_base64(message)?)?;
        Ok((decrypted.plaintext, decrypted.message_index))
    }

    fn export(reader: &mut InboundGroupSession) -> Result<String> {
        Ok(reader.export_at_first_known_index().to_base64())
    }

    fn export_text(export: &String) -> &str {
        export
    }

    fn import(export: &str) -> Result<InboundGroupSession> {
        let export = ExportedSessionKey::from_base64(export)?;
        Ok(InboundGroupSession::import(&export, megolm::SessionConfig::version_1()))
    }
}

macro_rules! pickles {
    ($($state:ident $pickle:ident;)*) => { $(
        impl Saved for $state {
            fn save(&self) -> Result<String> {
                Ok(self.pickle().encrypt(&PICKLE_KEY))
            }

            fn open(text: &str) -> Result<Self> {
                Ok(Self::from_pickle($pickle::from_encrypted(text, &PICKLE_KEY)?))
            }
        }
    )* };
}

pickles! {
    Account AccountPickle;
    Session SessionPickle;
    GroupSession GroupSessionPickle;
    InboundGroupSession InboundGroupSessionPickle;
}
