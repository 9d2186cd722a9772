//! Group sessions of vodozemac.

use std::ffi::c_char;

use cliquet_core::megolm::{InboundGroupSession, OutboundGroupSession};

use super::{from_json, from_pickle, to_json, to_pickle};
use crate::constants::cliquet_version;
use crate::failure::cliquet_details;
use crate::megolm::config;
use crate::megolm::inbound::cliquet_inbound_group_session;
use crate::megolm::outbound::cliquet_outbound_group_session;
use crate::status::cliquet_status;

/// Writes an outbound group session as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give equal
/// texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_to_vodozemac_pickle(
    session: *const cliquet_outbound_group_session,
    key: *const u8,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = OutboundGroupSession::to_vodozemac_pickle;
    unsafe { to_pickle(session, key, (pickle, capacity, length), details, write) }
}

/// Opens an outbound group session that vodozemac has pickled and encrypted under a key of 32 bytes. White space around the text does not count.
/// The caller frees `*session`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, and those of `cliquet_outbound_group_session_from_vodozemac_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_from_vodozemac_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    version: cliquet_version,
    session: *mut *mut cliquet_outbound_group_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |pickle: &str, key: &[u8; 32]| {
        Ok(OutboundGroupSession::from_vodozemac_pickle(pickle, key, config(version)?)?)
    };
    unsafe { from_pickle((pickle, pickle_length), key, session, details, read) }
}

/// Writes an outbound group session as JSON of vodozemac **without encryption**, secret keys and all. The caller wipes it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_to_vodozemac_json(
    session: *const cliquet_outbound_group_session,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe { to_json(session, (json, capacity, length), details, OutboundGroupSession::to_vodozemac_json) }
}

/// Reads the JSON of an outbound group session of vodozemac, which nothing protects; unknown fields are skipped. The caller frees `*session`, and
/// wipes `json`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`.
///
/// Errors: `CLIQUET_JSON` if it is not what vodozemac writes, `CLIQUET_MISMATCHED_VERSION` if its messages have another version than stated,
/// `CLIQUET_MISSING_VERSION` if it says none and version 1 is not stated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_from_vodozemac_json(
    json: *const c_char,
    json_length: usize,
    version: cliquet_version,
    session: *mut *mut cliquet_outbound_group_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |json: &[u8]| Ok(OutboundGroupSession::from_vodozemac_json(json, config(version)?)?);
    unsafe { from_json((json, json_length), session, details, read) }
}

/// Writes an inbound group session as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give equal
/// texts. Of where the session comes from, one flag is kept: whether it is shared from its first known index on, or that flag was set in the
/// pickle that the session comes from.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_REPLAY_GUARD`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_to_vodozemac_pickle(
    session: *const cliquet_inbound_group_session,
    key: *const u8,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = InboundGroupSession::to_vodozemac_pickle;
    unsafe { to_pickle(session, key, (pickle, capacity, length), details, write) }
}

/// Opens an inbound group session that vodozemac has pickled and encrypted under a key of 32 bytes. White space around the text does not count.
/// The caller frees `*session`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, and those of `cliquet_inbound_group_session_from_vodozemac_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_from_vodozemac_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    version: cliquet_version,
    session: *mut *mut cliquet_inbound_group_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |pickle: &str, key: &[u8; 32]| {
        Ok(InboundGroupSession::from_vodozemac_pickle(pickle, key, config(version)?)?)
    };
    unsafe { from_pickle((pickle, pickle_length), key, session, details, read) }
}

/// Writes an inbound group session as JSON of vodozemac **without encryption**, secret keys and all. The caller wipes it. Of where the session
/// comes from, one flag is kept: whether it is shared from its first known index on, or that flag was set in the pickle that the session comes
/// from.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_REPLAY_GUARD`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_to_vodozemac_json(
    session: *const cliquet_inbound_group_session,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe { to_json(session, (json, capacity, length), details, InboundGroupSession::to_vodozemac_json) }
}

/// Reads the JSON of an inbound group session of vodozemac, which nothing protects; unknown fields are skipped. The caller frees `*session`, and
/// wipes `json`. `version` states that of its messages, one of the constants `CLIQUET_VERSION_...`.
///
/// Errors: `CLIQUET_JSON` if it is not what vodozemac writes, `CLIQUET_MISMATCHED_VERSION` if its messages have another version than stated,
/// `CLIQUET_MISSING_VERSION` if it says none and version 1 is not stated, `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_from_vodozemac_json(
    json: *const c_char,
    json_length: usize,
    version: cliquet_version,
    session: *mut *mut cliquet_inbound_group_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |json: &[u8]| Ok(InboundGroupSession::from_vodozemac_json(json, config(version)?)?);
    unsafe { from_json((json, json_length), session, details, read) }
}
