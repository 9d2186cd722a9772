//! Faults that are put into what is seen of our library: the comparison must report each of them.

use crate::call::{Call, Seen};
use crate::library::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// One bit of the memory of a call.
    Memory,
    /// The returned value.
    Value,
    ErrorCode,
    ErrorText,
    /// A byte beside a buffer.
    Guard,
    /// One bit of the pickle of an object.
    Pickle,
}

impl Fault {
    pub(crate) const ALL: [Self; 6] =
        [Self::Memory, Self::Value, Self::ErrorCode, Self::ErrorText, Self::Guard, Self::Pickle];

    /// Puts the fault in, where there is something to falsify.
    pub(crate) fn falsify(self, call: &Call, seen: &mut Seen) {
        match self {
            Self::Memory => flip(seen.blocks.iter_mut().find(|block| !block.is_empty())),
            Self::Value => {
                if let Value::Size(size) = &mut seen.value {
                    *size ^= 1;
                }
            }
            Self::ErrorCode => {
                if let Some((code, _)) = seen.errors.first_mut() {
                    *code ^= 1;
                }
            }
            Self::ErrorText => {
                if let Some((_, text)) = seen.errors.last_mut() {
                    text.push('!');
                }
            }
            Self::Guard => seen.guarded &= call.arguments.is_empty(),
            Self::Pickle => flip(seen.pickles.iter_mut().flatten().next()),
        }
    }
}

fn flip(bytes: Option<&mut Vec<u8>>) {
    if let Some(last) = bytes.and_then(|bytes| bytes.last_mut()) {
        *last ^= 1;
    }
}
