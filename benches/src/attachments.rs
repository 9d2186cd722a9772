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

use crate::{Result, counting::Counting, measure::Bench};

/// What a program reads from a file at a time.
const PIECE: usize = 64 * KIB;
/// The primitives work on so many bytes, again and again: no memory beyond the processor's first caches slows them.
const CACHED: usize = 16 * KIB;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Measures each form beside AES-256-CTR and SHA-256 of as many bytes; returns the lengths in bytes, in the order of the rows.
pub(crate) fn measure(bench: &mut Bench) -> Result<Vec<usize>> {
    encrypt(bench, "attachment encrypt 64 KiB", 64 * KIB)?;
    encrypt(bench, "attachment encrypt 16 MiB", 16 * MIB)?;
    decrypt(bench, "attachment decrypt 64 KiB", 64 * KIB)?;
    decrypt(bench, "attachment decrypt 1 MiB", MIB)?;
    read(bench, "attachment verify and read 16 MiB", 16 * MIB)?;
    Ok(vec![64 * KIB, 16 * MIB, 64 * KIB, MIB, 16 * MIB])
}

/// Piece by piece, as from a file.
fn encrypt(bench: &mut Bench, operation: &'static str, length: usize) -> Result<()> {
    let mut piece = vec![7; PIECE];
    let encrypt = || {
        let mut encryptor = AttachmentEncryptor::new(&mut Counting)?;
        (0..length / PIECE).for_each(|_| encryptor.encrypt(&mut piece));
        Ok(encryptor.finish())
    };
    bench.compare(operation, encrypt, || Ok(primitives(length, 1)))
}

/// The whole in a buffer.
fn decrypt(bench: &mut Bench, operation: &'static str, length: usize) -> Result<()> {
    let (ciphertext, info) = encrypted(length)?;
    let (mut buffer, mut other) = (ciphertext.clone(), ciphertext.clone());
    let decrypt = || {
        buffer.copy_from_slice(&ciphertext);
        Ok(info.decrypt_in_place(&mut buffer)?)
    };
    bench.compare(operation, decrypt, || {
        black_box(&mut other).copy_from_slice(&ciphertext);
        Ok(primitives(length, 1))
    })?;
    check(&buffer)
}

/// Verified in a first pass, read in a second: two hashes.
fn read(bench: &mut Bench, operation: &'static str, length: usize) -> Result<()> {
    let (ciphertext, info) = encrypted(length)?;
    let mut piece = vec![0; PIECE];
    let read = || {
        let mut reader = AttachmentReader::new(Cursor::new(&ciphertext), &info)?;
        while reader.read(&mut piece)? > 0 {}
        Ok(())
    };
    bench.compare(operation, read, || Ok(primitives(length, 2)))?;
    check(&piece)
}

fn check(plaintext: &[u8]) -> Result<()> {
    if plaintext.iter().all(|byte| *byte == 7) {
        Ok(())
    } else {
        Err("an attachment decrypts to something else".into())
    }
}

fn encrypted(length: usize) -> Result<(Vec<u8>, AttachmentInfo)> {
    let mut bytes = vec![7; length];
    let info = encrypt_in_place(&mut bytes, &mut Counting)?;
    Ok((bytes, info))
}

/// AES-256-CTR of `length` bytes, a multiple of [`CACHED`], and SHA-256 of as many, so many times.
fn primitives(length: usize, hashes: usize) -> [u8; 32] {
    let (mut cipher, mut hasher) = (Ctr128BE::<Aes256>::new(&[1; 32].into(), &[2; 16].into()), Sha256::new());
    let mut cached = [7; CACHED];
    for _ in 0..length / CACHED {
        cipher.apply_keystream(&mut cached);
        (0..hashes).for_each(|_| hasher.update(cached));
    }
    hasher.finalize().into()
}
