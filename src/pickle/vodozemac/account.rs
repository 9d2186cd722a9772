use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    Vodozemac,
    bytes::Bytes,
    fields::{SigningKeyFields, Stated},
};
use crate::{
    keys::{KeyId, KeyPairSnapshot},
    olm::{Account, AccountSnapshot, OneTimeKey, OneTimeKeySnapshot, StateError, StoredItems},
    pickle::{
        InexpressibleError, UnpickleError,
        foreign::{check_room, last_key_id},
    },
};

/// How many one-time keys vodozemac has room for.
const ONE_TIME_KEYS: u32 = 5_000;

#[derive(Serialize, Deserialize)]
pub(super) struct AccountFields<'a> {
    signing_key: SigningKeyFields<'a>,
    diffie_hellman_key: Bytes<'a, 32>,
    one_time_keys: OneTimeKeysFields<'a>,
    fallback_keys: FallbackKeysFields<'a>,
}

#[derive(Serialize, Deserialize)]
struct OneTimeKeysFields<'a> {
    #[serde(alias = "key_id")]
    next_key_id: u64,
    /// Of the keys that are not published.
    public_keys: BTreeMap<u64, Bytes<'a, 32>>,
    private_keys: BTreeMap<u64, Bytes<'a, 32>>,
}

#[derive(Serialize, Deserialize)]
struct FallbackKeysFields<'a> {
    /// The id of the next key, from a counter of their own.
    key_id: u64,
    fallback_key: Option<FallbackKeyFields<'a>>,
    previous_fallback_key: Option<FallbackKeyFields<'a>>,
}

#[derive(Serialize, Deserialize)]
struct FallbackKeyFields<'a> {
    key_id: u64,
    key: Bytes<'a, 32>,
    published: bool,
}

impl Vodozemac for Account {
    type Fields<'a> = AccountFields<'a>;

    fn with_fields<T>(&self, write: impl FnOnce(&AccountFields<'_>) -> T) -> Result<T, InexpressibleError> {
        let snapshot = self.snapshot();
        check_room(StoredItems::OneTimeKeys, snapshot.one_time_keys.len(), ONE_TIME_KEYS)?;
        let key_id = snapshot.last_key_id;
        let next_key_id = key_id.next().ok_or(InexpressibleError::KeyId { key_id })?.as_u64();
        let mut fallback_keys = snapshot.fallback_keys.iter().map(FallbackKeyFields::from);
        let fields = AccountFields {
            signing_key: (&snapshot.signing_key).into(),
            diffie_hellman_key: snapshot.identity_key.secret_key.into(),
            one_time_keys: one_time_keys(&snapshot.one_time_keys, next_key_id)?,
            // Both counters stand behind every id, so that vodozemac gives none of them again.
            fallback_keys: FallbackKeysFields {
                key_id: next_key_id,
                fallback_key: fallback_keys.next(),
                previous_fallback_key: fallback_keys.next(),
            },
        };
        Ok(write(&fields))
    }

    fn from_fields(fields: &AccountFields<'_>, _: Stated) -> Result<Self, UnpickleError> {
        let one_time_keys = fields.one_time_keys.snapshot()?;
        let fallback_keys = fields.fallback_keys.snapshot()?;
        let counter = fields.one_time_keys.next_key_id.max(fields.fallback_keys.key_id);
        let ids = one_time_keys.iter().chain(&fallback_keys).map(|key| key.key_id);
        let last_key_id = last_key_id(KeyId::from_u64(counter.saturating_sub(1)), ids);
        let account = Self::from_snapshot(&AccountSnapshot {
            signing_key: fields.signing_key.snapshot(),
            identity_key: key_pair(&fields.diffie_hellman_key),
            one_time_keys,
            one_time_key_limit: Self::DEFAULT_ONE_TIME_KEY_LIMIT,
            fallback_keys,
            last_key_id,
        })?;
        let stated = |key: &OneTimeKey| fields.one_time_keys.public_keys.get(&key.key_id.as_u64());
        let mismatched = account
            .one_time_keys()
            .any(|key| stated(&key).is_some_and(|stated| stated.as_bytes() != key.public_key.as_bytes()));
        if mismatched { Err(StateError::MismatchedPublicKey.into()) } else { Ok(account) }
    }
}

fn one_time_keys<'a>(
    keys: &'a [OneTimeKeySnapshot<'a>],
    next_key_id: u64,
) -> Result<OneTimeKeysFields<'a>, InexpressibleError> {
    let (mut public_keys, mut private_keys) = (BTreeMap::new(), BTreeMap::new());
    for OneTimeKeySnapshot { key_id, key_pair, published } in keys {
        if private_keys.insert(key_id.as_u64(), key_pair.secret_key.into()).is_some() {
            return Err(InexpressibleError::DuplicateKeyId { key_id: *key_id });
        }
        if let (false, Some(public_key)) = (published, &key_pair.public_key) {
            public_keys.insert(key_id.as_u64(), public_key.as_bytes().into());
        }
    }
    Ok(OneTimeKeysFields { next_key_id, public_keys, private_keys })
}

impl OneTimeKeysFields<'_> {
    /// Every public key is computed from its secret key, to be compared with the stated one.
    fn snapshot(&self) -> Result<Vec<OneTimeKeySnapshot<'_>>, UnpickleError> {
        if self.public_keys.keys().any(|key_id| !self.private_keys.contains_key(key_id)) {
            return Err(StateError::MismatchedPublicKey.into());
        }
        let keys = self.private_keys.iter().map(|(key_id, secret_key)| {
            let published = !self.public_keys.contains_key(key_id);
            OneTimeKeySnapshot { key_id: KeyId::from_u64(*key_id), key_pair: key_pair(secret_key), published }
        });
        Ok(keys.collect())
    }
}

impl FallbackKeysFields<'_> {
    fn snapshot(&self) -> Result<Vec<OneTimeKeySnapshot<'_>>, UnpickleError> {
        match (&self.fallback_key, &self.previous_fallback_key) {
            (None, None) => Ok(Vec::new()),
            (Some(current), None) => Ok([current.snapshot()].into()),
            (Some(current), Some(previous)) => Ok([current.snapshot(), previous.snapshot()].into()),
            (None, Some(_)) => Err(UnpickleError::Json),
        }
    }
}

impl<'a> From<&OneTimeKeySnapshot<'a>> for FallbackKeyFields<'a> {
    fn from(snapshot: &OneTimeKeySnapshot<'a>) -> Self {
        let OneTimeKeySnapshot { key_id, key_pair, published } = *snapshot;
        Self { key_id: key_id.as_u64(), key: key_pair.secret_key.into(), published }
    }
}

impl FallbackKeyFields<'_> {
    fn snapshot(&self) -> OneTimeKeySnapshot<'_> {
        OneTimeKeySnapshot {
            key_id: KeyId::from_u64(self.key_id),
            key_pair: key_pair(&self.key),
            published: self.published,
        }
    }
}

fn key_pair<'a>(secret_key: &'a Bytes<'_, 32>) -> KeyPairSnapshot<'a> {
    KeyPairSnapshot { secret_key: secret_key.as_bytes(), public_key: None }
}
