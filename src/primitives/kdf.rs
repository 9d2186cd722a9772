//! HMAC-SHA-256 (RFC 2104) and HKDF (RFC 5869).
//!
//! HKDF is written here, because the pseudorandom key and the blocks must not stay behind on the stack.

#[cfg(feature = "std")]
use std::sync::LazyLock;

use hmac::{Hmac, KeyInit, Mac, digest::FixedOutput};
use sha2::Sha256;
#[cfg(feature = "ecies")]
use sha2::Sha512;

#[cfg(test)]
use super::work::Work;
use crate::secret::{FOR_HASHES, Scratch, with_wiped_stack};

/// A keyed HMAC-SHA-256, to be used for several inputs without hashing the key again.
pub(crate) struct HmacKey(Hmac<Sha256>);

impl HmacKey {
    pub(crate) fn new(key: &[u8]) -> Self {
        #[cfg(test)]
        Work::hmac_key(key.len());
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
        #[cfg(test)]
        let data = data.into_iter().inspect(|part| Work::sha256_part(part.len()));
        data.into_iter().for_each(|part| hmac.update(part));
        #[cfg(test)]
        Work::hmac_end();
        hmac.finalize_into(output.into());
    }
}

/// `output = HMAC-SHA-256(key, data)` under a key that serves once; leaves nothing on the stack.
pub(crate) fn hmac<'a>(key: &[u8], data: impl IntoIterator<Item = &'a [u8]>, output: &mut [u8; 32]) {
    with_wiped_stack::<FOR_HASHES, _>(|| HmacKey::new(key).into_mac(data, output));
}

/// The longest output of HKDF-SHA-256, in bytes: 255 blocks.
pub(crate) const MAX_HKDF_LENGTH: usize = 255 * 32;

/// `output = HKDF-SHA-256(salt, key_material, info)`; an empty salt stands for none.
pub(crate) fn hkdf<const N: usize>(salt: &[u8], key_material: &[u8], info: &[u8], output: &mut [u8; N]) {
    const {
        assert!(N <= MAX_HKDF_LENGTH, "RFC 5869 ends at 255 blocks");
    }
    with_wiped_stack::<FOR_HASHES, _>(|| extract_and_expand(salt, key_material, info, output));
}

/// [`hkdf`] of a length that is known when running; what lies behind the first [`MAX_HKDF_LENGTH`] bytes stays as it is.
#[cfg(feature = "sas")]
pub(crate) fn hkdf_to_slice(key_material: &[u8], info: &[u8], output: &mut [u8]) {
    with_wiped_stack::<FOR_HASHES, _>(|| extract_and_expand(&[], key_material, info, output));
}

/// The key that stands for no salt, hashed once where that can be kept: two of the 20 compressions of a message's keys.
#[cfg(feature = "std")]
fn without_salt() -> HmacKey {
    static KEPT: LazyLock<HmacKey> = LazyLock::new(|| HmacKey::new(&[]));
    HmacKey(KEPT.0.clone())
}

#[cfg(not(feature = "std"))]
fn without_salt() -> HmacKey {
    HmacKey::new(&[])
}

/// [`hkdf`] for whoever wipes the stack behind it.
pub(super) fn extract_and_expand(salt: &[u8], key_material: &[u8], info: &[u8], output: &mut [u8]) {
    // Extract: PRK = HMAC(salt, key_material)
    let mut pseudorandom_key = Scratch::<32>::zeroed();
    let salted = if salt.is_empty() { without_salt() } else { HmacKey::new(salt) };
    salted.into_mac([key_material], pseudorandom_key.as_mut_bytes());
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

/// `output = HKDF-SHA-512(no salt, key_material, info)`, no longer than one block.
#[cfg(feature = "ecies")]
pub(crate) fn hkdf_sha512<const N: usize>(key_material: &[u8], info: &[u8], output: &mut [u8; N]) {
    const {
        assert!(N <= 64, "one block has 64 bytes");
    }
    with_wiped_stack::<FOR_HASHES, _>(|| {
        let mut pseudorandom_key = Scratch::<64>::zeroed();
        hmac_sha512(&[], &[key_material], pseudorandom_key.as_mut_bytes());
        let mut block = Scratch::<64>::zeroed();
        hmac_sha512(pseudorandom_key.as_bytes(), &[info, &[1]], block.as_mut_bytes());
        output.copy_from_slice(block.as_bytes().get(..N).unwrap_or_default());
    });
}

#[cfg(feature = "ecies")]
pub(super) fn hmac_sha512(key: &[u8], data: &[&[u8]], output: &mut [u8; 64]) {
    #[cfg(test)]
    Work::hmac_sha512(key.len(), data.iter().map(|part| part.len()).sum());
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut hmac = Hmac::<Sha512>::new_from_slice(key).expect("HMAC takes a key of any length");
    data.iter().for_each(|part| hmac.update(part));
    hmac.finalize_into(output.into());
}
