//! libolm 3.2.16, behind the wrapper of the live tests, with the system's random bytes.

use cliquet::{SystemRandom, rand_core::TryRng};
use cliquet_interop::libolm::{Account, InboundGroupSession, OutboundGroupSession, Session};

use super::{Accounts, OlmSessions, OlmText, PICKLE_KEY, Pair, Rooms, Saved};
use crate::Result;

pub(crate) struct Libolm;

/// Should the system have none, all bytes stay zero.
fn random(bytes: &mut [u8]) {
    let _ = SystemRandom::new().try_fill_bytes(bytes);
}

impl OlmSessions for Libolm {
    type Session = Session;

    fn pair() -> Result<Pair<Session>> {
        Self::introduced()
    }

    fn encrypt(session: &mut Session, plaintext: &[u8]) -> Result<OlmText> {
        Ok(session.encrypt(plaintext, &mut random)?)
    }

    fn decrypt(session: &mut Session, (message_type, body): &OlmText) -> Result<Vec<u8>> {
        Ok(session.decrypt(*message_type, body)?)
    }
}

impl Accounts for Libolm {
    type Account = Account;

    fn account() -> Result<Account> {
        Ok(Account::create(&mut random)?)
    }

    fn identity_keys(account: &Account) -> Result<(String, String)> {
        let keys = account.identity_keys()?;
        Ok((keys.ed25519, keys.curve25519))
    }

    fn sign(account: &Account, message: &[u8]) -> Result<String> {
        Ok(account.sign(message)?)
    }

    fn one_time_keys(account: &mut Account, count: usize) -> Result<Vec<String>> {
        account.generate_one_time_keys(count, &mut random)?;
        let keys = account.one_time_keys()?;
        // Or they would come again with those of the next call.
        account.mark_keys_as_published()?;
        Ok(keys.into_iter().map(|(_, key)| key).collect())
    }

    fn outbound(account: &Account, identity_key: &str, one_time_key: &str) -> Result<Session> {
        Ok(account.create_outbound_session(identity_key, one_time_key, &mut random)?)
    }

    fn inbound(account: &mut Account, identity_key: &str, message: &OlmText) -> Result<(Session, Vec<u8>)> {
        let mut session = account.create_inbound_session_from(identity_key, &message.1)?;
        let plaintext = Self::decrypt(&mut session, message)?;
        account.remove_one_time_keys(&session)?;
        Ok((session, plaintext))
    }
}

impl Rooms for Libolm {
    type Sender = OutboundGroupSession;
    type Reader = InboundGroupSession;
    type Export = String;

    fn sender() -> Result<OutboundGroupSession> {
        Ok(OutboundGroupSession::create(&mut random)?)
    }

    fn session_key(sender: &OutboundGroupSession) -> Result<String> {
        Ok(sender.session_key()?)
    }

    fn reader(session_key: &str) -> Result<InboundGroupSession> {
        Ok(InboundGroupSession::new(session_key)?)
    }

    fn send(sender: &mut OutboundGroupSession, plaintext: &[u8]) -> Result<String> {
        Ok(sender.encrypt(plaintext)?)
    }

    fn read(reader: &mut InboundGroupSession, message: &str) -> Result<(Vec<u8>, u32)> {
        Ok(reader.decrypt(message)?)
    }

    fn export(reader: &mut InboundGroupSession) -> Result<String> {
        Ok(reader.export(reader.first_known_index())?)
    }

    fn export_text(export: &String) -> &str {
        export
    }

    fn import(export: &str) -> Result<InboundGroupSession> {
        Ok(InboundGroupSession::import(export)?)
    }
}

macro_rules! pickles {
    ($($state:ty)*) => { $(
        impl Saved for $state {
            fn save(&self) -> Result<String> {
                Ok(self.pickle(&PICKLE_KEY)?)
            }

            fn open(text: &str) -> Result<Self> {
                Ok(Self::unpickle(text, &PICKLE_KEY)?)
            }
        }
    )* };
}

pickles! { Account Session OutboundGroupSession InboundGroupSession }
