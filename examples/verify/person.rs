//! Two people, each with one device, and what a server hands out of them.

use cliquet::{
    Ed25519KeyPair, Ed25519PublicKey, Ed25519Signature, SystemRandom,
    olm::Account,
    sas::{Device, SasKey},
};

use crate::Result;

/// A person with a device: its account, whose Ed25519 key is the fingerprint key, and the person's master signing key.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) user_id: &'static str,
    pub(crate) device_id: &'static str,
    account: Account,
    master_key: Ed25519KeyPair,
}

/// The public keys of a person, as a server hands them out. The device has signed the master key, which shows that both
/// come from one source, and not from which.
pub(crate) struct Published {
    pub(crate) device_id: &'static str,
    pub(crate) device_key: Ed25519PublicKey,
    pub(crate) master_key: Ed25519PublicKey,
    user_id: &'static str,
    signature: Ed25519Signature,
}

impl Person {
    pub(crate) fn new(
        name: &'static str,
        user_id: &'static str,
        device_id: &'static str,
        rng: &mut SystemRandom,
    ) -> Result<Self> {
        let (account, master_key) = (Account::new(rng)?, Ed25519KeyPair::random(rng)?);
        Ok(Self { name, user_id, device_id, account, master_key })
    }

    /// How the person is called in what the MACs are made over.
    pub(crate) fn device(&self) -> Device<'static> {
        Device::new(self.user_id, self.device_id)
    }

    pub(crate) fn published(&self) -> Published {
        let (device_key, master_key) = (self.account.ed25519_key(), self.master_key.public());
        let signature = self.account.sign(signed_text(self.user_id, &master_key).as_bytes());
        Published { device_id: self.device_id, device_key, master_key, user_id: self.user_id, signature }
    }
}

impl Published {
    /// The keys, if the device has signed them.
    pub(crate) fn checked(self) -> Result<Self> {
        let text = signed_text(self.user_id, &self.master_key);
        self.device_key.verify(text.as_bytes(), &self.signature)?;
        Ok(self)
    }

    /// Both keys, as the MACs are made over them.
    pub(crate) fn keys(&self) -> [SasKey<'static>; 2] {
        [SasKey::Device(self.device_id, self.device_key), SasKey::MasterKey(self.master_key)]
    }
}

/// A master signing key in canonical JSON, without its signatures.
fn signed_text(user_id: &str, master_key: &Ed25519PublicKey) -> String {
    format!(
        r#"{{"keys":{{"ed25519:{master_key}":"{master_key}"}},"usage":["master"],"user_id":"{user_id}"}}"#
    )
}
