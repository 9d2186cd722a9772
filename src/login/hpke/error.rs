use core::{error::Error, fmt};

use crate::{
    login::direction::{Exhausted, OpenError},
    primitives::{
        hpke::{CannotOpen, CannotSeal},
        x25519::NonContributory,
    },
    random::RandomError,
};

/// Why a channel could not be made or used. It is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HpkeError {
    /// The random generator failed; try again.
    Random,
    /// The `info` of the application is longer than 65 000 bytes.
    InfoTooLong,
    /// The public key of the other device has small order, so that no secret could be agreed.
    NonContributoryKey,
    /// The message is forged, damaged, out of order, a repetition, meant for another channel, or sent with other associated data.
    AuthenticationFailed,
    /// All numbers of 64 bits were used up in this direction, or the message is longer than 256 GiB.
    Exhausted,
}

impl fmt::Display for HpkeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Random => "the random generator failed",
            Self::InfoTooLong => "the info of the application is longer than 65 000 bytes",
            Self::NonContributoryKey => "the public key of the other device has small order",
            Self::AuthenticationFailed => "the message does not decrypt",
            Self::Exhausted => {
                "the channel has numbered all messages that it can, or the message is too long"
            }
        })
    }
}

impl Error for HpkeError {}

impl From<RandomError> for HpkeError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

impl From<NonContributory> for HpkeError {
    fn from(_: NonContributory) -> Self {
        Self::NonContributoryKey
    }
}

impl From<CannotSeal> for HpkeError {
    fn from(_: CannotSeal) -> Self {
        Self::Exhausted
    }
}

impl From<CannotOpen> for HpkeError {
    fn from(error: CannotOpen) -> Self {
        match error {
            CannotOpen::AuthenticationFailed => Self::AuthenticationFailed,
            CannotOpen::Exhausted => Self::Exhausted,
        }
    }
}

impl From<Exhausted> for HpkeError {
    fn from(_: Exhausted) -> Self {
        Self::Exhausted
    }
}

impl From<OpenError> for HpkeError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::AuthenticationFailed => Self::AuthenticationFailed,
            OpenError::Exhausted => Self::Exhausted,
        }
    }
}
