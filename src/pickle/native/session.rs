//! ```text
//! version | limits: skipped keys of a chain, of the session, receiver chains, message gap | has received a message
//! | identity key | base key | one-time key | root key | sending
//! | count | receiver chains, newest first | count | skipped message keys, oldest first
//! sending             = 01 | ratchet key pair | chain key | chain index  or  00: the newest receiver chain is to be answered
//! receiver chain      = ratchet key | chain key | chain index | evicted below
//! skipped message key = place of its receiver chain, from 1, or 00 and the ratchet key of one that is gone
//!                     | chain index | message key
//! ```

use alloc::vec::Vec;

use super::{Pickled, layout};
use crate::{
    encoding::{DecodeError, MessageVersion, Reader},
    keys::Curve25519PublicKey,
    olm::{
        Limits, RatchetSnapshot, ReceiverChainSnapshot, SendingSnapshot, Session, SessionKeys,
        SessionSnapshot, SkippedMessageKeySnapshot, StoredItems,
    },
    pickle::{PickleKind, UnpickleError},
    secret::SecretBytes,
};

/// The least that a receiver chain takes: two keys and two integers.
const RECEIVER_CHAIN_LENGTH: usize = 66;
/// The least that a skipped message key takes: a key and two integers.
const SKIPPED_MESSAGE_KEY_LENGTH: usize = 34;

const INACTIVE: u8 = 0;
const ACTIVE: u8 = 1;
/// The place of a receiver chain that is no longer kept.
const NO_CHAIN: usize = 0;

impl Pickled for Session {
    const KIND: PickleKind = PickleKind::Session;

    fn write(&self, out: &mut SecretBytes) {
        let snapshot = self.snapshot();
        layout::put_version(out, snapshot.version);
        put_limits(out, &snapshot.limits);
        layout::put_flag(out, snapshot.has_received_message);
        let SessionKeys { identity_key, base_key, one_time_key } = snapshot.session_keys;
        [identity_key, base_key, one_time_key].iter().for_each(|key| out.extend(key.as_bytes()));
        let ratchet = snapshot.ratchet;
        out.extend(ratchet.root_key);
        put_sending(out, &ratchet.sending);
        put_receiver_chains(out, &ratchet.receiver_chains);
        put_skipped_message_keys(out, &ratchet.skipped_message_keys, &ratchet.receiver_chains);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, UnpickleError> {
        let (version, limits) = (MessageVersion::read(reader)?, limits(reader)?);
        let snapshot = SessionSnapshot {
            version,
            limits,
            has_received_message: layout::flag(reader)?,
            session_keys: SessionKeys::new(
                Curve25519PublicKey::read(reader)?,
                Curve25519PublicKey::read(reader)?,
                Curve25519PublicKey::read(reader)?,
            ),
            ratchet: ratchet(reader, &limits)?,
        };
        Ok(Self::from_snapshot(&snapshot)?)
    }

    fn prove(&mut self) -> Result<(), UnpickleError> {
        Ok(self.prove_ratchet_key()?)
    }
}

fn put_limits(out: &mut SecretBytes, limits: &Limits) {
    layout::put_varint(out, limits.skipped_keys_per_chain());
    layout::put_varint(out, limits.skipped_keys());
    layout::put_varint(out, limits.receiver_chains());
    layout::put_varint(out, limits.message_gap());
}

fn limits(reader: &mut Reader<'_>) -> Result<Limits, UnpickleError> {
    Ok(Limits::default()
        .with_skipped_keys_per_chain(layout::u32(reader)?)?
        .with_skipped_keys(layout::u32(reader)?)?
        .with_receiver_chains(layout::u32(reader)?)?
        .with_message_gap(layout::u32(reader)?)?)
}

fn put_sending(out: &mut SecretBytes, sending: &SendingSnapshot<'_>) {
    match sending {
        SendingSnapshot::Active { ratchet_key, chain_key, chain_index } => {
            out.extend(&[ACTIVE]);
            layout::put_key_pair(out, ratchet_key);
            out.extend(*chain_key);
            layout::put_varint(out, *chain_index);
        }
        SendingSnapshot::Inactive => out.extend(&[INACTIVE]),
    }
}

fn put_receiver_chains(out: &mut SecretBytes, chains: &[ReceiverChainSnapshot<'_>]) {
    layout::put_count(out, chains.len());
    for chain in chains {
        out.extend(chain.ratchet_key.as_bytes());
        out.extend(chain.chain_key);
        layout::put_varint(out, chain.chain_index);
        layout::put_varint(out, chain.evicted_below);
    }
}

fn put_skipped_message_keys(
    out: &mut SecretBytes,
    keys: &[SkippedMessageKeySnapshot<'_>],
    chains: &[ReceiverChainSnapshot<'_>],
) {
    layout::put_count(out, keys.len());
    for key in keys {
        let mut places = (1..).zip(chains);
        match places.find(|(_, chain)| chain.ratchet_key == key.ratchet_key) {
            Some((place, _)) => layout::put_count(out, place),
            None => {
                layout::put_count(out, NO_CHAIN);
                out.extend(key.ratchet_key.as_bytes());
            }
        }
        layout::put_varint(out, key.chain_index);
        out.extend(key.message_key);
    }
}

fn ratchet<'a>(reader: &mut Reader<'a>, limits: &Limits) -> Result<RatchetSnapshot<'a>, UnpickleError> {
    let root_key = reader.array()?;
    let sending = sending(reader)?;
    let receiver_chains = receiver_chains(reader)?;
    // Before each skipped message key is compared with them.
    StoredItems::ReceiverChains.check(receiver_chains.len(), limits.receiver_chains())?;
    let skipped_message_keys = skipped_message_keys(reader, &receiver_chains, limits)?;
    Ok(RatchetSnapshot { root_key, sending, receiver_chains, skipped_message_keys })
}

fn sending<'a>(reader: &mut Reader<'a>) -> Result<SendingSnapshot<'a>, DecodeError> {
    match reader.u8()? {
        ACTIVE => Ok(SendingSnapshot::Active {
            ratchet_key: layout::key_pair(reader)?,
            chain_key: reader.array()?,
            chain_index: layout::u32(reader)?,
        }),
        INACTIVE => Ok(SendingSnapshot::Inactive),
        found => Err(DecodeError::UnknownForm { found }),
    }
}

