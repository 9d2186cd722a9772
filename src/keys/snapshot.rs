//! Key pairs as a store keeps them: borrowed, so that no copy of a secret is made on the way out or in.

use super::Curve25519PublicKey;

/// A Curve25519 key pair of a store.
#[derive(Clone, Copy)]
pub(crate) struct KeyPairSnapshot<'a> {
    pub(crate) secret_key: &'a [u8; 32],
    /// What the store says; `None` where it keeps secret keys alone.
    pub(crate) public_key: Option<Curve25519PublicKey>,
}

/// An Ed25519 key pair of a store.
#[derive(Clone, Copy)]
pub(crate) struct SigningKeySnapshot<'a> {
    pub(crate) secret_key: SigningSecretKey<'a>,
    /// What the store says; `None` where it keeps secret keys alone.
    pub(crate) public_key: Option<[u8; 32]>,
}

/// The two forms of an Ed25519 secret key.
#[derive(Clone, Copy)]
pub(crate) enum SigningSecretKey<'a> {
    Seed(&'a [u8; 32]),
    /// Clamped or not: it is clamped on the way in, and comes out clamped.
    Expanded(&'a [u8; 64]),
}

/// A stored public key does not belong to its secret key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MismatchedPublicKey;
