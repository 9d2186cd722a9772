//! Olm sessions of vodozemac.

use std::ffi::c_char;

use cliquet_core::olm::Session;

use super::{from_json, from_pickle, to_json, to_pickle};
use crate::constants::cliquet_version;
use crate::failure::cliquet_details;
use crate::olm::limits::{cliquet_limits, config};
use crate::olm::session::cliquet_olm_session;
use crate::status::cliquet_status;

/// Writes an Olm session as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give equal texts. Left
/// out are the limits, the order of skipped message keys of different chains, and which keys of late messages were given up instead of used.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5 receiver chains or 40 skipped message keys of one of them,
/// `CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_to_vodozemac_pickle(
    session: *const cliquet_olm_session,
    key: *const u8,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = Session::to_vodozemac_pickle;
    unsafe { to_pickle(session, key, (pickle, capacity, length), details, write) }
}

/// Opens an Olm session that vodozemac has pickled and encrypted under a key of 32 bytes. White space around the text does not count. The caller
/// frees `*session`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`, and `limits` what it keeps from now on,
/// at least what is in the pickle; NULL stands for the default ones.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, and those of `cliquet_olm_session_from_vodozemac_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_from_vodozemac_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    version: cliquet_version,
    limits: *const cliquet_limits,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |pickle: &str, key: &[u8; 32]| {
        Ok(Session::from_vodozemac_pickle(pickle, key, unsafe { config(version, limits)? })?)
    };
    unsafe { from_pickle((pickle, pickle_length), key, session, details, read) }
}

/// Writes an Olm session as JSON of vodozemac **without encryption**, secret keys and all. The caller wipes it. Left out are the limits, the
/// order of skipped message keys of different chains, and which keys of late messages were given up instead of used.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5 receiver chains or 40 skipped message keys of one of them,
/// `CLIQUET_INEXPRESSIBLE_MESSAGE_KEYS`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_to_vodozemac_json(
    session: *const cliquet_olm_session,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe { to_json(session, (json, capacity, length), details, Session::to_vodozemac_json) }
}

/// Reads the JSON of an Olm session of vodozemac, which nothing protects; unknown fields are skipped. The caller frees `*session`, and wipes
/// `json`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`, and `limits` what it keeps from now on, at least
/// what is in the pickle; NULL stands for the default ones.
///
/// Errors: `CLIQUET_JSON` if it is not what vodozemac writes, `CLIQUET_MISMATCHED_VERSION` if its messages have another version than stated,
/// `CLIQUET_MISSING_VERSION` if it says none and version 1 is not stated, `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`,
/// `CLIQUET_STATE_AHEAD_OF_CHAIN`, `CLIQUET_STATE_DUPLICATE`, `CLIQUET_STATE_NO_CHAIN`, `CLIQUET_STATE_TOO_MANY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_from_vodozemac_json(
    json: *const c_char,
    json_length: usize,
    version: cliquet_version,
    limits: *const cliquet_limits,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |json: &[u8]| Ok(Session::from_vodozemac_json(json, unsafe { config(version, limits)? })?);
    unsafe { from_json((json, json_length), session, details, read) }
}
