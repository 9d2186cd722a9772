//! Memory that is lent to the library, with a canary on both sides of it.

use std::ffi::c_void;

/// So many bytes on each side must stay as they were.
const CANARY: usize = 48;
const BEFORE: u8 = 0xa5;
const BEHIND: u8 = 0xdb;

/// What places for output hold before a call.
pub const EMPTY: u8 = 0xee;

/// Some bytes that are lent, and the canaries around them.
#[derive(Debug)]
pub struct Block {
    chunks: Vec<u128>,
    start: usize,
    length: usize,
    /// What it held when it was lent.
    before: Vec<u8>,
}

impl Block {
    /// A block with this content, `offset` bytes past an address that suits everything.
    pub fn new(content: &[u8], offset: usize) -> Self {
        let chunks = (CANARY * 2 + offset + content.len()).div_ceil(16);
        let start = CANARY + offset;
        let mut block = Self {
            chunks: vec![u128::from_ne_bytes([BEHIND; 16]); chunks],
            start,
            length: content.len(),
            before: content.to_vec(),
        };
        let bytes = block.all_mut();
        bytes[..start].fill(BEFORE);
        bytes[start..start + content.len()].copy_from_slice(content);
        block
    }

    /// A place for output.
    pub fn empty(length: usize, offset: usize) -> Self {
        Self::new(&vec![EMPTY; length], offset)
    }

    fn all(&self) -> &[u8] {
        // SAFETY: chunks are numbers without anything in between, whose bytes may be read.
        unsafe { std::slice::from_raw_parts(self.chunks.as_ptr().cast(), self.chunks.len() * 16) }
    }

    fn all_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above, and the vector is borrowed mutably.
        unsafe { std::slice::from_raw_parts_mut(self.chunks.as_mut_ptr().cast(), self.chunks.len() * 16) }
    }

    /// Writes into what is lent, before it is.
    pub fn put(&mut self, offset: usize, bytes: &[u8]) {
        let start = self.start;
        self.all_mut()[start + offset..start + offset + bytes.len()].copy_from_slice(bytes);
        self.before[offset..offset + bytes.len()].copy_from_slice(bytes);
    }

    pub fn bytes(&self) -> &[u8] {
        &self.all()[self.start..self.start + self.length]
    }

    pub fn before(&self) -> &[u8] {
        &self.before
    }

    /// Where it begins, for C.
    pub fn address(&mut self) -> *mut c_void {
        let start = self.start;
        self.all_mut()[start..].as_mut_ptr().cast()
    }

    pub fn is_unchanged(&self) -> bool {
        self.bytes() == self.before
    }

    /// Whether nothing was written beside it.
    pub fn is_guarded(&self) -> bool {
        let (before, rest) = self.all().split_at(self.start);
        before.iter().all(|byte| *byte == BEFORE) && rest[self.length..].iter().all(|byte| *byte == BEHIND)
    }
}
