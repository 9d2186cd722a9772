//! One device: its account, one Olm session, the room that it writes to, and the one that it reads.

use crate::random::WebCrypto;
use cliquet::{
    Curve25519PublicKey,
    megolm::{self, InboundGroupSession, MegolmMessage, OutboundGroupSession, SessionKey},
    olm::{Account, OlmMessage, Session, SessionConfig},
    pickle::PickleKey,
};

/// What a call comes to: an answer, or the text of a refusal.
pub(crate) type Answer = Result<Vec<u8>, String>;

/// What is missing, in the words of the page.
const NO_SESSION: &str = "no session yet";
const NO_ROOM: &str = "no room yet";

/// A device and all that it keeps.
pub(crate) struct Device {
    account: Account,
    session: Option<Session>,
    writes: Option<OutboundGroupSession>,
    reads: Option<InboundGroupSession>,
}

impl Device {
    pub(crate) fn new() -> Result<Self, String> {
        let account = Account::new(&mut WebCrypto).map_err(text)?;
        Ok(Self { account, session: None, writes: None, reads: None })
    }

    /// The Curve25519 key and the Ed25519 key, a line each.
    pub(crate) fn identity_keys(&self) -> Answer {
        let keys = self.account.identity_keys();
        Ok(format!("{}\n{}", keys.curve25519.to_base64(), keys.ed25519.to_base64()).into_bytes())
    }

    pub(crate) fn new_one_time_key(&mut self) -> Answer {
        let keys = self.account.generate_one_time_keys(1, &mut WebCrypto).map_err(text)?;
        self.account.mark_keys_as_published();
        Ok(keys.created.iter().map(|key| key.public_key.to_base64()).collect::<String>().into_bytes())
    }

    /// From the identity key and the one-time key of the other device, a line each.
    pub(crate) fn start_session(&mut self, input: &[u8]) -> Answer {
        let [identity_key, one_time_key] = lines(input)?;
        let (identity_key, one_time_key) = (public_key(identity_key)?, public_key(one_time_key)?);
        let config = SessionConfig::default();
        let session =
            self.account.create_outbound_session(identity_key, one_time_key, config, &mut WebCrypto);
        self.session = Some(session.map_err(text)?);
        Ok(Vec::new())
    }

    /// The type and the base64 of the message, a line each.
    pub(crate) fn encrypt(&mut self, plaintext: &[u8]) -> Answer {
        let session = self.session.as_mut().ok_or(NO_SESSION)?;
        let message = session.encrypt(plaintext, &mut WebCrypto).map_err(text)?;
        let kind = if matches!(message, OlmMessage::PreKey(_)) { 0 } else { 1 };
        Ok(format!("{kind}\n{}", message.to_base64()).into_bytes())
    }

    /// From the sender's identity key, the type and the base64 of the message, a line each.
    pub(crate) fn decrypt(&mut self, input: &[u8]) -> Answer {
        let [sender, kind, message] = lines(input)?;
        let message = OlmMessage::from_parts(kind.parse().map_err(text)?, message).map_err(text)?;
        match (&mut self.session, &message) {
            (Some(session), _) => session.decrypt(&message).map_err(text),
            (None, OlmMessage::PreKey(first)) => {
                let config = SessionConfig::default();
                let created = self.account.create_inbound_session(public_key(sender)?, first, config);
                let created = created.map_err(text)?;
                self.session = Some(created.session);
                Ok(created.plaintext)
            }
            (None, OlmMessage::Normal(_)) => Err(NO_SESSION.to_owned()),
        }
    }

    /// How far the session has come, a line for each figure.
    pub(crate) fn session(&self) -> Answer {
        let summary = self.session.as_ref().ok_or(NO_SESSION)?.summary();
        let mut lines = format!("session {}\n", summary.session_id);
        match summary.sending_chain {
            Some(chain) => line(&mut lines, "sends", &chain.ratchet_key, chain.next_chain_index),
            None => lines.push_str("sends with a new ratchet key\n"),
        }
        for chain in &summary.receiver_chains {
            line(&mut lines, "awaits", &chain.ratchet_key, chain.next_chain_index);
        }
        lines.push_str(&format!("skipped {}", summary.skipped_message_keys));
        Ok(lines.into_bytes())
    }

