//! Attachments: their throughput beside that of the two primitives in them.

use std::{
    hint::black_box,
    io::{Cursor, Read},
};

use aes::Aes256;
use cliquet::attachment::{AttachmentEncryptor, AttachmentInfo, AttachmentReader, encrypt_in_place};
use ctr::{
    Ctr128BE,
    cipher::{KeyIvInit, StreamCipher},
};
use sha2::{Digest, Sha256};

use crate::{
    Result,
    counting::Counting,
    measure::{Contestant, contestant},
    rows::check,
};

/// What a program reads from a file at a time.
const PIECE: usize = 64 * 1024;
/// The primitives work on so many bytes, again and again: no memory beyond the processor's first caches slows them.
const CACHED: usize = 16 * 1024;
/// All that a file holds.
const BYTE: u8 = 7;

/// Piece by piece, as from a file.
pub(super) fn encrypt(length: usize) -> Result<Box<dyn Contestant>> {
    let mut opened = vec![0; length];
    let piece = vec![BYTE; PIECE];
    Ok(contestant(
        vec![0; length],
        |_| Ok(()),
        move |file, ()| {
            let mut encryptor = AttachmentEncryptor::new(&mut Counting)?;
            for buffer in file.chunks_mut(PIECE) {
                buffer.copy_from_slice(piece.split_at(buffer.len()).0);
                encryptor.encrypt(buffer);
            }
            Ok(encryptor.finish())
        },
        move |file, info| {
            opened.copy_from_slice(file);
            info.decrypt_in_place(&mut opened)?;
            holds_the_byte(&opened)
        },
    ))
}

/// The whole in a buffer.
pub(super) fn decrypt(length: usize) -> Result<Box<dyn Contestant>> {
    let (ciphertext, info) = encrypted(length)?;
    Ok(contestant(
        ciphertext.clone(),
        |_| Ok(()),
        move |buffer, ()| {
            buffer.copy_from_slice(&ciphertext);
            Ok(info.decrypt_in_place(buffer)?)
        },
        |buffer, ()| holds_the_byte(buffer),
    ))
}

/// Verified in a first pass, read in a second: two hashes.
pub(super) fn read(length: usize) -> Result<Box<dyn Contestant>> {
    let (ciphertext, info) = encrypted(length)?;
    Ok(contestant(
        vec![0; PIECE],
        |_| Ok(()),
        move |piece, ()| {
            let mut reader = AttachmentReader::new(Cursor::new(&ciphertext), &info)?;
            while reader.read(piece)? > 0 {}
            Ok(())
        },
        |piece, ()| holds_the_byte(piece),
    ))
}

fn holds_the_byte(plaintext: &[u8]) -> Result<()> {
    check(plaintext.iter().all(|byte| *byte == BYTE), "an attachment decrypts to something else")
}

fn encrypted(length: usize) -> Result<(Vec<u8>, AttachmentInfo)> {
    let mut bytes = vec![BYTE; length];
    let info = encrypt_in_place(&mut bytes, &mut Counting)?;
    Ok((bytes, info))
}

/// AES-256-CTR of `length` bytes, a multiple of [`CACHED`], and SHA-256 of as many, so many times.
pub(super) fn primitives(length: usize, hashes: usize) -> Result<Box<dyn Contestant>> {
    Ok(contestant((), |()| Ok(()), move |(), ()| Ok(work(length, hashes)), |(), _| Ok(())))
}

/// [`primitives`], and as many bytes copied.
pub(super) fn primitives_copied(length: usize) -> Result<Box<dyn Contestant>> {
    let bytes = vec![BYTE; length];
    Ok(contestant(
        bytes.clone(),
        |_| Ok(()),
        move |buffer, ()| {
            black_box(buffer).copy_from_slice(&bytes);
            Ok(work(length, 1))
        },
        |_, _| Ok(()),
    ))
}

fn work(length: usize, hashes: usize) -> [u8; 32] {
    let (mut cipher, mut hasher) = (Ctr128BE::<Aes256>::new(&[1; 32].into(), &[2; 16].into()), Sha256::new());
    let mut cached = [BYTE; CACHED];
    for _ in 0..length / CACHED {
        cipher.apply_keystream(&mut cached);
        (0..hashes).for_each(|_| hasher.update(cached));
    }
    hasher.finalize().into()
}
