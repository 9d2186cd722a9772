//! Keys: pairs as handles, public keys, signatures and ids as plain bytes.

pub(crate) mod curve25519;
pub(crate) mod ed25519;
pub(crate) mod identifiers;
