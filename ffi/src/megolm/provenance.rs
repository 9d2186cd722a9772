//! Where an inbound group session comes from.

use cliquet_core::megolm::Provenance;

use super::inbound::cliquet_inbound_group_session;
use crate::failure::call;
use crate::handle::look;
use crate::output::Place;
use crate::status::cliquet_status;

/// Where an inbound group session comes from.
pub type cliquet_provenance_kind = u32;
/// From a session key, which the signing key of the session signed. That this key belongs to the sender one thinks of, the Olm session shows
/// over which the session key came.
pub const CLIQUET_PROVENANCE_KIND_SHARED: cliquet_provenance_kind = 1;
/// From a session export, which anybody can make who knows the id of the session: who shared it is known from elsewhere or not at all.
pub const CLIQUET_PROVENANCE_KIND_IMPORTED: cliquet_provenance_kind = 2;
/// From a pickle of another library, which keeps one flag without an index.
pub const CLIQUET_PROVENANCE_KIND_LEGACY: cliquet_provenance_kind = 3;

/// Where an inbound group session comes from, and from which message index on that is known. Decrypting, comparing and merging never raise it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_provenance {
    /// One of the constants `CLIQUET_PROVENANCE_KIND_...`.
    pub kind: cliquet_provenance_kind,
    /// Of `CLIQUET_PROVENANCE_KIND_SHARED`: the message index from which that is so; a session that was merged with an import may read earlier ones.
    /// 0 otherwise.
    pub from: u32,
    /// Of `CLIQUET_PROVENANCE_KIND_LEGACY`: whether the other library took the session for shared. libolm also does when it has decrypted
    /// a message, which proves nothing. False otherwise.
    pub flag: bool,
}

impl From<Provenance> for cliquet_provenance {
    fn from(provenance: Provenance) -> Self {
        let (kind, from, flag) = match provenance {
            Provenance::Shared { from, .. } => (CLIQUET_PROVENANCE_KIND_SHARED, from, false),
            Provenance::Imported => (CLIQUET_PROVENANCE_KIND_IMPORTED, 0, false),
            Provenance::Legacy { flag, .. } => (CLIQUET_PROVENANCE_KIND_LEGACY, 0, flag),
            _ => (0, 0, false),
        };
        Self { kind, from, flag }
    }
}

/// Writes where the session comes from as a whole, to `*provenance`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_provenance(
    session: *const cliquet_inbound_group_session,
    provenance: *mut cliquet_provenance,
) -> cliquet_status {
    call(|| unsafe {
        let provenance = Place::at(provenance)?;
        provenance.put(look(session)?.provenance().into());
        Ok(())
    })
}

/// Writes where what the session knows of one message comes from, to `*provenance`: `CLIQUET_PROVENANCE_KIND_IMPORTED` before the index from which
/// it is shared. Whether the session can read that far back does not matter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_provenance_at(
    session: *const cliquet_inbound_group_session,
    message_index: u32,
    provenance: *mut cliquet_provenance,
) -> cliquet_status {
    call(|| unsafe {
        let provenance = Place::at(provenance)?;
        provenance.put(look(session)?.provenance_at(message_index).into());
        Ok(())
    })
}
