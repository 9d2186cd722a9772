//! Where the three implementations differ, and on purpose: tables of what cliquet, libolm and vodozemac make of input
//! that none of them would write. A row that changes is news, whoever it is that changed.

mod keys;
mod normal_messages;
mod pre_key_messages;
mod rooms;

use super::party::{IMPLEMENTATIONS, Implementation};

/// The answer of an implementation that takes the input.
const ACCEPTS: &str = "accepts";

/// Input made out of `T`, and how the answers of cliquet, libolm and vodozemac begin.
struct Row<T>(&'static str, fn(&T) -> Vec<u8>, [&'static str; 3]);

/// The error, or that there is none.
fn answer<T>(verdict: Result<T, String>) -> String {
    verdict.map_or_else(|error| error, |_| ACCEPTS.to_owned())
}

/// Lets each implementation answer, and compares with the row.
fn compare(what: &str, expected: [&str; 3], mut ask: impl FnMut(Implementation) -> String) {
    for (implementation, expected) in IMPLEMENTATIONS.into_iter().zip(expected) {
        let answer = ask(implementation);
        assert!(
            answer.starts_with(expected),
            "{what}: {implementation:?} says {answer}, expected {expected}"
        );
    }
}

/// A protobuf field of bytes.
fn bytes_field(number: u8, content: &[u8]) -> Vec<u8> {
    let length = u64::try_from(content.len()).unwrap();
    [&[number << 3 | 2], &varint(length)[..], content].concat()
}

/// A protobuf field with an integer.
fn integer_field(number: u8, value: u64) -> Vec<u8> {
    [&[number << 3], &varint(value)[..]].concat()
}

/// The same, with a last group of bits that could be left out.
fn long_integer_field(number: u8, value: u64) -> Vec<u8> {
    let mut field = integer_field(number, value);
    *field.last_mut().unwrap() |= 0x80;
    field.push(0);
    field
}

fn varint(value: u64) -> Vec<u8> {
    let low = (value & 0x7f).to_le_bytes()[0];
    if value < 0x80 { vec![low] } else { [&[low | 0x80], &varint(value >> 7)[..]].concat() }
}

/// The order of the base point of Ed25519, little-endian:
/// 2^252 + 27742317777372353535851937790883648493 (RFC 8032).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// The signature `R || S` with `S + ORDER` for `S`: the same equation, written a second way.
fn malleated(signature: &[u8; 64]) -> [u8; 64] {
    let mut malleated = *signature;
    let mut carry = 0;
    for (byte, addend) in malleated[32..].iter_mut().zip(ORDER) {
        let [sum, high] = (u16::from(*byte) + u16::from(addend) + carry).to_le_bytes();
        *byte = sum;
        carry = u16::from(high);
    }
    malleated
}
