//! Saved state (layer 5): what a store keeps of an account or a session, and how it moves from and to other libraries.
//!
//! | format | methods | encryption |
//! |---|---|---|
//! | native | `to_pickle`, `from_pickle` | AES-256-CBC and HMAC-SHA-256 under a fresh salt, whole tag, bound to kind and context |
//! | native, for stores that encrypt | `to_pickle_without_encryption`, `from_pickle_without_encryption` | none |
//! | libolm 3 | `to_libolm_pickle`, `from_libolm_pickle` | libolm's: equal states give equal texts, 8-byte tag |
//! | vodozemac 0.11 (feature `vodozemac`) | `to_vodozemac_pickle`, `from_vodozemac_pickle`, and types for serde | as libolm's, or none |
//! | dehydrated device, MSC3814 (feature `dehydrated-device`) | `to_dehydrated_device`, `from_dehydrated_device` | ChaCha20-Poly1305 |
//!
//! The methods are those of [`Account`](crate::olm::Account), [`Session`](crate::olm::Session),
//! [`OutboundGroupSession`](crate::megolm::OutboundGroupSession) and [`InboundGroupSession`](crate::megolm::InboundGroupSession);
//! [`recognise()`] tells which of them reads an input, dehydrated devices aside.
//!
//! A store is written **before** a message that was encrypted leaves, and **after** a message was decrypted and before that is
//! acknowledged: then a crash at any moment neither uses a message key twice nor loses a message. An older pickle in the place of a newer
//! one undoes that, and nothing in a pickle can notice it: the store has to.
//!
//! Opening recomputes the public keys of an account and of an outbound session and refuses others, because signing under another one
//! gives the secret key away. The public keys of one-time keys are stored, so that opening is cheap, and checked when they are used.

#[cfg(feature = "dehydrated-device")]
mod dehydrated;
mod error;
mod foreign;
mod kind;
mod legacy_envelope;
mod libolm;
mod native;
mod recognise;
#[cfg(feature = "vodozemac")]
pub mod vodozemac;

#[cfg(test)]
pub(crate) mod tests;

#[cfg(feature = "dehydrated-device")]
pub use dehydrated::{DehydratedDevice, DehydrationError};
pub use error::{InexpressibleError, UnpickleError};
pub use kind::{PickleFormat, PickleKind, Recognised};
pub use libolm::LibolmInboundState;
pub use native::{Pickle, PickleKey};
pub use recognise::recognise;
