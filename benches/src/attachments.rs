//! Attachments: their throughput beside that of the two primitives in them.

use std::hint::black_box;

use aes::Aes256;
use cliquet::attachment::{AttachmentEncryptor, AttachmentInfo};
use ctr::{
    Ctr128BE,
    cipher::{KeyIvInit, StreamCipher},
};
use sha2::{Digest, Sha256};

use crate::{Result, counting::Counting, measure::Bench};

/// What a program reads from a file at a time.
const PIECE: usize = 64 * 1024;
/// The primitives work on so many bytes, again and again: no memory beyond the processor's first caches slows them.
const CACHED: usize = 16 * 1024;

const SIZES: [(usize, &str, &str); 3] = [
    (64 << 10, "attachment encrypt 64 KiB", "attachment decrypt 64 KiB"),
    (1 << 20, "attachment encrypt 1 MiB", "attachment decrypt 1 MiB"),
    (16 << 20, "attachment encrypt 16 MiB", "attachment decrypt 16 MiB"),
];

/// Measures each size beside AES-256-CTR and SHA-256 of as many bytes; returns the sizes in bytes, in the order of the rows.
pub(crate) fn measure(bench: &mut Bench) -> Result<Vec<usize>> {
    let mut sizes = Vec::new();
    for (size, encrypt, decrypt) in SIZES {
        let (mut plain, (ciphertext, info)) = (vec![7; size], encrypted(vec![7; size])?);
        bench.compare(encrypt, || encrypt_in_pieces(&mut plain), || Ok(primitives(size)))?;
        let mut buffer = ciphertext.clone();
        bench.compare(
            decrypt,
            || {
                buffer.copy_from_slice(&ciphertext);
                Ok(info.decrypt_in_place(&mut buffer)?)
            },
            || {
                black_box(ciphertext.clone());
                Ok(primitives(size))
            },
        )?;
        if buffer.iter().any(|byte| *byte != 7) {
            return Err("an attachment decrypts to something else".into());
        }
        sizes.extend([size, size]);
    }
    Ok(sizes)
}

fn encrypted(mut bytes: Vec<u8>) -> Result<(Vec<u8>, AttachmentInfo)> {
    let info = encrypt_in_pieces(&mut bytes)?;
    Ok((bytes, info))
}

fn encrypt_in_pieces(bytes: &mut [u8]) -> Result<AttachmentInfo> {
    let mut encryptor = AttachmentEncryptor::new(&mut Counting)?;
    bytes.chunks_mut(PIECE).for_each(|piece| encryptor.encrypt(piece));
    Ok(encryptor.finish())
}

/// AES-256-CTR and SHA-256, each of `size` bytes, a multiple of [`CACHED`].
fn primitives(size: usize) -> [u8; 32] {
    let (mut cipher, mut hasher) = (Ctr128BE::<Aes256>::new(&[1; 32].into(), &[2; 16].into()), Sha256::new());
    let mut cached = [7; CACHED];
    for _ in 0..size / CACHED {
        cipher.apply_keystream(&mut cached);
        hasher.update(cached);
    }
    hasher.finalize().into()
}
