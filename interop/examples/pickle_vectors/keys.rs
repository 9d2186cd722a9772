//! Public keys of secret ones, as vodozemac computes them.

use vodozemac::{Curve25519PublicKey, Curve25519SecretKey, Ed25519PublicKey, Ed25519SecretKey, olm::Account};

use super::envelope;

pub(crate) fn curve25519(secret: &[u8; 32]) -> [u8; 32] {
    Curve25519PublicKey::from(&Curve25519SecretKey::from_slice(secret)).to_bytes()
}

pub(crate) fn ed25519_of_seed(seed: &[u8; 32]) -> [u8; 32] {
    *Ed25519SecretKey::from_slice(seed).public_key().as_bytes()
}

/// vodozemac has expanded keys only inside an account that comes from libolm, so here is one.
pub(crate) fn ed25519_of_expanded(expanded: &[u8; 64]) -> [u8; 32] {
    let (public_key, identity_key, no_keys) = ([0; 32], [0; 64], [0; 9]);
    let account = [&[0, 0, 0, 4][..], &public_key, expanded, &identity_key, &no_keys].concat();
    let account = Account::from_libolm_pickle(&envelope::seal(&account, b""), b"").unwrap();
    *account.ed25519_key().as_bytes()
}

/// The expanded secret key as it is used.
pub(crate) fn clamped(mut expanded: [u8; 64]) -> [u8; 64] {
    expanded[0] &= 0xf8;
    expanded[31] = expanded[31] & 0x3f | 0x40;
    expanded
}

/// Whether the bytes encode a point.
pub(crate) fn is_ed25519(public_key: &[u8; 32]) -> bool {
    Ed25519PublicKey::from_slice(public_key).is_ok()
}

/// 32 bytes that are the public key of no secret key, and encode no point.
pub(crate) const NO_POINT: [u8; 32] = {
    let mut bytes = [0; 32];
    bytes[0] = 2;
    bytes
};
