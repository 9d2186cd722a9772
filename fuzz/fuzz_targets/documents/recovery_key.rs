//! Recovery keys: any text, and keys with mistakes, beside a second reader that counts with a long number.

use arbitrary::Arbitrary;
use cliquet::{
    Ed25519KeyPair,
    pk::PkDecryption,
    secret_storage::{RecoveryKeyError, SecretStorageKey},
};
use cliquet_fuzz::{Damage, Steps, pick, reference_base64::decode_with_optional_padding};

const ALPHABET: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const SPACES: [char; 8] = [' ', '\n', '\t', '\u{a0}', '\u{85}', '\u{2003}', '\u{3000}', '\u{200b}'];

/// A key as somebody types it.
#[derive(Arbitrary, Debug)]
pub(crate) struct Changed {
    key: [u8; 32],
    mistakes: Steps<Mistake>,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Mistake {
    Digit {
        at: u8,
        digit: u8,
    },
    Character {
        at: u8,
        character: char,
    },
    Exchange {
        at: u8,
    },
    Space {
        at: u8,
        which: u8,
    },
    Remove {
        at: u8,
    },
    /// Any bytes of the number, its check sum left as it is.
    Bytes(Damage),
    /// The same with a check sum that is right.
    CheckedBytes(Damage),
}

pub(crate) fn changed(input: Changed) {
    let key = SecretStorageKey::from_bytes(&input.key);
    let text = key.to_recovery_key();
    let groups: Vec<&str> = text.as_str().split(' ').collect();
    assert!(groups.len() == 12 && groups.iter().all(|group| group.len() == 4));
    assert_eq!(read(text.as_str()), Ok(input.key));
    from_text(text.as_str());
    let mut characters: Vec<char> = text.as_str().chars().collect();
    for mistake in input.mistakes.0.iter().take(4) {
        make(*mistake, &input.key, &mut characters);
    }
    from_text(&characters.into_iter().collect::<String>());
}

fn make(mistake: Mistake, key: &[u8; 32], text: &mut Vec<char>) {
    let length = text.len();
    let place = |at: u8| usize::from(at) % (length + 1);
    match mistake {
        Mistake::Digit { at, digit } => {
            let digit = ALPHABET.chars().nth(usize::from(digit % 58)).expect("there are 58");
            text.get_mut(place(at)).into_iter().for_each(|place| *place = digit);
        }
        Mistake::Character { at, character } => {
            text.get_mut(place(at)).into_iter().for_each(|place| *place = character);
        }
        Mistake::Exchange { at } if length > 1 => {
            text.swap(usize::from(at) % (length - 1), usize::from(at) % (length - 1) + 1)
        }
        Mistake::Space { at, which } => text.insert(place(at), *pick(&SPACES, which.into()).expect("some")),
        Mistake::Remove { at } if length > 0 => drop(text.remove(usize::from(at) % length)),
        Mistake::Bytes(damage) | Mistake::CheckedBytes(damage) => {
            let mut bytes = [&[0x8b, 1], &key[..]].concat();
            bytes.push(exclusive_or(&bytes));
            let mut damaged = damage.apply(&bytes, &[]);
            if let (Mistake::CheckedBytes(_), Some(last)) = (mistake, damaged.pop()) {
                damaged.push(if damaged.len() == 34 { exclusive_or(&damaged) } else { last });
            }
            *text = encode(&damaged).chars().collect();
        }
        _ => {}
    }
}

pub(crate) fn from_text(text: &str) {
    seed_from_text(text);
    let found = SecretStorageKey::from_recovery_key(text);
    assert_eq!(found.as_ref().map(|key| *key.as_bytes()).map_err(|error| Refusal::of(*error)), read(text));
    let of_backup = PkDecryption::from_recovery_key(text).map(|backup| *backup.export_secret_key());
    assert_eq!(of_backup.as_ref(), found.as_ref().map(|key| key.as_bytes()));
    if let Ok(key) = found {
        let written = key.to_recovery_key();
        let typed = text.chars().filter(|character| !character.is_whitespace());
        assert!(typed.eq(written.as_str().chars().filter(|character| *character != ' ')), "one text a key");
    }
}

/// Secret keys are kept in base64 as well.
fn seed_from_text(text: &str) {
    let expected = decode_with_optional_padding(text).and_then(|bytes| bytes.try_into().ok());
    let seed = Ed25519KeyPair::from_base64_seed(text).ok();
    assert_eq!(seed.map(|pair| *pair.export_seed().expect("it came from one")), expected);
    let backup = PkDecryption::from_base64_secret_key(text).ok();
    assert_eq!(backup.as_ref().map(|backup| *backup.export_secret_key()), expected);
    if let Some(backup) = backup {
        assert_eq!(backup.export_base64_secret_key().as_str(), text.trim_end_matches('='));
        from_text(backup.to_recovery_key().as_str());
    }
}

#[derive(Debug, PartialEq)]
enum Refusal {
    Length(usize),
    Character,
    Prefix,
    Parity,
}

impl Refusal {
    fn of(error: RecoveryKeyError) -> Self {
        match error {
            RecoveryKeyError::Length { actual, .. } => Self::Length(actual),
            RecoveryKeyError::Character => Self::Character,
            RecoveryKeyError::Prefix => Self::Prefix,
            RecoveryKeyError::Parity => Self::Parity,
            other => panic!("an error that this target does not know: {other}"),
        }
    }
}

/// The second reader.
fn read(text: &str) -> Result<[u8; 32], Refusal> {
    let typed: Vec<char> = text.chars().filter(|character| !character.is_whitespace()).collect();
    if typed.len() != 48 {
        return Err(Refusal::Length(typed.len()));
    }
    // Least significant byte first; 58^48 has 36 bytes.
    let mut number = [0; 36];
    for character in typed {
        let mut carry = ALPHABET.chars().position(|known| known == character).ok_or(Refusal::Character)?;
        for byte in &mut number {
            carry += usize::from(*byte) * 58;
            (*byte, carry) = (u8::try_from(carry % 256).expect("a byte"), carry / 256);
        }
        assert_eq!(carry, 0);
    }
    number.reverse();
    let [0, bytes @ ..] = number else { return Err(Refusal::Character) };
    if bytes[..2] != [0x8b, 1] {
        return Err(Refusal::Prefix);
    }
    if exclusive_or(&bytes) != 0 {
        return Err(Refusal::Parity);
    }
    Ok(*bytes[2..].first_chunk().expect("32 of 33"))
}

fn exclusive_or(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

/// Base58 in 48 digits, or more.
fn encode(bytes: &[u8]) -> String {
    let mut number = bytes.to_vec();
    let mut digits = Vec::new();
    while digits.len() < 48 || number.iter().any(|byte| *byte != 0) {
        let mut remainder = 0;
        for byte in &mut number {
            remainder = remainder * 256 + usize::from(*byte);
            (*byte, remainder) = (u8::try_from(remainder / 58).expect("a byte"), remainder % 58);
        }
        digits.push(ALPHABET.chars().nth(remainder).expect("there are 58"));
    }
    digits.into_iter().rev().collect()
}
