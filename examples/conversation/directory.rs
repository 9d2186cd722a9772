//! What a homeserver keeps for clients to find each other: signed device keys and one-time keys. It is not trusted.

use std::path::PathBuf;

use cliquet::signed_json::{JsonObject, JsonValue};

use crate::{Result, files};

/// What a device uploads, and what is left of it on the server. The fields are those of `POST /keys/upload`.
#[derive(Default)]
pub(crate) struct UploadedKeys {
    pub(crate) device_keys: JsonObject,
    pub(crate) one_time_keys: JsonObject,
    pub(crate) fallback_keys: JsonObject,
}

/// The keys of a device are a file of three lines of canonical JSON.
pub(crate) struct Directory {
    folder: PathBuf,
}

impl Directory {
    pub(crate) fn open(folder: PathBuf) -> Result<Self> {
        files::create_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Adds one-time keys and replaces the fallback key. Uploaded again after a crash, the same keys count once.
    pub(crate) fn publish(&self, name: &str, new: UploadedKeys) -> Result<()> {
        let mut keys = self.read(name)?.unwrap_or_default();
        keys.device_keys = new.device_keys;
        keys.one_time_keys.extend(new.one_time_keys);
        if !new.fallback_keys.is_empty() {
            keys.fallback_keys = new.fallback_keys;
        }
        self.write(name, &keys)
    }

    pub(crate) fn device_keys(&self, name: &str) -> Result<JsonObject> {
        Ok(self.published(name)?.device_keys)
    }

    /// Hands out each one-time key once; the fallback key where none is left.
    pub(crate) fn claim(&self, name: &str) -> Result<JsonObject> {
        let mut keys = self.published(name)?;
        let first = keys.one_time_keys.iter().next().map(|(key_id, _)| key_id.to_owned());
        let claimed = match first {
            Some(key_id) => keys.one_time_keys.remove(&key_id),
            None => keys.fallback_keys.clone().into_iter().next().map(|(_, key)| key),
        };
        self.write(name, &keys)?;
        let key = claimed.and_then(JsonValue::into_object);
        Ok(key.ok_or_else(|| format!("{name} has no key left"))?)
    }

    fn published(&self, name: &str) -> Result<UploadedKeys> {
        Ok(self.read(name)?.ok_or_else(|| format!("{name} is not published"))?)
    }

    fn read(&self, name: &str) -> Result<Option<UploadedKeys>> {
        let Some(bytes) = files::read(&self.path(name))? else { return Ok(None) };
        let lines: Vec<&str> = str::from_utf8(&bytes)?.lines().collect();
        let [device_keys, one_time_keys, fallback_keys] = lines[..] else {
            return Err("the keys of a device are three lines".into());
        };
        Ok(Some(UploadedKeys {
            device_keys: JsonObject::from_json(device_keys)?,
            one_time_keys: JsonObject::from_json(one_time_keys)?,
            fallback_keys: JsonObject::from_json(fallback_keys)?,
        }))
    }

    fn write(&self, name: &str, keys: &UploadedKeys) -> Result<()> {
        let objects = [&keys.device_keys, &keys.one_time_keys, &keys.fallback_keys];
        let lines = objects.map(JsonObject::to_canonical_json).join("\n");
        Ok(files::write(self.path(name), lines.as_bytes())?)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name.replace('/', "."))
    }
}
