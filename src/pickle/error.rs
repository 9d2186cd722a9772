use core::{error::Error, fmt};

use super::PickleKind;
use crate::{
    encoding::{DecodeError, MessageVersion},
    keys::{KeyId, MismatchedPublicKey},
    olm::{LimitError, StateError, StoredItems},
    primitives::cbc_hmac::AuthenticationFailed,
};

/// Why a pickle could not be opened. Nothing was made from it.
///
/// A wrong key, a wrong context and a changed pickle look the same. What else there is to tell is either public in the pickle, or
/// comes to light only once it is authentic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnpickleError {
    /// The input is no pickle of this format: it does not begin as one does, or is no text where one is expected.
    NotAPickle,
    /// The input is a native pickle without encryption, which [`Pickle`](super::Pickle) does not open.
    NotEncrypted,
    /// The format has this version in no form that this reader knows.
    #[non_exhaustive]
    UnknownVersion {
        /// The version that was found.
        version: u32,
    },
    /// A libolm account of version 1, by its number and its length: it holds half an Ed25519 secret key, and libolm cannot use it either.
    LegacyAccount,
    /// A native pickle of a kind that this reader does not know.
    #[non_exhaustive]
    UnknownKind {
        /// The kind that was found.
        kind: u8,
    },
    /// A pickle of something else than was asked for.
    #[non_exhaustive]
    WrongKind {
        /// What was asked for.
        expected: PickleKind,
        /// What the pickle holds.
        found: PickleKind,
    },
    /// The key or the context is not the one that the pickle was made with, or the pickle was changed.
    AuthenticationFailed,
    /// The length or a field is not as the format demands; for a foreign format also, that the pickle holds something else.
    Decode(DecodeError),
    /// The JSON is not what vodozemac writes.
    Json,
    /// The pickle does not say which version the messages of the session have: state V1 to open it.
    MissingVersion,
    /// The messages of the session have another version than was stated.
    #[non_exhaustive]
    MismatchedVersion {
        /// The version that was stated.
        expected: MessageVersion,
        /// The version in the pickle.
        found: MessageVersion,
    },
    /// What the pickle holds cannot be the state of an account or a session.
    State(StateError),
}

impl fmt::Display for UnpickleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPickle => formatter.write_str("the input is no pickle of this format"),
            Self::NotEncrypted => formatter.write_str("the pickle is not encrypted"),
            Self::UnknownVersion { version } => {
                write!(formatter, "the pickle has the unknown version {version}")
            }
            Self::LegacyAccount => formatter
                .write_str("a libolm account of version 1 holds half a secret key and cannot be used"),
            Self::UnknownKind { kind } => write!(formatter, "the pickle is of the unknown kind {kind}"),
            Self::WrongKind { expected, found } => {
                write!(formatter, "the pickle holds {found}, not {expected}")
            }
            Self::AuthenticationFailed => {
                formatter.write_str("the key or the context is wrong, or the pickle was changed")
            }
            Self::Decode(error) => write!(formatter, "the pickle is malformed: {error}"),
            Self::Json => formatter.write_str("the JSON in the pickle is not what vodozemac writes"),
            Self::MissingVersion => {
                formatter.write_str("the pickle does not say which version its messages have")
            }
            Self::MismatchedVersion { expected, found } => {
                write!(formatter, "the session in the pickle has version {found:?}, not {expected:?}")
            }
            Self::State(error) => write!(formatter, "the pickle holds an impossible state: {error}"),
        }
    }
}

impl Error for UnpickleError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::State(error) => Some(error),
            _ => None,
        }
    }
}

impl From<DecodeError> for UnpickleError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<StateError> for UnpickleError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl From<LimitError> for UnpickleError {
    fn from(error: LimitError) -> Self {
        Self::State(error.into())
    }
}

impl From<MismatchedPublicKey> for UnpickleError {
    fn from(error: MismatchedPublicKey) -> Self {
        Self::State(error.into())
    }
}

impl From<AuthenticationFailed> for UnpickleError {
    fn from(_: AuthenticationFailed) -> Self {
        Self::AuthenticationFailed
    }
}

/// Why a state cannot be written in another library's format: something of it has no place there, and would be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InexpressibleError {
    /// The messages have a version that the format does not know.
    #[non_exhaustive]
    Version {
        /// The version of the messages.
        version: MessageVersion,
    },
    /// There are more items than the format has room for. [`Session::set_limits`](crate::olm::Session::set_limits) and
    /// [`Account::set_one_time_key_limit`](crate::olm::Account::set_one_time_key_limit) give the oldest up.
    #[non_exhaustive]
    TooMany {
        /// Of what there are too many.
        items: StoredItems,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: u32,
    },
    /// A key id, of a key or of the one that would be given next, is too large for the format.
    #[non_exhaustive]
    KeyId {
        /// The id.
        key_id: KeyId,
    },
    /// Two keys have the same id, which the format does not allow.
    #[non_exhaustive]
    DuplicateKeyId {
        /// The id.
        key_id: KeyId,
    },
    /// Skipped message keys belong to receiver chains that are no longer kept;
    /// [`Session::forget_message_keys_of_dropped_chains`](crate::olm::Session::forget_message_keys_of_dropped_chains) gives them up.
    #[non_exhaustive]
    MessageKeysOfDroppedChains {
        /// How many there are.
        count: usize,
    },
    /// The session has a replay guard. Keep [its entries](crate::megolm::ReplayGuard::entries) elsewhere, then
    /// [set none](crate::megolm::InboundGroupSession::set_replay_guard).
    ReplayGuard,
    /// The state came from a store and contradicts itself.
    Inconsistent,
    /// The account's Ed25519 key came without its seed, so that there is none to write.
    MissingSeed,
    /// The account has a previous fallback key;
    /// [`Account::forget_previous_fallback_key`](crate::olm::Account::forget_previous_fallback_key) gives it up.
    PreviousFallbackKey,
}

impl fmt::Display for InexpressibleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { version } => {
                write!(formatter, "the format knows no sessions of version {version:?}")
            }
            Self::TooMany { items, count, limit } => {
                write!(formatter, "the format has room for {limit} {items}, not for {count}")
            }
            Self::KeyId { key_id } => {
                write!(formatter, "the format has no room for the key id {}", key_id.as_u64())
            }
            Self::DuplicateKeyId { key_id } => {
                write!(formatter, "the format allows the key id {} once", key_id.as_u64())
            }
            Self::MessageKeysOfDroppedChains { count } => {
                write!(formatter, "the format has no room for {count} skipped message keys of dropped chains")
            }
            Self::ReplayGuard => formatter.write_str("the format has no room for a replay guard"),
            Self::Inconsistent => formatter.write_str("the state contradicts itself"),
            Self::MissingSeed => formatter.write_str("the account's Ed25519 key came without its seed"),
            Self::PreviousFallbackKey => {
                formatter.write_str("the format has no room for a previous fallback key")
            }
        }
    }
}

impl Error for InexpressibleError {}
