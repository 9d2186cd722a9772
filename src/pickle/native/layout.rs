//! The fields that the bodies of native pickles share: varints, single bytes, keys as they are.

use crate::{
    encoding::{DecodeError, MessageVersion, Reader, varint},
    keys::{Curve25519PublicKey, KeyPairSnapshot, SigningKeySnapshot, SigningSecretKey},
    primitives::ed25519,
    secret::SecretBytes,
};

/// The longest varint, in bytes.
const VARINT: usize = 10;

const SEED: u8 = 0;
const EXPANDED: u8 = 1;

pub(super) fn put_varint(out: &mut SecretBytes, value: impl Into<u64>) {
    out.reserve(VARINT);
    varint::put(out.as_mut_vec(), value.into());
}

/// A count of items that are in memory, or a capacity.
pub(super) fn put_count(out: &mut SecretBytes, count: usize) {
    put_varint(out, u64::try_from(count).unwrap_or(u64::MAX));
}

pub(super) fn put_flag(out: &mut SecretBytes, flag: bool) {
    out.extend(&[u8::from(flag)]);
}

pub(super) fn put_version(out: &mut SecretBytes, version: MessageVersion) {
    out.extend(&[version.byte()]);
}

/// `secret[32] | public[32]`
pub(super) fn put_key_pair(out: &mut SecretBytes, key_pair: &KeyPairSnapshot<'_>) {
    out.extend(key_pair.secret_key);
    out.extend(key_pair.public().as_bytes());
}

/// `00 | seed[32] | public[32]` or `01 | expanded[64] | public[32]`
pub(super) fn put_signing_key(out: &mut SecretBytes, signing_key: &SigningKeySnapshot<'_>) {
    match signing_key.secret_key {
        SigningSecretKey::Seed(seed) => {
            out.extend(&[SEED]);
            out.extend(seed);
        }
        SigningSecretKey::Expanded(expanded) => {
            out.extend(&[EXPANDED]);
            out.extend(expanded);
        }
    }
    out.extend(&signing_key.public());
}

pub(super) fn u32(reader: &mut Reader<'_>) -> Result<u32, DecodeError> {
    u32::try_from(reader.varint()?).map_err(|_| DecodeError::IntegerTooLarge)
}

/// A count of items of at least `item_length` bytes each, which cannot be more than there are bytes.
pub(super) fn count(reader: &mut Reader<'_>, item_length: usize) -> Result<usize, DecodeError> {
    let count = usize::try_from(reader.varint()?).map_err(|_| DecodeError::Truncated)?;
    let length = count.checked_mul(item_length).ok_or(DecodeError::Truncated)?;
    if length > reader.remaining() { Err(DecodeError::Truncated) } else { Ok(count) }
}

pub(super) fn flag(reader: &mut Reader<'_>) -> Result<bool, DecodeError> {
    match reader.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        found => Err(DecodeError::UnknownForm { found }),
    }
}

pub(super) fn key_pair<'a>(reader: &mut Reader<'a>) -> Result<KeyPairSnapshot<'a>, DecodeError> {
    Ok(KeyPairSnapshot { secret_key: reader.array()?, public_key: Some(Curve25519PublicKey::read(reader)?) })
}

pub(super) fn signing_key<'a>(reader: &mut Reader<'a>) -> Result<SigningKeySnapshot<'a>, DecodeError> {
    let secret_key = match reader.u8()? {
        SEED => SigningSecretKey::Seed(reader.array()?),
        EXPANDED => match reader.array()? {
            clamped if ed25519::is_clamped(clamped) => SigningSecretKey::Expanded(clamped),
            _ => return Err(DecodeError::NonCanonical),
        },
        found => return Err(DecodeError::UnknownForm { found }),
    };
    Ok(SigningKeySnapshot { secret_key, public_key: Some(*reader.array()?) })
}
