//! What every form of encrypting and decrypting does with a piece of the file.

use crate::primitives::{
    ctr::{CounterOverflow, KeyStream},
    sha256::Hasher,
};

/// A piece is encrypted and hashed while it is in the processor's cache.
const PIECE: usize = 16 * 1024;

/// Encrypts the next bytes in place and adds the ciphertext to its hash.
pub(super) fn encrypt_and_hash(
    key_stream: &mut KeyStream,
    hasher: &mut Hasher,
    bytes: &mut [u8],
) -> Result<(), CounterOverflow> {
    for piece in bytes.chunks_mut(PIECE) {
        key_stream.apply(piece)?;
        hasher.update(piece);
    }
    Ok(())
}

/// Adds the next bytes of the ciphertext to its hash and decrypts them in place; on an error nothing was done.
pub(super) fn hash_and_decrypt(
    key_stream: &mut KeyStream,
    hasher: &mut Hasher,
    bytes: &mut [u8],
) -> Result<(), CounterOverflow> {
    key_stream.check_room(u128::try_from(bytes.len()).unwrap_or(u128::MAX))?;
    for piece in bytes.chunks_mut(PIECE) {
        hasher.update(piece);
        key_stream.apply(piece)?;
    }
    Ok(())
}
