use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::{error::Error, fmt};

use subtle::ConstantTimeEq;

use super::{EstablishedSas, Verification};
use crate::{
    encoding::base64,
    keys::Ed25519PublicKey,
    primitives::kdf,
    secret::{Scratch, SecretText},
};

/// What stands for the list of key ids in a label.
const KEY_IDS: &str = "KEY_IDS";

/// How the MACs over keys are made. The starter offers some, the accept event names one of them.
///
/// The commitment does not cover the accept event: refuse a method there that you did not offer, and offer the historic ones only if you must.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MacMethod {
    /// `hkdf-hmac-sha256.v2`: the only one to be chosen today.
    HkdfHmacSha256V2,
    /// `hkdf-hmac-sha256`, historic: the same MAC in the broken base64 of an old libolm, which keeps 48 of its 256 bits.
    HistoricHkdfHmacSha256,
    /// `hmac-sha256`, historic: the same broken base64 of a MAC under a key of 256 bytes.
    HistoricHmacSha256,
}

/// A key that the two devices authenticate to each other, with the id that it has in mac events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SasKey<'a> {
    /// The fingerprint key of a device, `ed25519:` and the device id.
    Device(&'a str, Ed25519PublicKey),
    /// The master signing key of a user, `ed25519:` and the key itself.
    MasterKey(Ed25519PublicKey),
}

/// The content of a mac event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Macs {
    /// `mac`: each key id (`ed25519:DEVICE`) with the MAC over its key, 43 characters, sorted by key id.
    pub mac: Vec<(String, String)>,
    /// `keys`: the MAC over the list of the key ids, 43 characters.
    pub keys: String,
}

/// The MACs are not those of the other device over the keys that we know. The verification ends (`m.key_mismatch`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MacError {
    /// The MAC over the list of key ids is wrong: a key was added or left out, or the secrets differ. Also where an id holds a comma or comes twice,
    /// because such a list could be another one.
    KeyIds,
    /// The MAC over this key is wrong: the other device has another key than we know.
    #[non_exhaustive]
    Key {
        /// The id of the key.
        key_id: String,
    },
    /// None of the keys is known to us, so that nothing was verified.
    NoKnownKey,
}

impl SasKey<'_> {
    /// The id of the key in mac events.
    #[must_use]
    pub fn key_id(&self) -> String {
        match self {
            Self::Device(device_id, _) => ["ed25519:", device_id].concat(),
            Self::MasterKey(key) => ["ed25519:", &key.to_base64()].concat(),
        }
    }

    /// What the MAC is made over: the key in unpadded base64.
    fn text(&self) -> String {
        match self {
            Self::Device(_, key) | Self::MasterKey(key) => key.to_base64(),
        }
    }
}

impl MacMethod {
    /// The method with a name of accept events; `None` for a name that is none of them.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::HkdfHmacSha256V2, Self::HistoricHkdfHmacSha256, Self::HistoricHmacSha256]
            .into_iter()
            .find(|method| method.as_str() == name)
    }

    /// The name in accept events.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HkdfHmacSha256V2 => "hkdf-hmac-sha256.v2",
            Self::HistoricHkdfHmacSha256 => "hkdf-hmac-sha256",
            Self::HistoricHmacSha256 => "hmac-sha256",
        }
    }
}

impl Macs {
    /// The content of a mac event that was received.
    pub fn new<K: Into<String>, M: Into<String>>(
        mac: impl IntoIterator<Item = (K, M)>,
        keys: impl Into<String>,
    ) -> Self {
        let mut mac: Vec<_> = mac.into_iter().map(|(key_id, mac)| (key_id.into(), mac.into())).collect();
        mac.sort();
        Self { mac, keys: keys.into() }
    }

    /// The key ids, sorted and with commas between, over which `keys` is made; `None` if the list could be read in another way.
    fn key_ids(&self) -> Option<String> {
        let mut key_ids: Vec<&str> = self.mac.iter().map(|(key_id, _)| key_id.as_str()).collect();
        key_ids.sort_unstable();
        let are_distinct = key_ids.is_sorted_by(|one, next| one < next);
        let clear = are_distinct && key_ids.iter().all(|key_id| !key_id.contains(','));
        clear.then(|| key_ids.join(","))
    }
}

