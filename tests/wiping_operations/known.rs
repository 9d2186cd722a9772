//! The secrets that a test knows, and their search in any memory.
//!
//! They are kept masked: whoever searches leaves none of them on the stack that is searched next.

use std::collections::HashMap;

use crate::forms;

/// A secret in one form, masked.
pub(crate) struct Pattern {
    pub(crate) secret: &'static str,
    pub(crate) form: &'static str,
    masked: Vec<u8>,
}

/// All secrets that are searched for, in all forms, by each of their pieces of 8 bytes.
#[derive(Default)]
pub(crate) struct Known {
    patterns: Vec<Pattern>,
    pieces: HashMap<u64, Vec<(usize, usize)>>,
    /// Which first two bytes begin a piece.
    first_bytes: Vec<bool>,
}

/// Fewer bytes of a secret are not taken for one.
const PIECE: usize = 8;
const MASK: u8 = 0x6b;

impl Known {
    /// A secret of any kind.
    pub(crate) fn bytes(&mut self, secret: &'static str, bytes: &[u8]) {
        self.add(secret, forms::of_bytes(bytes));
    }

    /// A secret that keys HMAC-SHA-256.
    pub(crate) fn hmac_key(&mut self, secret: &'static str, key: &[u8; 32]) {
        self.add(secret, forms::of_hmac_key(key));
    }

    /// A secret that keys HMAC-SHA-512.
    pub(crate) fn hmac_sha512_key(&mut self, secret: &'static str, key: &[u8]) {
        self.add(secret, forms::of_hmac_sha512_key(key));
    }

    /// A secret key of Curve25519.
    pub(crate) fn scalar(&mut self, secret: &'static str, secret_key: &[u8; 32]) {
        self.add(secret, forms::of_scalar(secret_key));
    }

    /// What a Diffie-Hellman agreement gives.
    pub(crate) fn agreed(&mut self, secret: &'static str, shared_secret: &[u8; 32]) {
        self.add(secret, forms::of_coordinate(shared_secret));
    }

    fn add(&mut self, secret: &'static str, forms: Vec<(&'static str, Vec<u8>)>) {
        self.first_bytes.resize(1 << 16, false);
        for (form, bytes) in forms {
            let number = self.patterns.len();
            for start in (0..bytes.len().saturating_sub(PIECE - 1)).step_by(PIECE) {
                let piece = &bytes[start..][..PIECE];
                self.first_bytes[first_bytes(piece)] = true;
                self.pieces.entry(masked(piece)).or_default().push((number, start));
            }
            let masked = bytes.iter().map(|byte| byte ^ MASK).collect();
            self.patterns.push(Pattern { secret, form, masked });
        }
    }

    pub(crate) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// Tells of every place in a memory where 8 bytes or more of a secret stand: the number of the pattern, and how many bytes.
    pub(crate) fn search(&self, memory: &[u8], mut found: impl FnMut(usize, usize)) {
        for (position, window) in memory.windows(PIECE).enumerate() {
            if !self.first_bytes[first_bytes(window)] {
                continue;
            }
            for &(number, start) in self.pieces.get(&masked(window)).into_iter().flatten() {
                let pattern = &self.patterns[number].masked;
                let same = |(memory, masked): &(&u8, &u8)| *memory ^ MASK == **masked;
                let before = memory[..position]
                    .iter()
                    .rev()
                    .zip(pattern[..start].iter().rev())
                    .take_while(same)
                    .count();
                let behind = memory[position..].iter().zip(&pattern[start..]).take_while(same).count();
                found(number, before + behind);
            }
        }
    }
}

fn first_bytes(piece: &[u8]) -> usize {
    usize::from(piece[0]) << 8 | usize::from(piece[1])
}

fn masked(piece: &[u8]) -> u64 {
    let piece = piece.first_chunk().unwrap();
    u64::from_le_bytes(*piece).rotate_left(29) ^ 0x9e37_79b9_7f4a_7c15
}
