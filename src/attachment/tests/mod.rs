use alloc::{format, vec::Vec};

use proptest::prelude::*;

use super::*;
use crate::testing::{FixedRandom, counting, seeded};

fn encrypted(plaintext: &[u8]) -> (Vec<u8>, AttachmentInfo) {
    let mut ciphertext = plaintext.to_vec();
    let info = encrypt_in_place(&mut ciphertext, &mut seeded(1)).unwrap();
    (ciphertext, info)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn pieces_of_any_length_are_one_attachment(
        plaintext in proptest::collection::vec(any::<u8>(), 0..50_000),
        lengths in proptest::collection::vec(1..20_000_usize, 1..20),
    ) {
        let (whole, expected) = encrypted(&plaintext);
        let mut encryptor = AttachmentEncryptor::new(&mut seeded(1)).unwrap();
        let mut decryptor = UnverifiedDecryptor::new(&expected);
        let (mut ciphertext, mut decrypted) = (Vec::<u8>::new(), Vec::<u8>::new());
        let (mut rest, mut lengths) = (plaintext.as_slice(), lengths.iter().cycle());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.len().min(*lengths.next().unwrap()));
            let mut piece = piece.to_vec();
            encryptor.encrypt(&mut piece);
            ciphertext.extend(&piece);
            decryptor.decrypt_unverified(&mut piece).unwrap();
            decrypted.extend(piece);
            rest = after;
        }
        prop_assert_eq!(&ciphertext, &whole);
        prop_assert_eq!(&encryptor.finish(), &expected);
        prop_assert_eq!(decryptor.verify(), Ok(()));
        prop_assert_eq!(&decrypted, &plaintext);
        prop_assert_eq!(expected.decrypt(&whole), Ok(plaintext));
    }
}

#[test]
fn whatever_is_changed_is_refused() {
    let (ciphertext, info) = encrypted(&counting(1, 100));
    for bit in 0..ciphertext.len() * 8 {
        let mut changed = ciphertext.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(info.decrypt(&changed), Err(AttachmentError::HashMismatch));
        let before = changed.clone();
        assert_eq!(info.decrypt_in_place(&mut changed), Err(AttachmentError::HashMismatch));
        assert_eq!(changed, before, "an error changes nothing");
        let mut decryptor = UnverifiedDecryptor::new(&info);
        decryptor.decrypt_unverified(&mut changed).unwrap();
        assert_eq!(decryptor.verify(), Err(AttachmentError::HashMismatch));
    }
    assert_eq!(info.decrypt(&ciphertext[..99]), Err(AttachmentError::HashMismatch));
    assert_eq!(info.decrypt(&[&ciphertext[..], &[0]].concat()), Err(AttachmentError::HashMismatch));
    assert_eq!(info.decrypt(&[]), Err(AttachmentError::HashMismatch));
}

#[test]
fn the_key_is_drawn_before_the_iv_and_a_failing_generator_changes_nothing() {
    let drawn = counting(7, 40);
    let info = AttachmentEncryptor::new(&mut FixedRandom::new(drawn.clone())).unwrap().finish();
    assert_eq!(info.key()[..], drawn[..32]);
    assert_eq!(info.iv()[..], [&drawn[32..], &[0; 8]].concat());
    assert_eq!(info.version(), AttachmentVersion::V2);
    for length in [0, 31, 32, 39] {
        let mut plaintext = *b"plaintext";
        encrypt_in_place(&mut plaintext, &mut FixedRandom::new(counting(7, length))).unwrap_err();
        assert_eq!(&plaintext, b"plaintext");
    }
}

#[test]
fn a_counter_that_would_overflow_is_refused() {
    use crate::primitives::sha256;

    let iv_with = |counter: u64| {
        let mut iv = [7; 16];
        iv[8..].copy_from_slice(&counter.to_be_bytes());
        iv
    };
    for (blocks_left, length) in [(1, 16), (2, 32), (3, 48)] {
        let iv = iv_with(0_u64.wrapping_sub(blocks_left));
        for (length, expected) in [(length, Ok(())), (length + 1, Err(AttachmentError::CounterOverflow))] {
            let mut ciphertext = counting(1, length);
            let info = AttachmentInfo::new(AttachmentVersion::V1, &[1; 32], iv, sha256::hash(&[&ciphertext]));
            assert_eq!(info.decrypt(&ciphertext).map(|_| ()), expected);
            let mut decryptor = UnverifiedDecryptor::new(&info);
            let pieces = ciphertext.chunks_mut(16).try_for_each(|piece| decryptor.decrypt_unverified(piece));
            assert_eq!(pieces, expected);
            // What was refused counts neither as decrypted nor as verified.
            assert_eq!(decryptor.verify().is_ok(), expected.is_ok());
            #[cfg(feature = "std")]
            {
                let opened = AttachmentReader::new(std::io::Cursor::new(counting(1, length)), &info);
                assert_eq!(opened.is_ok(), expected.is_ok());
            }
        }
    }
}

