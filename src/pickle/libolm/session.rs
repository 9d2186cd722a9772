//! ```text
//! 00000001 | has received a message[1] | identity key | base key | one-time key | root key
//! | list of sending chains (0 or 1) | list of receiver chains, newest first | list of skipped message keys, newest first
//! sending chain       = ratchet key pair | chain key | chain index[4]
//! receiver chain      = ratchet key | chain key | chain index[4]
//! skipped message key = ratchet key | message key | chain index[4]
//! ```
//!
//! Version 80000001 has one more integer at the end, which nothing reads.

use alloc::string::String;

use super::{Libolm, layout};
use crate::{
    encoding::{DecodeError, MessageVersion, Reader},
    keys::Curve25519PublicKey,
    olm::{
        Limits, RatchetSnapshot, ReceiverChainSnapshot, SendingSnapshot, Session, SessionKeys,
        SessionSnapshot, SkippedMessageKeySnapshot, StoredItems,
    },
    pickle::{InexpressibleError, UnpickleError, foreign::check_room},
    secret::SecretBytes,
};

const VERSION: u32 = 1;
/// Written by a branch of libolm that logged chain indexes.
const LOGGING_VERSION: u32 = 0x8000_0001;

const SENDING_CHAINS: u32 = 1;
const RECEIVER_CHAINS: u32 = 5;
const SKIPPED_MESSAGE_KEYS: u32 = 40;

impl Session {
    /// The session in libolm's form, under a key of any length, to be opened by `olm_unpickle_session`.
    ///
    /// The text is base64; equal sessions under one key give equal texts. Left out are the limits, and which keys of late messages
    /// were given up instead of used.
    ///
    /// # Errors
    ///
    /// [`InexpressibleError::Version`] unless the messages have version 1; [`InexpressibleError::TooMany`] beyond 5 receiver chains
    /// or 40 skipped message keys.
    pub fn to_libolm_pickle(&self, key: &[u8]) -> Result<String, InexpressibleError> {
        super::seal(self, key)
    }

    /// Opens a session that libolm has pickled under a key of any length, and gives it `limits`. Its messages have version 1.
    ///
    /// libolm does not keep which keys of late messages it gave up; all that are missing count as
    /// [no longer kept](crate::olm::DecryptionError::NoLongerKept).
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if the text is no base64 (white space around it does not count), [`UnpickleError::AuthenticationFailed`] if the key is wrong or
    /// the pickle was changed, [`UnpickleError::UnknownVersion`] for a version that libolm does not read; [`UnpickleError::Decode`]
    /// and [`UnpickleError::State`] if it holds no such session, or more than libolm has room for.
    pub fn from_libolm_pickle(pickle: &str, key: &[u8], limits: Limits) -> Result<Self, UnpickleError> {
        let body = super::open(pickle, key)?;
        let session = Self::from_snapshot(&read(body.as_bytes(), limits)?)?;
        session.prove_ratchet_key()?;
        Ok(session)
    }
}

impl Libolm for Session {
    fn write(&self, out: &mut SecretBytes) -> Result<(), InexpressibleError> {
        let SessionSnapshot { session_keys, version, has_received_message, ratchet, .. } = self.snapshot();
        super::check_version(version)?;
        check_room(StoredItems::ReceiverChains, ratchet.receiver_chains.len(), RECEIVER_CHAINS)?;
        let skipped_message_keys = &ratchet.skipped_message_keys;
        check_room(StoredItems::SkippedMessageKeys, skipped_message_keys.len(), SKIPPED_MESSAGE_KEYS)?;

        layout::put_u32(out, VERSION);
        layout::put_flag(out, has_received_message);
        let SessionKeys { identity_key, base_key, one_time_key } = session_keys;
        [identity_key, base_key, one_time_key].iter().for_each(|key| out.extend(key.as_bytes()));
        out.extend(ratchet.root_key);
        put_sending_chain(out, &ratchet.sending);
        layout::put_count(out, ratchet.receiver_chains.len());
        for chain in &ratchet.receiver_chains {
            out.extend(chain.ratchet_key.as_bytes());
            out.extend(chain.chain_key);
            layout::put_u32(out, chain.chain_index);
        }
        layout::put_count(out, skipped_message_keys.len());
        for skipped in skipped_message_keys.iter().rev() {
            out.extend(skipped.ratchet_key.as_bytes());
            out.extend(skipped.message_key);
            layout::put_u32(out, skipped.chain_index);
        }
        Ok(())
    }
}

