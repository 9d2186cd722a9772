//! Keys and identifiers (layer 3).

mod curve25519;
mod ed25519;
mod identifiers;
mod mismatched;

pub use curve25519::{Curve25519KeyPair, Curve25519PublicKey};
pub(crate) use curve25519::{KeyPairSnapshot, SingleUseKeyPair};
pub(crate) use ed25519::{Ed25519BulkVerifier, SigningKeySnapshot, SigningSecretKey};
pub use ed25519::{Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature, SignatureError};
pub use identifiers::{KeyId, SessionId};
pub(crate) use mismatched::MismatchedPublicKey;
