//! What a homeserver keeps for clients to find each other: signed device keys and one-time keys. It is not trusted.

use std::path::PathBuf;

use crate::{
    Result, files,
    signed_keys::{DeviceKeys, SignedOneTimeKey},
};

/// The keys of a device, a line each: its identity keys, then one-time keys, then the fallback key.
pub(crate) struct Directory {
    folder: PathBuf,
}

impl Directory {
    pub(crate) fn open(folder: PathBuf) -> Result<Self> {
        files::create_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Adds one-time keys and replaces the fallback key. Uploaded again after a crash, the same keys count once.
    pub(crate) fn publish(&self, keys: &DeviceKeys, new: &[SignedOneTimeKey]) -> Result<()> {
        let mut one_time_keys = self.read(&keys.name)?.map_or_else(Vec::new, |(_, known)| known);
        if new.iter().any(|key| key.is_fallback) {
            one_time_keys.retain(|known| !known.starts_with("fallback"));
        }
        for line in new.iter().map(SignedOneTimeKey::to_line) {
            if !one_time_keys.contains(&line) {
                one_time_keys.push(line);
            }
        }
        // One-time keys are claimed from the front, and the fallback key is the last that is left.
        one_time_keys.sort_by_key(|line| line.starts_with("fallback"));
        self.write(keys, &one_time_keys)
    }

    /// The keys of the device of that name, once they are checked.
    pub(crate) fn device_keys(&self, name: &str) -> Result<DeviceKeys> {
        let (keys, _) = self.read(name)?.ok_or_else(|| format!("{name} is not published"))?;
        keys.checked(name)
    }

    /// Hands out each one-time key once; the fallback key where none is left.
    pub(crate) fn claim(&self, name: &str) -> Result<SignedOneTimeKey> {
        let (keys, mut one_time_keys) = self.read(name)?.ok_or_else(|| format!("{name} is not published"))?;
        let first = one_time_keys.first().ok_or_else(|| format!("{name} has no key left"))?;
        let claimed = SignedOneTimeKey::from_line(first)?;
        if !claimed.is_fallback {
            one_time_keys.remove(0);
            self.write(&keys, &one_time_keys)?;
        }
        Ok(claimed)
    }

    fn read(&self, name: &str) -> Result<Option<(DeviceKeys, Vec<String>)>> {
        let Some(bytes) = files::read(&self.path(name))? else { return Ok(None) };
        let mut lines = str::from_utf8(&bytes)?.lines().map(str::to_owned);
        let keys = DeviceKeys::from_line(&lines.next().ok_or("no device keys")?)?;
        Ok(Some((keys, lines.collect())))
    }

    fn write(&self, keys: &DeviceKeys, one_time_keys: &[String]) -> Result<()> {
        let lines = [&[keys.to_line()], one_time_keys].concat().join("\n");
        Ok(files::write(&self.path(&keys.name), lines.as_bytes())?)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name.replace('/', "."))
    }
}
