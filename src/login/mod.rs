//! Secure channels for the login of a new device by QR code (layer 4): two devices that have never met, one of which has shown its
//! public key to the other's camera.
//!
//! | module | proposal | made of |
//! |---|---|---|
//! | [`ecies`] (feature `ecies`) | MSC4108 | X25519, HKDF-SHA-512, ChaCha20-Poly1305 |
//! | [`hpke`] (feature `hpke`) | MSC4388 | HPKE (RFC 9180) |
//!
//! *G* is the device that shows its public key and receives first, *S* the one that has read it and sends first. Only a device that read
//! the code can have sent what G receives first; which device that was, G learns from the [`CheckCode`]: the user reads it on one device and types
//! it into the other.
//!
//! # What the check code protects, and what it does not
//!
//! S shows it, and only once it has opened the first answer of G; G asks for it. An attacker who has photographed the code and takes S's place towards
//! G leaves the real S without an answer: it shows nothing, and the user has nothing to type. One who stands between both has another channel with
//! each of them, and is noticed unless the two check codes happen to be the same: once in a hundred attempts (once in 90 without leading zeros).
//!
//! So it must be compared **before** anything secret is sent, by a user who types it and is not merely asked whether it is right; one wrong code ends the
//! channel and the QR code, or the attacker may guess again. Both devices use the same [`DigitMode`]; MSC4108's is
//! [`AllowLeadingZero`](DigitMode::AllowLeadingZero). It does not protect against a device that is compromised, nor against a user who
//! types whatever is said on the telephone.

#[cfg(feature = "ecies")]
pub mod ecies;
#[cfg(feature = "hpke")]
pub mod hpke;

mod check_code;
mod direction;

#[cfg(test)]
pub(crate) mod tests;

pub use check_code::{CheckCode, DigitMode};

/// The beginning of every label unless an application chooses another.
const DEFAULT_INFO: &str = "MATRIX_QR_CODE_LOGIN";
