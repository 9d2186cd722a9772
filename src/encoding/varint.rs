//! Little-endian base-128 integers, as in protobuf, in their shortest form only.

use alloc::vec::Vec;

use super::DecodeError;

/// The longest varint of 64 bits, in bytes.
const MAX_LENGTH: usize = 10;

/// How many bytes [`put`] writes for `value`.
pub(crate) fn length(value: u64) -> usize {
    let mut rest = value >> 7;
    let mut length: usize = 1;
    while rest != 0 {
        rest >>= 7;
        length = length.saturating_add(1);
    }
    length
}

/// Appends `value`.
pub(crate) fn put(out: &mut Vec<u8>, value: u64) {
    let mut rest = value;
    loop {
        let [group, ..] = (rest & 0x7f).to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            out.push(group);
            return;
        }
        out.push(group | 0x80);
    }
}

/// Reads one varint from the front of `bytes`: its value and its length in bytes.
pub(crate) fn read(bytes: &[u8]) -> Result<(u64, usize), DecodeError> {
    let mut value: u64 = 0;
    let mut shift: u32 = 0;
    for (position, &byte) in bytes.iter().take(MAX_LENGTH).enumerate() {
        let group = u64::from(byte & 0x7f);
        let shifted = group << shift;
        if shifted >> shift != group {
            return Err(DecodeError::IntegerTooLarge);
        }
        value |= shifted;
        if byte & 0x80 == 0 {
            // A last group of zeros could be left out.
            let shortest = byte != 0 || position == 0;
            return if shortest {
                Ok((value, position.saturating_add(1)))
            } else {
                Err(DecodeError::NonCanonicalVarint)
            };
        }
        shift = shift.saturating_add(7);
    }
    Err(if bytes.len() < MAX_LENGTH { DecodeError::Truncated } else { DecodeError::NonCanonicalVarint })
}

#[cfg(test)]
mod tests {
    mod proofs;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(value: u64) {
            let mut bytes = Vec::new();
            put(&mut bytes, value);
            prop_assert_eq!(bytes.len(), length(value));
            prop_assert_eq!(read(&bytes), Ok((value, bytes.len())));
        }

        #[test]
        fn one_encoding_a_value(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
            if let Ok((value, length)) = read(&bytes) {
                let mut again = Vec::new();
                put(&mut again, value);
                prop_assert_eq!(&again[..], &bytes[..length]);
            }
        }
    }

    #[test]
    fn borders() {
        assert_eq!(read(&[0xac, 0x02]), Ok((300, 2)));
        assert_eq!(read(&[]), Err(DecodeError::Truncated));
        assert_eq!(read(&[0x80]), Err(DecodeError::Truncated));
        assert_eq!(read(&[0x80, 0x00]), Err(DecodeError::NonCanonicalVarint));
        assert_eq!(read(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]), Ok((u64::MAX, 10)));
        assert_eq!(
            read(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02]),
            Err(DecodeError::IntegerTooLarge)
        );
        assert_eq!(read(&[0xff; 11]), Err(DecodeError::IntegerTooLarge));
        assert_eq!(read(&[0x80; 9]), Err(DecodeError::Truncated));
        assert_eq!(read(&[0x80; 10]), Err(DecodeError::NonCanonicalVarint));
        assert_eq!(read(&[0x80; 11]), Err(DecodeError::NonCanonicalVarint));
    }
}
