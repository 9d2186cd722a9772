//! One device: what it holds in memory, which dies with it, and what it has stored.

use std::collections::{BTreeMap, BTreeSet};

use cliquet::{
    Curve25519PublicKey,
    olm::{Account, DecryptionError, Limits, OlmMessage, Session, SessionConfig},
    pickle::{Pickle, PickleKey},
};
use proptest::sample::Index;
use rand::{SeedableRng, rngs::StdRng};

use super::{Network, Sent};
use crate::Violation;

/// As many sessions can be started with a party.
const ONE_TIME_KEYS: usize = 6;

pub(crate) struct Party {
    account: Account,
    sessions: Vec<Session>,
    store: Store,
    /// Not reset by a restart: whatever is drawn after one is fresh.
    rng: StdRng,
}

struct Store {
    owner: &'static str,
    key: PickleKey,
    account: Pickle,
    sessions: Vec<Pickle>,
    /// By the number of the message, so that a text that is stored again counts once.
    texts: BTreeMap<usize, Vec<u8>>,
    // The test remembers what of it lies in the pickles: the messages that the sessions have read, and one-time keys.
    past: BTreeSet<usize>,
    one_time_keys: Vec<Curve25519PublicKey>,
}

impl Party {
    pub(crate) fn new(owner: &'static str, rng: &mut StdRng) -> Self {
        let mut account = Account::new(rng).unwrap();
        account.generate_one_time_keys(ONE_TIME_KEYS, rng).unwrap();
        account.mark_keys_as_published();
        let key = PickleKey::random(rng).unwrap();
        let pickle = account.to_pickle(&key.in_context(format!("{owner}|account")), rng).unwrap();
        let store = Store {
            owner,
            key,
            account: pickle,
            sessions: Vec::new(),
            texts: BTreeMap::new(),
            past: BTreeSet::new(),
            one_time_keys: account.one_time_keys().map(|key| key.public_key).collect(),
        };
        Self { account, sessions: Vec::new(), store, rng: StdRng::from_rng(rng) }
    }

    pub(crate) fn identity_key(&self) -> Curve25519PublicKey {
        self.account.curve25519_key()
    }

    pub(crate) fn one_time_keys(&self) -> impl Iterator<Item = Curve25519PublicKey> {
        self.account.one_time_keys().map(|key| key.public_key)
    }

    /// Kills the party: it begins anew with what is stored.
    pub(crate) fn restart(&mut self) {
        self.account = Account::from_pickle(&self.store.account, &self.store.account_key()).unwrap();
        let sessions = self.store.sessions.iter().enumerate();
        self.sessions = sessions
            .map(|(slot, pickle)| Session::from_pickle(pickle, &self.store.session_key(slot)).unwrap())
            .collect();
    }

    /// The slot of the chosen session, or of a new one; `None` where no key is left to start one with.
    pub(crate) fn session(
        &mut self,
        which: Option<Index>,
        their_identity_key: Curve25519PublicKey,
        them: usize,
        network: &mut Network,
    ) -> Option<usize> {
        if let Some(which) = which.filter(|_| !self.sessions.is_empty()) {
            return Some(which.index(self.sessions.len()));
        }
        let one_time_key = network.claim(them)?;
        let session =
            self.account.create_outbound_session(their_identity_key, one_time_key, config(), &mut self.rng);
        self.sessions.push(session.unwrap());
        Some(self.sessions.len() - 1)
    }

    pub(crate) fn encrypt(&mut self, slot: usize, text: &[u8]) -> OlmMessage {
        self.sessions[slot].encrypt(text, &mut self.rng).unwrap()
    }

    /// The text of a message, and the slot of the session that has read it; `None` if it is a duplicate.
    ///
    /// It is a duplicate exactly if the stored session is past it.
    pub(crate) fn read(
        &mut self,
        sent: &Sent,
        their_identity_key: Curve25519PublicKey,
    ) -> Result<Option<(usize, Vec<u8>)>, Violation> {
        let read = self.decrypt(&sent.message, their_identity_key)?;
        match (self.store.past.contains(&sent.number), &read) {
            (true, None) | (false, Some(_)) => Ok(read),
            (true, Some(_)) => Err(Violation::Verdict("read again".to_owned())),
            (false, None) => Err(Violation::Verdict("not read and called a duplicate".to_owned())),
        }
    }

