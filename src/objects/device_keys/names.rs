//! The names in the JSON of device keys.

/// The algorithms of a device.
pub(super) const ALGORITHMS: [&str; 2] = ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"];

// The names of fields.
pub(super) const ALGORITHMS_FIELD: &str = "algorithms";
pub(super) const DEVICE_ID: &str = "device_id";
/// What the id of a signed one-time key begins with.
pub(super) const SIGNED_KEY: &str = "signed_curve25519:";
pub(super) const FALLBACK: &str = "fallback";
pub(super) const KEY: &str = "key";
pub(super) const KEYS: &str = "keys";
pub(super) const USER_ID: &str = "user_id";
