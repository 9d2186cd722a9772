//! The signed keys of devices (Matrix specification, "Key algorithms", "Device keys"; `POST /keys/upload`, `/keys/query`, `/keys/claim`).
//!
//! What an account uploads is signed here; what the server says of other devices is verified here, and a session is made from a [`ClaimedKey`], which
//! cannot be had without. That the keys belong to the user who is said to have them, no signature of the device itself can show: that is what
//! cross-signing and verification (`sas`, `qr`) are for.
//!
//! Where to read: `upload`, then `verified`.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, objects::device_keys::DeviceKeys, olm::{Account, SessionConfig}, signed_json::{JsonObject, JsonValue}};
//!
//! let mut rng = SystemRandom::new();
//! let mut bruno = Account::new(&mut rng)?;
//! bruno.generate_one_time_keys(50, &mut rng)?;
//! // The body of an upload: `device_keys` and `one_time_keys`.
//! let device_keys = bruno.signed_device_keys("@bruno:example.org", "PHONE").to_canonical_json();
//! let one_time_keys = bruno.signed_one_time_keys("@bruno:example.org", "PHONE");
//! bruno.mark_keys_as_published();
//! # let claimed = one_time_keys.iter().next().and_then(|(_, key)| key.as_object()).ok_or("no key")?;
//! # let claimed = claimed.to_canonical_json();
//!
//! // Amelie's device has asked the server for the device keys, and has claimed a one-time key.
//! let amelie = Account::new(&mut rng)?;
//! let device = DeviceKeys::verify(&JsonObject::from_json(&device_keys)?, "@bruno:example.org", "PHONE")?;
//! let claimed = device.verify_one_time_key(&JsonObject::from_json(&claimed)?)?;
//! let session = amelie.create_outbound_session_with(&claimed, SessionConfig::default(), &mut rng)?;
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

mod error;
mod names;
mod upload;
mod verified;

#[cfg(test)]
mod tests;

pub use error::DeviceKeysError;
pub use verified::{ClaimedKey, DeviceKeys};
