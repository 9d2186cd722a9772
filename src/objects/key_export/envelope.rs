//! The file around the encrypted sessions.

use alloc::{string::String, vec::Vec};
use core::{num::NonZeroU32, ops::Range};

use super::KeyExportError;
use crate::{
    encoding::{DecodeError, Reader, base64},
    primitives::ctr::{self, COUNTER_BLOCK_LENGTH, CannotOpen, MAC_LENGTH},
    secret::SecretBytes,
};

const VERSION: u8 = 1;
pub(super) const SALT_LENGTH: usize = 16;
/// Version, salt, IV and rounds.
const HEADER_LENGTH: usize = 1 + SALT_LENGTH + COUNTER_BLOCK_LENGTH + 4;

const FIRST_LINE: &str = "-----BEGIN MEGOLM SESSION DATA-----";
const LAST_LINE: &str = "-----END MEGOLM SESSION DATA-----";
/// How many characters a line has between these.
const LINE_LENGTH: usize = 96;

/// What stands in front of the ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) salt: [u8; SALT_LENGTH],
    pub(super) iv: [u8; COUNTER_BLOCK_LENGTH],
    pub(super) rounds: NonZeroU32,
}

/// A whole file, as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) header: Header,
    bytes: Vec<u8>,
    ciphertext: Range<usize>,
}

impl Header {
    fn read(reader: &mut Reader<'_>) -> Result<Self, KeyExportError> {
        match reader.u8()? {
            VERSION => {}
            version => return Err(DecodeError::UnsupportedVersion { version }.into()),
        }
        let (salt, iv) = (*reader.array()?, *reader.array()?);
        let rounds = u32::from_be_bytes(*reader.array()?);
        let no_rounds = KeyExportError::TooFewRounds { rounds, limit: 1 };
        let rounds = NonZeroU32::new(rounds).ok_or(no_rounds)?;
        Ok(Self { salt, iv, rounds })
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(&self.iv);
        bytes.extend_from_slice(&self.rounds.get().to_be_bytes());
    }
}

impl Envelope {
    fn from_bytes(bytes: Vec<u8>) -> Result<Self, KeyExportError> {
        let mut reader = Reader::new(&bytes);
        let header = Header::read(&mut reader)?;
        let length = reader.remaining().checked_sub(MAC_LENGTH).ok_or(DecodeError::Truncated)?;
        let ciphertext = reader.range(length)?;
        Ok(Self { header, bytes, ciphertext })
    }

    /// Lines end in any way; other white space does not count.
    pub(super) fn from_text(text: &str) -> Result<Self, KeyExportError> {
        let body = text
            .trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}')
            .strip_prefix(FIRST_LINE)
            .and_then(|rest| rest.strip_suffix(LAST_LINE))
            .filter(|body| are_lines(body))
            .ok_or(KeyExportError::MissingLine)?;
        let base64: String = body.chars().filter(|character| !character.is_ascii_whitespace()).collect();
        Self::from_bytes(base64::decode(&base64)?)
    }

    /// The file, in lines of 96 characters.
    pub(super) fn to_text(&self) -> String {
        let base64 = base64::encode(&self.bytes);
        let lines = base64.len().div_ceil(LINE_LENGTH);
        let mut text = String::with_capacity(
            base64.len().saturating_add(lines).saturating_add(FIRST_LINE.len().saturating_mul(2)),
        );
        text.push_str(FIRST_LINE);
        for (place, character) in base64.chars().enumerate() {
            if place.is_multiple_of(LINE_LENGTH) {
                text.push('\n');
            }
            text.push(character);
        }
        text.push('\n');
        text.push_str(LAST_LINE);
        text.push('\n');
        text
    }

    pub(super) fn seal(header: Header, plaintext: &SecretBytes, keys: &[u8; 64]) -> Self {
        let plaintext = plaintext.as_bytes();
        let length = HEADER_LENGTH.saturating_add(plaintext.len());
        let mut bytes = Vec::with_capacity(length.saturating_add(MAC_LENGTH));
        header.write(&mut bytes);
        bytes.extend_from_slice(plaintext);
        ctr::seal(keys, &header.iv, &mut bytes, 0, HEADER_LENGTH);
        Self { header, bytes, ciphertext: HEADER_LENGTH..length }
    }

    pub(super) fn open(&self, keys: &[u8; 64]) -> Result<SecretBytes, CannotOpen> {
        let authenticated = self.bytes.get(..self.ciphertext.end).unwrap_or_default();
        let ciphertext = self.bytes.get(self.ciphertext.clone()).unwrap_or_default();
        let mac = self.bytes.last_chunk().ok_or(CannotOpen::AuthenticationFailed)?;
        ctr::open(keys, &self.header.iv, authenticated, ciphertext, mac)
    }
}

/// Whether a line ends before the text and another one ends with it.
fn are_lines(body: &str) -> bool {
    let is_content = |character: char| !character.is_whitespace();
    let (before, after) = (body.split(is_content).next(), body.rsplit(is_content).next());
    [before, after].iter().flatten().all(|space| space.contains(['\n', '\r']))
}
