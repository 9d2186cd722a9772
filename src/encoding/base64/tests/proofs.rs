//! Both libraries beside the specification, for every text and every string of bytes of a scope (`docs/proofs.md`, "Base64").

use super::*;
use crate::testing::every_sequence;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// One character of each kind that is none of the alphabet: its neighbours, those of other alphabets, padding, blanks,
/// controls, and others than ASCII of two to four bytes.
const STRANGERS: [char; 24] = [
    '@', '[', '`', '{', '*', ',', '.', ':', '-', '_', '=', ' ', '\n', '\r', '\t', '\0', '\x7f', '!', '%',
    '~', 'é', 'Ａ', '\u{2028}', '😀',
];

/// The digit of 6 bits that a character stands for (RFC 4648, table 1).
fn digit(character: char) -> Option<u32> {
    match character {
        'A'..='Z' => Some(u32::from(character) - u32::from('A')),
        'a'..='z' => Some(u32::from(character) - u32::from('a') + 26),
        '0'..='9' => Some(u32::from(character) - u32::from('0') + 52),
        '+' => Some(62),
        '/' => Some(63),
        _ => None,
    }
}

/// The bytes of a text: its digits are one number in base 64, from which the bits that fill no byte are cut off. They are
/// zero, and fewer than 6.
fn specified(text: &str) -> Option<Vec<u8>> {
    let digits = text.chars().map(digit).collect::<Option<Vec<u32>>>()?;
    let mut bytes = Vec::new();
    let (mut bits, mut pending) = (0, 0);
    for digit in digits {
        (bits, pending) = ((bits << 6) | digit, pending + 6);
        if pending >= 8 {
            pending -= 8;
            bytes.push(u8::try_from(bits >> pending).unwrap());
            bits &= (1 << pending) - 1;
        }
    }
    (pending < 6 && bits == 0).then_some(bytes)
}

/// A text with all the padding that it needs, or with none; `=` stands nowhere else.
fn specified_with_padding(text: &str) -> Option<Vec<u8>> {
    let padded = ["==", "="].iter().find_map(|padding| text.strip_suffix(padding));
    match padded {
        Some(unpadded) if text.len().is_multiple_of(4) => specified(unpadded),
        Some(_) => None,
        None => specified(text),
    }
}

/// The text of bytes: 6 bits a character, the last one filled up with zeros.
fn specified_text(bytes: &[u8]) -> String {
    let bit = |place: usize| bytes.get(place / 8).is_some_and(|byte| (byte >> (7 - place % 8)) & 1 == 1);
    let digits = (0..bytes.len() * 8)
        .step_by(6)
        .map(|start| (start..start + 6).fold(0, |digit, place| (digit << 1) | usize::from(bit(place))));
    digits.map(|digit| char::from(ALPHABET[digit])).collect()
}

/// Each decoder does as specified, into a place of each length; and a text that is read is the only one of its bytes.
fn check(text: &str) {
    let bytes = specified_with_padding(text);
    assert_eq!(decode(text).ok(), bytes, "public: {text:?}");
    let secret = decode_secret_bytes(text);
    assert_eq!(secret.as_ref().ok().map(SecretBytes::as_bytes), bytes.as_deref(), "secret: {text:?}");
    if let Some(bytes) = bytes {
        assert_eq!(encode(&bytes), text.trim_end_matches('='), "one text for its bytes");
    }
}

/// [`check`] for the decoders into a place of known length: one that fits, one that is too short, one that is too long.
fn check_in_place(text: &str) {
    check_length::<0>(text);
    check_length::<1>(text);
    check_length::<2>(text);
    check_length::<3>(text);
}

fn check_length<const N: usize>(text: &str) {
    let fitting = |bytes: Option<Vec<u8>>| bytes.and_then(|bytes| <[u8; N]>::try_from(bytes).ok());
    let unpadded = decode_secret::<N>(text).ok().map(|secret| *secret.as_bytes());
    assert_eq!(unpadded, fitting(specified(text)), "{N} bytes, no padding: {text:?}");
    let padded = decode_secret_with_optional_padding::<N>(text).ok().map(|secret| *secret.as_bytes());
    assert_eq!(padded, fitting(specified_with_padding(text)), "{N} bytes: {text:?}");
    assert_eq!(decode_array::<N>(text).ok(), padded, "{N} public bytes: {text:?}");
}

/// Each encoder writes the specified text.
fn check_bytes(bytes: &[u8]) {
    let text = specified_text(bytes);
    assert_eq!((encode(bytes), encode_message(bytes)), (text.clone(), text.clone()));
    assert_eq!(encode_secret(bytes).as_str(), text);
}

