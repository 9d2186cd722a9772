use alloc::{boxed::Box, vec};
use core::{error::Error, fmt, mem};
use std::io::{self, Read, Seek, SeekFrom};

use super::{AttachmentError, AttachmentInfo, UnverifiedDecryptor};
use crate::primitives::sha256::Hasher;

/// How much is read at once when the hash is checked.
const PIECE: usize = 64 * 1024;

/// Reads the plaintext of an attachment whose hash was checked before, in constant memory.
///
/// Making one reads the ciphertext once, from where `source` stands to its end; reading then takes a second pass. A file that was just written stands at its
/// end: rewind it first.
///
/// If the source changes in between, what was read until then cannot be taken back; but the last byte is not handed out, and an error ends the
/// reading in its place ([`io::ErrorKind::InvalidData`], around an [`AttachmentError`]). Let nobody else write to the source, or use the plaintext
/// only once it has been read to the end.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::io::{self, Cursor};
/// use cliquet::{SystemRandom, attachment::{AttachmentReader, encrypt_in_place}};
///
/// let mut ciphertext = b"a file".to_vec();
/// let info = encrypt_in_place(&mut ciphertext, &mut SystemRandom::new())?;
///
/// let downloaded = Cursor::new(ciphertext); // a file, in practice
/// let mut plaintext = Vec::new();
/// io::copy(&mut AttachmentReader::new(downloaded, &info)?, &mut plaintext)?;
/// assert_eq!(plaintext, b"a file");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
pub struct AttachmentReader<S> {
    source: S,
    length: u64,
    rest: Rest,
}

/// What is left to be read.
enum Rest {
    /// Some bytes; the hash is checked again with the last of them.
    Unread {
        decryptor: Box<UnverifiedDecryptor>,
        length: u64,
    },
    Nothing,
    /// The source is not what it was.
    Changed,
}

/// Why an attachment cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum AttachmentReaderError {
    /// The source could not be read, or not be read again.
    Source(io::Error),
    /// The ciphertext is not the one that the event speaks of.
    Attachment(AttachmentError),
}

impl<S: Read + Seek> AttachmentReader<S> {
    /// Reads the ciphertext, from where `source` stands to its end, checks its hash, and goes back to where it began.
    ///
    /// # Errors
    ///
    /// [`AttachmentReaderError::Attachment`] if the ciphertext has another hash, [`AttachmentReaderError::Source`] if the source cannot be read.
    pub fn new(source: S, info: &AttachmentInfo) -> Result<Self, AttachmentReaderError> {
        Self::with_progress(source, info, |_| {})
    }

    /// [`new`](Self::new), which tells `progress` now and then how many bytes it has read: a large file takes a while.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_progress(
        mut source: S,
        info: &AttachmentInfo,
        progress: impl FnMut(u64),
    ) -> Result<Self, AttachmentReaderError> {
        let begin = source.stream_position()?;
        let (sha256, length) = hash_to_end(&mut source, progress)?;
        if sha256 != *info.sha256() {
            return Err(AttachmentError::HashMismatch.into());
        }
        info.key_stream().check_room(length.into()).map_err(AttachmentError::from)?;
        source.seek(SeekFrom::Start(begin))?;
        let rest = match length {
            0 => Rest::Nothing,
            _ => Rest::Unread { decryptor: Box::new(UnverifiedDecryptor::new(info)), length },
        };
        Ok(Self { source, length, rest })
    }

    /// The length of the plaintext, in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The source, wherever it stands.
    pub fn into_inner(self) -> S {
        self.source
    }
}

fn hash_to_end(source: &mut impl Read, mut progress: impl FnMut(u64)) -> io::Result<([u8; 32], u64)> {
    let (mut hasher, mut length, mut piece) = (Hasher::new(), 0_u64, vec![0; PIECE]);
    loop {
        match source.read(&mut piece) {
            Ok(0) => return Ok((hasher.finish(), length)),
            Ok(count) => {
                hasher.update(piece.get(..count).unwrap_or_default());
                length = length.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
                progress(length);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl<S: Read> AttachmentReader<S> {
    /// Reads some bytes of those that are left, and no others.
    fn read_ciphertext<'b>(&mut self, buffer: &'b mut [u8], left: u64) -> io::Result<&'b mut [u8]> {
        let room = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let buffer = buffer.get_mut(..room).unwrap_or_default();
        match self.source.read(buffer)? {
            // The source has become shorter than it was.
            0 => Err(self.changed()),
            count => buffer.get_mut(..count).ok_or_else(|| self.changed()),
        }
    }

    #[cfg(test)]
    pub(super) fn source_mut(&mut self) -> &mut S {
        &mut self.source
    }

    fn changed(&mut self) -> io::Error {
        self.rest = Rest::Changed;
        io::Error::new(io::ErrorKind::InvalidData, AttachmentError::HashMismatch)
    }
}

impl<S: Read> Read for AttachmentReader<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = match &self.rest {
            Rest::Unread { length, .. } => *length,
            Rest::Nothing => return Ok(0),
            Rest::Changed => return Err(self.changed()),
        };
        if buffer.is_empty() {
            return Ok(0);
        }
        let piece = self.read_ciphertext(buffer, left)?;
        let Rest::Unread { mut decryptor, length } = mem::replace(&mut self.rest, Rest::Changed) else {
            return Err(self.changed());
        };
        let count = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        let length = length.saturating_sub(count);
        let is_what_it_was = decryptor.decrypt_unverified(piece).and_then(|()| {
            self.rest = if length > 0 {
                Rest::Unread { decryptor, length }
            } else {
                decryptor.verify()?;
                Rest::Nothing
            };
            Ok(())
        });
        if is_what_it_was.is_err() {
            piece.fill(0);
            return Err(self.changed());
        }
        Ok(piece.len())
    }
}

impl<S> fmt::Debug for AttachmentReader<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AttachmentReader").field("length", &self.length).finish_non_exhaustive()
    }
}

impl fmt::Display for AttachmentReaderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => write!(formatter, "the attachment cannot be read: {error}"),
            Self::Attachment(error) => error.fmt(formatter),
        }
    }
}

impl Error for AttachmentReaderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Source(error) => Some(error),
            Self::Attachment(error) => Some(error),
        }
    }
}

impl From<io::Error> for AttachmentReaderError {
    fn from(error: io::Error) -> Self {
        Self::Source(error)
    }
}

impl From<AttachmentError> for AttachmentReaderError {
    fn from(error: AttachmentError) -> Self {
        Self::Attachment(error)
    }
}
