//! States to save: small ones and full ones.

use std::vec::Vec;

use crate::{
    MessageVersion,
    keys::{Curve25519KeyPair, Ed25519KeyPair},
    megolm::{self, InboundGroupSession, OutboundGroupSession, ReplayGuard, SessionExport},
    olm::{Account, Limits, OlmMessage, Session, SessionConfig},
    testing::seeded,
};

/// Accounts: new, with keys of both kinds, and with a signing key without a seed.
pub(crate) fn accounts() -> Vec<Account> {
    let rng = &mut seeded(100);
    let fresh = Account::new(rng).unwrap();
    let mut one = Account::new(rng).unwrap();
    one.generate_one_time_keys(1, rng).unwrap();
    let mut full = Account::new(rng).unwrap();
    full.generate_one_time_keys(60, rng).unwrap();
    full.generate_fallback_key(rng).unwrap();
    full.mark_keys_as_published();
    full.generate_one_time_keys(40, rng).unwrap();
    full.generate_fallback_key(rng).unwrap();
    full.set_one_time_key_limit(100).unwrap();
    let signing_key = Ed25519KeyPair::from_expanded_secret_key(&[0xff; 64]);
    let mut expanded = Account::from_key_pairs(signing_key, Curve25519KeyPair::from_secret_key(&[0xfe; 32]));
    expanded.generate_fallback_key(rng).unwrap();
    Vec::from([fresh, one, full, expanded])
}

/// A pair of sessions that have understood each other once: the one that started, and the other.
pub(crate) fn pair(config: SessionConfig) -> (Session, Session) {
    let rng = &mut seeded(101);
    let (alice, mut bob) = (Account::new(rng).unwrap(), Account::new(rng).unwrap());
    let key = bob.generate_one_time_keys(1, rng).unwrap().created[0].public_key;
    let mut ours = alice.create_outbound_session(bob.curve25519_key(), key, config, rng).unwrap();
    let OlmMessage::PreKey(first) = ours.encrypt("first", rng).unwrap() else { panic!() };
    let theirs = bob.create_inbound_session(alice.curve25519_key(), &first, config).unwrap().session;
    (ours, theirs)
}

/// Sessions: each in several of the states of its life, the last one with dropped chains and orphaned message keys.
pub(crate) fn sessions() -> Vec<Session> {
    let rng = &mut seeded(102);
    let limits = Limits::default().with_receiver_chains(7).unwrap().with_message_gap(3_000).unwrap();
    let mut sessions = Vec::new();
    for version in [MessageVersion::V1, MessageVersion::V2] {
        let config = SessionConfig::default().with_version(version).with_limits(limits);
        let (mut ours, mut theirs) = pair(config);
        sessions.extend([ours.clone(), theirs.clone()]);
        for round in 0..9 {
            for _ in 0..round * 3 {
                theirs.encrypt("never arrives", rng).unwrap();
            }
            let message = theirs.encrypt("arrives", rng).unwrap();
            ours.decrypt(&message).unwrap();
            let answer = ours.encrypt("answer", rng).unwrap();
            theirs.decrypt(&answer).unwrap();
            if [0, 4].contains(&round) {
                sessions.extend([ours.clone(), theirs.clone()]);
            }
        }
        assert!(ours.summary().skipped_message_keys > 40);
        sessions.extend([ours, theirs]);
    }
    sessions
}

/// Outbound group sessions, new and used.
pub(crate) fn outbound_group_sessions() -> Vec<OutboundGroupSession> {
    let rng = &mut seeded(103);
    let config = megolm::SessionConfig::default();
    let fresh = OutboundGroupSession::new(config, rng).unwrap();
    let mut used = OutboundGroupSession::new(config.with_version(MessageVersion::V2), rng).unwrap();
    for _ in 0..300 {
        used.encrypt("message").unwrap();
    }
    Vec::from([fresh, used])
}

/// Inbound group sessions of every provenance, with and without a replay guard; none has read anything but the guarded one.
pub(crate) fn inbound_group_sessions() -> Vec<InboundGroupSession> {
    let mut sessions = Vec::new();
    for mut outbound in outbound_group_sessions() {
        let config = megolm::SessionConfig::default().with_version(outbound.version());
        let shared = InboundGroupSession::new(&outbound.session_key(), config);
        let export = SessionExport::from_bytes(shared.export().as_bytes()).unwrap();
        let imported = InboundGroupSession::import(&export, config);
        let mut guarded = shared.clone();
        guarded.set_replay_guard(ReplayGuard::with_capacity(77));
        for number in 0..5 {
            let message = outbound.encrypt("message").unwrap();
            if number % 2 == 0 {
                guarded.decrypt_event(&message, &[number; 32]).unwrap();
            }
        }
        sessions.extend([shared, imported, guarded]);
    }
    sessions
}
