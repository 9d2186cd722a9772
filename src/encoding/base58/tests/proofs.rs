//! The decoder and the encoder beside arithmetic in the plain way (`docs/proofs.md`, "Base58").

use alloc::{vec, vec::Vec};

use super::*;

/// The number of a text: its digits in base 58, first the most significant one, as bytes; `None` if a character is no digit or
/// the number takes more bytes.
fn specified(text: &[u8; TEXT_LENGTH]) -> Option<[u8; NUMBER_LENGTH]> {
    // Lowest byte first, as long as it comes out.
    let mut number: Vec<u32> = vec![0];
    for character in text {
        let mut carry = u32::try_from(ALPHABET.iter().position(|known| known == character)?).unwrap();
        for byte in &mut number {
            carry += *byte * 58;
            *byte = carry % 256;
            carry /= 256;
        }
        number.push(carry);
    }
    let (low, high) = number.split_at(NUMBER_LENGTH);
    let mut bytes: Vec<u8> = low.iter().map(|byte| u8::try_from(*byte).unwrap()).collect();
    bytes.reverse();
    high.iter().all(|byte| *byte == 0).then(|| bytes.try_into().unwrap())
}

/// The decoder does as specified, and a text that is read is the one of its number.
fn check(text: &[u8; TEXT_LENGTH]) {
    let read = decode(text).ok().map(|number| *number.as_bytes());
    assert_eq!(read, specified(text), "{text:?}");
    if let Some(number) = read {
        assert_eq!(&written(&number), text);
    }
}

fn written(number: &[u8; NUMBER_LENGTH]) -> [u8; TEXT_LENGTH] {
    let mut text = [0; TEXT_LENGTH];
    encode(number, &mut text);
    text
}

/// Texts that differ in each place: the smallest, one in the middle, and the greatest number that fits and its neighbours.
fn texts() -> Vec<[u8; TEXT_LENGTH]> {
    let mut texts: Vec<_> =
        [[0; NUMBER_LENGTH], [0x8b; NUMBER_LENGTH], [0xff; NUMBER_LENGTH]].iter().map(written).collect();
    texts.push([b'z'; TEXT_LENGTH]);
    texts
}

/// The texts with every byte at some places.
fn every_byte_at(places: impl Iterator<Item = usize> + Clone) {
    for text in texts() {
        for place in places.clone() {
            for byte in 0..=u8::MAX {
                let mut text = text;
                text[place] = byte;
                check(&text);
            }
        }
    }
}

#[test]
fn every_byte_at_the_first_and_at_the_last_place() {
    every_byte_at([0, TEXT_LENGTH - 1].into_iter());
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_byte_at_every_place() {
    every_byte_at(0..TEXT_LENGTH);
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_byte_of_a_number_at_every_place() {
    for number in [[0; NUMBER_LENGTH], [0x8b; NUMBER_LENGTH], [0xff; NUMBER_LENGTH]] {
        for place in 0..NUMBER_LENGTH {
            for byte in 0..=u8::MAX {
                let mut number = number;
                number[place] = byte;
                assert_eq!(specified(&written(&number)), Some(number));
            }
        }
    }
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_pair_of_digits_side_by_side() {
    for text in texts() {
        for place in 1..TEXT_LENGTH {
            for first in ALPHABET {
                for second in ALPHABET {
                    let mut text = text;
                    (text[place - 1], text[place]) = (*first, *second);
                    check(&text);
                }
            }
        }
    }
}