impl EstablishedSas {
    /// The content of our mac event, over our keys; a key that comes twice counts once. Send it once the user has said that both devices show the
    /// same, and not before. `None` if a device id holds a comma, so that the list of keys could be read as another one.
    #[must_use]
    pub fn macs<'k>(
        &self,
        verification: &Verification<'_>,
        method: MacMethod,
        keys: impl IntoIterator<Item = SasKey<'k>>,
    ) -> Option<Macs> {
        let mac: BTreeMap<String, String> = keys
            .into_iter()
            .map(|key| {
                let info = verification.our_mac_info(&key.key_id());
                (key.key_id(), self.calculate_mac_with_info(method, key.text(), &info))
            })
            .collect();
        let mut macs = Macs::new(mac, "");
        let info = verification.our_mac_info(KEY_IDS);
        macs.keys = self.calculate_mac_with_info(method, &macs.key_ids()?, &info);
        Some(macs)
    }

    /// Checks the content of the other device's mac event against `known_keys`: those of its and its user's keys that we know from elsewhere.
    ///
    /// Returns the known keys that are verified from now on: those that the event has a MAC over. Keys in the event that we do not know are
    /// passed over (Matrix specification, "SAS HMAC calculation").
    ///
    /// # Errors
    ///
    /// A [`MacError`]; nothing is verified then.
    pub fn verify_macs<'k>(
        &self,
        verification: &Verification<'_>,
        method: MacMethod,
        macs: &Macs,
        known_keys: impl IntoIterator<Item = SasKey<'k>>,
    ) -> Result<Vec<SasKey<'k>>, MacError> {
        let key_ids = macs.key_ids().ok_or(MacError::KeyIds)?;
        if !self.verify_mac_with_info(method, &key_ids, verification.their_mac_info(KEY_IDS), &macs.keys) {
            return Err(MacError::KeyIds);
        }
        let mut verified = Vec::new();
        for key in known_keys {
            let key_id = key.key_id();
            let Some((_, mac)) = macs.mac.iter().find(|(found, _)| *found == key_id) else { continue };
            if !self.verify_mac_with_info(method, key.text(), verification.their_mac_info(&key_id), mac) {
                return Err(MacError::Key { key_id });
            }
            verified.push(key);
        }
        if verified.is_empty() { Err(MacError::NoKnownKey) } else { Ok(verified) }
    }

    /// The MAC of a text under a label that the caller has put together, 43 characters. For adapters, of which some have bytes in their
    /// hands that may be no UTF-8.
    #[must_use]
    pub fn calculate_mac_with_info(
        &self,
        method: MacMethod,
        text: impl AsRef<[u8]>,
        info: impl AsRef<[u8]>,
    ) -> String {
        let (text, info) = (text.as_ref(), info.as_ref());
        // The right MAC of a forged list is a secret.
        let mut mac = Scratch::zeroed();
        match method {
            MacMethod::HkdfHmacSha256V2 | MacMethod::HistoricHkdfHmacSha256 => {
                self.mac_under_key_of::<32>(text, info, mac.as_mut_bytes());
            }
            MacMethod::HistoricHmacSha256 => self.mac_under_key_of::<256>(text, info, mac.as_mut_bytes()),
        }
        match method {
            MacMethod::HkdfHmacSha256V2 => base64::encode(mac.as_bytes()),
            MacMethod::HistoricHkdfHmacSha256 | MacMethod::HistoricHmacSha256 => {
                encode_in_place(mac.as_bytes())
            }
        }
    }

    /// Whether `mac` is [that MAC](Self::calculate_mac_with_info), compared in constant time. For adapters.
    #[must_use]
    pub fn verify_mac_with_info(
        &self,
        method: MacMethod,
        text: impl AsRef<[u8]>,
        info: impl AsRef<[u8]>,
        mac: &str,
    ) -> bool {
        let expected = SecretText::new(self.calculate_mac_with_info(method, text, info));
        expected.as_str().as_bytes().ct_eq(mac.as_bytes()).into()
    }

    /// `mac = HMAC-SHA-256(HKDF-SHA-256(no salt, shared secret, info, N), text)`
    fn mac_under_key_of<const N: usize>(&self, text: &[u8], info: &[u8], mac: &mut [u8; 32]) {
        let mut key = Scratch::<N>::zeroed();
        kdf::hkdf(&[], self.shared_secret(), info, key.as_mut_bytes());
        kdf::hmac(key.as_bytes(), [text], mac);
    }
}

/// Base64 as an old libolm wrote it: over the very bytes that it was still reading, so that all but the first four characters
/// encode characters written before.
fn encode_in_place(mac: &[u8; 32]) -> String {
    let mut read = Scratch::<32>::zeroed();
    read.as_mut_bytes().copy_from_slice(mac);
    // Of its whole length, since a text that grows leaves what it held.
    let mut text = String::with_capacity(43);
    for group in 0..11_usize {
        let from = group.saturating_mul(3);
        let bytes = read.as_bytes().get(from..).map(|rest| rest.get(..3).unwrap_or(rest)).unwrap_or_default();
        text.push_str(base64::encode_secret(bytes).as_str());
        // What was written lies over what is still to be read, as far as that goes.
        for (byte, written) in read.as_mut_bytes().iter_mut().zip(text.bytes()) {
            *byte = written;
        }
    }
    text
}

impl fmt::Display for MacError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyIds => formatter.write_str("the MAC over the list of keys is wrong"),
            Self::Key { key_id } => write!(formatter, "the MAC over the key {key_id:?} is wrong"),
            Self::NoKnownKey => formatter.write_str("none of the keys is known"),
        }
    }
}

impl Error for MacError {}
