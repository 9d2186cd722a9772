//! Calls that would crash the real library, to ours alone: each argument of calls that succeeded is replaced by NULL, by another
//! object, or by memory that is no object.

use crate::call::{Argument, Call, Seen};
use crate::differences;
use crate::library::Value;
use crate::object::Kind;
use crate::pair::Pair;
use crate::report::Mismatch;

/// What is told by functions that have no object to tell it of.
const NO_OBJECT: (u32, &str) = (15, "OLM_INPUT_BUFFER_TOO_SMALL");

/// Memory that was never initialised, as long as any object of ours.
const NEVER_INITIALISED: [u8; 256] = [0x3c; 256];

pub(crate) fn of_everything(pair: &mut Pair<'_>) -> Result<(), Mismatch> {
    if pair.is_of_twins() {
        return Ok(());
    }
    for (call, seen) in pair.examples() {
        for place in 0..call.arguments.len() {
            match &call.arguments[place] {
                Argument::Object(id) => {
                    let kind = pair.object(*id).kind;
                    no_object(pair, &call, &seen, place, Argument::Null)?;
                    no_object(pair, &call, &seen, place, Argument::Bytes(NEVER_INITIALISED.to_vec()))?;
                    if let Some(other) = pair.object_of_another_kind(kind) {
                        no_object(pair, &call, &seen, place, Argument::Object(other))?;
                    }
                }
                Argument::Bytes(bytes) if !bytes.is_empty() && !may_be_null(&call.name, place) => {
                    null_buffer(pair, &call, place)?;
                }
                _ => {}
            }
        }
    }
    pair.compare_all()
}

/// Makes the call with another argument in this place.
fn with(call: &Call, place: usize, argument: Argument) -> Call {
    let mut call = call.clone();
    call.arguments[place] = argument;
    call
}

fn no_object(
    pair: &mut Pair<'_>,
    call: &Call,
    seen: &Seen,
    place: usize,
    instead: Argument,
) -> Result<(), Mismatch> {
    // A constructor makes an object wherever it is told to.
    if Kind::ALL.iter().any(|kind| kind.constructor() == call.name) && instead_is_memory(&instead) {
        return Ok(());
    }
    let misused = with(call, place, instead);
    let (found, unchanged) = pair.alone(&misused);
    pair.record.explained(differences::named("No object"));
    let expected = match &found.value {
        // A length that is the same for all objects needs none.
        Value::Size(size) => found.failed() || (seen.value == Value::Size(*size) && is_length(&call.name)),
        Value::Int(flag) => *flag == 0,
        Value::Number(number) => {
            *number == u32::MAX || (*number == NO_OBJECT.0 && asks_for_error(&call.name))
        }
        Value::Text(text) => text == NO_OBJECT.1,
        Value::Object { in_place } => *in_place,
        Value::Nothing => true,
    };
    // Where the first object is none, nothing is looked at, and only a description is ended.
    let untouched = place > 0
        || call.name == "olm_session_describe"
        || misused.blocks().zip(&found.blocks).all(|(before, after)| before == after);
    judge(&misused, &found, expected && unchanged && untouched)
}

fn instead_is_memory(instead: &Argument) -> bool {
    !matches!(instead, Argument::Null)
}

fn is_length(function: &str) -> bool {
    function.ends_with("_length") || function == "olm_account_max_number_of_one_time_keys"
}

fn asks_for_error(function: &str) -> bool {
    function.ends_with("_last_error_code")
}

fn null_buffer(pair: &mut Pair<'_>, call: &Call, place: usize) -> Result<(), Mismatch> {
    let misused = with(call, place, Argument::Null);
    let (found, unchanged) = pair.alone(&misused);
    pair.record.explained(differences::named("NULL buffers"));
    let returns_nothing = found.value == Value::Nothing;
    judge(&misused, &found, unchanged && (found.failed() || returns_nothing))
}

/// What a caller may leave out: the index of a message, a public key, random bytes where none are needed.
fn may_be_null(function: &str, place: usize) -> bool {
    let optional = [("olm_group_decrypt", 5), ("olm_unpickle_pk_decryption", 5), ("olm_encrypt", 3)];
    // More random bytes than a call needs are none that it needs.
    optional.contains(&(function, place)) || (function == "olm_account_generate_one_time_keys" && place == 2)
}

/// Whatever was asked, nothing was written beside what may be written.
fn judge(call: &Call, found: &Seen, expected: bool) -> Result<(), Mismatch> {
    if expected && found.guarded {
        return Ok(());
    }
    Err(Mismatch::expected(&format!("{}: misuse", call.name), format!("{call:?}\n{found:?}")))
}
