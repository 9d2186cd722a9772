//! ```text
//! outbound   = version | ratchet | signing key
//! inbound    = version | ratchet at the first known index | public signing key[32] | provenance
//!            | capacity of the replay guard | count | what it has seen, by ascending index
//! ratchet    = R0..R3[128] | message index
//! provenance = 00 (imported) or 01 | from (shared) or 02 (legacy, flag clear) or 03 (legacy, flag set)
//! seen       = message index less the least that it can be | event[32]
//! ```

use alloc::{borrow::Cow, vec::Vec};

use super::{Pickled, layout};
use crate::{
    encoding::{DecodeError, MessageVersion, Reader},
    megolm::{
        InboundGroupSession, InboundSnapshot, OutboundGroupSession, OutboundSnapshot, Provenance,
        RatchetSnapshot, ReplayGuard, SessionSigningKey,
    },
    pickle::{PickleKind, UnpickleError},
    secret::SecretBytes,
};

/// The least that a seen message takes: a byte of index and the event.
const SEEN_LENGTH: usize = 33;

const IMPORTED: u8 = 0;
const SHARED: u8 = 1;
const LEGACY_CLEAR: u8 = 2;
const LEGACY_SET: u8 = 3;

impl Pickled for OutboundGroupSession {
    const KIND: PickleKind = PickleKind::OutboundGroupSession;

    fn write(&self, out: &mut SecretBytes) {
        let snapshot = self.snapshot();
        layout::put_version(out, snapshot.version);
        put_ratchet(out, &snapshot.ratchet);
        layout::put_signing_key(out, &snapshot.signing_key);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, UnpickleError> {
        let snapshot = OutboundSnapshot {
            version: MessageVersion::read(reader)?,
            ratchet: ratchet(reader)?,
            signing_key: layout::signing_key(reader)?,
        };
        Ok(Self::from_snapshot(&snapshot)?)
    }
}

impl Pickled for InboundGroupSession {
    const KIND: PickleKind = PickleKind::InboundGroupSession;

    fn write(&self, out: &mut SecretBytes) {
        let snapshot = self.snapshot();
        layout::put_version(out, snapshot.version);
        put_ratchet(out, &snapshot.ratchet);
        out.extend(snapshot.signing_key.as_bytes());
        put_provenance(out, snapshot.provenance);
        put_replay_guard(out, &snapshot.replay_guard);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, UnpickleError> {
        let version = MessageVersion::read(reader)?;
        let ratchet = ratchet(reader)?;
        Ok(Self::from_snapshot(InboundSnapshot {
            version,
            ratchet,
            signing_key: SessionSigningKey::decode_later(*reader.array()?),
            provenance: provenance(reader, ratchet.index)?,
            replay_guard: Cow::Owned(replay_guard(reader)?),
        }))
    }

    fn prove(&mut self) -> Result<(), UnpickleError> {
        Ok(self.decode_signing_key()?)
    }
}

fn put_ratchet(out: &mut SecretBytes, ratchet: &RatchetSnapshot<'_>) {
    out.extend(ratchet.parts);
    layout::put_varint(out, ratchet.index);
}

fn ratchet<'a>(reader: &mut Reader<'a>) -> Result<RatchetSnapshot<'a>, DecodeError> {
    Ok(RatchetSnapshot { parts: reader.array()?, index: layout::u32(reader)? })
}

fn put_provenance(out: &mut SecretBytes, provenance: Provenance) {
    match provenance {
        Provenance::Imported => out.extend(&[IMPORTED]),
        Provenance::Shared { from } => {
            out.extend(&[SHARED]);
            layout::put_varint(out, from);
        }
        Provenance::Legacy { flag: false } => out.extend(&[LEGACY_CLEAR]),
        Provenance::Legacy { flag: true } => out.extend(&[LEGACY_SET]),
    }
}

fn provenance(reader: &mut Reader<'_>, first_known_index: u32) -> Result<Provenance, DecodeError> {
    match reader.u8()? {
        IMPORTED => Ok(Provenance::Imported),
        SHARED => match layout::u32(reader)? {
            from if from >= first_known_index => Ok(Provenance::Shared { from }),
            _ => Err(DecodeError::NonCanonical),
        },
        LEGACY_CLEAR => Ok(Provenance::Legacy { flag: false }),
        LEGACY_SET => Ok(Provenance::Legacy { flag: true }),
        found => Err(DecodeError::UnknownForm { found }),
    }
}

fn put_replay_guard(out: &mut SecretBytes, guard: &ReplayGuard) {
    layout::put_count(out, guard.capacity());
    layout::put_count(out, guard.len());
    let mut least: u32 = 0;
    for (index, event) in guard.entries() {
        layout::put_varint(out, index.saturating_sub(least));
        out.extend(event);
        least = index.saturating_add(1);
    }
}

fn replay_guard(reader: &mut Reader<'_>) -> Result<ReplayGuard, DecodeError> {
    let capacity = usize::try_from(reader.varint()?).map_err(|_| DecodeError::IntegerTooLarge)?;
    let count = layout::count(reader, SEEN_LENGTH)?;
    let mut least = Some(0_u32);
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let step = layout::u32(reader)?;
        let index = least.and_then(|least| least.checked_add(step)).ok_or(DecodeError::IntegerTooLarge)?;
        entries.push((index, *reader.array()?));
        least = index.checked_add(1);
    }
    let guard = ReplayGuard::from_entries(capacity, entries);
    if guard.capacity() == capacity { Ok(guard) } else { Err(DecodeError::NonCanonical) }
}
