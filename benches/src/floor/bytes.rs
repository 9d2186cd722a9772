//! What reads and writes bytes.

use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurposeConfig},
};
use base64ct::{Base64Unpadded, Encoding};
use cliquet::{SystemRandom, rand_core::TryRng};

use crate::Result;

const UNPADDED: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_encode_padding(false)
    .with_decode_padding_mode(DecodePaddingMode::RequireNone);

#[cfg(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon")))]
fn engine() -> impl Engine {
    base64::engine::simd::Simd::standard(UNPADDED)
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))))]
fn engine() -> impl Engine {
    base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, UNPADDED)
}

pub(super) fn encode(bytes: &[u8]) -> String {
    engine().encode(bytes)
}

pub(super) fn decode(text: &str) -> Result<Vec<u8>> {
    Ok(engine().decode(text)?)
}

/// So many bytes, no more and no fewer.
pub(super) fn decode_array<const N: usize>(text: &str) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    same_length(engine().decode_slice(text, &mut bytes)?, N)?;
    Ok(bytes)
}

/// In constant time.
pub(super) fn encode_secret(bytes: &[u8]) -> String {
    Base64Unpadded::encode_string(bytes)
}

/// [`decode_array`] in constant time.
pub(super) fn decode_secret<const N: usize>(text: &str) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    let decoded = Base64Unpadded::decode(text, &mut bytes).map_err(|error| error.to_string())?;
    same_length(decoded.len(), N)?;
    Ok(bytes)
}

fn same_length(found: usize, expected: usize) -> Result<()> {
    if found == expected { Ok(()) } else { Err("the text has another length".into()) }
}

pub(super) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().try_fill_bytes(&mut bytes)?;
    Ok(bytes)
}

/// Writes a varint.
pub(super) fn put_varint(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(0x80 | number.to_le_bytes()[0] & 0x7f);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// What is left to be read of a message.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    /// Reads so many bytes.
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or("a message ends early")?;
        self.0 = rest;
        Ok(taken)
    }

    /// Reads the bytes that must come here.
    pub(super) fn expect(&mut self, bytes: &[u8]) -> Result<()> {
        if self.take(bytes.len())? == bytes { Ok(()) } else { Err("a field is another one".into()) }
    }

    /// Reads a key.
    pub(super) fn key(&mut self) -> Result<[u8; 32]> {
        Ok(self.take(32)?.try_into()?)
    }

    /// Reads a varint.
    pub(super) fn varint(&mut self) -> Result<usize> {
        let (mut number, mut bits) = (0, 0_u32);
        for byte in self.0.iter().take(5) {
            number |= usize::from(byte & 0x7f) << bits;
            bits = bits.saturating_add(7);
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.take(usize::try_from(bits / 7)?)?;
        Ok(number)
    }
}
