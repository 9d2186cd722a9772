//! The one-time keys and fallback keys of accounts.

use cliquet_core::olm::{Account, OneTimeKey, Removal};

use crate::failure::{Failure, call, call_with, cliquet_details};
use crate::handle::{change, look};
use crate::input;
use crate::olm::account::cliquet_account;
use crate::output::{Buffer, Place};
use crate::random::{Random, cliquet_random};
use crate::status::{self, cliquet_status};

/// The public part of a one-time key or a fallback key.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cliquet_one_time_key {
    /// The id of the key: see `cliquet_key_id_to_base64`.
    pub key_id: u64,
    /// The public key, to be signed and uploaded.
    pub public_key: [u8; 32],
    /// Whether it was marked as published.
    pub published: bool,
}

impl From<OneTimeKey> for cliquet_one_time_key {
    fn from(key: OneTimeKey) -> Self {
        Self { key_id: key.key_id.as_u64(), public_key: *key.public_key.as_bytes(), published: key.published }
    }
}

/// What became of a key that was to be removed.
pub type cliquet_removal = u32;
/// It was a one-time key: it is gone now.
pub const CLIQUET_REMOVAL_REMOVED: cliquet_removal = 1;
/// It is a fallback key: it stays.
pub const CLIQUET_REMOVAL_FALLBACK_KEPT: cliquet_removal = 2;
/// It is no key of this account.
pub const CLIQUET_REMOVAL_UNKNOWN: cliquet_removal = 3;

/// Generates `count` one-time keys, unpublished, with the next ids. Draws 32 bytes for each, in the order of the ids. Where an account would store
/// more than its limit, the oldest are given up, and written to `removed`: at most `count`. Who does not want to know passes NULL, 0 and NULL.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_TOO_MANY_KEYS`, `CLIQUET_KEY_IDS_EXHAUSTED`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_generate_one_time_keys(
    account: *mut cliquet_account,
    count: usize,
    random: *const cliquet_random,
    removed: *mut cliquet_one_time_key,
    removed_capacity: usize,
    removed_count: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let removed = Buffer::wanted(removed, removed_capacity, removed_count)?;
            let mut account = change(account)?;
            let limit = usize::try_from(account.one_time_key_limit()).unwrap_or(usize::MAX);
            let most = account.stored_one_time_key_count().saturating_add(count).saturating_sub(limit);
            let removed = removed.map(|buffer| buffer.reserve(most.min(limit))).transpose()?;
            let generated = account.generate_one_time_keys(count, &mut Random::of(random)?)?;
            removed.map_or(Ok(()), |buffer| buffer.put(&keys(generated.removed)))
        })
    }
}

/// Writes the id that was given last, to a one-time key or a fallback key; the next key gets the one after it. 0 before the first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_last_key_id(
    account: *const cliquet_account,
    key_id: *mut u64,
) -> cliquet_status {
    call(|| unsafe {
        let key_id = Place::at(key_id)?;
        key_id.put(look(account)?.last_key_id().as_u64());
        Ok(())
    })
}

/// Writes all stored one-time keys, oldest first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_one_time_keys(
    account: *const cliquet_account,
    one_time_keys: *mut cliquet_one_time_key,
    capacity: usize,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let one_time_keys = Buffer::at(one_time_keys, capacity, count)?;
        one_time_keys.put(&keys(look(account)?.one_time_keys()))
    })
}

/// Writes the stored one-time keys that were not marked as published, oldest first: those to upload.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_unpublished_one_time_keys(
    account: *const cliquet_account,
    one_time_keys: *mut cliquet_one_time_key,
    capacity: usize,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let one_time_keys = Buffer::at(one_time_keys, capacity, count)?;
        one_time_keys.put(&keys(look(account)?.unpublished_one_time_keys()))
    })
}

/// Writes how many one-time keys are stored, published or not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_stored_one_time_key_count(
    account: *const cliquet_account,
    count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let count = Place::at(count)?;
        count.put(look(account)?.stored_one_time_key_count());
        Ok(())
    })
}

/// Writes how many one-time keys the account stores at most.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_one_time_key_limit(
    account: *const cliquet_account,
    limit: *mut u32,
) -> cliquet_status {
    call(|| unsafe {
        let limit = Place::at(limit)?;
        limit.put(look(account)?.one_time_key_limit());
        Ok(())
    })
}

