//! One device of one user: its account, and its Olm sessions with other devices.

use std::collections::BTreeMap;

use cliquet::{
    Ed25519Signature, SystemRandom,
    olm::{Account, KeyUse, OlmMessage, Session, SessionConfig},
};

use crate::{
    Result,
    directory::{DeviceKeys, SignedOneTimeKey},
};

/// An Olm message on its way, as a Matrix event carries it.
pub(crate) struct Letter {
    message_type: usize,
    body: String,
}

pub(crate) struct Device {
    user: String,
    device_id: String,
    account: Account,
    /// By the name of the other device, newest last: two devices may start a session with each other at the same time.
    sessions: BTreeMap<String, Vec<Session>>,
}

impl Device {
    pub(crate) fn new(user: &str, device_id: &str) -> Result<Self> {
        Ok(Self {
            user: user.to_owned(),
            device_id: device_id.to_owned(),
            account: Account::new(&mut SystemRandom::new())?,
            sessions: BTreeMap::new(),
        })
    }

    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.user, self.device_id)
    }

    /// The public keys of the device, signed by itself.
    pub(crate) fn keys(&self) -> DeviceKeys {
        DeviceKeys::sign(&self.user, &self.device_id, self.account.identity_keys(), |text| self.sign(text))
    }

    /// New one-time keys and a fallback key, signed; they count as published from here on.
    pub(crate) fn make_one_time_keys(
        &mut self,
        count: usize,
    ) -> Result<(Vec<SignedOneTimeKey>, SignedOneTimeKey)> {
        let rng = &mut SystemRandom::new();
        self.account.generate_one_time_keys(count, rng)?;
        self.account.generate_fallback_key(rng)?;
        let sign = |key, is_fallback| SignedOneTimeKey::sign(key, is_fallback, |text| self.sign(text));
        let one_time_keys =
            self.account.unpublished_one_time_keys().map(|key| sign(key.public_key, false)).collect();
        let fallback_key = self.account.unpublished_fallback_key().ok_or("no fallback key was made")?;
        let fallback_key = sign(fallback_key.public_key, true);
        self.account.mark_keys_as_published();
        Ok((one_time_keys, fallback_key))
    }

    fn sign(&self, text: &str) -> Ed25519Signature {
        self.account.sign(text)
    }

    /// Starts a session with another device, once both of its signatures are checked.
    pub(crate) fn start_session(
        &mut self,
        name: &str,
        keys: &DeviceKeys,
        one_time_key: SignedOneTimeKey,
    ) -> Result<()> {
        let identity_keys = keys.checked(name)?;
        let one_time_key = one_time_key.checked(&identity_keys)?;
        let session = self.account.create_outbound_session(
            identity_keys.curve25519,
            one_time_key,
            SessionConfig::default(),
            &mut SystemRandom::new(),
        )?;
        self.sessions.entry(name.to_owned()).or_default().push(session);
        Ok(())
    }

    pub(crate) fn send(&mut self, to: &str, plaintext: &[u8]) -> Result<Letter> {
        let from = self.name();
        let session = self.sessions.get_mut(to).and_then(|sessions| sessions.last_mut());
        let session = session.ok_or_else(|| format!("no session with {to}"))?;
        let addressed = [addressed(&from, to).as_bytes(), plaintext].concat();
        let message = session.encrypt(addressed, &mut SystemRandom::new())?;
        Ok(Letter { message_type: message.message_type().as_usize(), body: message.to_base64() })
    }

    /// Reads a letter from the device of that name, which must have written it to this one.
    pub(crate) fn receive(&mut self, name: &str, keys: &DeviceKeys, letter: &Letter) -> Result<Vec<u8>> {
        let plaintext = self.decrypt(name, keys, letter)?;
        let text = plaintext.strip_prefix(addressed(name, &self.name()).as_bytes());
        Ok(text.ok_or("the letter names another sender or recipient")?.to_vec())
    }

    /// Decrypts a letter, and makes a session if the letter starts a new one.
    fn decrypt(&mut self, name: &str, keys: &DeviceKeys, letter: &Letter) -> Result<Vec<u8>> {
        let identity_key = keys.checked(name)?.curve25519;
        let message = OlmMessage::from_parts(letter.message_type, &letter.body)?;
        let sessions = self.sessions.entry(name.to_owned()).or_default();
        let OlmMessage::PreKey(message) = message else {
            // A normal message does not say to which session it belongs.
            let read = sessions.iter_mut().rev().find_map(|session| session.decrypt(&message).ok());
            return read.ok_or_else(|| format!("no session with {name} reads this message").into());
        };
        if let Some(session) = sessions.iter_mut().find(|session| session.matches_pre_key_message(&message)) {
            return Ok(session.decrypt(&message.into())?);
        }
        let created =
            self.account.create_inbound_session(identity_key, &message, SessionConfig::default())?;
        sessions.push(created.session);
        if let KeyUse::FallbackKey { .. } = created.key_use {
            // The same first message would open a session again: another fallback key, to be published next.
            self.account.generate_fallback_key(&mut SystemRandom::new())?;
        }
        Ok(created.plaintext)
    }
}

/// Who writes to whom, inside the encryption: without it a device could pass another's messages off as its own. Matrix has
/// the fields `sender`, `recipient`, `recipient_keys` and `keys` for it.
fn addressed(from: &str, to: &str) -> String {
    format!("{from} to {to}\n")
}
