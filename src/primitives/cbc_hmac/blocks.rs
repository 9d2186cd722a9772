//! AES-256-CBC: decryption of whole blocks in place, of few of them in little of the stack.

use aes::{Aes256, Block};
use cbc::{
    Decryptor,
    cipher::{
        BlockModeDecBackend, BlockModeDecClosure, BlockModeDecrypt, BlockSizeUser, InOutBuf, KeyIvInit,
        consts::U16, typenum::Unsigned,
    },
};

use super::{AuthenticationFailed, BLOCK};

/// The most blocks that are few.
const FEW: usize = 16;

/// Whether a ciphertext of so many bytes is decrypted in little of the stack.
pub(super) const fn are_few(length: usize) -> bool {
    length <= FEW * BLOCK
}

/// Decrypts a buffer of whole blocks; hands them back with their plaintext. Anything else is refused and left as it is.
#[inline]
pub(super) fn decrypt<'a>(
    aes_key: &[u8; 32],
    iv: &[u8; BLOCK],
    buffer: &'a mut [u8],
) -> Result<&'a [Block], AuthenticationFailed> {
    let mut decryptor = Decryptor::<Aes256>::new(aes_key.into(), iv.into());
    let few = are_few(buffer.len());
    let (blocks, rest) = Block::slice_as_chunks_mut(buffer);
    if !rest.is_empty() {
        return Err(AuthenticationFailed);
    }
    if few {
        decryptor.decrypt_with_backend(Few(blocks));
    } else {
        decrypt_many(&mut decryptor, blocks);
    }
    Ok(blocks)
}

/// Kept apart: its frame is of the size that the widest backend needs, for up to 64 blocks and all round keys.
#[inline(never)]
fn decrypt_many(decryptor: &mut Decryptor<Aes256>, blocks: &mut [Block]) {
    decryptor.decrypt_blocks(blocks);
}

/// A few blocks, for which no code is made that takes more than [`FEW`] at once.
struct Few<'a>(&'a mut [Block]);

impl BlockSizeUser for Few<'_> {
    type BlockSize = U16;
}

impl BlockModeDecClosure for Few<'_> {
    #[inline(always)]
    fn call<B: BlockModeDecBackend<BlockSize = U16>>(self, backend: &mut B) {
        let mut rest = InOutBuf::from(self.0);
        if B::ParBlocksSize::USIZE <= FEW {
            let (several, tail) = rest.into_chunks();
            several.into_iter().for_each(|blocks| backend.decrypt_par_blocks(blocks));
            rest = tail;
        }
        rest.into_iter().for_each(|block| backend.decrypt_block(block));
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::primitives::cbc_hmac::testing;

    #[test]
    fn few_blocks_are_as_many_as_the_documents_say() {
        assert!(are_few(0) && are_few(256) && !are_few(257) && !are_few(272));
    }

    #[test]
    fn few_and_many_blocks_are_decrypted_alike() {
        let (key, iv) = ([7; 32], [9; BLOCK]);
        let plaintext: Vec<u8> = (0..200 * BLOCK).map(|number| number.to_le_bytes()[0]).collect();
        for blocks in 1..=200 {
            let mut buffer = testing::encrypt(&key, &iv, &plaintext[..blocks * BLOCK - 1]);
            let decrypted = Block::slice_as_flattened(decrypt(&key, &iv, &mut buffer).unwrap());
            assert_eq!(decrypted.split_last(), Some((&1, &plaintext[..blocks * BLOCK - 1])));
        }
    }

    #[test]
    fn a_part_of_a_block_is_refused_and_left_as_it_was() {
        for length in (1..600).filter(|length: &usize| !length.is_multiple_of(BLOCK)) {
            let mut buffer = alloc::vec![5; length];
            assert_eq!(decrypt(&[7; 32], &[9; BLOCK], &mut buffer), Err(AuthenticationFailed));
            assert!(buffer.iter().all(|byte| *byte == 5));
        }
    }
}
