//! What the conversation must be on every target, as digests.

use crate::failure::{Failure, check};
use alloc::vec::Vec;
use sha2::{Digest, Sha256};

/// The first four bytes of the SHA-256 of everything that leaves a device or is saved, in order, made on x86-64.
const DIGESTS: [(&str, u32); 34] = [
    ("identity key", 0xfa114df8),
    ("fingerprint key", 0x1a37ad60),
    ("signature", 0x2265c6c7),
    ("one-time key", 0xdec530cb),
    ("one-time key", 0x64bc4cb5),
    ("one-time key", 0x23ffea4f),
    ("one-time key", 0xb05bdb7a),
    ("one-time key", 0x41be5b4d),
    ("one-time key", 0x7ca3f908),
    ("one-time key", 0xb06da7f2),
    ("one-time key", 0xd6ae9caf),
    ("one-time key", 0xb7858947),
    ("one-time key", 0xd5d668c6),
    ("first message", 0x3c698b40),
    ("answer", 0xfd81affa),
    ("message", 0x902f45b0),
    ("message", 0x933c3c1f),
    ("message", 0x5dff6a75),
    ("message", 0x36575850),
    ("message", 0xcb001247),
    ("account pickle", 0x7573f5ec),
    ("session pickle", 0x6ee8c9b4),
    ("libolm's pickle of the session", 0x8a4817ef),
    ("session key", 0x872fba8d),
    ("message to the room", 0xc74a3a1c),
    ("message to the room", 0x66d507a4),
    ("message to the room", 0x566d369f),
    ("message to the room", 0x20cba587),
    ("message to the room", 0x50e13862),
    ("export", 0xe5dc8ad8),
    ("room pickle", 0x08a57f5e),
    ("member pickle", 0x4c711137),
    ("libolm's pickle of the member", 0x0442f1a5),
    ("message of the other room", 0x5285a0e0),
];

/// What was compared, and the digests of it.
pub type Digests = Vec<(&'static str, u32)>;

/// Compares one thing after the other with [`DIGESTS`], or writes their digests down.
#[derive(Debug)]
pub(crate) struct Known {
    compared: usize,
    written_down: Option<Digests>,
}

impl Known {
    pub(crate) const fn new() -> Self {
        Self { compared: 0, written_down: None }
    }

    pub(crate) const fn writing_down() -> Self {
        Self { compared: 0, written_down: Some(Vec::new()) }
    }

    /// Fails if `bytes`, which are `what`, are not what they were on other targets.
    pub(crate) fn compare(&mut self, what: &'static str, bytes: &[u8]) -> Result<(), Failure> {
        let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(bytes).into();
        let digest = u32::from_be_bytes([a, b, c, d]);
        if let Some(written_down) = &mut self.written_down {
            written_down.push((what, digest));
            return Ok(());
        }
        check(DIGESTS.get(self.compared) == Some(&(what, digest)), what)?;
        self.compared = self.compared.saturating_add(1);
        Ok(())
    }

    /// What was written down. Fails if less was compared than there is to compare.
    pub(crate) fn finish(self) -> Result<(usize, Digests), Failure> {
        let complete = self.written_down.is_some() || self.compared == DIGESTS.len();
        check(complete, "the conversation is shorter than on other targets")?;
        Ok((self.compared, self.written_down.unwrap_or_default()))
    }
}
