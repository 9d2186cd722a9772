//! The ciphertext of an attachment: whole, in place, in pieces and from a source, all forms come to the same.

use std::io::{Cursor, Read};

use arbitrary::Arbitrary;
use cliquet::attachment::{
    AttachmentEncryptor, AttachmentError, AttachmentInfo, AttachmentReader, AttachmentReaderError,
    AttachmentVersion, UnverifiedDecryptor, encrypt_in_place,
};
use cliquet_fuzz::{
    Damage,
    primitives::{counter_mode, sha256},
    random::{Failing, seeded},
};

/// Longer than what the library reads and encrypts at once.
const LONG: usize = 150_000;

#[derive(Arbitrary, Debug)]
pub(crate) struct InPieces<'a> {
    seed: u8,
    iv: Iv,
    damage: Option<Damage>,
    encrypted: Pieces<'a>,
    decrypted: Pieces<'a>,
    file: File<'a>,
}

/// A file: nearly always these bytes; now and then they are repeated for long.
#[derive(Arbitrary, Debug)]
pub(crate) struct File<'a> {
    is_long: u8,
    bytes: &'a [u8],
}

impl File<'_> {
    pub(crate) fn bytes(self) -> Vec<u8> {
        if self.is_long % 16 == 15 && !self.bytes.is_empty() {
            self.bytes.iter().copied().cycle().take(LONG).collect()
        } else {
            self.bytes.to_vec()
        }
    }
}

/// An IV that the fuzzer chooses, or one whose counter is near its end.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub(crate) enum Iv {
    Any([u8; 16]),
    NearEnd { random: [u8; 8], blocks_left: u16 },
}

impl Iv {
    pub(crate) fn bytes(self) -> [u8; 16] {
        match self {
            Self::Any(bytes) => bytes,
            Self::NearEnd { random, blocks_left } => {
                let counter = (u64::MAX - u64::from(blocks_left)).to_be_bytes();
                *[random, counter].concat().first_chunk().expect("both halves")
            }
        }
    }
}

/// How a buffer is cut, one length after the other; the last piece is whatever is left.
#[derive(Arbitrary, Debug)]
pub(crate) struct Pieces<'a>(&'a [u8]);

impl Pieces<'_> {
    fn of<'b>(&self, mut buffer: &'b mut [u8]) -> Vec<&'b mut [u8]> {
        let mut pieces = Vec::new();
        let scale = if buffer.len() == LONG { 400 } else { 1 };
        for length in self.0 {
            let (piece, rest) = buffer.split_at_mut((usize::from(*length) * scale).min(buffer.len()));
            pieces.push(piece);
            buffer = rest;
        }
        pieces.push(buffer);
        pieces
    }
}

pub(crate) fn in_pieces(input: InPieces<'_>) {
    let file = input.file.bytes();
    encrypts(&file, input.seed, &input.encrypted);

    let (key, iv) = ([input.seed; 32], input.iv.bytes());
    let version = if input.seed.is_multiple_of(2) { AttachmentVersion::V1 } else { AttachmentVersion::V2 };
    // Where the counter has no room, any bytes serve: the hash is right.
    let ciphertext = counter_mode(&key, &iv, &file).unwrap_or(file);
    let info = AttachmentInfo::new(version, &key, iv, sha256(&ciphertext));
    assert_eq!((info.version(), info.key(), info.iv()), (version, &key, &iv));
    let received = input.damage.map_or_else(|| ciphertext.clone(), |damage| damage.apply(&ciphertext, &[]));
    all_forms(&info, &ciphertext, &received, &input.decrypted);
}

/// The key and half the IV are what is drawn; whole and in pieces give the same.
fn encrypts(file: &[u8], seed: u8, pieces: &Pieces<'_>) {
    let (mut whole, mut cut) = (file.to_vec(), file.to_vec());
    encrypt_in_place(&mut whole, &mut Failing).expect_err("there is no randomness");
    assert_eq!(whole, file);
    let info = encrypt_in_place(&mut whole, &mut seeded(seed.into())).expect("it never fails");
    let mut encryptor = AttachmentEncryptor::new(&mut seeded(seed.into())).expect("it never fails");
    pieces.of(&mut cut).into_iter().for_each(|piece| encryptor.encrypt(piece));
    assert!(encryptor.finish() == info && cut == whole);
    assert_eq!(
        (info.version(), *info.sha256(), &info.iv()[8..]),
        (AttachmentVersion::V2, sha256(&whole), &[0; 8][..])
    );
    assert!(Some(&whole) == counter_mode(info.key(), info.iv(), file).as_ref());
    assert!(info.decrypt(&whole).as_deref() == Ok(file));
}

/// Damage is refused in all forms, and an error changes nothing in place.
fn all_forms(info: &AttachmentInfo, sent: &[u8], received: &[u8], pieces: &Pieces<'_>) {
    let plaintext = counter_mode(info.key(), info.iv(), received);
    let expected = if received != sent {
        Err(AttachmentError::HashMismatch)
    } else {
        plaintext.clone().ok_or(AttachmentError::CounterOverflow)
    };
    assert!(info.decrypt(received) == expected);
    let mut in_place = received.to_vec();
    let verdict = info.decrypt_in_place(&mut in_place);
    assert_eq!(verdict, expected.as_ref().map(|_| ()).map_err(|error| *error));
    assert!(in_place == expected.as_deref().unwrap_or(received));

    let mut cut = received.to_vec();
    let mut decryptor = UnverifiedDecryptor::new(info);
    let (mut decrypted, mut has_room) = (0, true);
    for piece in pieces.of(&mut cut) {
        if let Err(error) = decryptor.decrypt_unverified(piece) {
            // What has no room is seen at once, before the hash is known, and stays as it is.
            assert_eq!(error, AttachmentError::CounterOverflow);
            has_room = false;
            break;
        }
        decrypted += piece.len();
    }
    let before = counter_mode(info.key(), info.iv(), &received[..decrypted]).expect("there was room");
    assert!(cut[..decrypted] == before && cut[decrypted..] == received[decrypted..]);
    assert_eq!(has_room, plaintext.is_some());
    if has_room {
        assert_eq!((decrypted, decryptor.verify()), (received.len(), verdict));
    }
    from_source(info, received, expected, pieces);
}

fn from_source(
    info: &AttachmentInfo,
    received: &[u8],
    expected: Result<Vec<u8>, AttachmentError>,
    pieces: &Pieces<'_>,
) {
    match AttachmentReader::new(Cursor::new(received), info) {
        Ok(mut reader) => {
            assert_eq!(reader.length(), received.len() as u64);
            let mut read = vec![0; received.len()];
            let buffers = pieces.of(&mut read).into_iter();
            buffers.for_each(|buffer| reader.read_exact(buffer).expect("the source did not change"));
            assert_eq!(reader.read(&mut [0; 3]).expect("the end"), 0);
            assert!(expected == Ok(read));
        }
        Err(AttachmentReaderError::Attachment(error)) => assert_eq!(expected, Err(error)),
        Err(error) => panic!("a buffer can be read: {error}"),
    }
}
