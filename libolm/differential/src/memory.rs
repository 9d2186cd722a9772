//! Memory that is lent to the libraries, with a guard on both sides of it.

#![allow(unsafe_code, reason = "C wants addresses")]

use std::ffi::c_void;

/// More than libolm is known to read or write where it should not, see `differences`.
pub(crate) const GUARD: usize = 64;

/// What the guards are made of: as padding it is wrong, as a base64 character it is bad, and it is no end of a text.
const BEFORE: u8 = 0xa5;
const BEHIND: u8 = 0xdb;

/// Sixteen bytes, as aligned as memory from `malloc` is.
type Chunk = u128;

/// Some bytes that are lent, and the guards around them.
pub(crate) struct Block {
    chunks: Vec<Chunk>,
    offset: usize,
    length: usize,
}

impl Block {
    /// A block with this content, as aligned as any object needs.
    pub(crate) fn new(content: &[u8]) -> Self {
        Self::misaligned(content, 0)
    }

    /// A block whose address is `offset` bytes past an aligned one.
    pub(crate) fn misaligned(content: &[u8], offset: usize) -> Self {
        let chunks = (GUARD * 2 + offset + content.len()).div_ceil(16);
        let mut block =
            Self { chunks: vec![Chunk::from_ne_bytes([BEHIND; 16]); chunks], offset, length: content.len() };
        let start = block.start();
        let bytes = block.all_mut();
        bytes[..start].fill(BEFORE);
        bytes[start..start + content.len()].copy_from_slice(content);
        block
    }

    fn start(&self) -> usize {
        GUARD + self.offset
    }

    fn all(&self) -> &[u8] {
        // SAFETY: chunks are numbers without anything in between, whose bytes may be read.
        unsafe { std::slice::from_raw_parts(self.chunks.as_ptr().cast(), self.chunks.len() * 16) }
    }

    fn all_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above, and the vector is borrowed mutably.
        unsafe { std::slice::from_raw_parts_mut(self.chunks.as_mut_ptr().cast(), self.chunks.len() * 16) }
    }

    /// The content.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.all()[self.start()..self.start() + self.length]
    }

    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Where the content begins, for C.
    pub(crate) fn address(&mut self) -> *mut c_void {
        let start = self.start();
        self.all_mut()[start..].as_mut_ptr().cast()
    }

    /// Whether nothing was written beside the content.
    pub(crate) fn is_guarded(&self) -> bool {
        let (before, rest) = self.all().split_at(self.start());
        before.iter().all(|byte| *byte == BEFORE) && rest[self.length..].iter().all(|byte| *byte == BEHIND)
    }
}
