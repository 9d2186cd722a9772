//! The files that a homeserver holds for everybody who knows their address: encrypted attachments. It is not trusted.

use std::{fs::File, path::PathBuf};

use cliquet::{SystemRandom, rand_core::TryRng};

use crate::{
    Result, SERVER_NAME,
    files::{self, Unfinished},
};

pub(crate) struct Media {
    folder: PathBuf,
}

impl Media {
    pub(crate) fn open(folder: PathBuf) -> Result<Self> {
        files::create_folder(&folder)?;
        Ok(Self { folder })
    }

    /// A new address, and the file there, to be written and finished.
    ///
    /// What a killed run has uploaded, and no event speaks of, stays; as on a real server.
    pub(crate) fn upload(&self) -> Result<(String, Unfinished)> {
        let rng = &mut SystemRandom::new();
        let id = format!("{:016x}{:016x}", rng.try_next_u64()?, rng.try_next_u64()?);
        Ok((format!("mxc://{SERVER_NAME}/{id}"), Unfinished::create(self.folder.join(id))?))
    }

    pub(crate) fn download(&self, address: &str) -> Result<File> {
        // The address comes from somebody else: what becomes a path must not lead out of the folder.
        let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let id = address.strip_prefix(&format!("mxc://{SERVER_NAME}/")).filter(is_id);
        let id = id.ok_or_else(|| format!("{address} is no address of this server"))?;
        Ok(File::open(self.folder.join(id)).map_err(|error| format!("cannot download {address}: {error}"))?)
    }
}
