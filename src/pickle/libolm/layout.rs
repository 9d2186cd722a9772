//! The fields that libolm's pickles share; every integer is big endian.

use alloc::vec::Vec;

use crate::{
    encoding::{DecodeError, Reader},
    keys::{Curve25519PublicKey, KeyPairSnapshot, SigningKeySnapshot, SigningSecretKey},
    secret::SecretBytes,
};

pub(super) fn put_u32(out: &mut SecretBytes, value: u32) {
    out.extend(&value.to_be_bytes());
}

pub(super) fn put_flag(out: &mut SecretBytes, flag: bool) {
    out.extend(&[u8::from(flag)]);
}

/// A list that its caller has checked to be short.
pub(super) fn put_count(out: &mut SecretBytes, count: usize) {
    put_u32(out, u32::try_from(count).unwrap_or(u32::MAX));
}

/// `public[32] | secret[32]`
pub(super) fn put_key_pair(out: &mut SecretBytes, key_pair: &KeyPairSnapshot<'_>) {
    out.extend(key_pair.public().as_bytes());
    out.extend(key_pair.secret_key);
}

/// `public[32] | expanded[64]`, which libolm signs with as it is: it must be clamped.
pub(super) fn put_signing_key(out: &mut SecretBytes, public_key: &[u8; 32], expanded: &[u8; 64]) {
    out.extend(public_key);
    out.extend(expanded);
}

pub(super) fn u32(reader: &mut Reader<'_>) -> Result<u32, DecodeError> {
    reader.array().copied().map(u32::from_be_bytes)
}

/// Every byte but zero is true, as in libolm.
pub(super) fn flag(reader: &mut Reader<'_>) -> Result<bool, DecodeError> {
    reader.u8().map(|byte| byte != 0)
}

/// A list of items that `read` reads.
pub(super) fn list<'a, T>(
    reader: &mut Reader<'a>,
    mut read: impl FnMut(&mut Reader<'a>) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    (0..u32(reader)?).map(|_| read(reader)).collect()
}

pub(super) fn key_pair<'a>(reader: &mut Reader<'a>) -> Result<KeyPairSnapshot<'a>, DecodeError> {
    Ok(KeyPairSnapshot { public_key: Some(Curve25519PublicKey::read(reader)?), secret_key: reader.array()? })
}

pub(super) fn signing_key<'a>(reader: &mut Reader<'a>) -> Result<SigningKeySnapshot<'a>, DecodeError> {
    let public_key = Some(*reader.array()?);
    Ok(SigningKeySnapshot { public_key, secret_key: SigningSecretKey::Expanded(reader.array()?) })
}
