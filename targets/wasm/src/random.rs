//! Random bytes from JavaScript.

use cliquet::rand_core::{TryCryptoRng, TryRng};

#[link(wasm_import_module = "cliquet")]
unsafe extern "C" {
    /// Fills `length` bytes at `pointer` from `crypto.getRandomValues`; anything but 0 is a failure.
    fn random_bytes(pointer: *mut u8, length: usize) -> u32;
}

/// A broken generator, told as the library's callers tell it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GeneratorFailed;

impl core::fmt::Display for GeneratorFailed {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("crypto.getRandomValues failed")
    }
}

impl core::error::Error for GeneratorFailed {}

/// `crypto.getRandomValues`, which browsers and Node document as cryptographically secure.
pub(crate) struct WebCrypto;

impl TryRng for WebCrypto {
    type Error = GeneratorFailed;

    fn try_next_u32(&mut self) -> Result<u32, GeneratorFailed> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, GeneratorFailed> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), GeneratorFailed> {
        // SAFETY: the pointer and the length are those of one slice, which nobody else has during the call.
        let status = unsafe { random_bytes(bytes.as_mut_ptr(), bytes.len()) };
        if status == 0 { Ok(()) } else { Err(GeneratorFailed) }
    }
}

impl TryCryptoRng for WebCrypto {}
