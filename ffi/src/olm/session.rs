//! Olm sessions.

use cliquet_core::olm::Session;

use crate::failure::call;
use crate::handle::{free, handle};
use crate::status::cliquet_status;

/// An Olm session with one other device. Its secrets are wiped when it is freed.
pub struct cliquet_session {
    _opaque: [u8; 0],
}
handle!(cliquet_session = 2: Session);

/// Frees an Olm session and wipes its secrets. NULL is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_session_free(session: *mut cliquet_session) -> cliquet_status {
    call(|| unsafe { free(session) })
}
