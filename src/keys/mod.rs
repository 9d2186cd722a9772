//! Keys and identifiers (layer 3).

mod curve25519;
mod ed25519;
mod identifiers;
mod snapshot;

pub(crate) use curve25519::SingleUseKeyPair;
pub use curve25519::{Curve25519KeyPair, Curve25519PublicKey};
pub use ed25519::{Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature, SignatureError};
pub use identifiers::{KeyId, SessionId};
pub(crate) use snapshot::{KeyPairSnapshot, MismatchedPublicKey, SigningKeySnapshot, SigningSecretKey};
