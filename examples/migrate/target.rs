//! The format that a state is written in.

use std::{fmt, str::FromStr};

use cliquet::{
    RandomError, SystemRandom,
    megolm::{InboundGroupSession, Provenance},
    olm::{Account, Limits, Session, StoredItems},
    pickle::{InexpressibleError, PickleKey},
};

use crate::{Result, key::Key, source::State};

#[derive(Clone, Copy)]
pub(crate) enum Format {
    Native,
    Libolm,
    Vodozemac,
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(name: &str) -> std::result::Result<Self, Self::Err> {
        match name {
            "native" => Ok(Self::Native),
            "libolm" => Ok(Self::Libolm),
            "vodozemac" => Ok(Self::Vodozemac),
            _ => Err("the formats are native, libolm and vodozemac"),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Native => "cliquet",
            Self::Libolm => "libolm",
            Self::Vodozemac => "vodozemac",
        })
    }
}

/// A format, and a key that it takes.
pub(crate) enum Target<'a> {
    Native { key: PickleKey },
    Libolm { key: &'a [u8] },
    Vodozemac { key: &'a [u8; 32] },
}

impl<'a> Target<'a> {
    pub(crate) fn new(format: Format, key: &'a Key, context: &str) -> Result<Self> {
        Ok(match format {
            Format::Native => {
                Self::Native { key: PickleKey::new(key.as_32_bytes(format)?).in_context(context) }
            }
            Format::Libolm => Self::Libolm { key: key.as_bytes() },
            Format::Vodozemac => Self::Vodozemac { key: key.as_32_bytes(format)? },
        })
    }

    /// The state as text.
    pub(crate) fn seal(&self, state: &State) -> Result<String> {
        let sealed = match self {
            Self::Native { key } => return Ok(native(state, key)?),
            Self::Libolm { key } => match state {
                State::Account(account) => account.to_libolm_pickle(key),
                State::Session(session) => session.to_libolm_pickle(key),
                State::OutboundGroupSession(session) => session.to_libolm_pickle(key),
                State::InboundGroupSession(session) => session.to_libolm_pickle(key),
            },
            Self::Vodozemac { key } => match state {
                State::Account(account) => account.to_vodozemac_pickle(key),
                State::Session(session) => session.to_vodozemac_pickle(key),
                State::OutboundGroupSession(session) => session.to_vodozemac_pickle(key),
                State::InboundGroupSession(session) => session.to_vodozemac_pickle(key),
            },
        };
        Ok(sealed.map_err(|error| format!("nothing was written, as {error}{}", way_out(&error)))?)
    }
}

/// One line of base64.
fn native(state: &State, key: &PickleKey) -> std::result::Result<String, RandomError> {
    let rng = &mut SystemRandom::new();
    let pickle = match state {
        State::Account(account) => account.to_pickle(key, rng)?,
        State::Session(session) => session.to_pickle(key, rng)?,
        State::OutboundGroupSession(session) => session.to_pickle(key, rng)?,
        State::InboundGroupSession(session) => session.to_pickle(key, rng)?,
    };
    Ok(format!("{}\n", pickle.to_base64()))
}

/// What the program that owns the state can do first.
fn way_out(error: &InexpressibleError) -> &'static str {
    match error {
        InexpressibleError::Version { .. } => "; native and vodozemac know them",
        InexpressibleError::TooMany { items: StoredItems::OneTimeKeys, .. } => {
            "; Account::set_one_time_key_limit gives the oldest up"
        }
        InexpressibleError::TooMany { .. } => "; Session::set_limits gives the oldest up",
        InexpressibleError::KeyId { .. } => "; native has room for every id",
        InexpressibleError::DuplicateKeyId { .. } => "; native allows it",
        InexpressibleError::MessageKeysOfDroppedChains { .. } => {
            "; Session::forget_message_keys_of_dropped_chains gives them up, native and libolm keep them"
        }
        InexpressibleError::ReplayGuard => {
            "; keep what ReplayGuard::entries tells elsewhere, then take it off with InboundGroupSession::set_replay_guard"
        }
        _ => "; native has room for all of it",
    }
}

/// What is not taken along and no conversation needs. Whatever would be missed is an error of [`Target::seal`].
pub(crate) fn left_out(state: &State, to: Format) -> Vec<&'static str> {
    match (state, to) {
        (_, Format::Native) => Vec::new(),
        (State::Account(account), _) => of_account(account, to),
        (State::Session(session), _) => of_session(session, to),
        (State::OutboundGroupSession(_), Format::Libolm) => {
            vec!["the seed of the Ed25519 key, if it has one (not the key)"]
        }
        (State::OutboundGroupSession(_), Format::Vodozemac) => Vec::new(),
        (State::InboundGroupSession(session), _) => of_inbound_group_session(session),
    }
}

fn of_account(account: &Account, to: Format) -> Vec<&'static str> {
    let has_seed = account.signing_key_pair().export_seed().is_some();
    chosen([
        (has_seed && matches!(to, Format::Libolm), "the seed of the Ed25519 key (not the key)"),
        (true, "the limit of one-time keys"),
    ])
}

fn of_session(session: &Session, to: Format) -> Vec<&'static str> {
    let summary = session.summary();
    let has_receiver_chain = !summary.receiver_chains.is_empty();
    let has_unread_chain = has_receiver_chain && !summary.has_received_message;
    chosen([
        (session.limits() != Limits::default(), "the limits"),
        (has_receiver_chain, "which keys of late messages were given up"),
        (has_unread_chain && matches!(to, Format::Vodozemac), "that it has not received a message yet"),
    ])
}

fn of_inbound_group_session(session: &InboundGroupSession) -> Vec<&'static str> {
    let has_more_than_a_flag = !matches!(session.provenance(), Provenance::Legacy { .. });
    chosen([(has_more_than_a_flag, "the provenance, all but one flag")])
}

fn chosen<const N: usize>(candidates: [(bool, &'static str); N]) -> Vec<&'static str> {
    candidates.into_iter().filter(|(is_left_out, _)| *is_left_out).map(|(_, what)| what).collect()
}
