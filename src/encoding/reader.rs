use core::ops::Range;

use super::{DecodeError, varint};

/// Reads forward through bytes; every length is checked before it is used.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }

    /// What has not been read yet.
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.position..).unwrap_or_default()
    }

    /// The number of bytes that have not been read yet.
    pub(crate) fn remaining(&self) -> usize {
        self.rest().len()
    }

    /// The next `length` bytes, as their place in the whole input.
    pub(crate) fn range(&mut self, length: usize) -> Result<Range<usize>, DecodeError> {
        let start = self.position;
        let end = start.checked_add(length).ok_or(DecodeError::Truncated)?;
        if end > self.bytes.len() {
            return Err(DecodeError::Truncated);
        }
        self.position = end;
        Ok(start..end)
    }

    /// The next `N` bytes, in place.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<&'a [u8; N], DecodeError> {
        let array = self.rest().first_chunk().ok_or(DecodeError::Truncated)?;
        self.range(N)?;
        Ok(array)
    }

    /// The next `length` bytes.
    #[cfg(feature = "qr-code")]
    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let range = self.range(length)?;
        Ok(self.bytes.get(range).unwrap_or_default())
    }

    pub(crate) fn u8(&mut self) -> Result<u8, DecodeError> {
        let [byte] = *self.array()?;
        Ok(byte)
    }

    pub(crate) fn varint(&mut self) -> Result<u64, DecodeError> {
        let (value, length) = varint::read(self.rest())?;
        self.range(length)?;
        Ok(value)
    }

    /// Demands that everything was read.
    pub(crate) fn finish(self) -> Result<(), DecodeError> {
        if self.remaining() == 0 { Ok(()) } else { Err(DecodeError::TrailingBytes) }
    }
}
