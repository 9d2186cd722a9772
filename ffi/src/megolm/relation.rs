//! How inbound group sessions relate, and the merging of two.

use cliquet_core::megolm::SessionOrdering;

use super::inbound::cliquet_inbound_group_session;
use crate::failure::call;
use crate::handle::{change, look};
use crate::output::Place;
use crate::status::cliquet_status;

/// How two inbound group sessions relate: which of them reads more.
pub type cliquet_megolm_session_ordering = u32;
/// Both begin at the same message index.
pub const CLIQUET_MEGOLM_SESSION_ORDERING_EQUAL: cliquet_megolm_session_ordering = 1;
/// The first one begins earlier.
pub const CLIQUET_MEGOLM_SESSION_ORDERING_BETTER: cliquet_megolm_session_ordering = 2;
/// The first one begins later.
pub const CLIQUET_MEGOLM_SESSION_ORDERING_WORSE: cliquet_megolm_session_ordering = 3;
/// They are not the same session: another id, another version, or a ratchet that does not agree where both can be read. Between a shared and an
/// imported one, the imported one is the one to give up.
pub const CLIQUET_MEGOLM_SESSION_ORDERING_UNCONNECTED: cliquet_megolm_session_ordering = 4;

fn session_ordering(ordering: SessionOrdering) -> cliquet_megolm_session_ordering {
    match ordering {
        SessionOrdering::Equal => CLIQUET_MEGOLM_SESSION_ORDERING_EQUAL,
        SessionOrdering::Better => CLIQUET_MEGOLM_SESSION_ORDERING_BETTER,
        SessionOrdering::Worse => CLIQUET_MEGOLM_SESSION_ORDERING_WORSE,
        SessionOrdering::Unconnected => CLIQUET_MEGOLM_SESSION_ORDERING_UNCONNECTED,
        _ => 0,
    }
}

/// Tells in `*connected` whether both are the same session: one id, one version, and one ratchet from the later of both first known indexes on.
/// What an import claims of earlier indexes is not checked by that. Both may be the same object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_connected(
    session: *const cliquet_inbound_group_session,
    other: *const cliquet_inbound_group_session,
    connected: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let connected = Place::at(connected)?;
        connected.put(look(session)?.connected(&*look(other)?));
        Ok(())
    })
}

/// Writes which of two sessions reads more, one of the constants `CLIQUET_MEGOLM_SESSION_ORDERING_...`, to `*ordering`. Both may be the same object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_compare(
    session: *const cliquet_inbound_group_session,
    other: *const cliquet_inbound_group_session,
    ordering: *mut cliquet_megolm_session_ordering,
) -> cliquet_status {
    call(|| unsafe {
        let ordering = Place::at(ordering)?;
        ordering.put(session_ordering(look(session)?.compare(&*look(other)?)));
        Ok(())
    })
}

/// Takes over from another session what this one lacks: an earlier first known index, being shared, and what the replay guard of the other has seen.
/// Tells in `*connected` whether both are the same session; if they are not, nothing happens. The other session stays as it is.
///
/// What is shared from an index on stays shared from that index on, and not before it. Where both replay guards have seen an index, the event that
/// this session knows stays.
///
/// Errors: `CLIQUET_BUSY` if both are the same object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_merge(
    session: *mut cliquet_inbound_group_session,
    other: *const cliquet_inbound_group_session,
    connected: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let connected = Place::at(connected)?;
        let mut session = change(session)?;
        connected.put(session.merge(&*look(other)?));
        Ok(())
    })
}
