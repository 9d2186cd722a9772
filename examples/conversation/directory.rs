//! What a homeserver keeps for clients to find each other: signed device keys and one-time keys. It is not trusted.

use std::collections::{BTreeMap, VecDeque};

use cliquet::{Curve25519PublicKey, Ed25519Signature, olm::IdentityKeys};

use crate::{Result, device::Device};

/// The identity keys of a device, signed by its fingerprint key.
pub(crate) struct DeviceKeys {
    user: String,
    device_id: String,
    identity_keys: IdentityKeys,
    signature: Ed25519Signature,
}

impl DeviceKeys {
    pub(crate) fn sign(
        user: &str,
        device_id: &str,
        identity_keys: IdentityKeys,
        sign: impl FnOnce(&str) -> Ed25519Signature,
    ) -> Self {
        let signature = sign(&signed_device_keys(user, device_id, &identity_keys));
        Self { user: user.to_owned(), device_id: device_id.to_owned(), identity_keys, signature }
    }

    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.user, self.device_id)
    }

    /// The keys, if they are those of the device that was asked for, and signed by it.
    pub(crate) fn checked(&self, name: &str) -> Result<IdentityKeys> {
        if self.name() != name {
            return Err(format!("asked for {name}, got the keys of {}", self.name()).into());
        }
        let text = signed_device_keys(&self.user, &self.device_id, &self.identity_keys);
        self.identity_keys.ed25519.verify(text.as_bytes(), &self.signature)?;
        Ok(self.identity_keys)
    }
}

/// A one-time key or fallback key, signed by the fingerprint key of its device.
#[derive(Clone, Copy)]
pub(crate) struct SignedOneTimeKey {
    key: Curve25519PublicKey,
    is_fallback: bool,
    signature: Ed25519Signature,
}

impl SignedOneTimeKey {
    pub(crate) fn sign(
        key: Curve25519PublicKey,
        is_fallback: bool,
        sign: impl FnOnce(&str) -> Ed25519Signature,
    ) -> Self {
        Self { key, is_fallback, signature: sign(&signed_one_time_key(&key, is_fallback)) }
    }

    /// The key, if the device with these identity keys signed it.
    pub(crate) fn checked(self, identity_keys: &IdentityKeys) -> Result<Curve25519PublicKey> {
        let text = signed_one_time_key(&self.key, self.is_fallback);
        identity_keys.ed25519.verify(text.as_bytes(), &self.signature)?;
        Ok(self.key)
    }
}

/// Canonical JSON, as the Matrix specification signs it: sorted keys, no spaces.
fn signed_device_keys(user: &str, device_id: &str, keys: &IdentityKeys) -> String {
    format!(
        r#"{{"device_id":"{device_id}","keys":{{"curve25519:{device_id}":"{}","ed25519:{device_id}":"{}"}},"user_id":"@{user}:example.org"}}"#,
        keys.curve25519, keys.ed25519
    )
}

fn signed_one_time_key(key: &Curve25519PublicKey, is_fallback: bool) -> String {
    if is_fallback {
        format!(r#"{{"fallback":true,"key":"{key}"}}"#)
    } else {
        format!(r#"{{"key":"{key}"}}"#)
    }
}

struct Published {
    keys: DeviceKeys,
    one_time_keys: VecDeque<SignedOneTimeKey>,
    fallback_key: SignedOneTimeKey,
}

#[derive(Default)]
pub(crate) struct Directory {
    devices: BTreeMap<String, Published>,
}

impl Directory {
    /// One-time keys of one device: one is claimed, the others wait.
    const ONE_TIME_KEYS: usize = 5;

    pub(crate) fn publish(&mut self, device: &mut Device) -> Result<()> {
        let (one_time_keys, fallback_key) = device.make_one_time_keys(Self::ONE_TIME_KEYS)?;
        let keys = device.keys();
        self.devices
            .insert(keys.name(), Published { keys, one_time_keys: one_time_keys.into(), fallback_key });
        Ok(())
    }

    pub(crate) fn device_keys(&self, name: &str) -> Result<&DeviceKeys> {
        Ok(&self.devices.get(name).ok_or_else(|| format!("{name} is not published"))?.keys)
    }

    /// Hands out each one-time key once; the fallback key where none is left.
    pub(crate) fn claim(&mut self, name: &str) -> Result<SignedOneTimeKey> {
        let published = self.devices.get_mut(name).ok_or_else(|| format!("{name} is not published"))?;
        Ok(published.one_time_keys.pop_front().unwrap_or(published.fallback_key))
    }
}
