//! ```text
//! version 4: 00000004 | signing key | identity key | list of one-time keys, newest first
//!          | count[1] (0, 1, 2) | fallback keys, current first | last key id
//! version 3: 00000003 | ... | two slots of fallback keys; a slot is filled if it says "published", the second only if the first is
//! version 2: 00000002 | ... | no fallback keys
//! key      = key id[4] | published[1] | key pair
//! ```

use alloc::{string::String, vec::Vec};

use super::{Libolm, layout};
use crate::{
    encoding::{DecodeError, Reader},
    keys::KeyId,
    olm::{Account, AccountSnapshot, OneTimeKeySnapshot, StateError, StoredItems},
    pickle::{
        InexpressibleError, UnpickleError,
        foreign::{check_room, last_key_id},
    },
    secret::SecretBytes,
};

/// The version that is written.
const VERSION: u32 = 4;
/// How many one-time keys libolm has room for.
const ONE_TIME_KEYS: u32 = 100;

impl Account {
    /// The account in libolm's form, under a key of any length, to be opened by `olm_unpickle_account`.
    ///
    /// The text is base64; equal accounts under one key give equal texts. Left out are the limit of one-time keys and the seed of the
    /// Ed25519 key, which libolm keeps in its expanded form alone.
    ///
    /// # Errors
    ///
    /// [`InexpressibleError::TooMany`] beyond 100 one-time keys, [`InexpressibleError::KeyId`] if an id, or the one that would be given
    /// next, is beyond 2^32 - 1.
    pub fn to_libolm_pickle(&self, key: &[u8]) -> Result<String, InexpressibleError> {
        super::seal(self, key)
    }

    /// Opens an account that libolm has pickled under a key of any length: versions 2, 3 and 4.
    ///
    /// Its Ed25519 key has no seed. It stores as many one-time keys as a new account does.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if the text is no base64 (white space around it does not count), [`UnpickleError::AuthenticationFailed`] if the key is wrong or
    /// the pickle was changed, [`UnpickleError::LegacyAccount`] for version 1, [`UnpickleError::UnknownVersion`] for others;
    /// [`UnpickleError::Decode`] and [`UnpickleError::State`] if it holds no such account, or more than libolm has room for.
    pub fn from_libolm_pickle(pickle: &str, key: &[u8]) -> Result<Self, UnpickleError> {
        let body = super::open(pickle, key)?;
        Ok(Self::from_snapshot(&read(body.as_bytes())?)?)
    }
}

impl Libolm for Account {
    fn write(&self, out: &mut SecretBytes) -> Result<(), InexpressibleError> {
        let snapshot = self.snapshot();
        check_room(StoredItems::OneTimeKeys, snapshot.one_time_keys.len(), ONE_TIME_KEYS)?;
        layout::put_u32(out, VERSION);
        let signing_key = self.signing_key_pair();
        let public_key = signing_key.public();
        layout::put_signing_key(out, public_key.as_bytes(), signing_key.export_expanded_secret_key());
        layout::put_key_pair(out, &snapshot.identity_key);
        layout::put_count(out, snapshot.one_time_keys.len());
        snapshot.one_time_keys.iter().rev().try_for_each(|key| put_key(out, key))?;
        out.extend(&[u8::try_from(snapshot.fallback_keys.len()).unwrap_or(u8::MAX)]);
        snapshot.fallback_keys.iter().try_for_each(|key| put_key(out, key))?;
        // The next one must have a number too, or libolm would begin again at 0.
        let key_id = snapshot.last_key_id;
        let next = key_id.next().filter(|next| next.to_libolm_base64().is_some());
        next.ok_or(InexpressibleError::KeyId { key_id })?;
        put_key_id(out, key_id)
    }
}

fn put_key(out: &mut SecretBytes, key: &OneTimeKeySnapshot<'_>) -> Result<(), InexpressibleError> {
    put_key_id(out, key.key_id)?;
    layout::put_flag(out, key.published);
    layout::put_key_pair(out, &key.key_pair);
    Ok(())
}

