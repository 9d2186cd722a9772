//! One face for three implementations of Olm and Megolm: keys, messages and errors are text, as between devices.

mod cliquet;
mod libolm;
mod vodozemac;

use std::{cell::RefCell, convert::Infallible, fmt, rc::Rc};

use ::cliquet::{
    MessageVersion::{self, V1},
    rand_core::{TryCryptoRng, TryRng},
};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

/// What an implementation says: a result, or its own error, as its `Debug` form or its name writes it.
pub(crate) type Verdict<T> = Result<T, String>;

/// An implementation of Olm and Megolm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Implementation {
    Cliquet,
    Libolm,
    Vodozemac,
}

use Implementation::{Cliquet, Libolm, Vodozemac};

/// Who starts the session, and who answers.
pub(crate) type Pairing = (Implementation, Implementation);

/// cliquet with each peer, in both roles.
pub(crate) const PAIRINGS: [Pairing; 4] =
    [(Cliquet, Vodozemac), (Vodozemac, Cliquet), (Cliquet, Libolm), (Libolm, Cliquet)];

/// The peers among themselves: where one of these fails, the test is wrong and not cliquet.
pub(crate) const CONTROLS: [Pairing; 2] = [(Vodozemac, Libolm), (Libolm, Vodozemac)];

pub(crate) const IMPLEMENTATIONS: [Implementation; 3] = [Cliquet, Libolm, Vodozemac];

impl Implementation {
    /// A new account. vodozemac draws from the system's generator instead of `random`.
    pub(crate) fn account(self, random: &Random) -> Box<dyn Account> {
        self.account_of(V1, random)
    }

    /// The same, for sessions of this version. libolm knows only the first.
    pub(crate) fn account_of(self, version: MessageVersion, random: &Random) -> Box<dyn Account> {
        match self {
            Cliquet => Box::new(cliquet::Account::new(version, random)),
            Libolm => Box::new(libolm::Account::new(only_v1(version, random))),
            Vodozemac => Box::new(vodozemac::Account::new(version)),
        }
    }

    /// Checks an Ed25519 signature.
    pub(crate) fn verify(self, ed25519_key: &str, message: &[u8], signature: &str) -> Verdict<()> {
        match self {
            Cliquet => cliquet::verify(ed25519_key, message, signature),
            Libolm => libolm::verify(ed25519_key, message, signature),
            Vodozemac => vodozemac::verify(ed25519_key, message, signature),
        }
    }

    /// A new group session to send with. vodozemac draws from the system's generator instead of `random`.
    pub(crate) fn outbound_group_session(self, random: &Random) -> Box<dyn OutboundGroupSession> {
        self.outbound_group_session_of(V1, random)
    }

    pub(crate) fn outbound_group_session_of(
        self,
        version: MessageVersion,
        random: &Random,
    ) -> Box<dyn OutboundGroupSession> {
        match self {
            Cliquet => Box::new(cliquet::OutboundGroupSession::new(version, random)),
            Libolm => Box::new(libolm::OutboundGroupSession::new(only_v1(version, random))),
            Vodozemac => Box::new(vodozemac::OutboundGroupSession::new(version)),
        }
    }

    /// The group session that a session key opens.
    pub(crate) fn inbound_group_session(self, session_key: &str) -> Verdict<Box<dyn InboundGroupSession>> {
        self.inbound_group_session_of(V1, session_key)
    }

    pub(crate) fn inbound_group_session_of(
        self,
        version: MessageVersion,
        session_key: &str,
    ) -> Verdict<Box<dyn InboundGroupSession>> {
        match self {
            Cliquet => cliquet::InboundGroupSession::new(version, session_key).map(boxed),
            Libolm => libolm::InboundGroupSession::new(only_v1(version, session_key)).map(boxed),
            Vodozemac => vodozemac::InboundGroupSession::new(version, session_key).map(boxed),
        }
    }

    /// The group session that a session export opens.
    pub(crate) fn import(self, session_export: &str) -> Verdict<Box<dyn InboundGroupSession>> {
        self.import_of(V1, session_export)
    }

    pub(crate) fn import_of(
        self,
        version: MessageVersion,
        session_export: &str,
    ) -> Verdict<Box<dyn InboundGroupSession>> {
        match self {
            Cliquet => cliquet::InboundGroupSession::import(version, session_export).map(boxed),
            Libolm => libolm::InboundGroupSession::import(only_v1(version, session_export)).map(boxed),
            Vodozemac => vodozemac::InboundGroupSession::import(version, session_export).map(boxed),
        }
    }
}

/// What libolm is given, which knows no other version.
fn only_v1<T>(version: MessageVersion, given: T) -> T {
    assert_eq!(version, V1, "libolm has no other version");
    given
}

fn boxed(session: impl InboundGroupSession + 'static) -> Box<dyn InboundGroupSession> {
    Box::new(session)
}

/// The id and the public key of a one-time key or fallback key.
pub(crate) type NamedKey = (String, String);

