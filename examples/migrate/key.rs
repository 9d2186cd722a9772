use std::{
    fs::File,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use crate::{Result, files, target::Format};

/// A key from a file; wiped when dropped.
pub(crate) struct Key {
    bytes: Zeroizing<Vec<u8>>,
    file: PathBuf,
}

impl Key {
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let bytes = File::open(file).and_then(files::read_all);
        let bytes = bytes.map_err(|error| format!("cannot read the key file {}: {error}", file.display()))?;
        Ok(Self { bytes, file: file.to_owned() })
    }

    /// The key for a format that takes any length.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The key for a format that takes 32 bytes.
    pub(crate) fn as_32_bytes(&self, format: Format) -> Result<&[u8; 32]> {
        Ok(self.bytes.as_slice().try_into().map_err(|_| {
            let (file, length) = (self.file.display(), self.bytes.len());
            format!("{format} takes a key of exactly 32 bytes, and {file} has {length}{}", self.hint())
        })?)
    }

    /// What may be wrong with the key.
    pub(crate) fn hint(&self) -> String {
        match self.bytes.last() {
            Some(b'\n') => {
                format!("; the last byte of {} is a newline: is it part of the key?", self.file.display())
            }
            _ => String::new(),
        }
    }
}