fn put_key_id(out: &mut SecretBytes, key_id: KeyId) -> Result<(), InexpressibleError> {
    let number = u32::try_from(key_id.as_u64()).map_err(|_| InexpressibleError::KeyId { key_id })?;
    layout::put_u32(out, number);
    Ok(())
}

/// Reads the whole body.
pub(super) fn read(body: &[u8]) -> Result<AccountSnapshot<'_>, UnpickleError> {
    let mut reader = Reader::new(body);
    let version = layout::u32(&mut reader)?;
    match version {
        1 if is_of_version_1(body) => return Err(UnpickleError::LegacyAccount),
        2..=VERSION => {}
        version => return Err(UnpickleError::UnknownVersion { version }),
    }
    let signing_key = layout::signing_key(&mut reader)?;
    let identity_key = layout::key_pair(&mut reader)?;
    let mut one_time_keys = layout::list(&mut reader, key)?;
    StoredItems::OneTimeKeys.check(one_time_keys.len(), ONE_TIME_KEYS)?;
    one_time_keys.reverse();
    // vodozemac writes this form oldest first. Ids ascend with age in both; equal ones keep their order.
    one_time_keys.sort_by_key(|key| key.key_id);
    let fallback_keys = match version {
        2 => Vec::new(),
        3 => fallback_keys_of_version_3(&mut reader)?,
        _ => fallback_keys(&mut reader)?,
    };
    let last_given = key_id(&mut reader)?;
    reader.finish()?;
    let ids = one_time_keys.iter().chain(&fallback_keys).map(|key| key.key_id);
    let last_key_id = last_key_id(last_given, ids);
    let one_time_key_limit = Account::DEFAULT_ONE_TIME_KEY_LIMIT;
    Ok(AccountSnapshot {
        signing_key,
        identity_key,
        one_time_keys,
        one_time_key_limit,
        fallback_keys,
        last_key_id,
    })
}

/// Whether a body is as long as an account of version 1, in which the Ed25519 secret key has 32 bytes, and has its number.
pub(super) fn is_of_version_1(body: &[u8]) -> bool {
    const WITHOUT_KEYS: usize = 4 + 64 + 64 + 4 + 4;
    const ONE_TIME_KEY: usize = 4 + 1 + 64;
    let keys = body.len().checked_sub(WITHOUT_KEYS);
    body.starts_with(&[0, 0, 0, 1]) && keys.is_some_and(|length| length.is_multiple_of(ONE_TIME_KEY))
}

fn fallback_keys<'a>(reader: &mut Reader<'a>) -> Result<Vec<OneTimeKeySnapshot<'a>>, UnpickleError> {
    let count = reader.u8()?;
    if count > 2 {
        let items = StoredItems::FallbackKeys;
        return Err(StateError::TooMany { items, count: count.into(), limit: 2 }.into());
    }
    Ok((0..count).map(|_| key(reader)).collect::<Result<_, _>>()?)
}

fn fallback_keys_of_version_3<'a>(
    reader: &mut Reader<'a>,
) -> Result<Vec<OneTimeKeySnapshot<'a>>, DecodeError> {
    let slots = [key(reader)?, key(reader)?];
    Ok(slots.into_iter().take_while(|slot| slot.published).collect())
}

fn key<'a>(reader: &mut Reader<'a>) -> Result<OneTimeKeySnapshot<'a>, DecodeError> {
    Ok(OneTimeKeySnapshot {
        key_id: key_id(reader)?,
        published: layout::flag(reader)?,
        key_pair: layout::key_pair(reader)?,
    })
}

fn key_id(reader: &mut Reader<'_>) -> Result<KeyId, DecodeError> {
    layout::u32(reader).map(u64::from).map(KeyId::from_u64)
}
