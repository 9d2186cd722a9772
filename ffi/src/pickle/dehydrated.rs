//! Dehydrated devices (MSC3814).

use std::ffi::c_char;

use cliquet_core::olm::Account;
use cliquet_core::pickle::DehydratedDevice;

use crate::failure::{call_with, cliquet_details};
use crate::handle::{Slot, look};
use crate::input;
use crate::olm::account::cliquet_account;
use crate::output::{TextBuffer, base64_length};
use crate::random::{Random, cliquet_random};
use crate::status::cliquet_status;

/// The base64 of the 12 bytes that a device is encrypted with.
const NONCE_LENGTH: usize = 16;

/// Writes an account as a dehydrated device (MSC3814), under a key of 32 bytes: an account that waits on the server for messages to a user who has no
/// device at hand. Both texts are unpadded base64 and not secret. `ciphertext` depends on how many keys the account has; `nonce` is 16 characters, so
/// that `nonce_capacity` is at least 17. Draws 12 bytes, the nonce.
///
/// Kept are the identity keys, the one-time keys and the fallback key; ids, and what is published, are not. Publish the keys when it is uploaded. An
/// account for this is made for it and used for nothing else.
///
/// If a buffer is too small, its length tells what is needed, of both if both are; nothing was drawn.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_INEXPRESSIBLE_MISSING_SEED` if the Ed25519 key came without its seed, as from libolm,
/// `CLIQUET_INEXPRESSIBLE_PREVIOUS_FALLBACK_KEY`, `CLIQUET_INEXPRESSIBLE_TOO_MANY` beyond 5000 one-time keys.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_to_dehydrated_device(
    account: *const cliquet_account,
    key: *const u8,
    random: *const cliquet_random,
    ciphertext: *mut c_char,
    ciphertext_capacity: usize,
    ciphertext_length: *mut usize,
    nonce: *mut c_char,
    nonce_capacity: usize,
    nonce_length: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let ciphertext = TextBuffer::at(ciphertext, ciphertext_capacity, ciphertext_length)?;
            let nonce = TextBuffer::at(nonce, nonce_capacity, nonce_length)?;
            let (account, key, mut random) = (look(account)?, input::array(key)?, Random::of(random)?);
            // Both are asked before either refuses, so that one call tells both lengths.
            let reserved = (ciphertext.reserve(length_of_ciphertext(&account)), nonce.reserve(NONCE_LENGTH));
            let (ciphertext, nonce) = (reserved.0?, reserved.1?);
            let device = account.to_dehydrated_device(key, &mut random)?;
            ciphertext.put(&device.ciphertext)?;
            nonce.put(&device.nonce)
        })
    }
}

/// Version, two secret keys, count, secret keys, flag, and the tag; in base64.
fn length_of_ciphertext(account: &Account) -> usize {
    let keys = account.stored_one_time_key_count().saturating_add(account.fallback_key().iter().count());
    let bytes = keys.saturating_mul(32).saturating_add(4 + 32 + 32 + 4 + 1 + 16);
    base64_length(bytes)
}

/// Opens a dehydrated device (MSC3814) under the key of 32 bytes that it was made with. Both texts are base64, padding optional. The caller frees
/// `*account`.
///
/// The keys get new ids, from 1 on, and count as published. Generate no keys on this account: the server knows the old ids, and a new key could have
/// one of them.
///
/// Errors: `CLIQUET_NOT_A_PICKLE` if a text is no base64 or the nonce has not 12 bytes, `CLIQUET_AUTHENTICATION_FAILED` if the key is wrong or
/// the device was changed, `CLIQUET_UNKNOWN_VERSION`; and if it is authentic and yet holds no such account, `CLIQUET_TRUNCATED`,
/// `CLIQUET_TRAILING_BYTES`, `CLIQUET_UNKNOWN_FORM`, `CLIQUET_STATE_TOO_MANY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_from_dehydrated_device(
    ciphertext: *const c_char,
    ciphertext_length: usize,
    nonce: *const c_char,
    nonce_length: usize,
    key: *const u8,
    account: *mut *mut cliquet_account,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let account = Slot::at(account)?;
            let ciphertext = input::text(ciphertext, ciphertext_length)?;
            let device = DehydratedDevice::new(ciphertext, input::text(nonce, nonce_length)?);
            account.put(Account::from_dehydrated_device(&device, input::array(key)?)?);
            Ok(())
        })
    }
}
