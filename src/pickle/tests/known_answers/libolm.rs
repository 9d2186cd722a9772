use std::string::String;

use serde_json::Value;

use super::state;
use crate::{
    known_answers::{Input, Outcome, refused},
    megolm::{InboundGroupSession, OutboundGroupSession},
    olm::{Account, Limits, Session},
    pickle::{InexpressibleError, UnpickleError},
};

pub(super) fn account(input: &Input<'_>) -> Outcome {
    open(input, Account::from_libolm_pickle, state::account, Account::to_libolm_pickle)
}

pub(super) fn session(input: &Input<'_>) -> Outcome {
    let read = |pickle: &str, key: &[u8]| Session::from_libolm_pickle(pickle, key, Limits::default());
    open(input, read, state::session, Session::to_libolm_pickle)
}

pub(super) fn outbound_group_session(input: &Input<'_>) -> Outcome {
    open(
        input,
        OutboundGroupSession::from_libolm_pickle,
        state::outbound_group_session,
        OutboundGroupSession::to_libolm_pickle,
    )
}

pub(super) fn inbound_group_session(input: &Input<'_>) -> Outcome {
    open(
        input,
        InboundGroupSession::from_libolm_pickle,
        state::inbound_group_session,
        InboundGroupSession::to_libolm_pickle,
    )
}

/// The state, and what is written of it under the same key.
fn open<T>(
    input: &Input<'_>,
    read: impl FnOnce(&str, &[u8]) -> Result<T, UnpickleError>,
    state: impl FnOnce(&T) -> Value,
    write: impl FnOnce(&T, &[u8]) -> Result<String, InexpressibleError>,
) -> Outcome {
    let (pickle, key) = (input.text("pickle_base64"), input.bytes("key"));
    let opened = read(pickle, &key).map_err(refused)?;
    let mut outcome = state(&opened);
    // What libolm would come to a bad end with is read, and not written.
    if let Ok(again) = write(&opened, &key) {
        outcome["is_written_again"] = (again == pickle).into();
        outcome["pickle_base64"] = again.into();
    }
    Ok(outcome)
}
