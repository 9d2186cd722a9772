//! One-time keys of accounts.

use std::ffi::c_void;

use cliquet::Curve25519PublicKey;
use cliquet::olm::{Account, OneTimeKey};

use super::account::ONE_TIME_KEYS;
use super::{OlmAccount, OlmSession};
use crate::code::Code;
use crate::lengths;
use crate::memory::{OLM_ERROR, change, look, read};
use crate::output::Output;
use crate::random::Random;

/// The greatest id that a pickle has room for, which must also have room for the one after it.
const LAST_KEY_ID: u64 = 0xffff_fffe;

/// `{"curve25519":{"AAAAAQ":"…",…}}`
pub(super) fn json(keys: impl Iterator<Item = OneTimeKey>) -> String {
    let keys: Vec<String> = keys
        .map(|key| {
            let key_id = key.key_id.to_libolm_base64().unwrap_or_default();
            format!(r#""{key_id}":"{}""#, key.public_key)
        })
        .collect();
    format!(r#"{{"curve25519":{{{}}}}}"#, keys.join(","))
}

/// What [`json`] writes of so many keys.
pub(super) fn json_length(keys: usize) -> usize {
    const NONE: usize = r#"{"curve25519":{}}"#.len();
    const KEY: usize = r#""AAAAAQ":"""#.len() + lengths::KEY;
    let commas = keys.saturating_sub(1);
    keys.saturating_mul(KEY).saturating_add(commas).saturating_add(NONE)
}

fn unpublished(account: Option<&Account>) -> Vec<OneTimeKey> {
    let mut keys: Vec<_> = account.into_iter().flat_map(Account::unpublished_one_time_keys).collect();
    keys.reverse();
    keys
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_one_time_keys_length(account: *const OlmAccount) -> usize {
    unsafe { look(account, OLM_ERROR, |account| json_length(unpublished(account).len())) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_one_time_keys(
    account: *mut OlmAccount,
    one_time_keys: *mut c_void,
    one_time_keys_length: usize,
) -> usize {
    unsafe {
        read(account, |account| {
            let output = Output::at(one_time_keys, one_time_keys_length);
            output.put(json(unpublished(account.if_any()).into_iter()))
        })
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_mark_keys_as_published(account: *mut OlmAccount) -> usize {
    unsafe {
        change(account, |account| {
            let Some(account) = account.if_any_mut() else { return Ok(0) };
            let count = account.unpublished_one_time_keys().count();
            account.mark_keys_as_published();
            Ok(count)
        })
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_account_max_number_of_one_time_keys(_account: *const OlmAccount) -> usize {
    usize::try_from(ONE_TIME_KEYS).unwrap_or(OLM_ERROR)
}

#[unsafe(no_mangle)]
pub extern "C" fn olm_account_generate_one_time_keys_random_length(
    _account: *const OlmAccount,
    number_of_keys: usize,
) -> usize {
    number_of_keys.saturating_mul(lengths::RANDOM_KEY)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_account_generate_one_time_keys(
    account: *mut OlmAccount,
    number_of_keys: usize,
    random: *mut c_void,
    random_length: usize,
) -> usize {
    unsafe {
        change(account, |account| {
            let random = Random::once(random, random_length);
            generate(account.get_mut(), number_of_keys, &random)
        })
    }
}

fn generate(account: Result<&mut Account, Code>, count: usize, random: &Random) -> Result<usize, Code> {
    let needed = count.checked_mul(lengths::RANDOM_KEY).ok_or(Code::NOT_ENOUGH_RANDOM)?;
    let mut rng = random.draw(needed)?;
    let account = account?;
    check_key_ids(account, count)?;
    // One call makes no more than are stored; what is made in vain counts, because libolm counts it.
    let mut left = count;
    while left > 0 {
        let now = left.min(usize::try_from(ONE_TIME_KEYS).unwrap_or(left));
        account.generate_one_time_keys(now, &mut rng)?;
        left = left.saturating_sub(now);
    }
    Ok(count)
}

/// Refuses to begin again at the first id after the last one.
pub(super) fn check_key_ids(account: &Account, count: usize) -> Result<(), Code> {
    let last = u64::try_from(count).ok().and_then(|count| account.last_key_id().as_u64().checked_add(count));
    if last.is_some_and(|last| last <= LAST_KEY_ID) { Ok(()) } else { Err(Code::BAD_MESSAGE_KEY_ID) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn olm_remove_one_time_keys(
    account: *mut OlmAccount,
    session: *mut OlmSession,
) -> usize {
    unsafe {
        change(account, |account| {
            let session = account.beside(session.cast_const())?.ok_or(Code::BAD_MESSAGE_KEY_ID)?;
            let account = account.if_any_mut().ok_or(Code::BAD_MESSAGE_KEY_ID)?;
            remove(account, &session.session_keys().one_time_key)
        })
    }
}

/// Removes a one-time key; a fallback key of the account stays. Either way the id of the key is returned.
fn remove(account: &mut Account, public_key: &Curve25519PublicKey) -> Result<usize, Code> {
    let fallback_keys = [account.fallback_key(), account.previous_fallback_key()];
    let mut keys = account.one_time_keys().chain(fallback_keys.into_iter().flatten());
    let key = keys.find(|key| key.public_key == *public_key).ok_or(Code::BAD_MESSAGE_KEY_ID)?;
    drop(keys);
    account.remove_one_time_key(public_key);
    usize::try_from(key.key_id.as_u64()).map_err(|_| Code::BAD_MESSAGE_KEY_ID)
}