#[test]
fn versions_have_the_names_of_the_specification() {
    for (version, name) in [(AttachmentVersion::V1, "v1"), (AttachmentVersion::V2, "v2")] {
        assert_eq!((version.as_str(), AttachmentVersion::from_name(name)), (name, Some(version)));
    }
    assert_eq!(AttachmentVersion::from_name("v3"), None);
}

#[test]
fn a_piece_without_room_is_as_it_was() {
    let info = AttachmentInfo::new(AttachmentVersion::V1, &[1; 32], [0xff; 16], [0; 32]);
    let mut piece = counting(1, 100_000);
    let refused = UnverifiedDecryptor::new(&info).decrypt_unverified(&mut piece);
    assert_eq!((refused, piece), (Err(AttachmentError::CounterOverflow), counting(1, 100_000)));
}

#[test]
fn nothing_secret_is_printed() {
    let (_, info) = encrypted(b"plaintext");
    let encryptor = AttachmentEncryptor::new(&mut seeded(1)).unwrap();
    let printed =
        format!("{encryptor:?} {:?} {:?}", UnverifiedDecryptor::new(&info), EncryptedFile::new("u", info));
    assert_eq!(
        printed,
        "AttachmentEncryptor(..) UnverifiedDecryptor(..) EncryptedFile { url: \"u\", info: AttachmentInfo { version: V2, .. } }"
    );
}

#[cfg(feature = "std")]
mod reader {
    use alloc::rc::Rc;
    use core::cell::RefCell;
    use std::io::{Cursor, ErrorKind, Read, Result, Seek, SeekFrom};

    use super::*;

    /// A file that others can write to, which hands out a few bytes at a time and is interrupted now and then.
    #[derive(Clone, Default)]
    struct Shared {
        bytes: Rc<RefCell<Vec<u8>>>,
        position: usize,
        calls: usize,
        fails: bool,
    }

