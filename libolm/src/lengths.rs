//! How long things are, also where there is no object yet that could tell; and how messages begin.

use crate::base64::encoded_length;

/// A Curve25519 or Ed25519 public key, or a session id, in base64.
pub(crate) const KEY: usize = encoded_length(32);
/// A secret key, a seed, or what one key is made of.
pub(crate) const RANDOM_KEY: usize = 32;
pub(crate) const SIGNATURE: usize = encoded_length(64);
/// The MAC of a message; none is longer.
pub(crate) const MESSAGE_MAC: usize = 8;
pub(crate) const RAW_SIGNATURE: usize = 64;

/// The version that messages begin with.
pub(crate) const VERSION: u8 = 3;

const BLOCK: usize = 16;

/// The padding always takes 1 to 16 bytes.
pub(crate) const fn ciphertext(plaintext: usize) -> usize {
    plaintext.saturating_add(BLOCK).saturating_sub(plaintext % BLOCK)
}

/// A pickle of so many bytes: ciphertext and MAC, in base64.
pub(crate) const fn pickle(body: usize) -> usize {
    encoded_length(ciphertext(body).saturating_add(MESSAGE_MAC))
}

/// The first message of a session: version, chain index, ratchet key, ciphertext, MAC, within version, three keys, and the message.
pub(crate) fn first_message(plaintext: usize) -> usize {
    let key = bytes_field(32);
    let inner = [1, key, 2, bytes_field(ciphertext(plaintext)), MESSAGE_MAC];
    let inner = inner.into_iter().fold(0, usize::saturating_add);
    [1, key, key, key, bytes_field(inner)].into_iter().fold(0, usize::saturating_add)
}

/// The first message of a group session: version, index, ciphertext, MAC, signature.
pub(crate) fn first_group_message(plaintext: usize) -> usize {
    let parts = [1, 2, bytes_field(ciphertext(plaintext)), MESSAGE_MAC, RAW_SIGNATURE];
    parts.into_iter().fold(0, usize::saturating_add)
}

/// A field of so many bytes, with its key and its length in groups of seven bits.
fn bytes_field(length: usize) -> usize {
    let bits = usize::BITS.saturating_sub(length.leading_zeros());
    let groups = usize::try_from(bits.div_ceil(7).max(1)).unwrap_or(usize::MAX);
    length.saturating_add(groups).saturating_add(1)
}
