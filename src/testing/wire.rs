//! Messages as their formats are specified, and strings that are nearly messages, for proofs.

use alloc::vec::Vec;

use super::every_sequence;

/// What a field holds: its kind stands in the low bits of its key, 0 or 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field<'a> {
    Number(u32),
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    /// The number of a field; `None` in a field of bytes.
    pub(crate) fn number(self) -> Option<u32> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The bytes of a field, if they are so many.
    pub(crate) fn bytes(self, wanted: impl Fn(usize) -> bool) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { wanted(bytes.len()).then_some(bytes) } else { None }
    }
}

/// Whether a ciphertext can have this length: whole blocks, at least one.
pub(crate) fn whole_blocks(length: usize) -> bool {
    length >= 16 && length.is_multiple_of(16)
}

/// A number in front of a string: groups of 7 bits, lowest first; `None` unless it is written in its shortest form and below 2^64.
pub(crate) fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let last = bytes.iter().position(|byte| *byte < 128)?;
    let (groups, rest) = bytes.split_at(last + 1);
    if groups.len() > 10 || (groups.len() > 1 && groups[last] == 0) {
        return None;
    }
    let value = groups.iter().rev().fold(0_u128, |value, group| value * 128 + u128::from(group % 128));
    Some((u64::try_from(value).ok()?, rest))
}

/// A message: its version, the fields with these keys in this order, and the rest.
pub(crate) fn fields<'a, const N: usize>(
    bytes: &'a [u8],
    keys: [u8; N],
) -> Option<(u8, [Field<'a>; N], &'a [u8])> {
    let (version, mut rest) = bytes.split_first()?;
    let mut fields = [Field::Number(0); N];
    for (field, key) in fields.iter_mut().zip(keys) {
        let (value, behind) = number(rest.strip_prefix(&[key])?)?;
        (*field, rest) = match key % 8 {
            0 => (Field::Number(u32::try_from(value).ok()?), behind),
            _ => {
                let (content, behind) = behind.split_at_checked(usize::try_from(value).ok()?)?;
                (Field::Bytes(content), behind)
            }
        };
    }
    Some((*version, fields, rest))
}

/// Every string that is one byte away from a message: any byte replaced by any other or left out, one of eleven put in; and every beginning.
pub(crate) fn nearly(message: &[u8], mut visit: impl FnMut(&[u8])) {
    visit(message);
    for place in 0..=message.len() {
        visit(&message[..place]);
        let mut near = message.to_vec();
        for byte in 0..=u8::MAX {
            if let Some(replaced) = near.get_mut(place) {
                *replaced = byte;
                visit(&near);
            }
        }
        let mut near = message.to_vec();
        if place < message.len() {
            near.remove(place);
            visit(&near);
        }
        for byte in [0x00, 0x01, 0x08, 0x0a, 0x10, 0x12, 0x1a, 0x22, 0x7f, 0x80, 0xff] {
            let mut near = message.to_vec();
            near.insert(place, byte);
            visit(&near);
        }
    }
}

/// Every string of one of the first pieces and so many of the others, in every order, left out and repeated.
pub(crate) fn arranged(first: &[&[u8]], pieces: &[&[u8]], count: usize, mut visit: impl FnMut(&[u8])) -> u64 {
    let mut string = Vec::new();
    every_sequence(first, 1, |first| {
        for count in 0..=count {
            every_sequence(pieces, count, |pieces| {
                string.clear();
                string.extend(first.iter().chain(pieces).copied().flatten());
                visit(&string);
            });
        }
    })
}
