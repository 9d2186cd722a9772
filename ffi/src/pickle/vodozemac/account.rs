//! Accounts of vodozemac.

use std::ffi::c_char;

use cliquet_core::olm::Account;

use super::{from_json, from_pickle, to_json, to_pickle};
use crate::failure::cliquet_details;
use crate::olm::account::cliquet_account;
use crate::status::cliquet_status;

/// Writes an account as vodozemac pickles and encrypts it, under a key of 32 bytes: base64. Equal states under one key give equal texts.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5000 one-time keys, `CLIQUET_INEXPRESSIBLE_KEY_ID` if no id is left to be given next,
/// `CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_to_vodozemac_pickle(
    account: *const cliquet_account,
    key: *const u8,
    pickle: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    let write = Account::to_vodozemac_pickle;
    unsafe { to_pickle(account, key, (pickle, capacity, length), details, write) }
}

/// Opens an account that vodozemac has pickled and encrypted under a key of 32 bytes. White space around the text does not count. The caller
/// frees `*account`. It stores as many one-time keys as a new account does.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if the text is no base64, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or the pickle was changed,
/// `CLIQUET_TRUNCATED`, `CLIQUET_CIPHERTEXT_LENGTH`, and those of `cliquet_account_from_vodozemac_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_from_vodozemac_pickle(
    pickle: *const c_char,
    pickle_length: usize,
    key: *const u8,
    account: *mut *mut cliquet_account,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |pickle: &str, key: &[u8; 32]| Ok(Account::from_vodozemac_pickle(pickle, key)?);
    unsafe { from_pickle((pickle, pickle_length), key, account, details, read) }
}

/// Writes an account as JSON of vodozemac **without encryption**, secret keys and all. The caller wipes it.
///
/// Errors: `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5000 one-time keys, `CLIQUET_INEXPRESSIBLE_KEY_ID` if no id is left to be given next,
/// `CLIQUET_INEXPRESSIBLE_DUPLICATE_KEY_ID`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_to_vodozemac_json(
    account: *const cliquet_account,
    json: *mut c_char,
    capacity: usize,
    length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe { to_json(account, (json, capacity, length), details, Account::to_vodozemac_json) }
}

/// Reads the JSON of an account of vodozemac, which nothing protects; unknown fields are skipped. The caller frees `*account`, and wipes `json`.
/// It stores as many one-time keys as a new account does.
///
/// Errors: `CLIQUET_JSON` if it is not what vodozemac writes, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`, `CLIQUET_STATE_TOO_MANY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_from_vodozemac_json(
    json: *const c_char,
    json_length: usize,
    account: *mut *mut cliquet_account,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = |json: &[u8]| Ok(Account::from_vodozemac_json(json)?);
    unsafe { from_json((json, json_length), account, details, read) }
}
