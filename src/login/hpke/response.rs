//! What both ends derive from the context of the first message (MSC4388):
//!
//! ```text
//! secret     = Export(INFO "_RESPONSE", 32)
//! key        = HKDF-SHA-256(salt = encapsulated key || response nonce, secret, "key", 32)
//! base nonce = HKDF-SHA-256(salt = encapsulated key || response nonce, secret, "nonce", 12)
//! check code = Export(INFO "_CHECKCODE" || G's key || encapsulated key, 2)
//! ```

use alloc::{format, string::String};

use super::HpkeError;
use crate::{
    keys::Curve25519PublicKey,
    login::{
        CheckCode,
        direction::{ByteOrder, Direction},
    },
    primitives::{
        hpke::{Export, MAX_INFO_LENGTH},
        kdf,
    },
    secret::{Scratch, Secret},
};

/// What names a channel: the application, the key of G, and the encapsulated key, which is that of S.
pub(super) struct Names {
    pub(super) info: String,
    pub(super) key_of_g: Curve25519PublicKey,
    pub(super) key_of_s: Curve25519PublicKey,
}

/// Refuses an `info` that HPKE does not take.
pub(super) fn check_info(info: &str) -> Result<(), HpkeError> {
    if info.len() > MAX_INFO_LENGTH { Err(HpkeError::InfoTooLong) } else { Ok(()) }
}

impl Names {
    /// The direction from G to S.
    pub(super) fn response_direction(&self, context: &impl Export, response_nonce: &[u8; 32]) -> Direction {
        let mut secret = Scratch::<32>::zeroed();
        context.export(format!("{}_RESPONSE", self.info).as_bytes(), secret.as_mut_bytes());
        let salt = [*self.key_of_s.as_bytes(), *response_nonce];
        let mut key = Secret::zeroed();
        kdf::hkdf(salt.as_flattened(), secret.as_bytes(), b"key", key.as_mut_bytes());
        let mut base_nonce = [0; 12];
        kdf::hkdf(salt.as_flattened(), secret.as_bytes(), b"nonce", &mut base_nonce);
        Direction::new(key, base_nonce, ByteOrder::BigEndian)
    }

    /// What the user compares.
    pub(super) fn check_code(&self, context: &impl Export) -> CheckCode {
        let label = format!("{}_CHECKCODE", self.info);
        let keys = [*self.key_of_g.as_bytes(), *self.key_of_s.as_bytes()];
        let mut check_code = [0; 2];
        context.export(&[label.as_bytes(), keys.as_flattened()].concat(), &mut check_code);
        CheckCode::from_bytes(check_code)
    }
}
