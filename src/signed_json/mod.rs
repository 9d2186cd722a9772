//! Canonical JSON, signed and verified (layer 4, feature `signed-json`; Matrix specification, appendices "Canonical JSON" and "Signing JSON").
//!
//! What is signed is an object: its canonical form without `signatures` and `unsigned`. A [`JsonObject`] is read strictly, so that no two readers see
//! different things in it: no key twice, no number but integers from -(2^53) + 1 to 2^53 - 1, no text that is no Unicode.
//!
//! The device keys and one-time keys of an account, ready to be uploaded, and those of others, verified, are in
//! [`device_keys`](crate::objects::device_keys).
//!
//! Where to read: `value` (the object, and how it is written), `read`, `signature`; `unchecked` for answers about many users.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{Ed25519KeyPair, SystemRandom, signed_json::JsonObject};
//!
//! let key_pair = Ed25519KeyPair::random(&mut SystemRandom::new())?;
//! let mut object = JsonObject::from_json(r#"{ "two": "Two", "one": 1, "unsigned": { "age": 3 } }"#)?;
//! assert_eq!(object.signed_text(), r#"{"one":1,"two":"Two"}"#);
//! object.sign("@amelie:example.org", "LAPTOP", &key_pair)?;
//! let sent = object.to_canonical_json();
//!
//! let received = JsonObject::from_json(&sent)?;
//! received.verify("@amelie:example.org", "LAPTOP", &key_pair.public())?;
//! assert!(received.verify("@amelie:example.org", "PHONE", &key_pair.public()).is_err());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

mod error;
mod read;
mod signature;
mod unchecked;
mod value;

#[cfg(test)]
mod tests;

pub use error::{JsonError, JsonSignatureError, MalformedSignatures};
pub use unchecked::UncheckedJson;
pub use value::{JsonObject, JsonValue};
