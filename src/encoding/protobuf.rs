//! The few protobuf fields of Olm and Megolm messages: known by their key byte, in one order, each exactly once.

use alloc::vec::Vec;
use core::ops::Range;

use super::{DecodeError, Reader, varint};

/// How many bytes [`put_bytes_header`] and `length` bytes of content take.
pub(crate) fn bytes_field_length(length: usize) -> usize {
    varint::length(widen(length)).saturating_add(length).saturating_add(1)
}

/// How many bytes [`put_u32`] takes.
pub(crate) fn u32_field_length(value: u32) -> usize {
    varint::length(u64::from(value)).saturating_add(1)
}

/// Appends the key and the length of a bytes field; its `length` bytes of content follow from the caller.
pub(crate) fn put_bytes_header(out: &mut Vec<u8>, key: u8, length: usize) {
    out.push(key);
    varint::put(out, widen(length));
}

/// Appends a whole bytes field.
pub(crate) fn put_bytes(out: &mut Vec<u8>, key: u8, content: &[u8]) {
    put_bytes_header(out, key, content.len());
    out.extend_from_slice(content);
}

/// Appends an integer field; zero is written too, as the peers do.
pub(crate) fn put_u32(out: &mut Vec<u8>, key: u8, value: u32) {
    out.push(key);
    varint::put(out, u64::from(value));
}

/// Reads a bytes field, as the place of its content in the whole input.
pub(crate) fn bytes(reader: &mut Reader<'_>, key: u8) -> Result<Range<usize>, DecodeError> {
    let length = bytes_header(reader, key)?;
    reader.range(length)
}

/// Reads a bytes field of exactly 32 bytes.
pub(crate) fn bytes32(reader: &mut Reader<'_>, key: u8) -> Result<[u8; 32], DecodeError> {
    match bytes_header(reader, key)? {
        32 => reader.array().copied(),
        actual => Err(DecodeError::Length { expected: 32, actual }),
    }
}

/// Reads an integer field of at most 2^32 - 1.
pub(crate) fn u32(reader: &mut Reader<'_>, key: u8) -> Result<u32, DecodeError> {
    expect_key(reader, key)?;
    u32::try_from(reader.varint()?).map_err(|_| DecodeError::IntegerTooLarge)
}

fn bytes_header(reader: &mut Reader<'_>, key: u8) -> Result<usize, DecodeError> {
    expect_key(reader, key)?;
    // A length beyond the address space cannot be in the input either.
    usize::try_from(reader.varint()?).map_err(|_| DecodeError::Truncated)
}

fn expect_key(reader: &mut Reader<'_>, expected: u8) -> Result<(), DecodeError> {
    match reader.u8()? {
        found if found == expected => Ok(()),
        found => Err(DecodeError::UnexpectedField { expected, found }),
    }
}

fn widen(length: usize) -> u64 {
    // No platform has lengths beyond 64 bits; saturating keeps the conversion total.
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    mod proofs;
}
