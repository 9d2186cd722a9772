use core::{error::Error, fmt};

use crate::{
    encoding::MessageVersion,
    keys::{Curve25519PublicKey, KeyId},
    primitives::{cbc_hmac::AuthenticationFailed, x25519::NonContributory},
    random::RandomError,
};

/// Why a message could not be encrypted. The session is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncryptionError {
    /// The random generator failed; try again.
    Random,
    /// The other party's ratchet key has small order, so that no secret could be agreed; start a new session.
    NonContributoryKey,
    /// The sending chain has used its last index, 2^32 - 2; it goes on once the other party has answered.
    ChainExhausted,
}

/// Why a message could not be decrypted. The session is as it was.
///
/// No error tells who caused it: anybody can damage a message, or make one whose unauthenticated fields lead to any
/// of these. Do not end or replace a session on one of them alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecryptionError {
    /// The MAC or the padding is wrong: forged, damaged, meant for another session, or, while we have a sending chain, a
    /// late message or a duplicate of a chain that is no longer kept.
    AuthenticationFailed,
    /// A message with this ratchet key and chain index was decrypted before: a duplicate.
    #[non_exhaustive]
    AlreadyUsed {
        /// The chain index of the message.
        chain_index: u32,
    },
    /// The message is late, and its key, if it was still unused, has been given up for newer ones (see
    /// [`Limits`](super::Limits)).
    #[non_exhaustive]
    NoLongerKept {
        /// The chain index of the message.
        chain_index: u32,
    },
    /// More messages are missing in front of this one than the session may skip. On a chain that is no longer kept, all
    /// that came before it count as missing.
    #[non_exhaustive]
    GapTooLarge {
        /// How many messages are missing.
        gap: u32,
        /// How many may be missing.
        limit: u32,
    },
    /// The message has a ratchet key that the session does not know, while it has sent nothing that the other party could
    /// answer with a new one: a late message or a duplicate of a chain that is no longer kept, or a forgery.
    UnknownRatchetKey,
    /// The message's ratchet key has small order, so that no secret could be agreed.
    NonContributoryKey,
    /// The message has chain index 2^32 - 1, behind which a chain could not go on.
    ChainExhausted,
    /// The message states another version than the session was made with.
    #[non_exhaustive]
    MismatchedVersion {
        /// The version that the session was made with.
        expected: MessageVersion,
        /// The version that the message states.
        found: MessageVersion,
    },
    /// The pre-key message carries other outer keys than this session: it belongs to another session.
    ForeignPreKeyMessage,
}

/// Why an outbound session could not be made. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutboundCreationError {
    /// The random generator failed; try again.
    Random,
    /// The identity key or the one-time key has small order, so that no secret could be agreed.
    NonContributoryKey,
}

/// Why an inbound session could not be made. The account is as it was, the one-time key is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InboundCreationError {
    /// The message names another identity key than the caller expects.
    #[non_exhaustive]
    MismatchedIdentityKey {
        /// The identity key that the message names.
        found: Curve25519PublicKey,
    },
    /// The account holds no one-time key or fallback key with this public key: used before, removed, or never ours.
    #[non_exhaustive]
    UnknownOneTimeKey {
        /// The one-time key that the message names.
        one_time_key: Curve25519PublicKey,
    },
    /// The account was opened from a store in which the public key of this one-time key does not belong to its secret key.
    #[non_exhaustive]
    MismatchedOneTimeKey {
        /// The id of the key.
        key_id: KeyId,
    },
    /// The identity key or the base key has small order, so that no secret could be agreed.
    NonContributoryKey,
    /// The base key is none that a secret key has: somebody changed it on its way, or made it up.
    MalformedBaseKey,
    /// The session was agreed, but the message does not decrypt with it.
    Decryption(DecryptionError),
}

/// Why one-time keys or a fallback key could not be generated. The account is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OneTimeKeyError {
    /// The random generator failed; try again.
    Random,
    /// More keys were asked for than an account stores.
    #[non_exhaustive]
    TooMany {
        /// How many keys were asked for.
        requested: usize,
        /// How many keys an account stores.
        limit: usize,
    },
    /// The counter of key ids has reached its end, 2^64 - 1.
    KeyIdsExhausted,
}

