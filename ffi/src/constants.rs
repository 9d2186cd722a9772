//! The numbers that stand for choices, in both directions. No enum of Rust comes from C: a number that is none of the constants is refused.

use cliquet_core::MessageVersion;
use cliquet_core::olm::StoredItems;
use cliquet_core::pickle::PickleKind;

use crate::failure::Failure;
use crate::status;

/// The versions of Olm and Megolm messages that differ in the length of their MAC.
pub type cliquet_version = u32;
/// Messages with a MAC of 8 bytes: version 3 on the wire, what every client speaks.
pub const CLIQUET_VERSION_1: cliquet_version = 1;
/// Messages with a whole MAC of 32 bytes: version 4 on the wire, for devices that agreed on it.
pub const CLIQUET_VERSION_2: cliquet_version = 2;

pub(crate) fn message_version(version: MessageVersion) -> cliquet_version {
    match version {
        MessageVersion::V1 => CLIQUET_VERSION_1,
        MessageVersion::V2 => CLIQUET_VERSION_2,
        _ => 0,
    }
}

pub(crate) fn to_message_version(version: cliquet_version) -> Result<MessageVersion, Failure> {
    match version {
        CLIQUET_VERSION_1 => Ok(MessageVersion::V1),
        CLIQUET_VERSION_2 => Ok(MessageVersion::V2),
        _ => Err(unknown(version)),
    }
}

/// What a pickle holds.
pub type cliquet_pickle_kind = u32;
/// An account.
pub const CLIQUET_PICKLE_KIND_ACCOUNT: cliquet_pickle_kind = 1;
/// An Olm session.
pub const CLIQUET_PICKLE_KIND_SESSION: cliquet_pickle_kind = 2;
/// An outbound group session.
pub const CLIQUET_PICKLE_KIND_OUTBOUND_GROUP_SESSION: cliquet_pickle_kind = 3;
/// An inbound group session.
pub const CLIQUET_PICKLE_KIND_INBOUND_GROUP_SESSION: cliquet_pickle_kind = 4;
/// The secret key of a key backup.
pub const CLIQUET_PICKLE_KIND_PK_DECRYPTION: cliquet_pickle_kind = 5;

pub(crate) fn pickle_kind(kind: PickleKind) -> cliquet_pickle_kind {
    match kind {
        PickleKind::Account => CLIQUET_PICKLE_KIND_ACCOUNT,
        PickleKind::Session => CLIQUET_PICKLE_KIND_SESSION,
        PickleKind::OutboundGroupSession => CLIQUET_PICKLE_KIND_OUTBOUND_GROUP_SESSION,
        PickleKind::InboundGroupSession => CLIQUET_PICKLE_KIND_INBOUND_GROUP_SESSION,
        PickleKind::PkDecryption => CLIQUET_PICKLE_KIND_PK_DECRYPTION,
        _ => 0,
    }
}

/// Things that a state keeps, of which there can be too many.
pub type cliquet_items = u32;
/// One-time keys of an account.
pub const CLIQUET_ITEMS_ONE_TIME_KEYS: cliquet_items = 1;
/// Fallback keys of an account.
pub const CLIQUET_ITEMS_FALLBACK_KEYS: cliquet_items = 2;
/// Sending chains of a session.
pub const CLIQUET_ITEMS_SENDING_CHAINS: cliquet_items = 3;
/// Receiver chains of a session.
pub const CLIQUET_ITEMS_RECEIVER_CHAINS: cliquet_items = 4;
/// Skipped message keys of a session.
pub const CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS: cliquet_items = 5;
/// Skipped message keys of one chain.
pub const CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS_OF_CHAIN: cliquet_items = 6;

pub(crate) fn stored_items(items: StoredItems) -> cliquet_items {
    match items {
        StoredItems::OneTimeKeys => CLIQUET_ITEMS_ONE_TIME_KEYS,
        StoredItems::FallbackKeys => CLIQUET_ITEMS_FALLBACK_KEYS,
        StoredItems::SendingChains => CLIQUET_ITEMS_SENDING_CHAINS,
        StoredItems::ReceiverChains => CLIQUET_ITEMS_RECEIVER_CHAINS,
        StoredItems::SkippedMessageKeys => CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS,
        StoredItems::SkippedMessageKeysOfChain => CLIQUET_ITEMS_SKIPPED_MESSAGE_KEYS_OF_CHAIN,
        _ => 0,
    }
}

/// The refusal of a number that is none of the constants.
pub(crate) fn unknown(number: u32) -> Failure {
    Failure::with(status::CLIQUET_UNKNOWN_CONSTANT, number, 0_u32)
}
