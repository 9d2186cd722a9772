//! Encrypted attachments with matrix-sdk-crypto: both ways, their JSON, and what each side refuses.

mod forms;

use std::io::{Cursor, Read};

use cliquet::attachment::{
    AttachmentEncryptor, AttachmentError, AttachmentInfo, AttachmentReader, AttachmentReaderError,
    AttachmentVersion, EncryptedFile, UnverifiedDecryptor,
};
use matrix_sdk_crypto as peer;
use rand::{RngExt, rngs::StdRng};
use ruma::events::room as events;
use serde_json::Value;

use super::random::{generator, random_bytes};

const URL: &str = "mxc://example.org/abc";

/// Around the blocks of the cipher, and past what either side reads or encrypts at once.
const LENGTHS: [usize; 7] = [0, 1, 15, 16, 17, 1000, 70_000];

/// A file on the server, and what an event says of it.
#[derive(Clone, Debug)]
struct Upload {
    ciphertext: Vec<u8>,
    file: Value,
}

/// Encrypted by us, in pieces of random sizes, none among them.
fn upload_by_us(plaintext: &[u8], random: &mut StdRng) -> Upload {
    let mut encryptor = AttachmentEncryptor::new(random).unwrap();
    let mut ciphertext = plaintext.to_vec();
    let longest = if plaintext.len() > 1000 { 40_001 } else { 37 };
    let mut rest = &mut ciphertext[..];
    while !rest.is_empty() {
        let (piece, others) = rest.split_at_mut(random.random_range(0..=longest).min(rest.len()));
        encryptor.encrypt(piece);
        rest = others;
    }
    let file = serde_json::to_value(EncryptedFile::new(URL, encryptor.finish())).unwrap();
    Upload { ciphertext, file }
}

fn upload_by_peer(plaintext: &[u8]) -> Upload {
    let mut source = Cursor::new(plaintext);
    let mut encryptor = peer::AttachmentEncryptor::new(&mut source);
    let mut ciphertext = Vec::new();
    encryptor.read_to_end(&mut ciphertext).unwrap();
    let peer::MediaEncryptionInfo { version: v, key, iv, hashes } = encryptor.finish();
    let file = events::EncryptedFile::from(events::EncryptedFileInit { url: URL.into(), key, iv, hashes, v });
    Upload { ciphertext, file: serde_json::to_value(file).unwrap() }
}

/// What we read, in all four ways, which never disagree.
fn open_by_us(upload: &Upload) -> Result<Vec<u8>, AttachmentError> {
    let info = &serde_json::from_value::<EncryptedFile>(upload.file.clone()).unwrap().info;
    let whole = info.decrypt(&upload.ciphertext);

    let mut in_place = upload.ciphertext.clone();
    let verdict = info.decrypt_in_place(&mut in_place);
    let expected = whole.as_ref().unwrap_or(&upload.ciphertext);
    assert_eq!((verdict, &in_place), (whole.as_ref().map(|_| ()).map_err(|error| *error), expected));

    assert_eq!(read(info, &upload.ciphertext), whole);
    assert_eq!(decrypt_in_pieces(info, &upload.ciphertext), whole);
    whole
}

fn read(info: &AttachmentInfo, ciphertext: &[u8]) -> Result<Vec<u8>, AttachmentError> {
    let mut reader = match AttachmentReader::new(Cursor::new(ciphertext), info) {
        Ok(reader) => reader,
        Err(AttachmentReaderError::Attachment(error)) => return Err(error),
        Err(error) => panic!("{error}"),
    };
    let (mut plaintext, mut buffer) = (Vec::new(), [0; 1021]);
    loop {
        match reader.read(&mut buffer).unwrap() {
            0 => return Ok(plaintext),
            count => plaintext.extend_from_slice(&buffer[..count]),
        }
    }
}

/// Here the hash is checked last.
fn decrypt_in_pieces(info: &AttachmentInfo, ciphertext: &[u8]) -> Result<Vec<u8>, AttachmentError> {
    let (mut decryptor, mut plaintext) = (UnverifiedDecryptor::new(info), ciphertext.to_vec());
    for piece in plaintext.chunks_mut(13) {
        decryptor.decrypt_unverified(piece)?;
    }
    decryptor.verify().map(|()| plaintext)
}

