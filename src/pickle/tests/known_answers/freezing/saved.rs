use std::{format, string::String, vec::Vec};

use serde_json::Value;

use super::{super::native_layout, CONTEXT, KEY, SALT, Vectors, sealed, unencrypted, with};
use crate::{
    MessageVersion,
    known_answers::hex,
    megolm::{InboundGroupSession, OutboundGroupSession},
    olm::{Account, Limits, Session, SessionConfig},
    pickle::{
        PickleKey,
        tests::{known_answers::native_layout::Body, states},
    },
    testing::{FixedRandom, seeded},
};

fn key() -> PickleKey {
    PickleKey::new(&KEY).in_context(CONTEXT)
}

fn salt() -> FixedRandom {
    FixedRandom::new(SALT.to_vec())
}

/// Accepts both forms of a state, and checks that the layout that is written here field by field is that of the library.
macro_rules! accept {
    ($vectors:expr, $state:literal, $kind:literal, $name:expr, $saved:expr, $layout:expr) => {{
        let (pickle, plain) =
            ($saved.to_pickle(&key(), &mut salt()).unwrap(), $saved.to_pickle_without_encryption());
        let (body, both): (Body, Value) =
            ($layout($saved), both($state, pickle.as_bytes(), plain.as_bytes()));
        let header = native_layout::header(b'u', $kind);
        assert_eq!(hex([header, body.bytes()].concat()), hex(plain.as_bytes()), "the layout has changed");
        let again =
            native_layout::seal(&native_layout::header(b's', $kind), &body.bytes(), &KEY, CONTEXT, &SALT);
        assert_eq!(hex(again), hex(pickle.as_bytes()), "the envelope has changed");
        $vectors.accept(&format!("{}: {}", $state, $name), both);
    }};
}

fn both(state: &str, pickle: &[u8], plain: &[u8]) -> Value {
    let plain = unencrypted(state, plain)["unencrypted_base64"].clone();
    with(with(sealed(state, pickle), "unencrypted_base64", plain), "salt", hex(SALT))
}

/// The version of the format that is written now.
pub(super) fn format_version() -> u8 {
    states::accounts()[0].to_pickle(&key(), &mut salt()).unwrap().format_version()
}

pub(super) fn accept(vectors: &mut Vectors) {
    for (name, account) in accounts() {
        accept!(vectors, "account", 1, name, &account, |account: &Account| native_layout::account(account));
    }
    for (name, session) in sessions() {
        accept!(vectors, "session", 2, name, &session, |session: &Session| native_layout::session(session));
    }
    for (name, session) in inbound_group_sessions() {
        accept!(vectors, "inbound-group-session", 4, name, &session, |session: &InboundGroupSession| {
            native_layout::inbound_group_session(session)
        });
    }
    for (name, session) in outbound_group_sessions() {
        accept!(vectors, "outbound-group-session", 3, name, &session, |session: &OutboundGroupSession| {
            native_layout::outbound_group_session(session)
        });
    }
}

fn accounts() -> Vec<(&'static str, Account)> {
    let mut accounts = states::accounts();
    let expanded = accounts.pop().unwrap();
    let rng = &mut seeded(112);
    let mut mixed = Account::new(rng).unwrap();
    mixed.set_one_time_key_limit(150).unwrap();
    mixed.generate_one_time_keys(5, rng).unwrap();
    mixed.generate_fallback_key(rng).unwrap();
    mixed.mark_keys_as_published();
    mixed.generate_one_time_keys(3, rng).unwrap();
    mixed.generate_fallback_key(rng).unwrap();
    let [new, one, _] = accounts.try_into().unwrap();
    [
        ("new", new),
        ("a one-time key", one),
        ("eight one-time keys, five of them published, two fallback keys, room for 150", mixed),
        ("an expanded signing key, a fallback key", expanded),
    ]
    .into()
}

/// In both versions: new, after a turn, and late, with dropped chains and their message keys.
fn sessions() -> Vec<(String, Session)> {
    let mut sessions = Vec::new();
    for version in [MessageVersion::V1, MessageVersion::V2] {
        let rng = &mut seeded(113);
        let limits = Limits::default().with_receiver_chains(6).unwrap().with_skipped_keys(300).unwrap();
        let (mut ours, mut theirs) =
            states::pair(SessionConfig::default().with_version(version).with_limits(limits));
        let mut put =
            |name: &str, session: &Session| sessions.push((format!("{version:?}, {name}"), session.clone()));
        put("outbound, a message sent", &ours);
        put("inbound, a message read", &theirs);
        for turn in 1..=8 {
            (0..3).for_each(|_| drop(theirs.encrypt("never arrives", rng).unwrap()));
            ours.decrypt(&theirs.encrypt("arrives", rng).unwrap()).unwrap();
            let answer = ours.encrypt("answer", rng).unwrap();
            if turn == 4 {
                put("four turns, an answer to be read, a sending chain", &theirs);
            }
            theirs.decrypt(&answer).unwrap();
            if turn == 4 {
                put("four turns, twelve skipped message keys", &ours);
            }
        }
        let late = theirs.encrypt("late", rng).unwrap();
        (0..45).for_each(|_| drop(theirs.encrypt("never arrives", rng).unwrap()));
        ours.decrypt(&theirs.encrypt("arrives", rng).unwrap()).unwrap();
        ours.set_limits(limits.with_skipped_keys(40).unwrap());
        ours.decrypt(&late).unwrap_err();
        put("40 of 71 skipped message keys kept, a watermark", &ours);
    }
    sessions
}

fn outbound_group_sessions() -> Vec<(&'static str, OutboundGroupSession)> {
    let mut sessions = states::outbound_group_sessions();
    let expanded = sessions[0].to_libolm_pickle(b"").unwrap();
    sessions.push(OutboundGroupSession::from_libolm_pickle(&expanded, b"").unwrap());
    ["V1, new", "V2, 300 messages sent", "V1, an expanded signing key"].into_iter().zip(sessions).collect()
}

fn inbound_group_sessions() -> Vec<(&'static str, InboundGroupSession)> {
    let names = [
        "V1, shared",
        "V1, imported",
        "V1, a replay guard",
        "V2, shared at 300",
        "V2, imported at 300",
        "V2, a replay guard",
    ];
    let mut sessions: Vec<_> = names.into_iter().zip(states::inbound_group_sessions()).collect();
    for (name, number) in [("V1, the flag of libolm set", 0), ("V1, the flag of libolm clear", 1)] {
        let libolms = sessions[number].1.to_libolm_pickle(b"").unwrap();
        sessions.push((name, InboundGroupSession::from_libolm_pickle(&libolms, b"").unwrap()));
    }
    sessions
}
