//! Keys: pairs as handles, public keys, signatures and ids as plain bytes.

mod curve25519;
mod ed25519;
mod identifiers;
