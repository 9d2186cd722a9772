//! Native pickles of Olm sessions.

use cliquet_core::olm::Session;

use super::{from_pickle, from_pickle_without_encryption, to_pickle, to_pickle_without_encryption};
use crate::failure::cliquet_details;
use crate::olm::session::cliquet_olm_session;
use crate::pickle::key::cliquet_pickle_key;
use crate::random::cliquet_random;
use crate::status::cliquet_status;

/// Writes an Olm session as an encrypted native pickle, bound to the context of `key`: AES-256-CBC and HMAC-SHA-256 with a whole tag. Chains,
/// skipped message keys and limits are kept. The length depends on the state alone and is told exactly. Draws 32 bytes, the salt.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_to_pickle(
    session: *const cliquet_olm_session,
    key: *const cliquet_pickle_key,
    random: *const cliquet_random,
    pickle: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    let (write, seal) = (Session::to_pickle_without_encryption, Session::to_pickle);
    unsafe { to_pickle(session, key, random, (pickle, capacity, length), write, seal) }
}

/// Opens an encrypted native pickle of an Olm session, under the bytes and the context that it was made with. The caller frees `*session`.
///
/// Errors: those of `cliquet_pickle_kind_of`, `CLIQUET_WRONG_KIND` if it holds something else, `CLIQUET_AUTHENTICATION_FAILED` if the key or its
/// context is another one or the pickle was changed; and if it is authentic and yet holds no such state, those of
/// `cliquet_olm_session_from_pickle_without_encryption`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_from_pickle(
    pickle: *const u8,
    pickle_length: usize,
    key: *const cliquet_pickle_key,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe { from_pickle((pickle, pickle_length), key, session, details, Session::from_pickle) }
}

/// Writes an Olm session as a native pickle **without encryption**, secret keys and all, for a store that encrypts and authenticates what it
/// keeps. The caller wipes it. Everything else wants `cliquet_olm_session_to_pickle`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_to_pickle_without_encryption(
    session: *const cliquet_olm_session,
    pickle: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    let write = Session::to_pickle_without_encryption;
    unsafe { to_pickle_without_encryption(session, (pickle, capacity, length), write) }
}

/// Reads what `cliquet_olm_session_to_pickle_without_encryption` wrote. The caller frees `*session`, and wipes `pickle`. Nothing shows whether it was
/// changed since, but that the public ratchet key belongs to its secret key.
///
/// Errors: `CLIQUET_NOT_A_PICKLE`, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_WRONG_KIND`, `CLIQUET_TRUNCATED`,
/// `CLIQUET_TRAILING_BYTES`, `CLIQUET_NON_CANONICAL`, `CLIQUET_NON_CANONICAL_VARINT`, `CLIQUET_INTEGER_TOO_LARGE`, `CLIQUET_UNKNOWN_FORM`,
/// `CLIQUET_UNSUPPORTED_VERSION`, `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`, `CLIQUET_STATE_AHEAD_OF_CHAIN`,
/// `CLIQUET_STATE_DUPLICATE`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`, `CLIQUET_STATE_NO_CHAIN`, `CLIQUET_STATE_TOO_MANY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_from_pickle_without_encryption(
    pickle: *const u8,
    pickle_length: usize,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = Session::from_pickle_without_encryption;
    unsafe { from_pickle_without_encryption((pickle, pickle_length), session, details, read) }
}
