//! HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869).

use hmac::{Hmac, KeyInit, Mac, digest::FixedOutput};
use sha2::Sha256;

use crate::secret::Scratch;

/// A keyed HMAC-SHA-256, to be used for several inputs without hashing the key again.
pub(crate) struct HmacKey(Hmac<Sha256>);

impl HmacKey {
    pub(crate) fn new(key: &[u8]) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let keyed = Hmac::new_from_slice(key).expect("HMAC takes a key of any length");
        Self(keyed)
    }

    /// `output = HMAC-SHA-256(key, data)`, the parts of `data` one after the other.
    pub(crate) fn mac(&self, data: &[&[u8]], output: &mut [u8; 32]) {
        Self(self.0.clone()).into_mac(data.iter().copied(), output);
    }

    /// [`mac`](Self::mac) for the last use of the key.
    pub(crate) fn into_mac<'a>(self, data: impl IntoIterator<Item = &'a [u8]>, output: &mut [u8; 32]) {
        let mut hmac = self.0;
        data.into_iter().for_each(|part| hmac.update(part));
        hmac.finalize_into(output.into());
    }
}

/// `output = HKDF-SHA-256(salt, key_material, info)`; an empty salt stands for none.
///
/// Written here, because the pseudorandom key and the blocks must not stay behind on the stack.
pub(crate) fn hkdf<const N: usize>(salt: &[u8], key_material: &[u8], info: &[u8], output: &mut [u8; N]) {
    const {
        assert!(N <= 255 * 32, "RFC 5869 ends at 255 blocks");
    }
    // Extract: PRK = HMAC(salt, key_material)
    let mut pseudorandom_key = Scratch::<32>::zeroed();
    HmacKey::new(salt).into_mac([key_material], pseudorandom_key.as_mut_bytes());
    // Expand: T(0) = empty, T(i) = HMAC(PRK, T(i-1) || info || i)
    let hmac = HmacKey::new(pseudorandom_key.as_bytes());
    let mut block = Scratch::<32>::zeroed();
    let mut previous = Scratch::<32>::zeroed();
    for (number, part) in (1..=u8::MAX).zip(output.chunks_mut(32)) {
        let before: &[u8] = if number == 1 { &[] } else { previous.as_bytes() };
        hmac.mac(&[before, info, &[number]], block.as_mut_bytes());
        part.copy_from_slice(block.as_bytes().get(..part.len()).unwrap_or_default());
        previous.as_mut_bytes().copy_from_slice(block.as_bytes());
    }
}
