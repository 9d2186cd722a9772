//! Two parties who can talk.

use cliquet::MessageVersion;

use super::party::{Account, Implementation, OlmMessage, Pairing, Random, Session};

/// The key that a session is started with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StartedWith {
    OneTimeKey,
    FallbackKey,
}

/// Two accounts that know nothing of each other yet.
pub(crate) fn accounts(pairing: Pairing, seed: u64) -> [Box<dyn Account>; 2] {
    accounts_of(MessageVersion::V1, pairing, seed)
}

/// The same, for sessions of this version.
pub(crate) fn accounts_of(
    version: MessageVersion,
    (starter, answerer): Pairing,
    seed: u64,
) -> [Box<dyn Account>; 2] {
    let account =
        |implementation: Implementation, seed| implementation.account_of(version, &Random::new(seed));
    [account(starter, seed.wrapping_mul(2)), account(answerer, seed.wrapping_mul(2).wrapping_add(1))]
}

/// A session of the first account with a new key of the second.
pub(crate) fn start(accounts: &mut [Box<dyn Account>; 2], with: StartedWith) -> Box<dyn Session> {
    let [starter, answerer] = accounts;
    let (_, key) = match with {
        StartedWith::OneTimeKey => {
            answerer.generate_one_time_keys(1);
            answerer.one_time_keys().pop().unwrap()
        }
        StartedWith::FallbackKey => {
            answerer.generate_fallback_key();
            answerer.fallback_key().unwrap()
        }
    };
    answerer.mark_keys_as_published();
    starter.start(&answerer.curve25519_key(), &key).unwrap()
}

/// Both sides of a session.
pub(crate) struct Pair {
    pub(crate) starter: Box<dyn Session>,
    pub(crate) answerer: Box<dyn Session>,
    /// The message that the session was made from.
    pub(crate) first: OlmMessage,
}

impl Pair {
    /// A session that the answerer has made from its first message, and not answered yet.
    pub(crate) fn unanswered(pairing: Pairing, seed: u64) -> Self {
        let mut accounts = accounts(pairing, seed);
        let mut starter = start(&mut accounts, StartedWith::OneTimeKey);
        let first = starter.encrypt(b"first");
        let identity_key = accounts[0].curve25519_key();
        let (answerer, plaintext) = accounts[1].answer(&identity_key, &first).unwrap();
        assert_eq!(plaintext, b"first");
        Self { starter, answerer, first }
    }

    /// A session in which both sides have heard from each other, and it is the starter's turn.
    pub(crate) fn established(pairing: Pairing, seed: u64) -> Self {
        let mut pair = Self::unanswered(pairing, seed);
        pair.sides(Direction::FromAnswerer).hand_over(b"second");
        pair
    }

    /// The sender and the receiver of one direction.
    pub(crate) fn sides(&mut self, direction: Direction) -> OneWay<'_> {
        let (starter, answerer) = (&mut *self.starter, &mut *self.answerer);
        match direction {
            Direction::FromStarter => OneWay { sender: starter, receiver: answerer },
            Direction::FromAnswerer => OneWay { sender: answerer, receiver: starter },
        }
    }
}

/// Who sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    FromStarter,
    FromAnswerer,
}

impl Direction {
    pub(crate) const BOTH: [Self; 2] = [Self::FromStarter, Self::FromAnswerer];

    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::FromStarter => Self::FromAnswerer,
            Self::FromAnswerer => Self::FromStarter,
        }
    }

    /// Which implementation receives.
    pub(crate) fn receiver(self, (starter, answerer): Pairing) -> Implementation {
        match self {
            Self::FromStarter => answerer,
            Self::FromAnswerer => starter,
        }
    }
}

/// One direction of a session.
pub(crate) struct OneWay<'a> {
    pub(crate) sender: &'a mut dyn Session,
    pub(crate) receiver: &'a mut dyn Session,
}

impl OneWay<'_> {
    /// One message that arrives.
    pub(crate) fn hand_over(&mut self, plaintext: &[u8]) {
        let message = self.sender.encrypt(plaintext);
        assert_eq!(self.receiver.decrypt(&message).as_deref(), Ok(plaintext));
    }
}