/// Calls `visit` with every text of so many bytes: Rust's texts are UTF-8, so these are all that there are.
fn every_text(length: usize, visit: &mut impl FnMut(&str)) -> u64 {
    fn longer(text: &mut String, room: usize, visit: &mut impl FnMut(&str)) -> u64 {
        if room == 0 {
            visit(text);
            return 1;
        }
        let mut count = 0;
        for character in
            ['\0'..'\u{80}', '\u{80}'..'\u{800}', '\u{800}'..'\u{10000}', '\u{10000}'..'\u{10ffff}']
                .into_iter()
                .take(room)
                .flatten()
        {
            text.push(character);
            count += longer(text, room - character.len_utf8(), visit);
            text.pop();
        }
        count
    }
    longer(&mut String::new(), length, visit)
}

/// Every character of the alphabet and one of each other kind.
fn kinds() -> Vec<char> {
    ALPHABET.iter().copied().map(char::from).chain(STRANGERS).collect()
}

/// Texts of so many bytes' length, right but for their last character or one at any place, which is each of `others` in turn.
fn one_character_replaced(lengths: core::ops::RangeInclusive<usize>, others: &[char]) -> u64 {
    let mut count = 0;
    for length in lengths {
        let right: Vec<char> = (0..length).map(|place| char::from(ALPHABET[place * 7 % 64])).collect();
        for place in 0..length {
            for other in others {
                let mut text = right.clone();
                text[place] = *other;
                check(&text.into_iter().collect::<String>());
                count += 1;
            }
        }
    }
    count
}

#[test]
fn every_text_of_two_bytes() {
    let mut check = |text: &str| {
        check(text);
        check_in_place(text);
    };
    let count: u64 = (0..=2).map(|length| every_text(length, &mut check)).sum();
    assert_eq!(count, 1 + 128 + (128 * 128 + 1_920));
}

#[test]
fn every_string_of_two_bytes_is_written_as_specified() {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    let count: u64 = (0..=2).map(|length| every_sequence(&all, length, check_bytes)).sum();
    assert_eq!(count, 65_793);
}

#[test]
fn a_stranger_at_every_place_around_the_sizes_of_blocks_and_vectors() {
    let strangers = ['=', '-', '\0', 'é'];
    for size in [4_usize, 16, 32, 64, 128, 192] {
        one_character_replaced(size.saturating_sub(1)..=size + 2, &strangers);
    }
    (0..=200_u8)
        .for_each(|length| check_bytes(&(0..length).map(|byte| byte.wrapping_mul(91)).collect::<Vec<u8>>()));
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_text_of_three_bytes() {
    let count = every_text(3, &mut |text| {
        check(text);
        check_in_place(text);
    });
    assert_eq!(count, 128 * 128 * 128 + 2 * 128 * 1_920 + (0x1_0000 - 0x800 - 0x800));
}

/// A group of four characters is where padding and cut-off bits are decided.
#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_text_of_four_characters() {
    let characters: Vec<char> = kinds().into_iter().take(64).chain(['=', '-', ' ', '\0', 'é']).collect();
    let mut text = String::new();
    let count = every_sequence(&characters, 4, |four| {
        text.clear();
        text.extend(four);
        let digits = four.iter().map(|character| digit(*character));
        let Some(bits) = digits
            .rev()
            .zip([0, 6, 12, 18])
            .try_fold(0, |bits, (digit, place)| Some(bits | (digit? << place)))
        else {
            return check(&text);
        };
        let [_, bytes @ ..] = bits.to_be_bytes();
        assert_eq!(decode(&text).unwrap(), bytes);
        assert_eq!(decode_secret::<3>(&text).unwrap().as_bytes(), &bytes);
    });
    assert_eq!(count, 69 * 69 * 69 * 69);
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_string_of_three_bytes_is_written_as_specified() {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    let mut expected = String::new();
    let count = every_sequence(&all, 3, |bytes| {
        let bits = bytes.iter().fold(0, |bits, byte| (bits << 8) | usize::from(*byte));
        expected.clear();
        expected.extend([18, 12, 6, 0].map(|place| char::from(ALPHABET[(bits >> place) & 63])));
        assert_eq!(encode(bytes), expected);
        assert_eq!(encode_message(bytes), expected);
    });
    assert_eq!(count, 16_777_216);
}

#[test]
#[ignore = "many cases, for an optimised build: docs/proofs.md"]
fn at_length_every_character_at_every_place_of_every_length_up_to_200() {
    assert_eq!(one_character_replaced(1..=200, &kinds()), 20_100 * 88);
}