/// The long-term keys of one device, and the keys that others start sessions with.
pub(crate) trait Account {
    /// The version of the sessions from now on.
    fn state_version(&mut self, version: MessageVersion);

    fn curve25519_key(&self) -> String;
    fn ed25519_key(&self) -> String;
    fn sign(&self, message: &[u8]) -> String;

    fn generate_one_time_keys(&mut self, count: usize);
    /// The unpublished one-time keys, oldest first.
    fn one_time_keys(&self) -> Vec<NamedKey>;
    fn generate_fallback_key(&mut self);
    /// The current fallback key, if it is unpublished.
    fn fallback_key(&self) -> Option<NamedKey>;
    fn forget_previous_fallback_key(&mut self);
    fn mark_keys_as_published(&mut self);

    /// Starts a session with the owner of the two keys.
    fn start(&mut self, their_identity_key: &str, their_one_time_key: &str) -> Verdict<Box<dyn Session>>;
    /// The session that another device started, and what its message says; the one-time key is used up.
    fn answer(
        &mut self,
        their_identity_key: &str,
        message: &OlmMessage,
    ) -> Verdict<(Box<dyn Session>, Vec<u8>)>;
}

/// One side of an Olm session.
pub(crate) trait Session {
    fn session_id(&self) -> String;
    fn has_received_message(&self) -> bool;
    fn encrypt(&mut self, plaintext: &[u8]) -> OlmMessage;
    fn decrypt(&mut self, message: &OlmMessage) -> Verdict<Vec<u8>>;
}

/// The sender's side of a Megolm session.
pub(crate) trait OutboundGroupSession {
    fn session_id(&self) -> String;
    fn session_key(&self) -> String;
    fn message_index(&self) -> u32;
    fn encrypt(&mut self, plaintext: &[u8]) -> String;
}

/// A receiver's side of a Megolm session.
pub(crate) trait InboundGroupSession {
    fn session_id(&self) -> String;
    fn first_known_index(&self) -> u32;
    /// The plaintext and the message index.
    fn decrypt(&mut self, message: &str) -> Verdict<(Vec<u8>, u32)>;
    fn export_at(&mut self, message_index: u32) -> Option<String>;
}

/// The type of a pre-key message.
pub(crate) const PRE_KEY: usize = 0;
/// The type of a normal message.
pub(crate) const NORMAL: usize = 1;

/// An Olm message as a Matrix event carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OlmMessage {
    pub(crate) message_type: usize,
    pub(crate) body: String,
}

impl OlmMessage {
    pub(crate) fn new(message_type: usize, bytes: &[u8]) -> Self {
        Self { message_type, body: ::vodozemac::base64_encode(bytes) }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        ::vodozemac::base64_decode(&self.body).unwrap()
    }

    /// The message with one bit of its byte at `position` flipped.
    pub(crate) fn with_flipped_bit(&self, position: usize, bit: u32) -> Self {
        let mut bytes = self.bytes();
        bytes[position] ^= 1 << bit;
        Self::new(self.message_type, &bytes)
    }
}

/// Random bytes that repeat with their seed. Clones draw from one stream.
#[derive(Clone)]
pub(crate) struct Random(Rc<RefCell<StdRng>>);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Rc::new(RefCell::new(StdRng::seed_from_u64(seed))))
    }

    /// The same bytes for libolm, which asks with a slice to fill.
    pub(crate) fn filler(&self) -> impl FnMut(&mut [u8]) + use<> {
        let this = self.clone();
        move |bytes| this.0.borrow_mut().fill_bytes(bytes)
    }

    /// The next number of the stream: two streams of one seed give the same one if as much was drawn from both.
    pub(crate) fn position(&self) -> u64 {
        self.0.borrow_mut().next_u64()
    }
}

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.borrow_mut().try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.borrow_mut().try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.borrow_mut().try_fill_bytes(bytes)
    }
}

impl TryCryptoRng for Random {}

/// Up to `longest` random bytes, none included.
pub(crate) fn random_plaintext(schedule: &mut StdRng, longest: usize) -> Vec<u8> {
    let mut plaintext = vec![0; schedule.random_range(0..=longest)];
    schedule.fill_bytes(&mut plaintext);
    plaintext
}

/// The seed that all others of a run follow from: `INTEROP_SEED`, or 1.
pub(crate) fn first_seed() -> u64 {
    std::env::var("INTEROP_SEED").map_or(1, |seed| seed.parse().expect("INTEROP_SEED is a number"))
}

/// Says on a failure what it takes to see it again.
pub(crate) struct Reminder<T: fmt::Debug>(pub(crate) T);

impl<T: fmt::Debug> Drop for Reminder<T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("failed with {:?}, INTEROP_SEED={}", self.0, first_seed());
        }
    }
}

/// An error of a Rust library as text.
fn text(error: impl fmt::Debug) -> String {
    format!("{error:?}")
}
