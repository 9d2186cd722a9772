//! What somebody on the way makes of a message.

use alloc::vec::Vec;

/// The same bytes but for one bit of the byte at `position`.
pub(crate) fn altered(bytes: &[u8], position: usize) -> Vec<u8> {
    let alter = |(at, byte): (usize, &u8)| if at == position { byte ^ 1 } else { *byte };
    bytes.iter().enumerate().map(alter).collect()
}
