//! HMAC-SHA-256 and HKDF with states that are made once.

use std::sync::LazyLock;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The state of HMAC-SHA-256 under a key.
pub(super) type Key = Hmac<Sha256>;

/// The state under the empty salt.
pub(super) static NO_SALT: LazyLock<Key> = LazyLock::new(|| keyed(&[]));

pub(super) fn keyed(key: &[u8]) -> Key {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let keyed = Key::new_from_slice(key).expect("HMAC takes a key of any length");
    keyed
}

/// The MAC of parts that come one after the other.
pub(super) fn mac(mut key: Key, parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().for_each(|part| key.update(part));
    key.finalize().into_bytes().into()
}

/// HKDF-SHA-256.
pub(super) fn hkdf<const N: usize>(salt: &Key, key_material: &[u8], info: &[u8]) -> [u8; N] {
    let key = keyed(&mac(salt.clone(), &[key_material]));
    let (mut output, mut block) = ([0; N], [0; 32]);
    for (number, part) in (1_u8..).zip(output.chunks_mut(32)) {
        let previous: &[u8] = if number == 1 { &[] } else { &block };
        block = mac(key.clone(), &[previous, info, &[number]]);
        part.copy_from_slice(block.split_at(part.len()).0);
    }
    output
}
