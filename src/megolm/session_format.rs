//! The 165 bytes that a session key and a session export have in common:
//! `version | index[4, big endian] | R0..R3[128] | Ed25519 public key[32]`.

use super::ratchet::Ratchet;
use crate::{
    encoding::DecodeError,
    keys::Ed25519PublicKey,
    secret::{split, split_mut},
};

/// The length of the common part, in bytes.
pub(super) const LENGTH: usize = 1 + 4 + Ratchet::LENGTH + Ed25519PublicKey::LENGTH;

/// Writes the common part in place.
pub(super) fn write(
    version: u8,
    ratchet: &Ratchet,
    signing_key: &[u8; Ed25519PublicKey::LENGTH],
    bytes: &mut [u8; LENGTH],
) {
    let (header, rest) = split_mut::<LENGTH, 5, 160>(bytes);
    let (version_byte, index) = split_mut::<5, 1, 4>(header);
    let (parts, key) = split_mut::<160, 128, 32>(rest);
    *version_byte = [version];
    *index = ratchet.index().to_be_bytes();
    parts.copy_from_slice(ratchet.as_bytes());
    *key = *signing_key;
}

/// Checks the version and the public key, which is returned. Whatever the other bytes are, they are valid.
pub(super) fn check(version: u8, bytes: &[u8; LENGTH]) -> Result<Ed25519PublicKey, DecodeError> {
    let (found, key) = (split::<LENGTH, 1, 164>(bytes).0, split::<LENGTH, 133, 32>(bytes).1);
    match *found {
        [found] if found == version => Ed25519PublicKey::from_bytes(key),
        [found] => Err(DecodeError::UnsupportedVersion { version: found }),
    }
}

/// The index.
pub(super) fn index(bytes: &[u8; LENGTH]) -> u32 {
    let (header, _) = split::<LENGTH, 5, 160>(bytes);
    u32::from_be_bytes(*split::<5, 1, 4>(header).1)
}

/// The ratchet at the index.
pub(super) fn ratchet(bytes: &[u8; LENGTH]) -> Ratchet {
    let (_, rest) = split::<LENGTH, 5, 160>(bytes);
    Ratchet::from_bytes(split::<160, 128, 32>(rest).0, index(bytes))
}
