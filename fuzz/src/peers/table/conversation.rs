//! Where sessions behave differently.

use super::{
    super::{
        Case,
        Difference::{OtherValue, TheyRefuse, WeRefuse},
        Peer::Vodozemac,
        Row,
        Subject::{Answering, Decryption, SessionState},
        protobuf,
    },
    stored,
};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "a key of the frame in another encoding",
        peer: Vodozemac,
        subjects: &[Answering],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "calls it equal, agrees the same secret, and has another session id than the sender",
        why: "F22: a key is its bytes, and both sides name the session alike",
        fits: |case| {
            let is_other = |key: &Vec<u8>| stored::has_other_encoding_of_curve25519(key);
            read(case).is_some_and(|reading| reading.frame_keys.iter().any(is_other))
        },
    },
    Row {
        name: "a pre-key message with other outer keys on an existing session",
        peer: Vodozemac,
        subjects: &[Decryption],
        difference: WeRefuse,
        ours: "refuses",
        theirs: "does not look at them",
        why: "F25",
        fits: has_foreign_frame,
    },
    Row {
        name: "a late message of a receiver chain that is no longer kept",
        peer: Vodozemac,
        subjects: &[Decryption],
        difference: TheyRefuse,
        ours: "opens it, if its key is still kept",
        theirs: "drops the keys with the chain",
        why: "F3: a late message can still be read, as with libolm",
        fits: |case| has_unknown_key(case) && is_awaited(case),
    },
    Row {
        name: "an unknown ratchet key while there is no sending chain",
        peer: Vodozemac,
        subjects: &[SessionState],
        difference: OtherValue(&["/sending_ratchet"]),
        ours: "refuses before anything is derived, and stays as it was",
        theirs: "draws a ratchet key and makes a sending chain, although it refuses",
        why: "F13",
        fits: |case| {
            has_unknown_key(case)
                && case.state.is_some_and(|state| state["sending_ratchet"]["type"] == "inactive")
        },
    },
];

fn read(case: &Case<'_>) -> Option<protobuf::Reading> {
    protobuf::read(case.subject, case.input)
}

/// The frame names other keys than the session has.
fn has_foreign_frame(case: &Case<'_>) -> bool {
    let Some((reading, state)) = read(case).zip(case.state) else { return false };
    let names = ["one_time_key", "base_key", "identity_key"];
    let keys = names.map(|name| stored::bytes(&state["session_keys"][name]).unwrap_or_default());
    case.input.first() == Some(&0) && reading.frame_keys != keys
}

/// Ours keeps a key for a message with this ratchet key and chain index.
fn is_awaited(case: &Case<'_>) -> bool {
    let Some((reading, state)) = read(case).zip(case.state) else { return false };
    let late = state["skipped_messages"].as_array().cloned().unwrap_or_default();
    late.iter().any(|late| {
        stored::bytes(&late[0]).as_ref() == Some(&reading.ratchet_key)
            && late[1].as_u64() == Some(reading.index)
    })
}

/// No receiver chain of the session has the ratchet key of the message.
fn has_unknown_key(case: &Case<'_>) -> bool {
    let Some((reading, state)) = read(case).zip(case.state) else { return false };
    let chains = state["receiving_chains"]["inner"].as_array().cloned().unwrap_or_default();
    chains.iter().all(|chain| stored::bytes(&chain["ratchet_key"]).as_ref() != Some(&reading.ratchet_key))
}
