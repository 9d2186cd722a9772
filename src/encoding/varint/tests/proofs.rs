//! The decoder and the encoder beside their specification, for every string of a scope (`docs/proofs.md`, "Varints").

use super::*;
use crate::testing::every_sequence;

/// Every kind of group, with and without another one behind it: zero, the smallest, one bit, all but one, all.
const KINDS: [u8; 14] = [0x00, 0x01, 0x02, 0x3f, 0x40, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0xbf, 0xc0, 0xfe, 0xff];

/// A varint is the number `sum(group(k) * 128^k)`, lowest group first; all bytes but its last one have their high bit set.
/// Ours are below 2^64 and have no group of zeros at their end, unless it is the only one.
fn specified(bytes: &[u8]) -> Result<(u64, usize), DecodeError> {
    let continued = bytes.iter().take_while(|byte| **byte >= 128).count();
    let length = (continued + 1).min(10).min(bytes.len());
    let groups = bytes[..length].iter().rev();
    let value = groups.fold(0_u128, |value, byte| value * 128 + u128::from(*byte % 128));
    let Ok(value) = u64::try_from(value) else { return Err(DecodeError::IntegerTooLarge) };
    if continued >= length {
        let too_long = length == 10;
        return Err(if too_long { DecodeError::NonCanonicalVarint } else { DecodeError::Truncated });
    }
    let shortest = length == 1 || bytes[length - 1] != 0;
    if shortest { Ok((value, length)) } else { Err(DecodeError::NonCanonicalVarint) }
}

/// The decoder does as specified, and what it reads has this one encoding.
fn check(bytes: &[u8]) {
    let read = read(bytes);
    assert_eq!(read, specified(bytes), "{bytes:02x?}");
    if let Ok((value, length)) = read {
        check_value(value, Some(&bytes[..length]));
    }
}

/// The encoder writes the encoding of a value, and nothing else, at the end of what there is.
fn check_value(value: u64, encoding: Option<&[u8]>) {
    let mut written = alloc::vec![0xaa];
    put(&mut written, value);
    let written = &written[1..];
    assert!(encoding.is_none_or(|encoding| encoding == written), "{value} as {written:02x?}");
    assert_eq!((length(value), specified(written)), (written.len(), Ok((value, written.len()))));
}

fn all_bytes() -> Vec<u8> {
    (0..=u8::MAX).collect()
}

/// Strings that go on to their last byte but one.
fn long_strings(first: &[u8], last: &[u8], length: usize) -> u64 {
    let mut count = 0;
    every_sequence(first, length - 1, |bytes| {
        let mut bytes = bytes.to_vec();
        for byte in last {
            bytes.push(*byte);
            check(&bytes);
            bytes.pop();
            count += 1;
        }
    });
    count
}

#[test]
fn every_string_of_two_bytes_and_every_kind_of_four() {
    let all: u64 = (0..=2).map(|length| every_sequence(&all_bytes(), length, check)).sum();
    let kinds: u64 = (3..=4).map(|length| every_sequence(&KINDS, length, check)).sum();
    assert_eq!((all, kinds), (65_793, 41_160));
}

#[test]
fn every_kind_of_long_string() {
    // The tenth byte is the last one, and holds the last bit.
    let count: u64 = (8..=12).map(|length| long_strings(&[0x80, 0xff], &KINDS, length)).sum();
    assert_eq!(count, 55_552);
}

#[test]
fn every_value_of_16_bits_and_every_border() {
    (0..=u64::from(u16::MAX)).for_each(|value| check_value(value, None));
    for bit in 0..64 {
        for distance in 0..=2 {
            check_value((1_u64 << bit).wrapping_add(distance), None);
            check_value((1_u64 << bit).wrapping_sub(distance), None);
        }
    }
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_string_of_three_bytes_and_every_kind_of_six() {
    let all = every_sequence(&all_bytes(), 3, check);
    let kinds: u64 = (5..=6).map(|length| every_sequence(&KINDS, length, check)).sum();
    let long: u64 = (7..=11).map(|length| long_strings(&[0x80, 0x81, 0xff], &KINDS, length)).sum();
    assert_eq!((all, kinds, long), (16_777_216, 8_067_360, 1_234_926));
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_kind_of_value_and_values_of_32_bits() {
    let count = every_sequence(&[0, 1, 0x40, 0x7f], 10, |groups| {
        let value = groups.iter().fold(0_u64, |value, group| (value << 7) | group);
        check_value(value, None);
    });
    assert_eq!(count, 1_048_576);
    (0..=u32::MAX).step_by(251).for_each(|value| check_value(value.into(), None));
}
