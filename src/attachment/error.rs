use core::{error::Error, fmt};

use crate::primitives::ctr;

/// Why an attachment was not decrypted. What an [`UnverifiedDecryptor`](super::UnverifiedDecryptor) has decrypted before is to be thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttachmentError {
    /// The ciphertext has another hash than the event says: it was damaged, cut off, or exchanged.
    HashMismatch,
    /// The IV leaves the counter, its last 8 bytes, no room for a file of this length. No library makes such an IV; readers with a counter of 8 bytes
    /// and readers with one of 16 would see different files.
    CounterOverflow,
}

impl fmt::Display for AttachmentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::HashMismatch => "the attachment has another hash than its event says",
            Self::CounterOverflow => "the IV of the attachment has no room for a file of this length",
        })
    }
}

impl Error for AttachmentError {}

impl From<ctr::CounterOverflow> for AttachmentError {
    fn from(_: ctr::CounterOverflow) -> Self {
        Self::CounterOverflow
    }
}
