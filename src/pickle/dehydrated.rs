//! Dehydrated devices (MSC3814, feature `dehydrated-device`): an account that waits on the server, encrypted, for messages to a
//! user who has no device at hand.
//!
//! ```text
//! plaintext  = 00000001 | identity key[32] | Ed25519 seed[32] | count[4] | one-time keys[32], by ascending id
//!            | 00  or  01 | fallback key[32]              (secret keys alone; integers are big endian)
//! ciphertext = ChaCha20-Poly1305(key, random nonce[12], plaintext), without associated data
//! ```

use alloc::{string::String, vec::Vec};
use core::{error::Error, fmt};

use rand_core::TryCryptoRng;

use super::{InexpressibleError, UnpickleError, foreign::check_room};
use crate::{
    encoding::{DecodeError, Reader, base64},
    keys::{KeyId, KeyPairSnapshot, SigningKeySnapshot, SigningSecretKey},
    olm::{Account, AccountSnapshot, OneTimeKeySnapshot, StoredItems},
    primitives::aead::{self, TooLong},
    random::{self, RandomError},
    secret::SecretBytes,
};

const VERSION: u32 = 1;
/// How many one-time keys are sure to be read, by vodozemac too.
const ONE_TIME_KEYS: u32 = 5_000;

/// A dehydrated device as it is uploaded: two texts in unpadded base64, neither of them secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DehydratedDevice {
    /// The encrypted account and its tag.
    pub ciphertext: String,
    /// The 12 bytes that it was encrypted with.
    pub nonce: String,
}

/// Why an account could not be dehydrated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DehydrationError {
    /// The random generator failed; try again.
    Random,
    /// Something of the account has no place in the format.
    Inexpressible(InexpressibleError),
}

impl DehydratedDevice {
    /// The device with these two texts: base64, padding optional.
    #[must_use]
    pub fn new(ciphertext: impl Into<String>, nonce: impl Into<String>) -> Self {
        Self { ciphertext: ciphertext.into(), nonce: nonce.into() }
    }
}

impl Account {
    /// The account as a dehydrated device, under a key of 32 bytes (MSC3814). Draws 12 bytes from `rng`: the nonce.
    ///
    /// It keeps the identity keys, the one-time keys and the current fallback key; ids and what is published it does not keep, so
    /// publish its keys when it is uploaded. An account for this is made for it and not used for anything else.
    ///
    /// # Errors
    ///
    /// [`DehydrationError::Random`] if the generator fails; of the kind [`DehydrationError::Inexpressible`]
    /// [`InexpressibleError::MissingSeed`] if the account's Ed25519 key came without its seed, as from libolm,
    /// [`InexpressibleError::PreviousFallbackKey`] if it has a previous fallback key, and [`InexpressibleError::TooMany`] beyond 5 000
    /// one-time keys.
    pub fn to_dehydrated_device<R: TryCryptoRng + ?Sized>(
        &self,
        key: &[u8; 32],
        rng: &mut R,
    ) -> Result<DehydratedDevice, DehydrationError> {
        let plaintext = write(&self.snapshot())?;
        let mut nonce = [0; aead::NONCE_LENGTH];
        random::fill(rng, &mut nonce)?;
        let sealed = aead::seal(key, &nonce, &[], plaintext)?;
        let ciphertext = base64::encode(&sealed);
        Ok(DehydratedDevice { ciphertext, nonce: base64::encode(&nonce) })
    }

    /// Opens a dehydrated device (MSC3814). Its keys get new ids, from 1 on, and count as published. Generate no keys on it: the server knows the
    /// old ids, and a new key could have one of them.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if a text is no base64 or the nonce has not 12 bytes,
    /// [`UnpickleError::AuthenticationFailed`] if the key is wrong or the device was changed, [`UnpickleError::UnknownVersion`]
    /// unless its version is 1, [`UnpickleError::Decode`] and [`UnpickleError::State`] if it holds no such account.
    pub fn from_dehydrated_device(device: &DehydratedDevice, key: &[u8; 32]) -> Result<Self, UnpickleError> {
        let ciphertext = base64::decode(&device.ciphertext).map_err(|_| UnpickleError::NotAPickle)?;
        let nonce = base64::decode_array(&device.nonce).map_err(|_| UnpickleError::NotAPickle)?;
        let plaintext = aead::open(key, &nonce, &[], &ciphertext)?;
        Ok(Self::from_snapshot(&read(plaintext.as_bytes())?)?)
    }
}

