//! One device of one user: its account, and its Olm sessions with other devices.

use std::collections::BTreeMap;

use cliquet::{
    Ed25519Signature, SystemRandom,
    olm::{Account, OlmMessage, Session, SessionConfig},
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
    /// By the name of the other device.
    sessions: BTreeMap<String, Session>,
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
    pub(crate) fn start_session(&mut self, keys: &DeviceKeys, one_time_key: SignedOneTimeKey) -> Result<()> {
        let (identity_keys, one_time_key) = (keys.checked()?, one_time_key.checked(keys)?);
        let session = self.account.create_outbound_session(
            identity_keys.curve25519,
            one_time_key,
            SessionConfig::default(),
            &mut SystemRandom::new(),
        )?;
        self.sessions.insert(keys.name(), session);
        Ok(())
    }

    pub(crate) fn send(&mut self, to: &str, plaintext: &[u8]) -> Result<Letter> {
        let session = self.sessions.get_mut(to).ok_or_else(|| format!("no session with {to}"))?;
        let message = session.encrypt(plaintext, &mut SystemRandom::new())?;
        Ok(Letter { message_type: message.message_type().as_usize(), body: message.to_base64() })
    }

    /// Reads a letter, and makes the session with its sender if it is the first one.
    pub(crate) fn receive(&mut self, from: &DeviceKeys, letter: &Letter) -> Result<Vec<u8>> {
        let message = OlmMessage::from_parts(letter.message_type, &letter.body)?;
        if let Some(session) = self.sessions.get_mut(&from.name()) {
            return Ok(session.decrypt(&message)?);
        }
        let OlmMessage::PreKey(message) = message else {
            return Err(format!("{} sent a normal message without a session", from.name()).into());
        };
        let identity_key = from.checked()?.curve25519;
        let created =
            self.account.create_inbound_session(identity_key, &message, SessionConfig::default())?;
        self.sessions.insert(from.name(), created.session);
        Ok(created.plaintext)
    }
}
