//! What a stored state says, in vodozemac's words: the form in which states of both libraries are compared.

use cliquet::pickle::PickleKind;
use serde_json::Value;

use super::{Answer, Case, Peer, Subject, ask_peer, judge};
use crate::Saved;

/// The names of what vodozemac counts or remembers and never uses; cliquet keeps neither.
const UNUSED: [&str; 2] = ["ratchet_count", "parent_ratchet_key"];

/// The JSON of a state without what nothing depends on.
pub fn normalised(mut value: Value) -> Value {
    match &mut value {
        Value::Object(object) => {
            for name in UNUSED {
                object.remove(name);
            }
            object.values_mut().for_each(|value| *value = normalised(value.take()));
        }
        Value::Array(array) if array.iter().any(|value| !value.is_number()) => {
            array.iter_mut().for_each(|value| *value = normalised(value.take()));
        }
        _ => {}
    }
    value
}

/// The state of ours as vodozemac would write it; `None` where it has no place there.
pub fn of_ours<T: Saved>(state: &T) -> Option<Value> {
    let json = state.save_json().ok()?;
    Some(normalised(serde_json::from_slice(&json).expect("what is written is JSON")))
}

/// The JSON that vodozemac makes of this JSON, read and written again.
pub fn of_peer(kind: PickleKind, json: &[u8]) -> Option<Value> {
    let value = match kind {
        PickleKind::Account => {
            let pickle = serde_json::from_slice(json).ok()?;
            serde_json::to_value(vodozemac::olm::Account::from_pickle(pickle).pickle())
        }
        PickleKind::Session => {
            let pickle = serde_json::from_slice(json).ok()?;
            serde_json::to_value(vodozemac::olm::Session::from_pickle(pickle).pickle())
        }
        PickleKind::OutboundGroupSession => {
            let pickle = serde_json::from_slice(json).ok()?;
            serde_json::to_value(vodozemac::megolm::GroupSession::from_pickle(pickle).pickle())
        }
        _ => {
            let pickle = serde_json::from_slice(json).ok()?;
            serde_json::to_value(vodozemac::megolm::InboundGroupSession::from_pickle(pickle).pickle())
        }
    };
    Some(normalised(value.expect("it can be written")))
}

/// The JSON that vodozemac makes of a pickle of libolm.
pub fn of_peer_from_libolm(kind: PickleKind, text: &str, key: &[u8]) -> Option<Value> {
    let value = match kind {
        PickleKind::Account => {
            serde_json::to_value(vodozemac::olm::Account::from_libolm_pickle(text, key).ok()?.pickle())
        }
        PickleKind::Session => {
            serde_json::to_value(vodozemac::olm::Session::from_libolm_pickle(text, key).ok()?.pickle())
        }
        PickleKind::OutboundGroupSession => serde_json::to_value(
            vodozemac::megolm::GroupSession::from_libolm_pickle(text, key).ok()?.pickle(),
        ),
        _ => serde_json::to_value(
            vodozemac::megolm::InboundGroupSession::from_libolm_pickle(text, key).ok()?.pickle(),
        ),
    };
    Some(normalised(value.expect("it can be written")))
}

/// The names of the numbers from which an account counts its keys.
const NUMBERS: [&str; 2] = ["next_key_id", "key_id"];

/// A state in three parts that are compared one by one: all but the numbers and the order, the numbers for the next keys, and the order.
pub fn parts(mut value: Value) -> [String; 3] {
    let mut numbers = Vec::new();
    for keys in ["one_time_keys", "fallback_keys"] {
        if let Some(object) = value.get_mut(keys).and_then(Value::as_object_mut) {
            numbers.extend(NUMBERS.iter().filter_map(|name| object.remove(*name)));
        }
    }
    let in_order = value.to_string();
    if let Some(chains) = value.pointer_mut("/receiving_chains/inner").and_then(Value::as_array_mut) {
        for chain in chains.iter_mut() {
            if let Some(skipped) =
                chain.pointer_mut("/skipped_message_keys/inner").and_then(Value::as_array_mut)
            {
                skipped.sort_by_key(Value::to_string);
            }
        }
        chains.sort_by_key(Value::to_string);
    }
    [value.to_string(), format!("{numbers:?}"), in_order]
}

/// Compares what both have made of a pickle: whether it opens, then part by part.
pub fn judge_states(case: &Case<'_>, ours: Option<Option<Value>>, theirs: Result<Option<Value>, Answer>) {
    let no_place = || ["no place in vodozemac's form"; 3].map(str::to_owned);
    let ours = ours.map(|state| state.map_or_else(no_place, parts));
    let theirs = theirs.map(|state| state.map(parts));
    let part = |parts: &[String; 3], place: usize| Answer::Accepts(parts[place].clone().into_bytes());
    let answers = |place| {
        let ours = ours.as_ref().map_or(Answer::Refuses, |ours| part(ours, place));
        let theirs = match &theirs {
            Ok(theirs) => theirs.as_ref().map_or(Answer::Refuses, |theirs| part(theirs, place)),
            Err(answer) => answer.clone(),
        };
        (ours, theirs)
    };
    let (our_state, their_state) = answers(0);
    if judge(Peer::Vodozemac, case, &our_state, &their_state) && ours.is_some() {
        for (place, subject) in [(1, Subject::KeyIds), (2, Subject::Order)] {
            let (ours, theirs) = answers(place);
            judge(Peer::Vodozemac, &Case { subject, ..*case }, &ours, &theirs);
        }
    }
}

/// What vodozemac makes of it, or that it panics.
pub fn ask(read: impl FnOnce() -> Option<Value>) -> Result<Option<Value>, Answer> {
    let mut state = None;
    match ask_peer(|| {
        state = read();
        Answer::Refuses
    }) {
        Answer::Panics => Err(Answer::Panics),
        _ => Ok(state),
    }
}