fn write(snapshot: &AccountSnapshot<'_>) -> Result<SecretBytes, InexpressibleError> {
    let SigningSecretKey::Seed(seed) = snapshot.signing_key.secret_key else {
        return Err(InexpressibleError::MissingSeed);
    };
    let fallback_key = match snapshot.fallback_keys.as_slice() {
        [] => None,
        [current] => Some(current),
        _ => return Err(InexpressibleError::PreviousFallbackKey),
    };
    check_room(StoredItems::OneTimeKeys, snapshot.one_time_keys.len(), ONE_TIME_KEYS)?;
    let mut one_time_keys: Vec<_> = snapshot.one_time_keys.iter().collect();
    one_time_keys.sort_by_key(|key| key.key_id);

    let mut out = SecretBytes::with_capacity(256);
    out.extend(&VERSION.to_be_bytes());
    out.extend(snapshot.identity_key.secret_key);
    out.extend(seed);
    out.extend(&u32::try_from(one_time_keys.len()).unwrap_or(u32::MAX).to_be_bytes());
    one_time_keys.into_iter().for_each(|key| out.extend(key.key_pair.secret_key));
    out.extend(&[u8::from(fallback_key.is_some())]);
    fallback_key.into_iter().for_each(|key| out.extend(key.key_pair.secret_key));
    Ok(out)
}

fn read(plaintext: &[u8]) -> Result<AccountSnapshot<'_>, UnpickleError> {
    let mut reader = Reader::new(plaintext);
    match u32::from_be_bytes(*reader.array()?) {
        VERSION => {}
        version => return Err(UnpickleError::UnknownVersion { version }),
    }
    let identity_key = key_pair(&mut reader)?;
    let seed = reader.array()?;
    let count = u32::from_be_bytes(*reader.array()?);
    let one_time_keys = (1..=u64::from(count)).map(|number| one_time_key(&mut reader, number));
    let one_time_keys: Vec<_> = one_time_keys.collect::<Result<_, _>>()?;
    let last_key_id = u64::from(count).saturating_add(1);
    let fallback_keys = match reader.u8()? {
        0 => Vec::new(),
        1 => Vec::from([one_time_key(&mut reader, last_key_id)?]),
        found => return Err(DecodeError::UnknownForm { found }.into()),
    };
    reader.finish()?;
    Ok(AccountSnapshot {
        signing_key: SigningKeySnapshot { secret_key: SigningSecretKey::Seed(seed), public_key: None },
        identity_key,
        one_time_keys,
        one_time_key_limit: Account::DEFAULT_ONE_TIME_KEY_LIMIT,
        fallback_keys,
        last_key_id: KeyId::from_u64(last_key_id),
    })
}

fn one_time_key<'a>(reader: &mut Reader<'a>, number: u64) -> Result<OneTimeKeySnapshot<'a>, DecodeError> {
    Ok(OneTimeKeySnapshot { key_id: KeyId::from_u64(number), key_pair: key_pair(reader)?, published: true })
}

fn key_pair<'a>(reader: &mut Reader<'a>) -> Result<KeyPairSnapshot<'a>, DecodeError> {
    Ok(KeyPairSnapshot { secret_key: reader.array()?, public_key: None })
}

impl fmt::Display for DehydrationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random => formatter.write_str("the random generator failed"),
            Self::Inexpressible(_) => formatter.write_str("the account cannot be dehydrated"),
        }
    }
}

impl Error for DehydrationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Random => None,
            Self::Inexpressible(error) => Some(error),
        }
    }
}

impl From<RandomError> for DehydrationError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

// 5 000 keys are far from 256 GiB.
impl From<TooLong> for DehydrationError {
    fn from(_: TooLong) -> Self {
        Self::Inexpressible(InexpressibleError::Inconsistent)
    }
}

impl From<InexpressibleError> for DehydrationError {
    fn from(error: InexpressibleError) -> Self {
        Self::Inexpressible(error)
    }
}
