use serde_json::Value;

use super::state;
use crate::{
    known_answers::{Input, Outcome, refused},
    megolm::{self, InboundGroupSession, OutboundGroupSession},
    olm::{self, Account, Session},
    pickle::UnpickleError,
};

pub(super) fn account(input: &Input<'_>) -> Outcome {
    open(input, Account::from_vodozemac_pickle, Account::from_vodozemac_json, state::account)
}

pub(super) fn session(input: &Input<'_>) -> Outcome {
    let config = olm::SessionConfig::default().with_version(input.version());
    open(
        input,
        |pickle, key| Session::from_vodozemac_pickle(pickle, key, config),
        |json| Session::from_vodozemac_json(json, config),
        state::session,
    )
}

pub(super) fn outbound_group_session(input: &Input<'_>) -> Outcome {
    let config = megolm::SessionConfig::default().with_version(input.version());
    open(
        input,
        |pickle, key| OutboundGroupSession::from_vodozemac_pickle(pickle, key, config),
        |json| OutboundGroupSession::from_vodozemac_json(json, config),
        state::outbound_group_session,
    )
}

pub(super) fn inbound_group_session(input: &Input<'_>) -> Outcome {
    let config = megolm::SessionConfig::default().with_version(input.version());
    open(
        input,
        |pickle, key| InboundGroupSession::from_vodozemac_pickle(pickle, key, config),
        |json| InboundGroupSession::from_vodozemac_json(json, config),
        state::inbound_group_session,
    )
}

/// A vector is either JSON or a pickle.
fn open<T>(
    input: &Input<'_>,
    read_pickle: impl FnOnce(&str, &[u8; 32]) -> Result<T, UnpickleError>,
    read_json: impl FnOnce(&[u8]) -> Result<T, UnpickleError>,
    state: impl FnOnce(&T) -> Value,
) -> Outcome {
    let opened = match input.optional_text("json") {
        Some(json) => read_json(json.as_bytes()),
        None => read_pickle(input.text("pickle_base64"), &input.array("key")),
    };
    Ok(state(&opened.map_err(refused)?))
}
