//! Inbound group sessions.

use cliquet_core::megolm::InboundGroupSession;

use crate::failure::call;
use crate::handle::{free, handle};
use crate::status::cliquet_status;

/// An inbound group session: decrypts what one device sends to a room. Its secrets are wiped when it is freed.
pub struct cliquet_inbound_group_session {
    _opaque: [u8; 0],
}
handle!(cliquet_inbound_group_session = 5: InboundGroupSession);

/// Frees an inbound group session and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_free(
    session: *mut cliquet_inbound_group_session,
) -> cliquet_status {
    call(|| unsafe { free(session) })
}
