//! SHA-256 (FIPS 180-4) of public data.

use sha2::{Digest, Sha256};

#[cfg(test)]
use super::work::Work;

/// The hash of the parts one after the other.
pub(crate) fn hash(parts: &[&[u8]]) -> [u8; 32] {
    #[cfg(test)]
    {
        parts.iter().for_each(|part| Work::sha256_part(part.len()));
        Work::sha256_end();
    }
    parts.iter().fold(Sha256::new(), Digest::chain_update).finalize().into()
}

/// A hash of data that comes bit by bit.
#[cfg(feature = "attachment")]
pub(crate) struct Hasher(Sha256);

#[cfg(feature = "attachment")]
impl Hasher {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        #[cfg(test)]
        Work::sha256_part(bytes.len());
        self.0.update(bytes);
    }

    pub(crate) fn finish(self) -> [u8; 32] {
        #[cfg(test)]
        Work::sha256_end();
        self.0.finalize().into()
    }
}
