use alloc::vec::Vec;

use zeroize::{Zeroize, zeroize_bytes};

/// Overwrites bytes with zeros.
pub(crate) fn wipe(bytes: &mut [u8]) {
    zeroize_bytes(bytes);
}

/// Overwrites all bytes of a vector, also those behind its end.
pub(super) fn wipe_vec(bytes: &mut Vec<u8>) {
    wipe(bytes);
    bytes.spare_capacity_mut().zeroize();
    bytes.clear();
}
