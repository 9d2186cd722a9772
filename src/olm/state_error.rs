use core::{error::Error, fmt};

use super::LimitError;
use crate::keys::MismatchedPublicKey;

/// Why a stored state cannot be the state of an account or a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// A public key does not belong to its secret key. Signing under it would give the secret key away.
    MismatchedPublicKey,
    /// There are more items than the limit allows.
    #[non_exhaustive]
    TooMany {
        /// Of what there are too many.
        items: StoredItems,
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: u32,
    },
    /// A limit lies outside its range.
    Limit(LimitError),
    /// A key has an id beyond the one that was given last.
    KeyIdBeyondLast,
    /// A receiver chain or a skipped message key is ahead of what its chain has received.
    AheadOfChain,
    /// There is neither a sending chain nor the newest receiver chain, which the next message would answer.
    NoChain,
    /// There are two of what there is one of: two receiver chains with one ratchet key, or two keys for one message.
    #[non_exhaustive]
    Duplicate {
        /// Of what there are two.
        items: StoredItems,
    },
}

/// What an account or a session stores any number of, up to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoredItems {
    /// One-time keys of an account.
    OneTimeKeys,
    /// Fallback keys of an account.
    FallbackKeys,
    /// Sending chains of a session.
    SendingChains,
    /// Receiver chains of a session.
    ReceiverChains,
    /// Skipped message keys of one receiver chain.
    SkippedMessageKeysOfChain,
    /// Skipped message keys of a session.
    SkippedMessageKeys,
}

impl StoredItems {
    /// Refuses more than `limit`.
    pub(crate) fn check(self, count: usize, limit: u32) -> Result<(), StateError> {
        match usize::try_from(limit) {
            Ok(most) if count > most => Err(StateError::TooMany { items: self, count, limit }),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for StoredItems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::OneTimeKeys => "one-time keys",
            Self::FallbackKeys => "fallback keys",
            Self::SendingChains => "sending chains",
            Self::ReceiverChains => "receiver chains",
            Self::SkippedMessageKeysOfChain => "skipped message keys of one receiver chain",
            Self::SkippedMessageKeys => "skipped message keys",
        })
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MismatchedPublicKey => {
                formatter.write_str("a public key does not belong to its secret key")
            }
            Self::TooMany { items, count, limit } => {
                write!(formatter, "there are {count} {items} where {limit} are allowed")
            }
            Self::Limit(error) => error.fmt(formatter),
            Self::KeyIdBeyondLast => formatter.write_str("a key has an id that was not given yet"),
            Self::AheadOfChain => formatter.write_str("a skipped message key is ahead of its receiver chain"),
            Self::NoChain => formatter.write_str("there is no chain to send on, and none to be answered"),
            Self::Duplicate { items } => write!(formatter, "there are two of the same {items}"),
        }
    }
}

impl Error for StateError {}

impl From<LimitError> for StateError {
    fn from(error: LimitError) -> Self {
        Self::Limit(error)
    }
}

impl From<MismatchedPublicKey> for StateError {
    fn from(_: MismatchedPublicKey) -> Self {
        Self::MismatchedPublicKey
    }
}