    /// Makes a room to write to; its session key is the answer.
    pub(crate) fn start_room(&mut self) -> Answer {
        let room =
            OutboundGroupSession::new(megolm::SessionConfig::default(), &mut WebCrypto).map_err(text)?;
        let key = room.session_key().to_base64();
        self.writes = Some(room);
        Ok(key.as_str().as_bytes().to_vec())
    }

    /// From the session key, as it came over Olm.
    pub(crate) fn join_room(&mut self, input: &[u8]) -> Answer {
        let [key] = lines(input)?;
        let key = SessionKey::from_base64(key).map_err(text)?;
        self.reads = Some(InboundGroupSession::new(&key, megolm::SessionConfig::default()));
        Ok(Vec::new())
    }

    pub(crate) fn write_to_room(&mut self, plaintext: &[u8]) -> Answer {
        let room = self.writes.as_mut().ok_or(NO_ROOM)?;
        Ok(room.encrypt(plaintext).map_err(text)?.to_base64().into_bytes())
    }

    pub(crate) fn read_from_room(&mut self, input: &[u8]) -> Answer {
        let [message] = lines(input)?;
        let message = MegolmMessage::from_base64(message).map_err(text)?;
        Ok(self.reads.as_mut().ok_or(NO_ROOM)?.decrypt(&message).map_err(text)?.plaintext)
    }

    /// How far the rooms have come, a line each.
    pub(crate) fn rooms(&self) -> Answer {
        let mut lines = String::new();
        if let Some(room) = &self.writes {
            lines.push_str(&format!("writes {} {}\n", room.session_id(), room.message_index()));
        }
        if let Some(room) = &self.reads {
            lines.push_str(&format!("reads {} {}\n", room.session_id(), room.first_known_index()));
        }
        Ok(lines.into_bytes())
    }

    /// Seals all that the device keeps and opens it again, as over a restart. The answer is how many bytes that takes.
    pub(crate) fn restart(&mut self) -> Answer {
        let rng = &mut WebCrypto;
        let key = PickleKey::random(rng).map_err(text)?;
        let sealed = self.account.to_pickle(&key, rng).map_err(text)?;
        let mut length = sealed.as_bytes().len();
        let account = Account::from_pickle(&sealed, &key).map_err(text)?;
        macro_rules! restart {
            ($state:expr, $kind:ty) => {
                match &$state {
                    Some(state) => {
                        let sealed = state.to_pickle(&key, rng).map_err(text)?;
                        length += sealed.as_bytes().len();
                        Some(<$kind>::from_pickle(&sealed, &key).map_err(text)?)
                    }
                    None => None,
                }
            };
        }
        let session = restart!(self.session, Session);
        let writes = restart!(self.writes, OutboundGroupSession);
        let reads = restart!(self.reads, InboundGroupSession);
        *self = Self { account, session, writes, reads };
        Ok(length.to_string().into_bytes())
    }
}

/// A chain: what is done with it, its ratchet key, the index that comes next.
fn line(lines: &mut String, what: &str, ratchet_key: &Curve25519PublicKey, next: u32) {
    lines.push_str(&format!("{what} {next} {}\n", ratchet_key.to_base64()));
}

fn public_key(base64: &str) -> Result<Curve25519PublicKey, String> {
    Curve25519PublicKey::from_base64(base64).map_err(text)
}

/// The input as so many lines of text.
fn lines<const N: usize>(input: &[u8]) -> Result<[&str; N], String> {
    let lines: Vec<&str> = std::str::from_utf8(input).map_err(text)?.split('\n').collect();
    <[&str; N]>::try_from(lines).map_err(|lines| format!("{} lines instead of {N}", lines.len()))
}

fn text(error: impl core::fmt::Display) -> String {
    error.to_string()
}