fn open_by_peer(upload: &Upload) -> Result<Vec<u8>, String> {
    let file: events::EncryptedFile = serde_json::from_value(upload.file.clone()).unwrap();
    let mut source = Cursor::new(&upload.ciphertext);
    let decryptor = peer::AttachmentDecryptor::new(&mut source, file.into());
    let mut plaintext = Vec::new();
    decryptor
        .map_err(|error| error.to_string())?
        .read_to_end(&mut plaintext)
        .map_err(|error| error.to_string())?;
    Ok(plaintext)
}

#[test]
fn attachment_files_of_any_length_open_on_both_sides() {
    let random = &mut generator();
    for length in LENGTHS {
        let plaintext = random_bytes(length, random);
        for upload in [upload_by_us(&plaintext, random), upload_by_peer(&plaintext)] {
            assert_eq!(upload.ciphertext.len(), length);
            assert_eq!(open_by_us(&upload).unwrap(), plaintext, "{length}");
            assert_eq!(open_by_peer(&upload).unwrap(), plaintext, "{length}");
        }
    }
}

#[test]
fn attachment_json_comes_back_as_it_was() {
    let random = &mut generator();
    for upload in [upload_by_us(b"a file", random), upload_by_peer(b"a file")] {
        let ours: EncryptedFile = serde_json::from_value(upload.file.clone()).unwrap();
        assert_eq!((ours.url.as_str(), ours.info.version()), (URL, AttachmentVersion::V2));
        assert_eq!(serde_json::to_value(&ours).unwrap(), upload.file);
        let peers: events::EncryptedFile = serde_json::from_value(upload.file.clone()).unwrap();
        assert_eq!(peers.key.k.as_bytes(), ours.info.key());
        assert_eq!(peers.iv.as_bytes(), ours.info.iv());
        assert_eq!(peers.hashes["sha256"].as_bytes(), ours.info.sha256());
        assert_eq!(serde_json::to_value(peers).unwrap(), upload.file);

        // The peer's form without an address.
        let mut without_url = upload.file.clone();
        without_url.as_object_mut().unwrap().remove("url");
        let peers: peer::MediaEncryptionInfo = serde_json::from_value(upload.file).unwrap();
        assert_eq!(serde_json::to_value(peers).unwrap(), without_url);
        serde_json::from_value::<EncryptedFile>(without_url).unwrap_err();
    }
}

/// Both choose 8 random bytes, and begin to count at zero.
#[test]
fn attachment_ivs_leave_room_for_the_counter() {
    let random = &mut generator();
    for _ in 0..50 {
        for upload in [upload_by_us(b"a file", random), upload_by_peer(b"a file")] {
            let file: EncryptedFile = serde_json::from_value(upload.file).unwrap();
            assert_eq!(file.info.iv()[8..], [0; 8]);
            assert_ne!(file.info.iv()[..8], [0; 8]);
        }
    }
}

#[test]
fn attachment_changed_files_are_refused_by_both() {
    let random = &mut generator();
    for good in [upload_by_us(&[7; 100], random), upload_by_peer(&[7; 100])] {
        let mut changed = Vec::new();
        for position in 0..good.ciphertext.len() {
            let mut ciphertext = good.ciphertext.clone();
            ciphertext[position] ^= 1 << random.random_range(0..8);
            changed.push(ciphertext);
            changed.push(good.ciphertext[..position].to_vec());
        }
        changed.push([&good.ciphertext[..], &[0]].concat());
        for ciphertext in changed {
            let upload = Upload { ciphertext, ..good.clone() };
            assert_eq!(open_by_us(&upload), Err(AttachmentError::HashMismatch));
            assert_eq!(open_by_peer(&upload).unwrap_err(), "Hash mismatch while decrypting");
        }
        assert_eq!(open_by_us(&good).unwrap(), open_by_peer(&good).unwrap());
    }
}
