//! `recovery key = base58(8b 01 || key[32] || parity)`, where all 35 bytes together are zero under exclusive or.

use alloc::{string::String, vec::Vec};

use subtle::ConstantTimeEq;

use super::RecoveryKeyError;
use crate::{
    encoding::base58,
    secret::{Scratch, Secret, SecretText, split, split_mut},
};

const PREFIX: [u8; 2] = [0x8b, 0x01];
/// How many characters stand together.
const GROUP: usize = 4;

pub(super) fn encode(key: &Secret<32>) -> SecretText {
    let mut number = Scratch::<{ base58::NUMBER_LENGTH }>::zeroed();
    let (prefix, rest) = split_mut::<35, 2, 33>(number.as_mut_bytes());
    let (bytes, parity) = split_mut::<33, 32, 1>(rest);
    *prefix = PREFIX;
    bytes.copy_from_slice(key.as_bytes());
    *parity = [exclusive_or(prefix) ^ exclusive_or(bytes)];

    let mut ungrouped = Scratch::<{ base58::TEXT_LENGTH }>::zeroed();
    base58::encode(number.as_bytes(), ungrouped.as_mut_bytes());
    // Bytes, not characters: where a character ends depends on it.
    let mut text = Vec::with_capacity(base58::TEXT_LENGTH.saturating_mul(2));
    for group in ungrouped.as_bytes().chunks(GROUP) {
        if !text.is_empty() {
            text.push(b' ');
        }
        text.extend_from_slice(group);
    }
    #[expect(clippy::expect_used, reason = "base58 and spaces are ASCII")]
    let text = String::from_utf8(text).expect("base58 is ASCII");
    SecretText::new(text)
}

pub(super) fn decode(text: &str) -> Result<Secret<32>, RecoveryKeyError> {
    let characters = || text.chars().filter(|character| !character.is_whitespace());
    let actual = characters().count();
    if actual != base58::TEXT_LENGTH {
        return Err(RecoveryKeyError::Length { actual });
    }
    let mut ungrouped = Scratch::<{ base58::TEXT_LENGTH }>::zeroed();
    for (byte, character) in ungrouped.as_mut_bytes().iter_mut().zip(characters()) {
        *byte = u8::try_from(character).map_err(|_| RecoveryKeyError::Character)?;
    }
    let number = base58::decode(ungrouped.as_bytes()).map_err(|_| RecoveryKeyError::Character)?;
    let (prefix, rest) = split::<35, 2, 33>(number.as_bytes());
    let (key, _parity) = split::<33, 32, 1>(rest);
    if !bool::from(prefix.ct_eq(&PREFIX)) {
        return Err(RecoveryKeyError::Prefix);
    }
    if !bool::from(exclusive_or(number.as_bytes()).ct_eq(&0)) {
        return Err(RecoveryKeyError::Parity);
    }
    Ok(Secret::copy_of(key))
}

fn exclusive_or(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}
