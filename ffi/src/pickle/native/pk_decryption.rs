//! Native pickles of the key pair of a key backup.

use cliquet_core::pk::PkDecryption;

use super::{from_pickle, from_pickle_without_encryption, to_pickle, to_pickle_without_encryption};
use crate::failure::cliquet_details;
use crate::pickle::key::cliquet_pickle_key;
use crate::pk::decryption::cliquet_pk_decryption;
use crate::random::cliquet_random;
use crate::status::cliquet_status;

/// Writes the key pair of a key backup as an encrypted native pickle, bound to the context of `key`: AES-256-CBC and HMAC-SHA-256 with a whole
/// tag. The length depends on the state alone and is told exactly. Draws 32 bytes, the salt.
///
/// Errors: `CLIQUET_RANDOM`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_to_pickle(
    decryption: *const cliquet_pk_decryption,
    key: *const cliquet_pickle_key,
    random: *const cliquet_random,
    pickle: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    let (write, seal) = (PkDecryption::to_pickle_without_encryption, PkDecryption::to_pickle);
    unsafe { to_pickle(decryption, key, random, (pickle, capacity, length), write, seal) }
}

/// Opens an encrypted native pickle of the key pair of a key backup, under the bytes and the context that it was made with. The caller frees
/// `*decryption`.
///
/// Errors: those of `cliquet_pickle_kind_of`, `CLIQUET_WRONG_KIND` if it holds something else, `CLIQUET_AUTHENTICATION_FAILED` if the key or its
/// context is another one or the pickle was changed; and if it is authentic and yet holds no such state, those of
/// `cliquet_pk_decryption_from_pickle_without_encryption`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_from_pickle(
    pickle: *const u8,
    pickle_length: usize,
    key: *const cliquet_pickle_key,
    decryption: *mut *mut cliquet_pk_decryption,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe { from_pickle((pickle, pickle_length), key, decryption, details, PkDecryption::from_pickle) }
}

/// Writes the key pair of a key backup as a native pickle **without encryption**, secret keys and all, for a store that encrypts and
/// authenticates what it keeps. The caller wipes it. Everything else wants `cliquet_pk_decryption_to_pickle`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_to_pickle_without_encryption(
    decryption: *const cliquet_pk_decryption,
    pickle: *mut u8,
    capacity: usize,
    length: *mut usize,
) -> cliquet_status {
    let write = PkDecryption::to_pickle_without_encryption;
    unsafe { to_pickle_without_encryption(decryption, (pickle, capacity, length), write) }
}

/// Reads what `cliquet_pk_decryption_to_pickle_without_encryption` wrote. The caller frees `*decryption`, and wipes `pickle`. Nothing shows
/// whether it was changed since, but that the public key belongs to the secret key.
///
/// Errors: `CLIQUET_NOT_A_PICKLE`, `CLIQUET_UNKNOWN_VERSION`, `CLIQUET_UNKNOWN_KIND`, `CLIQUET_WRONG_KIND`, `CLIQUET_TRUNCATED`,
/// `CLIQUET_TRAILING_BYTES`, `CLIQUET_STATE_MISMATCHED_PUBLIC_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_pk_decryption_from_pickle_without_encryption(
    pickle: *const u8,
    pickle_length: usize,
    decryption: *mut *mut cliquet_pk_decryption,
    details: *mut cliquet_details,
) -> cliquet_status {
    let read = PkDecryption::from_pickle_without_encryption;
    unsafe { from_pickle_without_encryption((pickle, pickle_length), decryption, details, read) }
}