fn receiver_chains<'a>(reader: &mut Reader<'a>) -> Result<Vec<ReceiverChainSnapshot<'a>>, DecodeError> {
    let count = layout::count(reader, RECEIVER_CHAIN_LENGTH)?;
    (0..count)
        .map(|_| {
            Ok(ReceiverChainSnapshot {
                ratchet_key: Curve25519PublicKey::read(reader)?,
                chain_key: reader.array()?,
                chain_index: layout::u32(reader)?,
                evicted_below: layout::u32(reader)?,
            })
        })
        .collect()
}

fn skipped_message_keys<'a>(
    reader: &mut Reader<'a>,
    chains: &[ReceiverChainSnapshot<'_>],
    limits: &Limits,
) -> Result<Vec<SkippedMessageKeySnapshot<'a>>, UnpickleError> {
    let count = layout::count(reader, SKIPPED_MESSAGE_KEY_LENGTH)?;
    // Before each is compared with the chains.
    StoredItems::SkippedMessageKeys.check(count, limits.skipped_keys())?;
    (0..count)
        .map(|_| {
            Ok(SkippedMessageKeySnapshot {
                ratchet_key: ratchet_key_of_skipped(reader, chains)?,
                chain_index: layout::u32(reader)?,
                message_key: reader.array()?,
            })
        })
        .collect()
}

fn ratchet_key_of_skipped(
    reader: &mut Reader<'_>,
    chains: &[ReceiverChainSnapshot<'_>],
) -> Result<Curve25519PublicKey, DecodeError> {
    let place = usize::try_from(reader.varint()?).map_err(|_| DecodeError::IntegerTooLarge)?;
    match place.checked_sub(1) {
        None => match Curve25519PublicKey::read(reader)? {
            kept if chains.iter().any(|chain| chain.ratchet_key == kept) => Err(DecodeError::NonCanonical),
            gone => Ok(gone),
        },
        Some(position) => {
            chains.get(position).map(|chain| chain.ratchet_key).ok_or(DecodeError::IntegerTooLarge)
        }
    }
}
