mod account;
mod adapters;
mod atomicity;
pub(crate) mod known_answers;
mod limits;
mod proofs;
mod session;

use alloc::vec::Vec;

use super::{Account, OlmMessage, PreKeyMessage, Session, SessionConfig};
use crate::testing::seeded;

/// Two accounts; the second one has a one-time key and a fallback key.
pub(super) fn accounts() -> (Account, Account) {
    let mut rng = seeded(1);
    let alice = Account::new(&mut rng).unwrap();
    let mut bob = Account::new(&mut rng).unwrap();
    bob.generate_one_time_keys(1, &mut rng).unwrap();
    bob.generate_fallback_key(&mut rng).unwrap();
    (alice, bob)
}

/// Alice's session, and her first message.
pub(super) fn outbound(alice: &Account, bob: &Account, config: SessionConfig) -> (Session, PreKeyMessage) {
    let mut rng = seeded(2);
    let one_time_key = bob.one_time_keys().next().unwrap().public_key;
    let mut session =
        alice.create_outbound_session(bob.curve25519_key(), one_time_key, config, &mut rng).unwrap();
    let message = pre_key(session.encrypt("first", &mut rng).unwrap());
    (session, message)
}

/// Both ends of a session; Bob has read one message and sent none.
pub(super) fn sessions(config: SessionConfig) -> (Session, Session) {
    let (alice, mut bob) = accounts();
    let (alice_session, message) = outbound(&alice, &bob, config);
    let created = bob.create_inbound_session(alice.curve25519_key(), &message, config).unwrap();
    (alice_session, created.session)
}

pub(super) fn pre_key(message: OlmMessage) -> PreKeyMessage {
    match message {
        OlmMessage::PreKey(message) => message,
        OlmMessage::Normal(_) => panic!("a pre-key message was expected"),
    }
}

/// `count` messages of a session.
pub(super) fn encrypt_many(session: &mut Session, count: usize) -> Vec<OlmMessage> {
    (0..count).map(|_| session.encrypt("text", &mut seeded(3)).unwrap()).collect()
}

/// Sends one message and reads it.
pub(super) fn exchange(from: &mut Session, to: &mut Session, seed: u64) {
    let message = from.encrypt("exchange", &mut seeded(seed)).unwrap();
    assert_eq!(to.decrypt(&message).unwrap(), b"exchange");
}
