//! Base58 of a number of 35 bytes that takes 48 digits: a recovery key. In constant time, because it is secret.

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq, ConstantTimeGreater, ConstantTimeLess};

use crate::secret::{Scratch, Secret};

/// The length of the number, in bytes.
pub(crate) const NUMBER_LENGTH: usize = 35;
/// The length of its text, in characters: `58^47 < n < 58^48` for every number whose first byte is 11 or more.
pub(crate) const TEXT_LENGTH: usize = 48;

/// The alphabet without 0, O, I and l, in its runs: the first and last character, and the value of the first.
const RUNS: [(u8, u8, u8); 6] = [
    (b'1', b'9', 0),
    (b'A', b'H', 9),
    (b'J', b'N', 17),
    (b'P', b'Z', 22),
    (b'a', b'k', 33),
    (b'm', b'z', 44),
];

/// A character is none of the alphabet, or the number has more than 35 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoBase58;

/// The number as the characters of a text, most significant digit first.
pub(crate) fn encode(number: &[u8; NUMBER_LENGTH], text: &mut [u8; TEXT_LENGTH]) {
    let mut rest = Scratch::<NUMBER_LENGTH>::zeroed();
    rest.as_mut_bytes().copy_from_slice(number);
    for character in text.iter_mut().rev() {
        let mut remainder = 0;
        for byte in rest.as_mut_bytes() {
            (*byte, remainder) = divide_by_58(remainder, *byte);
        }
        *character = character_of(remainder);
    }
}

/// The number of a text.
pub(crate) fn decode(text: &[u8; TEXT_LENGTH]) -> Result<Secret<NUMBER_LENGTH>, NoBase58> {
    let mut number = Secret::<NUMBER_LENGTH>::zeroed();
    let mut valid = Choice::from(1);
    for character in text {
        let (digit, is_digit) = digit_of(*character);
        let mut carry = digit;
        for byte in number.as_mut_bytes().iter_mut().rev() {
            let [low, high] = u16::from(*byte).wrapping_mul(58).wrapping_add(u16::from(carry)).to_le_bytes();
            (*byte, carry) = (low, high);
        }
        valid &= is_digit & carry.ct_eq(&0);
    }
    if bool::from(valid) { Ok(number) } else { Err(NoBase58) }
}

/// Quotient and remainder of `256 high + low`, where `high` is below 58: by multiplication, because division takes longer for some numbers.
fn divide_by_58(high: u8, low: u8) -> (u8, u8) {
    let number = u16::from_be_bytes([high, low]);
    // 1130 / 2^16 is so little above 1 / 58 that the quotient is right up to 2^14.
    let [_, _, quotient, _] = u32::from(number).wrapping_mul(1130).to_le_bytes();
    let [remainder, _] = number.wrapping_sub(u16::from(quotient).wrapping_mul(58)).to_le_bytes();
    (quotient, remainder)
}

fn character_of(digit: u8) -> u8 {
    let mut character = 0;
    for (first, _, value) in RUNS {
        let in_this_run_or_later = !digit.ct_lt(&value);
        character.conditional_assign(&digit.wrapping_sub(value).wrapping_add(first), in_this_run_or_later);
    }
    character
}

/// The value of a character, and whether it has one.
fn digit_of(character: u8) -> (u8, Choice) {
    let (mut digit, mut is_digit) = (0, Choice::from(0));
    for (first, last, value) in RUNS {
        let in_this_run = !character.ct_lt(&first) & !character.ct_gt(&last);
        digit.conditional_assign(&character.wrapping_sub(first).wrapping_add(value), in_this_run);
        is_digit |= in_this_run;
    }
    (digit, is_digit)
}

#[cfg(test)]
mod tests {
    mod proofs;

    use proptest::prelude::*;

    use super::*;

    const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    #[test]
    fn division_is_right_for_every_number() {
        for number in 0..58 * 256_u16 {
            let [high, low] = number.to_be_bytes();
            let (quotient, remainder) = divide_by_58(high, low);
            assert_eq!((u16::from(quotient), u16::from(remainder)), (number / 58, number % 58));
        }
    }

    #[test]
    fn every_character_has_its_place_in_the_alphabet() {
        for character in 0..=u8::MAX {
            let (digit, is_digit) = digit_of(character);
            let place = ALPHABET.iter().position(|known| *known == character);
            assert_eq!(bool::from(is_digit).then_some(usize::from(digit)), place);
        }
        for (place, character) in (0..).zip(ALPHABET) {
            assert_eq!(character_of(place), *character);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_the_library_bs58_writes_them(mut number: [u8; NUMBER_LENGTH], first in 11..=u8::MAX) {
            number[0] = first;
            let mut text = [0; TEXT_LENGTH];
            encode(&number, &mut text);
            let expected = bs58::encode(number).into_string();
            prop_assert_eq!(&text[..], expected.as_bytes());
            prop_assert_eq!(decode(&text), Ok(Secret::copy_of(&number)));
        }

        #[test]
        fn texts_are_read_as_the_library_bs58_reads_them(text in "[1-9A-HJ-NP-Za-km-z0OIl]{48}") {
            let expected = bs58::decode(&text).into_vec().ok().and_then(|read| {
                // A zero in front, which the library keeps, is no part of the number.
                let zeros = read.iter().take_while(|byte| **byte == 0).count();
                let mut whole = [0; NUMBER_LENGTH];
                let start = NUMBER_LENGTH.checked_sub(read.len() - zeros)?;
                whole[start..].copy_from_slice(&read[zeros..]);
                Some(whole)
            });
            let number = decode(text.as_bytes().try_into().unwrap()).ok().map(|number| *number.as_bytes());
            prop_assert_eq!(number, expected);
        }
    }
}
