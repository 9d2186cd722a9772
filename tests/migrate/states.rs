//! States to move, one of each kind, that every format has room for.

use cliquet::{
    MessageVersion, SystemRandom,
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{Account, OlmMessage, Session, SessionConfig},
    pickle::InexpressibleError,
};

pub(crate) enum State {
    Account(Account),
    Session(Session),
    Outbound(OutboundGroupSession),
    Inbound(InboundGroupSession),
}

/// One method of all kinds.
macro_rules! each {
    ($state:expr, $inner:ident => $call:expr) => {
        match $state {
            State::Account($inner) => $call,
            State::Session($inner) => $call,
            State::Outbound($inner) => $call,
            State::Inbound($inner) => $call,
        }
    };
}

impl State {
    pub(crate) fn to_libolm_pickle(&self, key: &[u8]) -> Result<String, InexpressibleError> {
        each!(self, state => state.to_libolm_pickle(key))
    }

    pub(crate) fn to_vodozemac_json(&self) -> Vec<u8> {
        each!(self, state => state.to_vodozemac_json().unwrap().as_bytes().to_vec())
    }

    pub(crate) fn to_pickle_without_encryption(&self) -> Vec<u8> {
        each!(self, state => state.to_pickle_without_encryption().as_bytes().to_vec())
    }
}

pub(crate) fn all(version: MessageVersion) -> [State; 4] {
    [
        State::Account(account()),
        State::Session(session(version)),
        State::Outbound(outbound(version)),
        State::Inbound(inbound(version)),
    ]
}

/// Two published one-time keys and three that are not; a previous fallback key, and a current one that is not published.
pub(crate) fn account() -> Account {
    let rng = &mut SystemRandom::new();
    let mut account = Account::new(rng).unwrap();
    account.generate_one_time_keys(2, rng).unwrap();
    account.generate_fallback_key(rng).unwrap();
    account.mark_keys_as_published();
    account.generate_one_time_keys(3, rng).unwrap();
    account.generate_fallback_key(rng).unwrap();
    account
}

/// Three receiver chains, and four skipped message keys of the newest.
pub(crate) fn session(version: MessageVersion) -> Session {
    let rng = &mut SystemRandom::new();
    let config = SessionConfig::default().with_version(version);
    let (alice, mut bob) = (Account::new(rng).unwrap(), Account::new(rng).unwrap());
    let key = bob.generate_one_time_keys(1, rng).unwrap().created[0].public_key;
    let mut ours = alice.create_outbound_session(bob.curve25519_key(), key, config, rng).unwrap();
    let OlmMessage::PreKey(first) = ours.encrypt("first", rng).unwrap() else { panic!("no pre-key message") };
    let mut theirs = bob.create_inbound_session(alice.curve25519_key(), &first, config).unwrap().session;
    for lost in [0, 0, 4] {
        for _ in 0..lost {
            theirs.encrypt("lost", rng).unwrap();
        }
        ours.decrypt(&theirs.encrypt("arrives", rng).unwrap()).unwrap();
        theirs.decrypt(&ours.encrypt("answer", rng).unwrap()).unwrap();
    }
    ours
}

/// At index 2.
pub(crate) fn outbound(version: MessageVersion) -> OutboundGroupSession {
    let config = megolm::SessionConfig::default().with_version(version);
    let mut session = OutboundGroupSession::new(config, &mut SystemRandom::new()).unwrap();
    session.encrypt("one").unwrap();
    session.encrypt("two").unwrap();
    session
}

/// Shared, from index 2 on.
pub(crate) fn inbound(version: MessageVersion) -> InboundGroupSession {
    let config = megolm::SessionConfig::default().with_version(version);
    InboundGroupSession::new(&outbound(version).session_key(), config)
}
