//! Pickles of libolm 3.

use std::ffi::c_char;

use cliquet_core::megolm::{InboundGroupSession, OutboundGroupSession};
use cliquet_core::olm::{Account, Session};
use cliquet_core::pickle::InexpressibleError;
use cliquet_core::pk::PkDecryption;

use crate::failure::{Failure, call_with, cliquet_details};
use crate::handle::{Handle, Slot, look};
use crate::input;
use crate::megolm::inbound::cliquet_inbound_group_session;
use crate::megolm::outbound::cliquet_outbound_group_session;
use crate::olm::account::cliquet_account;
use crate::olm::limits::{cliquet_limits, limits as given};
use crate::olm::session::cliquet_olm_session;
use crate::output::TextBuffer;
use crate::pk::decryption::cliquet_pk_decryption;
use crate::status::cliquet_status;

/// The body of `to_libolm_pickle`.
unsafe fn to_pickle<H: Handle>(
    object: *const H,
    (key, key_length): (*const u8, usize),
    (pickle, capacity, length): (*mut c_char, usize, *mut usize),
    details: *mut cliquet_details,
    write: fn(&H::Value, &[u8]) -> Result<String, InexpressibleError>,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let pickle = TextBuffer::at(pickle, capacity, length)?;
            pickle.put(&write(&*look(object)?, input::bytes(key, key_length)?)?)
        })
    }
}

/// The body of `from_libolm_pickle`.
unsafe fn from_pickle<H: Handle>(
    (pickle, pickle_length): (*const c_char, usize),
    (key, key_length): (*const u8, usize),
    object: *mut *mut H,
    details: *mut cliquet_details,
    read: impl FnOnce(&str, &[u8]) -> Result<H::Value, Failure>,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let object = Slot::at(object)?;
            object.put(read(input::text(pickle, pickle_length)?, input::bytes(key, key_length)?)?);
            Ok(())
        })
    }
}

/// Writes an account in libolm's form, under a key of any length, to be opened by `olm_unpickle_account`: base64. Equal states under one key give
/// equal texts. Left out are the limit of one-time keys and the seed of the Ed25519 key, which libolm keeps in its expanded form alone.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 100 one-time keys, `CLIQUET_INEXPRESSIBLE_KEY_ID` if an id, or the one that would be given
/// next, is beyond 2^32 - 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_to_libolm_pickle(
    account: *const cliquet_account,
    key: *const u8,
    key_length: usize,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = Account::to_libolm_pickle;
    unsafe { to_pickle(account, (key, key_length), (pickle, capacity, length), details, write) }
}

/// Opens an account that libolm has pickled under a key of any length. White space around the text does not count. The caller frees `*account`.
/// Its Ed25519 key has no seed, and it stores as many one-time keys as a new account does. Versions 2, 3 and 4 are read.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_LEGACY_ACCOUNT` for version 1,
/// `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`, `CLIQUET_STATE_TOO_MANY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_from_libolm_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    key_length: usize,
    account: *mut *mut cliquet_account,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |pickle: &str, key: &[u8]| Ok(Account::from_libolm_pickle(pickle, key)?);
    unsafe { from_pickle((pickle, pickle_length), (key, key_length), account, details, read) }
}

/// Writes an Olm session in libolm's form, under a key of any length, to be opened by `olm_unpickle_session`: base64. Equal states under one key
/// give equal texts. Left out are the limits, and which keys of late messages were given up instead of used.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_VERSION` unless the messages have version 1; `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5 receiver chains or 40
/// skipped message keys.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_to_libolm_pickle(
    session: *const cliquet_olm_session,
    key: *const u8,
    key_length: usize,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = Session::to_libolm_pickle;
    unsafe { to_pickle(session, (key, key_length), (pickle, capacity, length), details, write) }
}

