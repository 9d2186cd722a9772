//! libolm 3.2.16 behind a safe interface, for tests.
//!
//! libolm draws no randomness itself, and neither does this wrapper: whoever calls supplies every random byte, so that
//! each conversation can be repeated bit for bit.
//!
//! libolm overwrites most of its inputs while it works; the wrapper hands it copies. It does not repair libolm: some
//! malformed messages (a pre-key message without an identity key, a ciphertext of no whole blocks under a valid MAC)
//! make libolm itself touch memory that is not its own. Feed it messages that a test made, or broke on purpose.

mod account;
mod ffi;
mod group;
mod object;
mod pk;
mod sas;
mod session;
#[cfg(test)]
mod tests;
mod utility;

use std::fmt;

pub use account::{Account, IdentityKeys};
pub use group::{InboundGroupSession, OutboundGroupSession};
pub use pk::{PkDecryption, PkEncryption, PkMessage, PkSigning};
pub use sas::{MacForm, Sas};
pub use session::Session;
pub use utility::{ed25519_verify, sha256, version};

/// The type of a pre-key message, the first of the two that Olm has.
pub const PRE_KEY: usize = 0;

/// The type of a normal Olm message.
pub const NORMAL: usize = 1;

/// A source of random bytes: it fills the slice that it is given.
///
/// libolm asks once for all the bytes of an operation; how many and what for stands at each function.
pub type Random<'a> = dyn FnMut(&mut [u8]) + 'a;

/// "Random" bytes that count up from `first`, modulo 256, and go on counting from one call to the next.
pub fn seq(first: u8) -> impl FnMut(&mut [u8]) {
    let mut next = first;
    move |out| {
        for byte in out {
            *byte = next;
            next = next.wrapping_add(1);
        }
    }
}

/// A failure as libolm names it, for example `BAD_MESSAGE_MAC`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    text: String,
}

impl Error {
    /// libolm's name of the error.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "libolm: {}", self.text)
    }
}

impl std::error::Error for Error {}
