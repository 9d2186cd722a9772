//! ```text
//! signing key | identity key pair | last key id | limit of one-time keys
//! | count | one-time keys, oldest first | count (0, 1, 2) | fallback keys, current first
//! one-time key, fallback key = key id | published | key pair
//! ```

use alloc::vec::Vec;

use super::{Pickled, layout};
use crate::{
    encoding::{DecodeError, Reader},
    keys::KeyId,
    olm::{Account, AccountSnapshot, OneTimeKeySnapshot},
    pickle::{PickleKind, UnpickleError},
    secret::SecretBytes,
};

/// The least that a one-time key takes: a byte of id, one for published, the key pair.
const ONE_TIME_KEY_LENGTH: usize = 66;

impl Pickled for Account {
    const KIND: PickleKind = PickleKind::Account;

    fn write(&self, out: &mut SecretBytes) {
        let snapshot = self.snapshot();
        layout::put_signing_key(out, &snapshot.signing_key);
        layout::put_key_pair(out, &snapshot.identity_key);
        layout::put_varint(out, snapshot.last_key_id.as_u64());
        layout::put_varint(out, snapshot.one_time_key_limit);
        put_one_time_keys(out, &snapshot.one_time_keys);
        put_one_time_keys(out, &snapshot.fallback_keys);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, UnpickleError> {
        let snapshot = AccountSnapshot {
            signing_key: layout::signing_key(reader)?,
            identity_key: layout::key_pair(reader)?,
            last_key_id: KeyId::from_u64(reader.varint()?),
            one_time_key_limit: layout::u32(reader)?,
            one_time_keys: one_time_keys(reader)?,
            fallback_keys: one_time_keys(reader)?,
        };
        Ok(Self::from_snapshot(&snapshot)?)
    }
}

fn put_one_time_keys(out: &mut SecretBytes, keys: &[OneTimeKeySnapshot<'_>]) {
    out.reserve(keys.len().saturating_mul(ONE_TIME_KEY_LENGTH));
    layout::put_count(out, keys.len());
    for key in keys {
        layout::put_varint(out, key.key_id.as_u64());
        layout::put_flag(out, key.published);
        layout::put_key_pair(out, &key.key_pair);
    }
}

fn one_time_keys<'a>(reader: &mut Reader<'a>) -> Result<Vec<OneTimeKeySnapshot<'a>>, DecodeError> {
    let count = layout::count(reader, ONE_TIME_KEY_LENGTH)?;
    (0..count)
        .map(|_| {
            Ok(OneTimeKeySnapshot {
                key_id: KeyId::from_u64(reader.varint()?),
                published: layout::flag(reader)?,
                key_pair: layout::key_pair(reader)?,
            })
        })
        .collect()
}
