//! Valid states of every kind, made by doing what leads to them, for the fuzzer to change.

use std::sync::OnceLock;

use cliquet::{
    Curve25519KeyPair, Ed25519KeyPair, MessageVersion,
    megolm::{self, InboundGroupSession, OutboundGroupSession, ReplayGuard, SessionExport},
    olm::{Account, Limits, OlmMessage, Session, SessionConfig},
    pickle::PickleKind,
};

use crate::{KINDS, Saved, envelope, for_kind, random::seeded};

/// The states of a kind, as native pickles without encryption.
pub fn of_kind(kind: PickleKind) -> &'static [Vec<u8>] {
    static STATES: [OnceLock<Vec<Vec<u8>>>; 4] = [const { OnceLock::new() }; 4];
    fn plain<T: Saved>(states: &[T]) -> Vec<Vec<u8>> {
        states.iter().map(T::save_plain).collect()
    }
    match kind {
        PickleKind::Account => STATES[0].get_or_init(|| plain(&accounts())),
        PickleKind::Session => STATES[1].get_or_init(|| plain(&sessions())),
        PickleKind::OutboundGroupSession => STATES[2].get_or_init(|| plain(&outbound_group_sessions())),
        PickleKind::InboundGroupSession => STATES[3].get_or_init(|| plain(&inbound_group_sessions())),
        other => panic!("a kind that these targets do not know: {other:?}"),
    }
}

/// The same as JSON, of the states that vodozemac has a place for.
pub fn json_of_kind(kind: PickleKind) -> &'static [Vec<u8>] {
    static TEXTS: [OnceLock<Vec<Vec<u8>>>; 4] = [const { OnceLock::new() }; 4];
    fn written<T: Saved>(plain: &[u8]) -> Option<Vec<u8>> {
        T::open_plain(plain).expect("it is a valid state").save_json().ok()
    }
    TEXTS[place(kind)]
        .get_or_init(|| of_kind(kind).iter().filter_map(|plain| for_kind!(kind, written(plain))).collect())
}

/// The same as bodies of libolm's pickles, of the states that libolm has a place for.
pub fn libolm_bodies_of_kind(kind: PickleKind) -> &'static [Vec<u8>] {
    static BODIES: [OnceLock<Vec<Vec<u8>>>; 4] = [const { OnceLock::new() }; 4];
    fn written<T: Saved>(plain: &[u8]) -> Option<Vec<u8>> {
        let state = T::open_plain(plain).expect("it is a valid state");
        Some(envelope::legacy_open(b"key", &state.save_libolm(b"key").ok()?))
    }
    BODIES[place(kind)]
        .get_or_init(|| of_kind(kind).iter().filter_map(|plain| for_kind!(kind, written(plain))).collect())
}

fn place(kind: PickleKind) -> usize {
    KINDS.iter().position(|known| *known == kind).expect("it is one of them")
}

/// New; with keys of both kinds, published or not; and with a signing key that has no seed.
pub fn accounts() -> Vec<Account> {
    let rng = &mut seeded(20);
    let mut account = || Account::new(rng).expect("it never fails");
    let (fresh, mut few, mut two_fallback_keys) = (account(), account(), account());
    let rng = &mut seeded(21);
    few.generate_one_time_keys(3, rng).expect("three are not too many");
    few.generate_fallback_key(rng).expect("it never fails");
    few.mark_keys_as_published();
    few.generate_one_time_keys(2, rng).expect("two are not too many");
    two_fallback_keys.generate_one_time_keys(1, rng).expect("one is not too many");
    two_fallback_keys.generate_fallback_key(rng).expect("it never fails");
    two_fallback_keys.generate_fallback_key(rng).expect("it never fails");
    let signing_key = Ed25519KeyPair::from_expanded_secret_key(&[0x77; 64]);
    let identity_key = Curve25519KeyPair::from_secret_key(&[0x78; 32]);
    let mut without_seed = Account::from_key_pairs(signing_key, identity_key);
    without_seed.generate_one_time_keys(1, rng).expect("one is not too many");
    Vec::from([fresh, few, two_fallback_keys, without_seed])
}

