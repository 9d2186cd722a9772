//! SHA-256 (FIPS 180-4) of public data.

use sha2::{Digest, Sha256};

/// The hash of the parts one after the other.
pub(crate) fn hash(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Sha256::new(), Digest::chain_update).finalize().into()
}
