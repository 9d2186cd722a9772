//! The memory in which one large attachment streams: encrypted, verified and decrypted by this very program, started once more for it.

use std::{
    env, fs,
    io::{self, Read, Seek, SeekFrom},
    process::Command,
};

use cliquet::{
    RandomError,
    attachment::{AttachmentEncryptor, AttachmentInfo, AttachmentReader},
};

use crate::{Result, counting::Counting};

/// The argument that makes this program do it.
pub(crate) const STREAM: &str = "stream-one-attachment";

const LENGTH: u64 = 1 << 30;
/// What a program reads from a file at a time.
const PIECE: usize = 64 * 1024;

/// What the other process tells; nothing where the system does not tell a process its memory.
pub(crate) fn measure() -> Result<String> {
    let output = Command::new(env::current_exe()?).arg(format!("--{STREAM}")).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// What the other process does.
pub(crate) fn stream() -> Result<()> {
    let before = peak();
    let info = Attachment::info()?;
    let mut reader = AttachmentReader::new(Attachment::begin()?, &info)?;
    let (mut piece, mut length) = (vec![0; PIECE], 0_u64);
    loop {
        let count = reader.read(&mut piece)?;
        let (read, _) = piece.split_at(count);
        if read.iter().any(|byte| *byte != 0) {
            return Err("the attachment decrypts to something else".into());
        }
        length = length.saturating_add(u64::try_from(count)?);
        if count == 0 {
            break;
        }
    }
    if length != LENGTH {
        return Err("the attachment has another length".into());
    }
    if let (Some(before), Some(after)) = (before, peak()) {
        println!(
            "An attachment of 1 GiB was encrypted, verified and decrypted: at most {after} KiB of memory, {before} KiB of them before it began."
        );
    }
    Ok(())
}

/// The most memory that this process has had, in KiB, as Linux tells it.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The ciphertext of a file of zeros, made while it is read: the same each time.
struct Attachment {
    encryptor: AttachmentEncryptor,
    left: u64,
}

impl Attachment {
    fn begin() -> std::result::Result<Self, RandomError> {
        Ok(Self { encryptor: AttachmentEncryptor::new(&mut Counting)?, left: LENGTH })
    }

    /// What opens it, after all of it was encrypted once.
    fn info() -> Result<AttachmentInfo> {
        let (mut attachment, mut piece) = (Self::begin()?, vec![0; PIECE]);
        while attachment.read(&mut piece)? > 0 {}
        Ok(attachment.encryptor.finish())
    }
}

impl Read for Attachment {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let (piece, _) = buffer.split_at_mut(count);
        piece.fill(0);
        self.encryptor.encrypt(piece);
        self.left = self.left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }
}

impl Seek for Attachment {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Start(0) => *self = Self::begin().map_err(io::Error::other)?,
            SeekFrom::Current(0) => {}
            _ => return Err(io::ErrorKind::Unsupported.into()),
        }
        Ok(LENGTH.saturating_sub(self.left))
    }
}
