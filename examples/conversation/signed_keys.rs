//! Public keys, signed by the fingerprint key of their device: what the directory hands out, and what a client checks.

use cliquet::{Curve25519PublicKey, Ed25519PublicKey, Ed25519Signature};

use crate::Result;

/// The two identity keys of a device, signed by the first.
pub(crate) struct DeviceKeys {
    pub(crate) name: String,
    pub(crate) ed25519: Ed25519PublicKey,
    pub(crate) curve25519: Curve25519PublicKey,
    pub(crate) signature: Ed25519Signature,
}

impl DeviceKeys {
    /// The keys, if they are those of the device that was asked for, and signed by it.
    pub(crate) fn checked(self, name: &str) -> Result<Self> {
        if self.name != name {
            return Err(format!("asked for {name}, got the keys of {}", self.name).into());
        }
        let text = Self::signed_text(name, &self.ed25519, &self.curve25519);
        self.ed25519.verify(text.as_bytes(), &self.signature)?;
        Ok(self)
    }

    /// Canonical JSON, as the Matrix specification signs it: sorted keys, no spaces.
    pub(crate) fn signed_text(
        name: &str,
        ed25519: &Ed25519PublicKey,
        curve25519: &Curve25519PublicKey,
    ) -> String {
        let (user, device) = name.split_once('/').unwrap_or((name, ""));
        format!(
            r#"{{"device_id":"{device}","keys":{{"curve25519:{device}":"{curve25519}","ed25519:{device}":"{ed25519}"}},"user_id":"@{user}:example.org"}}"#
        )
    }

    pub(crate) fn to_line(&self) -> String {
        format!("{} {} {} {}", self.name, self.ed25519, self.curve25519, self.signature)
    }

    pub(crate) fn from_line(line: &str) -> Result<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let [name, ed25519, curve25519, signature] = words[..] else {
            return Err("device keys are a name, two keys and a signature".into());
        };
        Ok(Self {
            name: name.to_owned(),
            ed25519: Ed25519PublicKey::from_base64(ed25519)?,
            curve25519: Curve25519PublicKey::from_base64(curve25519)?,
            signature: Ed25519Signature::from_base64(signature)?,
        })
    }
}

/// A one-time key or fallback key.
pub(crate) struct SignedOneTimeKey {
    pub(crate) key: Curve25519PublicKey,
    pub(crate) is_fallback: bool,
    pub(crate) signature: Ed25519Signature,
}

impl SignedOneTimeKey {
    /// The key, if the device with these keys signed it.
    pub(crate) fn checked(self, owner: &DeviceKeys) -> Result<Curve25519PublicKey> {
        let text = Self::signed_text(&self.key, self.is_fallback);
        owner.ed25519.verify(text.as_bytes(), &self.signature)?;
        Ok(self.key)
    }

    pub(crate) fn signed_text(key: &Curve25519PublicKey, is_fallback: bool) -> String {
        if is_fallback {
            format!(r#"{{"fallback":true,"key":"{key}"}}"#)
        } else {
            format!(r#"{{"key":"{key}"}}"#)
        }
    }

    pub(crate) fn to_line(&self) -> String {
        let kind = if self.is_fallback { "fallback" } else { "one-time" };
        format!("{kind} {} {}", self.key, self.signature)
    }

    pub(crate) fn from_line(line: &str) -> Result<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let [kind, key, signature] = words[..] else {
            return Err("a one-time key is a kind, a key and a signature".into());
        };
        Ok(Self {
            key: Curve25519PublicKey::from_base64(key)?,
            is_fallback: kind == "fallback",
            signature: Ed25519Signature::from_base64(signature)?,
        })
    }
}
