use arbitrary::Arbitrary;

use crate::pick_index;

/// What a network may do to bytes on their way.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Damage {
    /// One bit turned.
    Bit {
        /// Where.
        at: u16,
        /// Which.
        bit: u8,
    },
    /// One bit turned near the end, where the MAC and the signature are.
    BitFromEnd {
        /// Where.
        at: u16,
        /// Which.
        bit: u8,
    },
    /// The topmost bit of a public key of an Olm message turned: the one that X25519 does not look at.
    KeyBit {
        /// Which of up to three keys.
        key: u8,
    },
    /// One byte replaced.
    Byte {
        /// Where.
        at: u16,
        /// By what.
        value: u8,
    },
    /// One byte too many.
    Insert {
        /// Where.
        at: u16,
        /// Which.
        value: u8,
    },
    /// One byte too few.
    Remove {
        /// Where.
        at: u16,
    },
    /// The end cut off.
    Cut {
        /// How much is left.
        at: u16,
    },
    /// The beginning of one message and the end of another.
    Splice {
        /// Where the other one begins.
        at: u16,
    },
}

impl Damage {
    /// The damaged bytes. They may be the original: the byte that was there already, say.
    pub fn apply(self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut damaged = bytes.to_vec();
        let length = bytes.len();
        match self {
            Self::Bit { at, bit } => {
                if let Some(at) = pick_index(length, at) {
                    damaged[at] ^= 1 << (bit % 8);
                }
            }
            Self::BitFromEnd { at, bit } => {
                if let Some(at) = pick_index(length, at) {
                    damaged[length - 1 - at] ^= 1 << (bit % 8);
                }
            }
            Self::KeyBit { key } => {
                // The last byte of the first key, and of those after it.
                let at = 1 + 2 + 31 + usize::from(key % 3) * (2 + 32);
                if let Some(byte) = damaged.get_mut(at) {
                    *byte ^= 0x80;
                }
            }
            Self::Byte { at, value } => {
                if let Some(at) = pick_index(length, at) {
                    damaged[at] = value;
                }
            }
            Self::Insert { at, value } => damaged.insert(usize::from(at) % (length + 1), value),
            Self::Remove { at } => {
                if let Some(at) = pick_index(length, at) {
                    damaged.remove(at);
                }
            }
            Self::Cut { at } => damaged.truncate(usize::from(at) % (length + 1)),
            Self::Splice { at } => {
                let at = usize::from(at) % (length + 1);
                damaged.truncate(at);
                damaged.extend_from_slice(other.get(at..).unwrap_or_default());
            }
        }
        damaged
    }
}