/// Opens an Olm session that libolm has pickled under a key of any length. White space around the text does not count. The caller frees
/// `*session`. Its messages have version 1, and it gets `limits`: NULL stands for the default ones. All keys of late messages that are missing
/// count as no longer kept.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_LIMIT_TOO_SMALL`,
/// `CLIQUET_LIMIT_TOO_LARGE`, `CLIQUET_STATE_AHEAD_OF_CHAIN`, `CLIQUET_STATE_DUPLICATE`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`,
/// `CLIQUET_STATE_NO_CHAIN`, `CLIQUET_STATE_TOO_MANY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_olm_session_from_libolm_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    key_length: usize,
    limits: *const cliquet_limits,
    session: *mut *mut cliquet_olm_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read =
        |pickle: &str, key: &[u8]| Ok(Session::from_libolm_pickle(pickle, key, unsafe { given(limits)? })?);
    unsafe { from_pickle((pickle, pickle_length), (key, key_length), session, details, read) }
}

/// Writes an outbound group session in libolm's form, under a key of any length, to be opened by `olm_unpickle_outbound_group_session`: base64.
/// Equal states under one key give equal texts. Left out is the seed of the Ed25519 key, which libolm keeps in its expanded form alone.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_VERSION` unless the messages have version 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_to_libolm_pickle(
    session: *const cliquet_outbound_group_session,
    key: *const u8,
    key_length: usize,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = OutboundGroupSession::to_libolm_pickle;
    unsafe { to_pickle(session, (key, key_length), (pickle, capacity, length), details, write) }
}

/// Opens an outbound group session that libolm has pickled under a key of any length. White space around the text does not count. The caller
/// frees `*session`. Its messages have version 1, and its Ed25519 key has no seed.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_outbound_group_session_from_libolm_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    key_length: usize,
    session: *mut *mut cliquet_outbound_group_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |pickle: &str, key: &[u8]| Ok(OutboundGroupSession::from_libolm_pickle(pickle, key)?);
    unsafe { from_pickle((pickle, pickle_length), (key, key_length), session, details, read) }
}

/// Writes an inbound group session in libolm's form, under a key of any length, to be opened by `olm_unpickle_inbound_group_session`: base64.
/// Equal states under one key give equal texts. libolm's flag "verified" is set only where the session is shared from its first known index on,
/// or the flag was set in the pickle that the session comes from.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_VERSION` unless the messages have version 1, `CLIQUET_INEXPRESSIBLE_REPLAY_GUARD`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_to_libolm_pickle(
    session: *const cliquet_inbound_group_session,
    key: *const u8,
    key_length: usize,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = InboundGroupSession::to_libolm_pickle;
    unsafe { to_pickle(session, (key, key_length), (pickle, capacity, length), details, write) }
}

/// Opens an inbound group session that libolm has pickled under a key of any length. White space around the text does not count. The caller frees
/// `*session`. Its messages have version 1. Versions 1 and 2 are read. That libolm's flag "verified" is set proves nothing: libolm also sets it
/// when it decrypts a message.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_inbound_group_session_from_libolm_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    key_length: usize,
    session: *mut *mut cliquet_inbound_group_session,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |pickle: &str, key: &[u8]| Ok(InboundGroupSession::from_libolm_pickle(pickle, key)?);
    unsafe { from_pickle((pickle, pickle_length), (key, key_length), session, details, read) }
}

/// Writes the key pair of a key backup in libolm's form, under a key of any length, to be opened by `olm_unpickle_pk_decryption`: base64. Equal
/// states under one key give equal texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_to_libolm_pickle(
    decryption: *const cliquet_pk_decryption,
    key: *const u8,
    key_length: usize,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = PkDecryption::to_libolm_pickle;
    unsafe { to_pickle(decryption, (key, key_length), (pickle, capacity, length), details, write) }
}

/// Opens the key pair of a key backup that libolm has pickled under a key of any length. White space around the text does not count. The caller
/// frees `*decryption`.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, `CLIQUET_TRAILING_BYTES`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_from_libolm_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    key_length: usize,
    decryption: *mut *mut cliquet_pk_decryption,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |pickle: &str, key: &[u8]| Ok(PkDecryption::from_libolm_pickle(pickle, key)?);
    unsafe { from_pickle((pickle, pickle_length), (key, key_length), decryption, details, read) }
}