/// Sessions of both versions in several states of their lives; the last four have had more chains than they keep, two of
/// them with greater limits than others.
pub fn sessions() -> Vec<Session> {
    let limits = Limits::default();
    let raised = limits.with_skipped_keys_per_chain(100).and_then(|limits| limits.with_receiver_chains(7));
    let raised = raised.expect("they are in the range");
    let lives = [
        (MessageVersion::V1, limits, 3, 1),
        (MessageVersion::V2, limits, 2, 1),
        (MessageVersion::V1, limits, 7, 1),
        (MessageVersion::V1, raised, 9, 6),
    ];
    let mut sessions = Vec::new();
    for (version, limits, rounds, lost_more) in lives {
        let config = SessionConfig::default().with_version(version).with_limits(limits);
        let (mut ours, mut theirs) = pair(config);
        sessions.extend([copy(&ours), copy(&theirs)]);
        let rng = &mut seeded(22);
        for round in 0..rounds {
            for _ in 0..=round * lost_more {
                theirs.encrypt("never arrives", rng).expect("sessions can send");
            }
            let message = theirs.encrypt("arrives", rng).expect("sessions can send");
            ours.decrypt(&message).expect("it is as it was sent");
            let answer = ours.encrypt("answer", rng).expect("sessions can send");
            theirs.decrypt(&answer).expect("it is as it was sent");
        }
        sessions.extend([ours, theirs]);
    }
    sessions
}

fn pair(config: SessionConfig) -> (Session, Session) {
    let rng = &mut seeded(23);
    let alice = Account::new(rng).expect("it never fails");
    let mut bob = Account::new(rng).expect("it never fails");
    let key = bob.generate_one_time_keys(1, rng).expect("one is not too many").created[0].public_key;
    let mut ours = alice.create_outbound_session(bob.curve25519_key(), key, config, rng).expect("good keys");
    let Ok(OlmMessage::PreKey(first)) = ours.encrypt("first", rng) else { panic!("a pre-key message") };
    let created = bob.create_inbound_session(alice.curve25519_key(), &first, config);
    (ours, created.expect("it is as it was sent").session)
}

fn copy<T: Saved>(state: &T) -> T {
    T::open_plain(&state.save_plain()).expect("what is written can be read")
}

/// New, and used for a while.
pub fn outbound_group_sessions() -> Vec<OutboundGroupSession> {
    [(MessageVersion::V1, 0), (MessageVersion::V1, 300), (MessageVersion::V2, 2)]
        .map(|(version, messages)| {
            let config = megolm::SessionConfig::default().with_version(version);
            let mut session = OutboundGroupSession::new(config, &mut seeded(24)).expect("it never fails");
            for _ in 0..messages {
                session.encrypt("message").expect("the session is young");
            }
            session
        })
        .into()
}

/// Shared, imported, and with a replay guard that has seen something.
pub fn inbound_group_sessions() -> Vec<InboundGroupSession> {
    let mut sessions = Vec::new();
    for mut outbound in outbound_group_sessions() {
        let config = megolm::SessionConfig::default().with_version(outbound.version());
        let shared = InboundGroupSession::new(&outbound.session_key(), config);
        let export = SessionExport::from_bytes(shared.export().as_bytes()).expect("it was exported");
        let imported = InboundGroupSession::import(&export, config);
        let mut guarded = copy(&shared);
        guarded.set_replay_guard(ReplayGuard::with_capacity(5));
        for event in 0..4 {
            let message = outbound.encrypt("message").expect("the session is young");
            if event != 1 {
                guarded.decrypt_event(&message, &[event; 32]).expect("it is as it was sent");
            }
        }
        sessions.extend([shared, imported, guarded]);
    }
    sessions
}
