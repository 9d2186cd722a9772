//! What the formats of other libraries have no room for.

use super::InexpressibleError;
use crate::{
    keys::KeyId,
    megolm::{InboundSnapshot, Provenance},
    olm::StoredItems,
};

/// Refuses more items than a format has room for.
pub(super) fn check_room(items: StoredItems, count: usize, limit: u32) -> Result<(), InexpressibleError> {
    items.check(count, limit).map_err(|_| InexpressibleError::TooMany { items, count, limit })
}

/// Refuses a session with a replay guard, full or empty.
pub(super) fn check_replay_guard(snapshot: &InboundSnapshot<'_>) -> Result<(), InexpressibleError> {
    if snapshot.replay_guard.capacity() == 0 { Ok(()) } else { Err(InexpressibleError::ReplayGuard) }
}

/// The one flag that others keep of a provenance: set where all of the session is shared, or where it came with that flag.
pub(super) fn legacy_flag(snapshot: &InboundSnapshot<'_>) -> bool {
    match snapshot.provenance {
        Provenance::Shared { from } => from <= snapshot.ratchet.index,
        Provenance::Imported => false,
        Provenance::Legacy { flag } => flag,
    }
}

/// The greatest of a counter and the ids of stored keys: no id is given twice, whatever a store says.
pub(super) fn last_key_id(counter: KeyId, stored: impl Iterator<Item = KeyId>) -> KeyId {
    stored.fold(counter, KeyId::max)
}
