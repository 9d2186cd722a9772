//! Fallback keys of accounts.

use std::ffi::c_void;

use cliquet::olm::{Account, OneTimeKey};

use super::OlmAccount;
use super::one_time_keys::{check_key_ids, json, json_length};
use crate::lengths;
use crate::memory::{OLM_ERROR, change, look, read};
use crate::output::Output;
use crate::random::Random;

#[unsafe(no_mangle)]
pub extern "C" fn olm_account_generate_fallback_key_random_length(_account: *const OlmAccount) -> usize {
    lengths::RANDOM_KEY
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_generate_fallback_key(
    account: *mut OlmAccount,
    random: *mut c_void,
    random_length: usize,
) -> usize {
    unsafe {
        change(account, |account| {
            let random = Random::once(random, random_length);
            let mut rng = random.draw(lengths::RANDOM_KEY)?;
            let account = account.get_mut()?;
            check_key_ids(account, 1)?;
            account.generate_fallback_key(&mut rng)?;
            Ok(1)
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_fallback_key_length(account: *const OlmAccount) -> usize {
    unsafe { length(account, Account::fallback_key) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_fallback_key(
    account: *mut OlmAccount,
    fallback_key: *mut c_void,
    fallback_key_size: usize,
) -> usize {
    unsafe { put(account, &Output::at(fallback_key, fallback_key_size), Account::fallback_key) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_unpublished_fallback_key_length(account: *const OlmAccount) -> usize {
    unsafe { length(account, Account::unpublished_fallback_key) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_unpublished_fallback_key(
    account: *mut OlmAccount,
    fallback_key: *mut c_void,
    fallback_key_size: usize,
) -> usize {
    unsafe { put(account, &Output::at(fallback_key, fallback_key_size), Account::unpublished_fallback_key) }
}

/// Which of the fallback keys is asked for.
type Which = fn(&Account) -> Option<OneTimeKey>;

unsafe fn length(account: *const OlmAccount, which: Which) -> usize {
    unsafe { look(account, OLM_ERROR, |account| json_length(account.and_then(which).into_iter().count())) }
}

unsafe fn put(account: *mut OlmAccount, output: &Output, which: Which) -> usize {
    unsafe { read(account, |account| output.put(json(account.if_any().and_then(which).into_iter()))) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_forget_old_fallback_key(account: *mut OlmAccount) {
    unsafe {
        change(account, |account| {
            if let Some(account) = account.if_any_mut() {
                account.forget_previous_fallback_key();
            }
            Ok(0)
        });
    }
}
