//! How much the primitives have done on this thread, counted for the tests of `docs/bounded-work.md` and compiled for tests
//! alone.
//!
//! Hashes are counted in compressions, with the padding that the length asks for. What the crate `hpke` hashes for itself is
//! not counted.

#![allow(dead_code, reason = "which of it is used, the features tell")]

use core::ops::{AddAssign, Sub};
use std::{cell::Cell, thread_local};

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Work {
    /// Compressions of SHA-256.
    pub(crate) sha256: u64,
    /// Compressions of SHA-512.
    pub(crate) sha512: u64,
    /// Blocks of AES (16 bytes) or ChaCha20 (64 bytes).
    pub(crate) blocks: u64,
    /// Multiplications of a point for X25519: agreements, public keys, whether a key lies in the prime-order subgroup.
    pub(crate) x25519: u64,
    /// Multiplications of a point for Ed25519: verifications, signatures, public keys.
    pub(crate) ed25519: u64,
    /// Public keys of Ed25519 decoded, which takes a square root.
    pub(crate) decodings: u64,
}

impl Work {
    const NONE: Self = Self { sha256: 0, sha512: 0, blocks: 0, x25519: 0, ed25519: 0, decodings: 0 };

    /// So many multiplications for X25519.
    pub(super) fn x25519(number: u64) {
        Self { x25519: number, ..Self::NONE }.note();
    }

    /// A verification, a signature or a public key, whose hashes are counted on their own.
    pub(super) fn ed25519() {
        Self { ed25519: 1, ..Self::NONE }.note();
    }

    pub(super) fn decoding() {
        Self { decodings: 1, ..Self::NONE }.note();
    }

    /// A cipher with blocks of so many bytes over so many bytes.
    pub(super) fn cipher(length: usize, block: usize) {
        Self { blocks: number(length.div_ceil(block)), ..Self::NONE }.note();
    }

    /// SHA-512 of so many bytes.
    pub(super) fn sha512(length: usize) {
        Self { sha512: compressions(length, 128), ..Self::NONE }.note();
    }

    /// HMAC-SHA-512 with a new key.
    pub(super) fn hmac_sha512(key_length: usize, length: usize) {
        let key = hmac_key(key_length, 128);
        Self { sha512: key + compressions(length, 128) + 1, ..Self::NONE }.note();
    }

    /// HMAC-SHA-512 with a key that was hashed before.
    pub(super) fn hmac_sha512_again() {
        Self { sha512: 2, ..Self::NONE }.note();
    }

    /// A new key for HMAC-SHA-256.
    pub(super) fn hmac_key(length: usize) {
        Self { sha256: hmac_key(length, 64), ..Self::NONE }.note();
    }

    /// A part of what is hashed with SHA-256; one hash is under way at a time.
    pub(super) fn sha256_part(length: usize) {
        HASHED.set(HASHED.get() + length);
    }

    /// All parts were there.
    pub(super) fn sha256_end() {
        Self { sha256: compressions(HASHED.take(), 64), ..Self::NONE }.note();
    }

    /// All parts of what HMAC-SHA-256 is made over were there.
    pub(super) fn hmac_end() {
        Self::sha256_end();
        Self { sha256: 1, ..Self::NONE }.note();
    }

    fn note(self) {
        let mut done = DONE.get();
        done += self;
        DONE.set(done);
        // Whoever has lost a limit does not go on for hours.
        assert!(done.hashes() <= LIMIT.get(), "more than {MOST} compressions");
    }

    fn hashes(self) -> u64 {
        self.sha256 + self.sha512
    }

    /// What this thread does meanwhile. It panics beyond some millions of compressions.
    pub(crate) fn during(action: impl FnOnce()) -> Self {
        let before = DONE.get();
        LIMIT.set(before.hashes() + MOST);
        action();
        LIMIT.set(u64::MAX);
        DONE.get() - before
    }
}

const MOST: u64 = 4_000_000;

thread_local! {
    static DONE: Cell<Work> = const { Cell::new(Work::NONE) };
    static LIMIT: Cell<u64> = const { Cell::new(u64::MAX) };
    static HASHED: Cell<usize> = const { Cell::new(0) };
}

/// Of a hash whose blocks have so many bytes: one byte of padding at least, and the length in an eighth of a block.
fn compressions(length: usize, block: usize) -> u64 {
    number((length + 1 + block / 8).div_ceil(block))
}

/// The inner and the outer key, and before that the hash of a long one.
fn hmac_key(length: usize, block: usize) -> u64 {
    if length > block { 2 + compressions(length, block) } else { 2 }
}

fn number(number: usize) -> u64 {
    u64::try_from(number).unwrap()
}

#[test]
fn padding_takes_a_block_of_its_own_where_the_last_one_is_full() {
    assert_eq!([0, 55, 56, 119, 120].map(|length| compressions(length, 64)), [1, 1, 2, 2, 3]);
    assert_eq!([0, 111, 112, 239, 240].map(|length| compressions(length, 128)), [1, 1, 2, 2, 3]);
    assert_eq!([64, 65].map(|length| hmac_key(length, 64)), [2, 4]);
}

impl AddAssign for Work {
    fn add_assign(&mut self, other: Self) {
        self.sha256 += other.sha256;
        self.sha512 += other.sha512;
        self.blocks += other.blocks;
        self.x25519 += other.x25519;
        self.ed25519 += other.ed25519;
        self.decodings += other.decodings;
    }
}

impl Sub for Work {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            sha256: self.sha256 - other.sha256,
            sha512: self.sha512 - other.sha512,
            blocks: self.blocks - other.blocks,
            x25519: self.x25519 - other.x25519,
            ed25519: self.ed25519 - other.ed25519,
            decodings: self.decodings - other.decodings,
        }
    }
}
