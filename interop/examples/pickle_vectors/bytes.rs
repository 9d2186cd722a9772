//! Bytes: read one after another, written as hex, drawn.

use cliquet_interop::libolm;

/// Reads fields from the first byte to the last; what is wrong is said in words.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (array, rest) = self.0.split_first_chunk().ok_or("truncated")?;
        self.0 = rest;
        Ok(*array)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, String> {
        self.array().map(|[byte]| byte)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, String> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Result<T, String>,
    ) -> Result<Vec<T>, String> {
        (0..self.u32()?).map(|_| read(self)).collect()
    }

    pub(crate) fn finish(&self) -> Result<(), String> {
        if self.0.is_empty() { Ok(()) } else { Err(format!("{} bytes are left", self.0.len())) }
    }
}

pub(crate) fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The `length` bytes that count up from `first`, modulo 256.
pub(crate) fn counting<const N: usize>(first: u8) -> [u8; N] {
    let mut bytes = [0; N];
    libolm::seq(first)(&mut bytes);
    bytes
}

/// Fills what it is given.
pub(crate) type Drawn = Box<dyn FnMut(&mut [u8])>;

/// "Random" bytes that are the same each time: SHA-256 of a label and a counter.
pub(crate) fn drawn(label: &str) -> Drawn {
    let (label, mut counter, mut block) = (label.to_owned(), 0_u32, Vec::new());
    Box::new(move |out| {
        for byte in out {
            if block.is_empty() {
                block = sha256(format!("{label} {counter}").as_bytes());
                counter += 1;
            }
            *byte = block.pop().unwrap();
        }
    })
}

pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    vodozemac::base64_decode(libolm::sha256(bytes).unwrap()).unwrap()
}