    impl Read for Shared {
        fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
            self.calls += 1;
            if self.calls.is_multiple_of(3) {
                return Err(ErrorKind::Interrupted.into());
            }
            if self.fails {
                return Err(ErrorKind::PermissionDenied.into());
            }
            let bytes = self.bytes.borrow();
            let rest = &bytes[self.position.min(bytes.len())..];
            let count = rest.len().min(buffer.len()).min(7);
            buffer[..count].copy_from_slice(&rest[..count]);
            self.position += count;
            Ok(count)
        }
    }

    impl Seek for Shared {
        fn seek(&mut self, to: SeekFrom) -> Result<u64> {
            match to {
                SeekFrom::Start(start) => self.position = usize::try_from(start).unwrap(),
                SeekFrom::Current(0) => {}
                _ => panic!("nothing else is asked for"),
            }
            Ok(u64::try_from(self.position).unwrap())
        }
    }

    fn shared(length: usize) -> (Rc<RefCell<Vec<u8>>>, AttachmentReader<Shared>, Vec<u8>) {
        let plaintext = counting(1, length);
        let (ciphertext, info) = encrypted(&plaintext);
        let bytes = Rc::new(RefCell::new(ciphertext));
        let source = Shared { bytes: Rc::clone(&bytes), ..Shared::default() };
        (bytes, AttachmentReader::new(source, &info).unwrap(), plaintext)
    }

    /// What can be read before an error, and what kind of error.
    fn read_to_error(reader: &mut impl Read) -> (Vec<u8>, ErrorKind) {
        let mut read = Vec::new();
        let error = reader.read_to_end(&mut read).unwrap_err();
        (read, error.kind())
    }

    #[test]
    fn every_length_is_read_in_pieces_of_every_length() {
        for length in [0, 1, 2, 15, 16, 17, 100] {
            for piece_length in [1, 2, 16, 200] {
                let (_, mut reader, plaintext) = shared(length);
                assert_eq!(usize::try_from(reader.length()).unwrap(), length);
                let (mut read, mut piece) = (Vec::<u8>::new(), [0; 200]);
                loop {
                    assert_eq!(reader.read(&mut []).unwrap(), 0, "no room is no end");
                    match reader.read(&mut piece[..piece_length]) {
                        Ok(0) => break,
                        Ok(count) => read.extend(&piece[..count]),
                        Err(error) => assert_eq!(error.kind(), ErrorKind::Interrupted),
                    }
                }
                assert_eq!(read, plaintext);
                assert_eq!(reader.read(&mut piece).unwrap(), 0, "the end stays the end");
            }
        }
    }

    #[test]
    fn neither_key_nor_source_is_printed() {
        let (_, reader, _) = shared(7);
        assert_eq!(format!("{reader:?}"), "AttachmentReader { length: 7, .. }");
    }

    #[test]
    fn it_begins_where_the_source_stands() {
        let (ciphertext, info) = encrypted(b"a file in a file");
        let mut source = Cursor::new([b"header".as_slice(), &ciphertext].concat());
        source.set_position(6);
        let mut text = std::string::String::new();
        AttachmentReader::new(source, &info).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "a file in a file");
    }

    #[test]
    fn the_progress_of_the_first_pass_is_told() {
        let (ciphertext, info) = encrypted(&counting(1, 200_000));
        let mut told = Vec::new();
        AttachmentReader::with_progress(Cursor::new(ciphertext), &info, |read| told.push(read)).unwrap();
        assert!(told.is_sorted() && told.len() > 1 && told.last() == Some(&200_000), "{told:?}");
    }

    #[test]
    fn nothing_is_read_of_another_file() {
        let (mut ciphertext, info) = encrypted(&counting(1, 100));
        ciphertext[50] ^= 1;
        let refused = AttachmentReader::new(Cursor::new(ciphertext), &info).unwrap_err();
        assert!(matches!(refused, AttachmentReaderError::Attachment(AttachmentError::HashMismatch)));
        let source = Shared { fails: true, ..Shared::default() };
        let refused = AttachmentReader::new(source, &info).unwrap_err();
        assert!(
            matches!(refused, AttachmentReaderError::Source(error) if error.kind() == ErrorKind::PermissionDenied)
        );
    }

    #[test]
    fn a_source_that_changes_while_it_is_read_never_comes_to_its_end() {
        for changed in [0, 50, 99] {
            let (bytes, mut reader, plaintext) = shared(100);
            bytes.borrow_mut()[changed] ^= 1;
            let (read, error) = read_to_error(&mut reader);
            assert_eq!(error, ErrorKind::InvalidData);
            assert!(read.len() < plaintext.len(), "the last byte is kept back");
            let mut piece = [7; 10];
            assert_eq!(
                reader.read(&mut piece).unwrap_err().kind(),
                ErrorKind::InvalidData,
                "the error stays"
            );
            assert_eq!(piece, [7; 10]);
        }
    }

    #[test]
    fn what_does_not_verify_is_not_left_in_the_buffer() {
        let (bytes, mut reader, _) = shared(5);
        bytes.borrow_mut()[0] ^= 1;
        let mut piece = [7; 5];
        let error = loop {
            let error = reader.read(&mut piece).unwrap_err().kind();
            if error != ErrorKind::Interrupted {
                break error;
            }
        };
        assert_eq!((error, piece), (ErrorKind::InvalidData, [0; 5]));
    }

    #[test]
    fn a_source_that_becomes_shorter_or_longer_is_noticed_or_ignored() {
        let (bytes, mut reader, plaintext) = shared(100);
        bytes.borrow_mut().truncate(60);
        let (read, error) = read_to_error(&mut reader);
        assert_eq!((read.as_slice(), error), (&plaintext[..60], ErrorKind::InvalidData));

        let (bytes, mut reader, plaintext) = shared(100);
        bytes.borrow_mut().extend(b"more");
        let mut read = Vec::new();
        reader.read_to_end(&mut read).unwrap();
        assert_eq!(read, plaintext, "what was added was not verified, and is not read");
    }

    #[test]
    fn reading_goes_on_after_an_error_of_the_source() {
        let (_, mut reader, plaintext) = shared(100);
        let mut read = Vec::new();
        reader.by_ref().take(30).read_to_end(&mut read).unwrap();
        let source = Shared { fails: true, ..Shared::default() };
        let working = core::mem::replace(reader.source_mut(), source);
        assert_eq!(reader.read(&mut [0; 10]).unwrap_err().kind(), ErrorKind::PermissionDenied);
        *reader.source_mut() = working;
        reader.read_to_end(&mut read).unwrap();
        assert_eq!(read, plaintext);
    }
}
