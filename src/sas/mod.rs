//! Verification by short authentication strings (layer 4, feature `sas`; Matrix specification, "Short Authentication String (SAS)
//! verification").
//!
//! Two devices agree a secret, show it to their users as seven emoji or three numbers, and, once the users have found them to be the same,
//! authenticate their long-term keys with it. What enters each derivation is built here from typed values, so that it cannot be put
//! together wrongly: who the two devices are and which of them started is said once, in a [`Verification`].
//!
//! ```text
//! start     S -> A    the methods that S can do
//! accept    A -> S    the chosen methods, and the commitment to A's public key     commitment()
//! key       S -> A    S's public key                                               Sas::public_key, diffie_hellman_as_accepter
//! key       A -> S    A's public key; S checks the commitment                      Sas::public_key, diffie_hellman_as_starter
//!           both      show emoji or numbers                                        EstablishedSas::bytes
//! mac       both      authenticate their keys                                      EstablishedSas::macs, verify_macs
//! ```
//!
//! Where to read: `agreement`, `verification` (who takes part, labels), `bytes` and `emoji` (what is shown), `mac`.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, sas::{self, Device, MacMethod, Role, Sas, SasKey, Verification}};
//!
//! let mut rng = SystemRandom::new();
//! let (amelie, bruno) = (Device::new("@amelie:example.org", "LAPTOP"), Device::new("@bruno:example.org", "PHONE"));
//! let hers = Verification::new(amelie, bruno, Role::Starter, "transaction");
//! let his = Verification::new(bruno, amelie, Role::Accepter, "transaction");
//!
//! let (starter, accepter) = (Sas::new(&mut rng)?, Sas::new(&mut rng)?);
//! let start = r#"{"from_device":"LAPTOP","method":"m.sas.v1"}"#; // canonical JSON of the start event's content
//! let commitment = sas::commitment(&accepter.public_key(), start);
//!
//! let (her_key, his_key) = (starter.public_key(), accepter.public_key());
//! let accepter = accepter.diffie_hellman_as_accepter(her_key)?;
//! let starter = starter.diffie_hellman_as_starter(his_key, start, &commitment)?;
//! for emoji in starter.bytes(&hers).emoji() {
//!     print!("{} {}  ", emoji.symbol, emoji.description);
//! }
//! assert_eq!(starter.bytes(&hers).decimals(), accepter.bytes(&his).decimals());
//!
//! // Both users say that they see the same.
//! # let her_device_key = cliquet::olm::Account::new(&mut rng)?.ed25519_key();
//! let key = SasKey::Device("LAPTOP", her_device_key);
//! let macs = starter.macs(&hers, MacMethod::HkdfHmacSha256V2, [key]).ok_or("a device id holds a comma")?;
//! // Bruno's device knows Amelie's keys from the server, and whether they are hers from here on.
//! let verified = accepter.verify_macs(&his, MacMethod::HkdfHmacSha256V2, &macs, [key])?;
//! assert_eq!(verified, [key]);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

mod agreement;
mod bytes;
mod emoji;
mod mac;
mod verification;

#[cfg(test)]
pub(crate) mod tests;

pub use agreement::{EstablishedSas, Sas, SasError, TooManyBytes};
pub use bytes::SasBytes;
pub use emoji::Emoji;
pub use mac::{MacError, MacMethod, Macs, SasKey};
pub use verification::{Device, Role, Verification, commitment, is_committed};