/// Sets how many one-time keys the account stores: 100 to 50000; 5000 unless it is set. The oldest keys for which there is no room any more are given
/// up, and written to `removed`; messages to them can no longer be read. Who does not want to know passes NULL, 0 and NULL.
///
/// Errors: `CLIQUET_LIMIT_TOO_SMALL`, `CLIQUET_LIMIT_TOO_LARGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_set_one_time_key_limit(
    account: *mut cliquet_account,
    limit: u32,
    removed: *mut cliquet_one_time_key,
    removed_capacity: usize,
    removed_count: *mut usize,
    details: *mut cliquet_details,
) -> cliquet_status {
    unsafe {
        call_with(details, || {
            let removed = Buffer::wanted(removed, removed_capacity, removed_count)?;
            let mut account = change(account)?;
            let room = usize::try_from(limit).unwrap_or(usize::MAX);
            let most = account.stored_one_time_key_count().saturating_sub(room);
            let removed = removed.map(|buffer| buffer.reserve(most)).transpose()?;
            let given_up = account.set_one_time_key_limit(limit)?;
            removed.map_or(Ok(()), |buffer| buffer.put(&keys(given_up)))
        })
    }
}

/// Removes and wipes the one-time key with this public key of 32 bytes, and writes what became of it, one of the constants `CLIQUET_REMOVAL_*`. A
/// fallback key is not removed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_remove_one_time_key(
    account: *mut cliquet_account,
    public_key: *const u8,
    removal: *mut cliquet_removal,
) -> cliquet_status {
    call(|| unsafe {
        let removal = Place::at(removal)?;
        let mut account = change(account)?;
        let public_key = input::curve25519_public_key(public_key)?;
        removal.put(match account.remove_one_time_key(&public_key) {
            Removal::Removed => CLIQUET_REMOVAL_REMOVED,
            Removal::FallbackKept => CLIQUET_REMOVAL_FALLBACK_KEPT,
            _ => CLIQUET_REMOVAL_UNKNOWN,
        });
        Ok(())
    })
}

/// Generates a fallback key, unpublished, with the next id. The current one becomes the previous one, and an older one is given up, and written to
/// `removed`: at most one. Who does not want to know passes NULL, 0 and NULL. Draws 32 bytes.
///
/// Errors: `CLIQUET_RANDOM`, `CLIQUET_KEY_IDS_EXHAUSTED`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_generate_fallback_key(
    account: *mut cliquet_account,
    random: *const cliquet_random,
    removed: *mut cliquet_one_time_key,
    removed_capacity: usize,
    removed_count: *mut usize,
) -> cliquet_status {
    call(|| unsafe {
        let removed = Buffer::wanted(removed, removed_capacity, removed_count)?;
        let mut account = change(account)?;
        let most = usize::from(account.previous_fallback_key().is_some());
        let removed = removed.map(|buffer| buffer.reserve(most)).transpose()?;
        let generated = account.generate_fallback_key(&mut Random::of(random)?)?;
        removed.map_or(Ok(()), |buffer| buffer.put(&keys(generated.removed)))
    })
}

/// Writes the current fallback key, published or not.
///
/// Errors: `CLIQUET_ABSENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_fallback_key(
    account: *const cliquet_account,
    fallback_key: *mut cliquet_one_time_key,
) -> cliquet_status {
    call(|| unsafe { one_key(account, fallback_key, Account::fallback_key) })
}

/// Writes the previous fallback key, which messages on their way may still use.
///
/// Errors: `CLIQUET_ABSENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_previous_fallback_key(
    account: *const cliquet_account,
    fallback_key: *mut cliquet_one_time_key,
) -> cliquet_status {
    call(|| unsafe { one_key(account, fallback_key, Account::previous_fallback_key) })
}

/// Writes the current fallback key if it was not marked as published: the one to upload.
///
/// Errors: `CLIQUET_ABSENT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_unpublished_fallback_key(
    account: *const cliquet_account,
    fallback_key: *mut cliquet_one_time_key,
) -> cliquet_status {
    call(|| unsafe { one_key(account, fallback_key, Account::unpublished_fallback_key) })
}

/// Forgets the previous fallback key, once messages that used it have had time to arrive, and writes whether there was one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_forget_previous_fallback_key(
    account: *mut cliquet_account,
    forgotten: *mut bool,
) -> cliquet_status {
    call(|| unsafe {
        let forgotten = Place::at(forgotten)?;
        forgotten.put(change(account)?.forget_previous_fallback_key());
        Ok(())
    })
}

/// Marks all one-time keys and the current fallback key as published: the server has accepted them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cliquet_account_mark_keys_as_published(
    account: *mut cliquet_account,
) -> cliquet_status {
    call(|| unsafe {
        change(account)?.mark_keys_as_published();
        Ok(())
    })
}

fn keys(keys: impl IntoIterator<Item = OneTimeKey>) -> Vec<cliquet_one_time_key> {
    keys.into_iter().map(Into::into).collect()
}

/// Writes the key that an account may have.
unsafe fn one_key(
    account: *const cliquet_account,
    place: *mut cliquet_one_time_key,
    of: impl Fn(&Account) -> Option<OneTimeKey>,
) -> Result<(), Failure> {
    // SAFETY: the caller keeps the contract of the header.
    let (place, account) = unsafe { (Place::at(place)?, look(account)?) };
    place.put(of(&account).ok_or(Failure::new(status::CLIQUET_ABSENT))?.into());
    Ok(())
}
