//! A session of which one side, the receiver, changes hands.

use cliquet::{
    MessageVersion::{self, V1},
    olm,
};

use super::{
    super::party::{
        Implementation::{self, Cliquet},
        OlmMessage, Random, first_seed,
    },
    hands::{Account, Session},
    state::{State, Way},
};

pub(super) struct Pair {
    pub(super) sender: Session,
    pub(super) receiver: Option<Session>,
    pub(super) random: Random,
}

impl Pair {
    /// Both have heard of each other, and it is the sender's turn. It is of cliquet.
    pub(super) fn new(receiver: Implementation) -> Self {
        Self::of(V1, receiver)
    }

    pub(super) fn of(version: MessageVersion, receiver: Implementation) -> Self {
        let random = Random::new(first_seed());
        let (sender, mut account) = (Account::new(Cliquet, &random), Account::new(receiver, &random));
        account.generate_one_time_keys(1, &random);
        let (_, key) = account.unpublished_one_time_keys().remove(0);
        let mut sending = sender.start(version, &account.curve25519_key(), &key, &random);
        let first = sending.encrypt(b"first", &random);
        let (answer, _) = account.answer(version, &sender.curve25519_key(), &first).unwrap();
        let mut pair = Self { sender: sending, receiver: Some(answer), random };
        pair.turn();
        pair
    }

    /// The receiver says something, so that the sender's next message begins a chain.
    pub(super) fn turn(&mut self) {
        let message = self.receiver.as_mut().unwrap().encrypt(b"your turn", &self.random);
        assert_eq!(self.sender.decrypt(&message).unwrap(), b"your turn");
    }

    /// `count` messages that are late, and one after them that is not.
    pub(super) fn skip(&mut self, count: usize) -> Vec<OlmMessage> {
        let late = (0..count).map(|_| self.sender.encrypt(b"late", &self.random)).collect();
        let message = self.sender.encrypt(b"in time", &self.random);
        assert_eq!(self.receiver.as_mut().unwrap().decrypt(&message).unwrap(), b"in time");
        late
    }

    pub(super) fn receiver_goes(&mut self, to: Implementation, way: Way) {
        self.receiver = Some(self.receiver.take().unwrap().moved(to, way));
    }

    /// The receiver in cliquet's hands.
    pub(super) fn ours(&mut self) -> &mut olm::Session {
        match self.receiver.as_mut().unwrap() {
            State::Cliquet(session) => session,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn opens(&mut self, messages: &[OlmMessage]) {
        for (number, message) in messages.iter().enumerate() {
            let opened = self.receiver.as_mut().unwrap().decrypt(message);
            assert_eq!(opened.as_deref(), Ok(&b"late"[..]), "{number} of {}", messages.len());
        }
    }

    pub(super) fn refuses(&mut self, messages: &[OlmMessage]) {
        for (number, message) in messages.iter().enumerate() {
            let receiver = self.receiver.as_mut().unwrap();
            let (refused, ours) = (receiver.decrypt(message), receiver.place() == Cliquet);
            let refused = refused.expect_err("to be refused");
            assert!(!ours || refused.starts_with("NoLongerKept"), "{number}: {refused}");
        }
    }
}