fn put_sending_chain(out: &mut SecretBytes, sending: &SendingSnapshot<'_>) {
    match sending {
        SendingSnapshot::Active { ratchet_key, chain_key, chain_index } => {
            layout::put_count(out, 1);
            layout::put_key_pair(out, ratchet_key);
            out.extend(*chain_key);
            layout::put_u32(out, *chain_index);
        }
        SendingSnapshot::Inactive => layout::put_count(out, 0),
    }
}

/// Reads the whole body.
pub(super) fn read(body: &[u8], limits: Limits) -> Result<SessionSnapshot<'_>, UnpickleError> {
    let mut reader = Reader::new(body);
    let version = layout::u32(&mut reader)?;
    if ![VERSION, LOGGING_VERSION].contains(&version) {
        return Err(UnpickleError::UnknownVersion { version });
    }
    let has_received_message = layout::flag(&mut reader)?;
    let session_keys = SessionKeys::new(
        Curve25519PublicKey::read(&mut reader)?,
        Curve25519PublicKey::read(&mut reader)?,
        Curve25519PublicKey::read(&mut reader)?,
    );
    let ratchet = ratchet(&mut reader)?;
    if version == LOGGING_VERSION {
        layout::u32(&mut reader)?;
    }
    reader.finish()?;
    Ok(SessionSnapshot { session_keys, version: MessageVersion::V1, limits, has_received_message, ratchet })
}

fn ratchet<'a>(reader: &mut Reader<'a>) -> Result<RatchetSnapshot<'a>, UnpickleError> {
    let root_key = reader.array()?;
    let mut sending_chains = layout::list(reader, sending_chain)?;
    StoredItems::SendingChains.check(sending_chains.len(), SENDING_CHAINS)?;
    let receiver_chains = layout::list(reader, receiver_chain)?;
    StoredItems::ReceiverChains.check(receiver_chains.len(), RECEIVER_CHAINS)?;
    let mut skipped_message_keys = layout::list(reader, skipped_message_key)?;
    StoredItems::SkippedMessageKeys.check(skipped_message_keys.len(), SKIPPED_MESSAGE_KEYS)?;
    skipped_message_keys.reverse();
    let sending = sending_chains.pop().unwrap_or(SendingSnapshot::Inactive);
    Ok(RatchetSnapshot { root_key, sending, receiver_chains, skipped_message_keys })
}

fn sending_chain<'a>(reader: &mut Reader<'a>) -> Result<SendingSnapshot<'a>, DecodeError> {
    Ok(SendingSnapshot::Active {
        ratchet_key: layout::key_pair(reader)?,
        chain_key: reader.array()?,
        chain_index: layout::u32(reader)?,
    })
}

fn receiver_chain<'a>(reader: &mut Reader<'a>) -> Result<ReceiverChainSnapshot<'a>, DecodeError> {
    let (ratchet_key, chain_key) = (Curve25519PublicKey::read(reader)?, reader.array()?);
    let chain_index = layout::u32(reader)?;
    Ok(ReceiverChainSnapshot { ratchet_key, chain_key, chain_index, evicted_below: chain_index })
}

fn skipped_message_key<'a>(reader: &mut Reader<'a>) -> Result<SkippedMessageKeySnapshot<'a>, DecodeError> {
    Ok(SkippedMessageKeySnapshot {
        ratchet_key: Curve25519PublicKey::read(reader)?,
        message_key: reader.array()?,
        chain_index: layout::u32(reader)?,
    })
}
