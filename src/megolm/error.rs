use core::{error::Error, fmt};

use crate::{
    encoding::{DecodeError, MessageVersion},
    primitives::cbc_hmac::AuthenticationFailed,
};

/// Why a message could not be encrypted. The session is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncryptionError {
    /// The message index has reached 2^32 - 1; make a new session.
    SessionExhausted,
}

/// Why a message could not be decrypted. The session is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecryptionError {
    /// The message states another version than the session was made with.
    #[non_exhaustive]
    MismatchedVersion {
        /// The version that the session was made with.
        expected: MessageVersion,
        /// The version that the message states.
        found: MessageVersion,
    },
    /// The signature is not the session's: another session's message, forged, or damaged.
    InvalidSignature,
    /// The session cannot read that far back.
    #[non_exhaustive]
    UnknownMessageIndex {
        /// The earliest index that the session can read.
        first_known_index: u32,
        /// The index of the message.
        message_index: u32,
    },
    /// The message index was seen before with another event: a replay.
    #[non_exhaustive]
    Replay {
        /// The index of the message.
        message_index: u32,
    },
    /// The message index was not seen before, and the replay guard has no room to remember it.
    #[non_exhaustive]
    ReplayGuardFull {
        /// How many indexes the guard remembers.
        capacity: usize,
    },
    /// The MAC or the padding is wrong, although the signature is right: the sender's key at this index is another.
    AuthenticationFailed,
}

/// Why a session key could not be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionKeyError {
    /// The format is wrong.
    Decode(DecodeError),
    /// The session key is not signed by the session's own signing key.
    InvalidSignature,
}

impl fmt::Display for EncryptionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SessionExhausted => formatter.write_str("the session has no message index left"),
        }
    }
}

impl fmt::Display for DecryptionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MismatchedVersion { expected, found } => {
                write!(formatter, "the message is of version {found:?}, the session of {expected:?}")
            }
            Self::InvalidSignature => formatter.write_str("the signature is not the session's"),
            Self::UnknownMessageIndex { first_known_index, message_index } => {
                write!(
                    formatter,
                    "the message has index {message_index}, the session begins at {first_known_index}"
                )
            }
            Self::Replay { message_index } => {
                write!(formatter, "message index {message_index} was seen before with another event")
            }
            Self::ReplayGuardFull { capacity } => {
                write!(formatter, "the replay guard has room for {capacity} messages and no more")
            }
            Self::AuthenticationFailed => formatter.write_str("the message is not authentic"),
        }
    }
}

impl fmt::Display for SessionKeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(_) => formatter.write_str("the session key is malformed"),
            Self::InvalidSignature => formatter.write_str("the session key's signature is not valid"),
        }
    }
}

impl Error for EncryptionError {}
impl Error for DecryptionError {}

impl Error for SessionKeyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::InvalidSignature => None,
        }
    }
}

impl From<DecodeError> for SessionKeyError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<AuthenticationFailed> for DecryptionError {
    fn from(_: AuthenticationFailed) -> Self {
        Self::AuthenticationFailed
    }
}
