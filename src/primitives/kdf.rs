//! HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869).

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac, digest::FixedOutput};
use sha2::Sha256;

/// A keyed HMAC-SHA-256, to be used for several inputs without hashing the key again.
pub(crate) struct HmacKey(Hmac<Sha256>);

impl HmacKey {
    pub(crate) fn new(key: &[u8]) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let keyed = Hmac::new_from_slice(key).expect("HMAC takes a key of any length");
        Self(keyed)
    }

    /// `output = HMAC-SHA-256(key, data)`
    pub(crate) fn mac(&self, data: &[u8], output: &mut [u8; 32]) {
        let mut hmac = self.0.clone();
        hmac.update(data);
        hmac.finalize_into(output.into());
    }

    /// [`mac`](Self::mac) for the last use of the key.
    pub(crate) fn into_mac(self, data: &[u8], output: &mut [u8; 32]) {
        let mut hmac = self.0;
        hmac.update(data);
        hmac.finalize_into(output.into());
    }
}

/// `output = HKDF-SHA-256(salt, key_material, info)`; an empty salt stands for none.
pub(crate) fn hkdf<const N: usize>(salt: &[u8], key_material: &[u8], info: &[u8], output: &mut [u8; N]) {
    const {
        assert!(N <= 255 * 32, "RFC 5869 ends at 255 blocks");
    }
    #[expect(clippy::expect_used, reason = "the assertion above proves the length when compiling")]
    Hkdf::<Sha256>::new(Some(salt), key_material)
        .expand(info, output)
        .expect("the length is proven when compiling");
}
