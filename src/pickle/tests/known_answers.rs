//! Runs the vectors of `test-vectors/pickle/`: what the peers have saved, and what cliquet has.

#[cfg(feature = "dehydrated-device")]
mod dehydrated;
mod freezing;
mod libolm;
mod native;
mod native_layout;
mod state;
#[cfg(feature = "vodozemac")]
mod vodozemac;

use crate::known_answers::{Input, Outcome};

/// Runs a vector of this room; `None` if it is of no kind that belongs here, or of one that needs a feature.
pub(crate) fn run(kind: &str, input: &Input<'_>) -> Option<Outcome> {
    Some(match kind {
        "native-pickle" => native::open(input),
        "libolm-account" => libolm::account(input),
        "libolm-session" => libolm::session(input),
        "libolm-outbound-group-session" => libolm::outbound_group_session(input),
        "libolm-inbound-group-session" => libolm::inbound_group_session(input),
        #[cfg(feature = "vodozemac")]
        "vodozemac-account" => vodozemac::account(input),
        #[cfg(feature = "vodozemac")]
        "vodozemac-session" => vodozemac::session(input),
        #[cfg(feature = "vodozemac")]
        "vodozemac-outbound-group-session" => vodozemac::outbound_group_session(input),
        #[cfg(feature = "vodozemac")]
        "vodozemac-inbound-group-session" => vodozemac::inbound_group_session(input),
        #[cfg(feature = "dehydrated-device")]
        "dehydrated-device" => dehydrated::open(input),
        _ => return None,
    })
}

/// The feature that vectors of this kind need, where it is off.
pub(crate) fn missing_feature(kind: &str) -> Option<&'static str> {
    match kind {
        "dehydrated-device" if !cfg!(feature = "dehydrated-device") => Some("dehydrated-device"),
        _ if kind.starts_with("vodozemac-") && !cfg!(feature = "vodozemac") => Some("vodozemac"),
        _ => None,
    }
}
