//! Randomness is passed in (layer 0).
//!
//! Every operation that draws random bytes takes a generator from its caller, so that it can be replayed from a
//! test vector. What is drawn, and in which order, is written at each operation and is part of the API.

use core::{error::Error, fmt};

use rand_core::TryCryptoRng;

/// The random generator failed. Nothing was changed; the operation may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RandomError;

impl fmt::Display for RandomError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the random generator failed")
    }
}

impl Error for RandomError {}

/// Fills `bytes` from `rng`.
pub(crate) fn fill<R: TryCryptoRng + ?Sized>(rng: &mut R, bytes: &mut [u8]) -> Result<(), RandomError> {
    rng.try_fill_bytes(bytes).map_err(|_| RandomError)
}

/// Draws 16 bytes and clears bit 63 of the big-endian number (the first bit of byte 8), as Matrix demands for the sake of readers whose counter has
/// 64 bits.
#[cfg(any(feature = "key-export", feature = "secret-storage"))]
pub(crate) fn counter_block<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<[u8; 16], RandomError> {
    let mut block = [0; 16];
    fill(rng, &mut block)?;
    let [_, _, _, _, _, _, _, _, byte, ..] = &mut block;
    *byte &= 0x7f;
    Ok(block)
}

/// The operating system's random generator (feature `getrandom`, on by default).
///
/// # Example
///
/// ```
/// use cliquet::{SystemRandom, megolm::{OutboundGroupSession, SessionConfig}};
///
/// let session = OutboundGroupSession::new(SessionConfig::default(), &mut SystemRandom::new())?;
/// # Ok::<(), cliquet::RandomError>(())
/// ```
///
/// Every operation also takes a generator of another origin that implements [`rand_core::TryCryptoRng`]. It must be
/// cryptographically secure, and must report a failure instead of handing out poor bytes.
#[cfg(feature = "getrandom")]
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct SystemRandom;

#[cfg(feature = "getrandom")]
impl SystemRandom {
    /// A handle on the system's generator; it holds no state.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

#[cfg(feature = "getrandom")]
impl rand_core::TryRng for SystemRandom {
    type Error = RandomError;

    fn try_next_u32(&mut self) -> Result<u32, RandomError> {
        getrandom::SysRng.try_next_u32().map_err(|_| RandomError)
    }

    fn try_next_u64(&mut self) -> Result<u64, RandomError> {
        getrandom::SysRng.try_next_u64().map_err(|_| RandomError)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::SysRng.try_fill_bytes(bytes).map_err(|_| RandomError)
    }
}

#[cfg(feature = "getrandom")]
impl TryCryptoRng for SystemRandom {}

#[cfg(all(test, feature = "getrandom"))]
mod tests {
    use alloc::collections::BTreeSet;

    use rand_core::TryRng;

    use super::*;

    #[test]
    fn the_system_generator_fills_the_whole_buffer() {
        let mut bytes = [0; 64];
        fill(&mut SystemRandom::new(), &mut bytes).unwrap();
        let (first, second) = bytes.split_at(32);
        assert_ne!(first, second);
        assert_ne!(second, [0; 32]);
    }

    #[test]
    fn its_numbers_differ() {
        let rng = &mut SystemRandom::new();
        let small: BTreeSet<_> = (0..16).map(|_| rng.try_next_u32().unwrap()).collect();
        let large: BTreeSet<_> = (0..16).map(|_| rng.try_next_u64().unwrap()).collect();
        assert!(small.len() > 8, "{small:?}");
        assert!(large.len() > 8 && large.iter().any(|number| *number > u32::MAX.into()), "{large:?}");
    }
}
