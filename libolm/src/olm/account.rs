//! Accounts: identity keys, signatures, pickles.

use std::ffi::c_void;

use cliquet::olm::Account;
use cliquet::pickle::UnpickleError;

use crate::code::Code;
use crate::input::{self, InPlace};
use crate::lengths;
use crate::memory::{OLM_ERROR, change, look, object, read};
use crate::output::Output;
use crate::pickle;
use crate::random::Random;

object! {
    OlmAccount = 1: Account, BAD_ACCOUNT_KEY;
    olm_account_size, olm_account, olm_account_last_error, olm_account_last_error_code, olm_clear_account
}

/// An Ed25519 seed, then a Curve25519 secret key.
const RANDOM: usize = 64;
/// `{"curve25519":"…","ed25519":"…"}`
const IDENTITY_KEYS: usize = r#"{"curve25519":"","ed25519":""}"#.len() + 2 * lengths::KEY;
/// Version, both key pairs, two counts, and the id of the last key.
const PICKLE: usize = 4 + 96 + 64 + 4 + 1 + 4;
/// Id, flag, key pair.
const PICKLED_KEY: usize = 4 + 1 + 64;

/// How many one-time keys libolm stores.
pub(super) const ONE_TIME_KEYS: u32 = 100;

#[unsafe(no_mangle)]
pub extern "C" fn olm_create_account_random_length(_account: *const OlmAccount) -> usize {
    RANDOM
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_create_account(
    account: *mut OlmAccount,
    random: *mut c_void,
    random_length: usize,
) -> usize {
    unsafe {
        change(account, |account| {
            let random = Random::once(random, random_length);
            account.put(of_libolms_size(Account::new(&mut random.draw(RANDOM)?)?)?);
            Ok(0)
        })
    }
}

/// An account that stores as many one-time keys as libolm does.
fn of_libolms_size(mut account: Account) -> Result<Account, Code> {
    account.set_one_time_key_limit(ONE_TIME_KEYS).map_err(|_| Code::CORRUPTED_PICKLE)?;
    Ok(account)
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_account_identity_keys_length(_account: *const OlmAccount) -> usize {
    IDENTITY_KEYS
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_identity_keys(
    account: *mut OlmAccount,
    identity_keys: *mut c_void,
    identity_keys_length: usize,
) -> usize {
    unsafe {
        read(account, |account| {
            let output = Output::at(identity_keys, identity_keys_length);
            output.check(IDENTITY_KEYS)?;
            let keys = account.get()?.identity_keys();
            output.put(format!(r#"{{"curve25519":"{}","ed25519":"{}"}}"#, keys.curve25519, keys.ed25519))
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_account_signature_length(_account: *const OlmAccount) -> usize {
    lengths::SIGNATURE
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_sign(
    account: *mut OlmAccount,
    message: *const c_void,
    message_length: usize,
    signature: *mut c_void,
    signature_length: usize,
) -> usize {
    unsafe {
        read(account, |account| {
            let output = Output::at(signature, signature_length);
            output.check(lengths::SIGNATURE)?;
            let signature = account.get()?.sign(input::bytes(message, message_length)?);
            output.put(signature.to_base64())
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pickle_account_length(account: *const OlmAccount) -> usize {
    unsafe { look(account, OLM_ERROR, pickle_length) }
}

fn pickle_length(account: Option<&Account>) -> usize {
    let keys = account.map_or(0, |account| {
        let fallback_keys = [account.fallback_key(), account.previous_fallback_key()];
        fallback_keys.iter().flatten().count().saturating_add(account.stored_one_time_key_count())
    });
    lengths::pickle(keys.saturating_mul(PICKLED_KEY).saturating_add(PICKLE))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_pickle_account(
    account: *mut OlmAccount,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        read(account, |account| {
            let output = Output::at(pickled, pickled_length);
            pickle::put(&output, pickle_length(account.if_any()), || {
                Ok(account.get()?.to_libolm_pickle(input::bytes(key, key_length)?)?)
            })
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_unpickle_account(
    account: *mut OlmAccount,
    key: *const c_void,
    key_length: usize,
    pickled: *mut c_void,
    pickled_length: usize,
) -> usize {
    unsafe {
        change(account, |account| {
            let text = pickle::take(&InPlace::at(pickled, pickled_length)?)?;
            let key = input::bytes(key, key_length)?;
            let opened = Account::from_libolm_pickle(&text, key).map_err(|error| match error {
                // To libolm that is what the number says, however long the pickle is.
                UnpickleError::UnknownVersion { version: 1, .. } => Code::BAD_LEGACY_ACCOUNT_PICKLE,
                error => error.into(),
            })?;
            account.put(of_libolms_size(opened)?);
            Ok(pickled_length)
        })
    }
}