    fn decrypt(
        &mut self,
        message: &OlmMessage,
        their_identity_key: Curve25519PublicKey,
    ) -> Result<Option<(usize, Vec<u8>)>, Violation> {
        let OlmMessage::PreKey(pre_key_message) = message else { return self.decrypt_normal(message) };
        let slot = self.sessions.iter().position(|session| session.matches_pre_key_message(pre_key_message));
        if let Some(slot) = slot {
            return match self.sessions[slot].decrypt(message) {
                Ok(text) => Ok(Some((slot, text))),
                Err(DecryptionError::AlreadyUsed { .. }) => Ok(None),
                Err(error) => Err(Violation::Verdict(error.to_string())),
            };
        }
        let created = self
            .account
            .create_inbound_session(their_identity_key, pre_key_message, config())
            .map_err(|error| Violation::Verdict(error.to_string()))?;
        self.sessions.push(created.session);
        Ok(Some((self.sessions.len() - 1, created.plaintext)))
    }

    fn decrypt_normal(&mut self, message: &OlmMessage) -> Result<Option<(usize, Vec<u8>)>, Violation> {
        for (slot, session) in self.sessions.iter_mut().enumerate() {
            match session.decrypt(message) {
                Ok(text) => return Ok(Some((slot, text))),
                Err(DecryptionError::AlreadyUsed { .. }) => return Ok(None),
                Err(DecryptionError::UnknownRatchetKey | DecryptionError::AuthenticationFailed) => {}
                Err(other) => panic!("no step of this test leads to {other:?}"),
            }
        }
        Err(Violation::Verdict("no session reads this message".to_owned()))
    }

    pub(crate) fn store_session(&mut self, slot: usize) {
        let pickle = self.sessions[slot].to_pickle(&self.store.session_key(slot), &mut self.rng).unwrap();
        if slot == self.store.sessions.len() {
            self.store.sessions.push(pickle);
        } else {
            self.store.sessions[slot] = pickle;
        }
    }

    /// The stored session has read this message.
    pub(crate) fn is_past(&mut self, sent: &Sent) {
        self.store.past.insert(sent.number);
    }

    pub(crate) fn store_text(&mut self, number: usize, text: &[u8]) {
        self.store.texts.insert(number, text.to_vec());
    }

    /// Stores the account without the one-time key of a pre-key message; a normal message has used none.
    pub(crate) fn retire(&mut self, message: &OlmMessage) {
        if let OlmMessage::PreKey(message) = message {
            self.account.remove_one_time_key(&message.one_time_key());
            self.store.account = self.account.to_pickle(&self.store.account_key(), &mut self.rng).unwrap();
            self.store.one_time_keys = self.one_time_keys().collect();
        }
    }

    pub(crate) fn stored_text(&self, number: usize) -> Option<&Vec<u8>> {
        self.store.texts.get(&number)
    }

    pub(crate) fn stored_texts(&self) -> usize {
        self.store.texts.len()
    }

    /// Whether something is stored that reads this message.
    pub(crate) fn keeps_key_of(&self, sent: &Sent) -> bool {
        let one_time_key = match &sent.message {
            OlmMessage::PreKey(message) => Some(message.one_time_key()),
            OlmMessage::Normal(_) => None,
        };
        !self.store.past.contains(&sent.number)
            || one_time_key.is_some_and(|key| self.store.one_time_keys.contains(&key))
    }
}

impl Store {
    fn account_key(&self) -> PickleKey {
        self.key.in_context(format!("{}|account", self.owner))
    }

    fn session_key(&self, slot: usize) -> PickleKey {
        self.key.in_context(format!("{}|session {slot}", self.owner))
    }
}

/// With room for whatever a case leaves out, so that a duplicate is always known as one.
fn config() -> SessionConfig {
    let limits = Limits::default().with_receiver_chains(50).unwrap();
    SessionConfig::default().with_limits(limits)
}
