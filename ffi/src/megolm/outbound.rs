//! Outbound group sessions.

use cliquet_core::megolm::OutboundGroupSession;

use crate::failure::call;
use crate::handle::{free, handle};
use crate::status::cliquet_status;

/// An outbound group session: encrypts what this device sends to a room. Its secrets are wiped when it is freed.
pub struct cliquet_outbound_group_session {
    _opaque: [u8; 0],
}
handle!(cliquet_outbound_group_session = 4: OutboundGroupSession);

/// Frees an outbound group session and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_free(
    session: *mut cliquet_outbound_group_session,
) -> cliquet_status {
    call(|| unsafe { free(session) })
}
