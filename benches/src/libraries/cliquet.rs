//! cliquet, through its Rust API.

use cliquet::{
    Curve25519PublicKey, SecretText,
    megolm::{self, InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionExport, SessionKey},
    olm::{Account, OlmMessage, Session, SessionConfig},
    pickle::{Pickle, PickleKey},
};

use super::{Accounts, Bulk, OlmSessions, OlmText, PICKLE_KEY, Pair, Rooms, Saved};
use crate::{Result, random::Random};

pub(crate) struct Cliquet;

impl OlmSessions for Cliquet {
    type Session = Session;

    fn pair() -> Result<Pair<Session>> {
        Self::introduced()
    }

    fn encrypt(session: &mut Session, plaintext: &[u8]) -> Result<OlmText> {
        let message = session.encrypt(plaintext, &mut Random)?;
        Ok((message.message_type().as_usize(), message.to_base64()))
    }

    fn decrypt(session: &mut Session, (message_type, body): &OlmText) -> Result<Vec<u8>> {
        Ok(session.decrypt(&OlmMessage::from_parts(*message_type, body)?)?)
    }
}

impl Accounts for Cliquet {
    type Account = Account;

    fn account() -> Result<Account> {
        Ok(Account::new(&mut Random)?)
    }

    fn identity_keys(account: &Account) -> Result<(String, String)> {
        Ok((account.ed25519_key().to_base64(), account.curve25519_key().to_base64()))
    }

    fn sign(account: &Account, message: &[u8]) -> Result<String> {
        Ok(account.sign(message).to_base64())
    }

    fn one_time_keys(account: &mut Account, count: usize) -> Result<Vec<String>> {
        let created = account.generate_one_time_keys(count, &mut Random)?.created;
        Ok(created.iter().map(|key| key.public_key.to_base64()).collect())
    }

    fn outbound(account: &Account, identity_key: &str, one_time_key: &str) -> Result<Session> {
        let identity_key = Curve25519PublicKey::from_base64(identity_key)?;
        let one_time_key = Curve25519PublicKey::from_base64(one_time_key)?;
        let (config, rng) = (SessionConfig::default(), &mut Random);
        Ok(account.create_outbound_session(identity_key, one_time_key, config, rng)?)
    }

    fn inbound(
        account: &mut Account,
        identity_key: &str,
        (message_type, body): &OlmText,
    ) -> Result<(Session, Vec<u8>)> {
        let OlmMessage::PreKey(message) = OlmMessage::from_parts(*message_type, body)? else {
            return Err("the first message is no pre-key message".into());
        };
        let identity_key = Curve25519PublicKey::from_base64(identity_key)?;
        let created = account.create_inbound_session(identity_key, &message, SessionConfig::default())?;
        Ok((created.session, created.plaintext))
    }
}

impl Rooms for Cliquet {
    type Sender = OutboundGroupSession;
    type Reader = InboundGroupSession;
    type Export = SecretText;

    fn sender() -> Result<OutboundGroupSession> {
        Ok(OutboundGroupSession::new(megolm::SessionConfig::default(), &mut Random)?)
    }

    fn session_key(sender: &OutboundGroupSession) -> Result<String> {
        Ok(sender.session_key().to_base64().as_str().to_owned())
    }

    fn reader(session_key: &str) -> Result<InboundGroupSession> {
        let session_key = SessionKey::from_base64(session_key)?;
        Ok(InboundGroupSession::new(&session_key, megolm::SessionConfig::default()))
    }

    fn send(sender: &mut OutboundGroupSession, plaintext: &[u8]) -> Result<String> {
        Ok(sender.encrypt(plaintext)?.to_base64())
    }

    fn read(reader: &mut InboundGroupSession, message: &str) -> Result<(Vec<u8>, u32)> {
        let decrypted = reader.decrypt(&MegolmMessage::from_base64(message)?)?;
        Ok((decrypted.plaintext, decrypted.message_index))
    }

    fn export(reader: &mut InboundGroupSession) -> Result<SecretText> {
        Ok(reader.export().to_base64())
    }

    fn export_text(export: &SecretText) -> &str {
        export.as_str()
    }

    fn import(export: &str) -> Result<InboundGroupSession> {
        let export = SessionExport::from_base64(export)?;
        Ok(InboundGroupSession::import(&export, megolm::SessionConfig::default()))
    }
}

impl Bulk for Cliquet {
    fn read_all(reader: &mut InboundGroupSession, messages: &[String]) -> Result<Vec<Vec<u8>>> {
        let messages = messages.iter().map(|message| MegolmMessage::from_base64(message));
        let messages = messages.collect::<std::result::Result<Vec<_>, _>>()?;
        let decrypted = reader.bulk().decrypt(&messages);
        decrypted.into_iter().map(|decrypted| Ok(decrypted?.plaintext)).collect()
    }
}

macro_rules! pickles {
    ($($state:ty)*) => { $(
        impl Saved for $state {
            fn save(&self) -> Result<String> {
                Ok(self.to_pickle(&PickleKey::new(&PICKLE_KEY), &mut Random)?.to_base64())
            }

            fn open(text: &str) -> Result<Self> {
                Ok(Self::from_pickle(&Pickle::from_base64(text)?, &PickleKey::new(&PICKLE_KEY))?)
            }
        }
    )* };
}

pickles! { Account Session OutboundGroupSession InboundGroupSession }