impl fmt::Display for EncryptionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Random => "the random generator failed",
            Self::NonContributoryKey => "the other party's ratchet key has small order",
            Self::ChainExhausted => "the sending chain has no index left",
        })
    }
}

impl fmt::Display for DecryptionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AuthenticationFailed => formatter.write_str("the message is not authentic"),
            Self::AlreadyUsed { chain_index } => {
                write!(formatter, "a message with chain index {chain_index} was decrypted before")
            }
            Self::NoLongerKept { chain_index } => {
                write!(
                    formatter,
                    "the key of the late message with chain index {chain_index} is no longer kept"
                )
            }
            Self::GapTooLarge { gap, limit } => {
                write!(formatter, "{gap} messages are missing before this one, at most {limit} may be")
            }
            Self::UnknownRatchetKey => {
                formatter.write_str("the message has an unknown ratchet key and it is our turn to send")
            }
            Self::NonContributoryKey => formatter.write_str("the message's ratchet key has small order"),
            Self::ChainExhausted => formatter.write_str("the message has the last chain index, 2^32 - 1"),
            Self::MismatchedVersion { expected, found } => {
                write!(formatter, "the message is of version {found:?}, the session of {expected:?}")
            }
            Self::ForeignPreKeyMessage => {
                formatter.write_str("the pre-key message belongs to another session")
            }
        }
    }
}

impl fmt::Display for OutboundCreationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Random => "the random generator failed",
            Self::NonContributoryKey => "the identity key or the one-time key has small order",
        })
    }
}

impl fmt::Display for InboundCreationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MismatchedIdentityKey { found } => {
                write!(formatter, "the message names the identity key {found}, which is not the expected one")
            }
            Self::UnknownOneTimeKey { one_time_key } => {
                write!(formatter, "the account holds no one-time key {one_time_key}")
            }
            Self::MismatchedOneTimeKey { key_id } => {
                write!(
                    formatter,
                    "the stored public key of the one-time key {key_id} is not its secret key's"
                )
            }
            Self::NonContributoryKey => {
                formatter.write_str("the identity key or the base key has small order")
            }
            Self::MalformedBaseKey => formatter.write_str("the base key belongs to no secret key"),
            Self::Decryption(_) => formatter.write_str("the first message does not decrypt"),
        }
    }
}

impl fmt::Display for OneTimeKeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random => formatter.write_str("the random generator failed"),
            Self::TooMany { requested, limit } => {
                write!(formatter, "{requested} one-time keys were asked for, an account stores {limit}")
            }
            Self::KeyIdsExhausted => formatter.write_str("the account has no key id left"),
        }
    }
}

impl Error for EncryptionError {}
impl Error for DecryptionError {}
impl Error for OutboundCreationError {}
impl Error for OneTimeKeyError {}

impl Error for InboundCreationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decryption(error) => Some(error),
            _ => None,
        }
    }
}

impl From<RandomError> for EncryptionError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

impl From<RandomError> for OutboundCreationError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

impl From<RandomError> for OneTimeKeyError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

impl From<NonContributory> for EncryptionError {
    fn from(_: NonContributory) -> Self {
        Self::NonContributoryKey
    }
}

impl From<NonContributory> for DecryptionError {
    fn from(_: NonContributory) -> Self {
        Self::NonContributoryKey
    }
}

impl From<NonContributory> for OutboundCreationError {
    fn from(_: NonContributory) -> Self {
        Self::NonContributoryKey
    }
}

impl From<NonContributory> for InboundCreationError {
    fn from(_: NonContributory) -> Self {
        Self::NonContributoryKey
    }
}

impl From<AuthenticationFailed> for DecryptionError {
    fn from(_: AuthenticationFailed) -> Self {
        Self::AuthenticationFailed
    }
}

impl From<DecryptionError> for InboundCreationError {
    fn from(error: DecryptionError) -> Self {
        Self::Decryption(error)
    }
}
