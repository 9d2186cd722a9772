//! The readers of fields beside their specification, for every string of a scope (`docs/proofs.md`, "Messages").

use alloc::vec::Vec;

use super::super::*;
use crate::testing::{every_sequence, wire::number};

/// The key that the proofs ask for: field 2, bytes. Its neighbours differ from it in one bit.
const KEY: u8 = 0x12;

/// The first byte of a field, then what it holds, then a content of no meaning.
const KINDS: [u8; 10] = [0x00, 0x01, 0x02, 0x03, 0x12, 0x13, 0x7f, 0x80, 0x81, 0xff];

/// A bytes field: key, length, and as many bytes.
fn specified_bytes(string: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(string.strip_prefix(&[KEY])?)?;
    rest.split_at_checked(usize::try_from(length).ok()?)
}

/// An integer field: key, and a number of 32 bits.
fn specified_u32(string: &[u8]) -> Option<(u32, &[u8])> {
    let (value, rest) = number(string.strip_prefix(&[KEY])?)?;
    Some((u32::try_from(value).ok()?, rest))
}

fn check(string: &[u8]) {
    let mut reader = Reader::new(string);
    let read = bytes(&mut reader, KEY).ok().map(|range| (&string[range], reader.remaining()));
    assert_eq!(read, specified_bytes(string).map(|(content, rest)| (content, rest.len())), "{string:02x?}");
    if let Some((content, rest)) = read {
        let mut written = Vec::new();
        put_bytes(&mut written, KEY, content);
        assert_eq!(written, string[..string.len() - rest], "one encoding");
        assert_eq!(bytes_field_length(content.len()), written.len());
    }

    let mut reader = Reader::new(string);
    let read = u32(&mut reader, KEY).ok().map(|value| (value, reader.remaining()));
    assert_eq!(read, specified_u32(string).map(|(value, rest)| (value, rest.len())), "{string:02x?}");
    if let Some((value, rest)) = read {
        let mut written = Vec::new();
        put_u32(&mut written, KEY, value);
        assert_eq!(written, string[..string.len() - rest], "one encoding");
        assert_eq!(u32_field_length(value), written.len());
    }
}

fn every_tail(alphabet: &[u8], length: usize) -> u64 {
    let mut string = alloc::vec![KEY];
    every_sequence(alphabet, length, |tail| {
        string.truncate(1);
        string.extend_from_slice(tail);
        check(&string);
    })
}

#[test]
fn every_field_of_two_bytes_behind_its_key_and_every_kind_of_four() {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    let count: u64 = (0..=2).map(|length| every_tail(&all, length)).sum();
    let kinds: u64 = (3..=4).map(|length| every_tail(&KINDS, length)).sum();
    assert_eq!((count, kinds), (65_793, 11_000));
    // Whatever other key there is, the field is another one.
    for key in 0..=u8::MAX {
        check(&[key, 1, 1]);
    }
}

#[test]
fn every_border_of_an_integer_and_of_a_length() {
    for bit in 0..64 {
        for distance in 0..=2 {
            for value in [(1_u64 << bit).wrapping_add(distance), (1_u64 << bit).wrapping_sub(distance)] {
                let mut string = alloc::vec![KEY];
                varint::put(&mut string, value);
                check(&string);
            }
        }
    }
    // Lengths whose varint becomes longer, with one byte too few, as many, and one too many behind them.
    for length in [0, 1, 31, 32, 33, 127, 128, 129, 16_383, 16_384, 16_385] {
        for present in [length - 1_i32, length, length + 1] {
            let Ok(present) = usize::try_from(present) else { continue };
            let mut string = alloc::vec![KEY];
            varint::put(&mut string, u64::try_from(length).unwrap());
            string.resize(string.len() + present, 0x5a);
            check(&string);
        }
    }
}

#[test]
fn a_field_of_32_bytes_has_32_bytes() {
    for length in 0..=u8::MAX {
        for present in [0, 31, 32, 33, 255] {
            let mut string = alloc::vec![KEY];
            varint::put(&mut string, length.into());
            string.resize(string.len() + present, 0x5a);
            let read = bytes32(&mut Reader::new(&string), KEY);
            assert_eq!(read.is_ok(), length == 32 && present >= 32, "{length} announced, {present} there");
        }
    }
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_field_of_three_bytes_behind_its_key_and_every_kind_of_seven() {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    let kinds: u64 = (5..=7).map(|length| every_tail(&KINDS, length)).sum();
    assert_eq!((every_tail(&all, 3), kinds), (16_777_216, 11_100_000));
}

#[test]
fn every_version_byte_has_its_mac_length_or_none() {
    for byte in 0..=u8::MAX {
        let read = crate::MessageVersion::read(&mut Reader::new(&[byte]));
        let mac_length = read.as_ref().ok().map(|version| version.mac_length());
        let specified = match byte {
            3 => Some(8),
            4 => Some(32),
            _ => None,
        };
        assert_eq!(mac_length, specified);
        assert!(read.map_or_else(
            |error| error == DecodeError::UnsupportedVersion { version: byte },
            |version| version.byte() == byte
        ));
    }
}
