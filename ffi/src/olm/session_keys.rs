//! The keys that a session was agreed with.

use cliquet_core::Curve25519PublicKey;
use cliquet_core::olm::SessionKeys;

use crate::failure::{Failure, call};
use crate::input;
use crate::output::Array;
use crate::status::cliquet_status;

/// The three public keys that a session was agreed with; every pre-key message of the session carries them.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_olm_session_keys {
    /// The identity key of the party that started the session.
    pub identity_key: [u8; 32],
    /// The base key: the single-use key of the party that started the session.
    pub base_key: [u8; 32],
    /// The one-time key or fallback key of the other party.
    pub one_time_key: [u8; 32],
}

impl From<SessionKeys> for cliquet_olm_session_keys {
    fn from(keys: SessionKeys) -> Self {
        Self {
            identity_key: *keys.identity_key.as_bytes(),
            base_key: *keys.base_key.as_bytes(),
            one_time_key: *keys.one_time_key.as_bytes(),
        }
    }
}

/// The session keys of the caller.
///
/// # Safety
///
/// As [`input::structure`].
pub(crate) unsafe fn session_keys(pointer: *const cliquet_olm_session_keys) -> Result<SessionKeys, Failure> {
    // SAFETY: the caller's promise; every bit pattern is three keys.
    let keys = unsafe { input::structure(pointer)? };
    let [identity_key, base_key, one_time_key] =
        [keys.identity_key, keys.base_key, keys.one_time_key].map(Curve25519PublicKey::from_bytes);
    Ok(SessionKeys::new(identity_key, base_key, one_time_key))
}

/// Writes the id of the session with these keys, 32 bytes: `SHA-256(identity_key || base_key || one_time_key)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_keys_session_id(
    keys: *const cliquet_olm_session_keys,
    session_id: *mut u8,
) -> cliquet_status {
    call(|| unsafe {
        let session_id = Array::at(session_id)?;
        session_id.put(session_keys(keys)?.session_id().as_bytes());
        Ok(())
    })
}
