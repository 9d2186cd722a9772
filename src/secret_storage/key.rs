use alloc::{string::String, vec::Vec};

use rand_core::TryCryptoRng;

use super::{PassphraseError, PassphraseParameters, RecoveryKeyError, SecretStorageError, recovery_key};
use crate::{
    encoding::{DecodeError, base64},
    passphrase::StretchedPassphrase,
    primitives::{
        ctr::{self, COUNTER_BLOCK_LENGTH, MAC_LENGTH},
        kdf,
    },
    random::{self, RandomError},
    secret::{Scratch, Secret, SecretBytes, SecretText, split},
};

/// What a [`KeyCheck`] encrypts.
const ZEROS: [u8; 32] = [0; 32];

/// The name under which a [`KeyCheck`] encrypts it.
const NO_NAME: &str = "";

/// The key of a secret storage: 32 bytes.
///
/// Wiped when dropped, not printable, compared in constant time.
#[derive(Debug, PartialEq, Eq)]
pub struct SecretStorageKey(Secret<32>);

/// A secret as it lies on the server, for one key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncryptedSecret {
    /// The IV; the MAC does not cover it.
    pub iv: [u8; COUNTER_BLOCK_LENGTH],
    /// The ciphertext, as long as the secret.
    pub ciphertext: Vec<u8>,
    /// The MAC over the ciphertext.
    pub mac: [u8; MAC_LENGTH],
}

/// What tells a right key from a wrong one: the fields `iv` and `mac` of a key's description (`m.secret_storage.key.<id>`).
///
/// A description without them says nothing: any key is to be taken for the right one, until a secret opens with it or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyCheck {
    /// The IV.
    pub iv: [u8; COUNTER_BLOCK_LENGTH],
    /// The MAC over 32 encrypted zeros.
    pub mac: [u8; MAC_LENGTH],
}

/// What the server keeps of a key beside the secrets: the content of `m.secret_storage.key.<id>` in the account data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyDescription {
    /// The name that the user has given the key.
    pub name: Option<String>,
    /// How the key comes from a passphrase, if it does, in the way that is known here. Another algorithm, or another number of bits, is left aside when
    /// a description is read: a recovery key still opens the storage.
    pub passphrase: Option<PassphraseParameters>,
    /// What tells the right key from a wrong one.
    pub check: Option<KeyCheck>,
}

impl EncryptedSecret {
    /// A secret as the server hands it out.
    #[must_use]
    pub const fn new(iv: [u8; COUNTER_BLOCK_LENGTH], ciphertext: Vec<u8>, mac: [u8; MAC_LENGTH]) -> Self {
        Self { iv, ciphertext, mac }
    }

    /// A secret of three texts: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if a text is no base64, [`DecodeError::Length`] unless the IV has exactly 16 bytes and the MAC 32.
    pub fn from_base64(iv: &str, ciphertext: &str, mac: &str) -> Result<Self, DecodeError> {
        let (iv, mac) = (base64::decode_array(iv)?, base64::decode_array(mac)?);
        Ok(Self { iv, ciphertext: base64::decode(ciphertext)?, mac })
    }
}

impl KeyCheck {
    /// The `iv` and `mac` of a key's description.
    #[must_use]
    pub const fn new(iv: [u8; COUNTER_BLOCK_LENGTH], mac: [u8; MAC_LENGTH]) -> Self {
        Self { iv, mac }
    }

    /// The `iv` and `mac` of a key's description, as they stand there: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if a text is no base64, [`DecodeError::Length`] unless the IV has exactly 16 bytes and the MAC 32.
    pub fn from_base64(iv: &str, mac: &str) -> Result<Self, DecodeError> {
        Ok(Self { iv: base64::decode_array(iv)?, mac: base64::decode_array(mac)? })
    }
}

impl KeyDescription {
    /// The description of a key, by which others are told from it. Draws 16 bytes from `rng`: the IV of the check.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(key: &SecretStorageKey, rng: &mut R) -> Result<Self, RandomError> {
        Ok(Self { check: Some(key.check(rng)?), ..Self::default() })
    }

    /// Whether this may be the key that is described. Where there is no check, any may be, as the specification has it: the secrets will tell. Encrypt nothing to a key that
    /// neither a check nor a secret has confirmed: the description comes from the server, which could have chosen it.
    #[must_use]
    pub fn may_describe(&self, key: &SecretStorageKey) -> bool {
        self.check.is_none_or(|check| key.passes(&check))
    }
}

impl SecretStorageKey {
    /// A new key. Draws 32 bytes from `rng`.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn random<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        let mut key = Secret::zeroed();
        random::fill(rng, key.as_mut_bytes())?;
        Ok(Self(key))
    }

    /// The key with these 32 bytes. The caller's copy is the caller's to wipe.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Secret::copy_of(bytes))
    }

    /// The 32 bytes. Copies of them are the caller's to wipe.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The key that a user has kept as a recovery key (Matrix specification, "Key representation"); white space in it does not count.
    /// Key backups represent their secret key in the same way.
    ///
    /// # Errors
    ///
    /// A [`RecoveryKeyError`] that tells what is wrong with the text.
    pub fn from_recovery_key(text: &str) -> Result<Self, RecoveryKeyError> {
        recovery_key::decode(text).map(Self)
    }

    /// The key as a recovery key, for the user to keep: 48 characters in groups of four, 59 with the spaces.
    #[must_use]
    pub fn to_recovery_key(&self) -> SecretText {
        recovery_key::encode(&self.0)
    }

    /// The key that a passphrase was stretched to.
    ///
    /// # Errors
    ///
    /// [`PassphraseError::OtherParameters`] if it was stretched for another description of a key than `parameters`.
    pub fn from_passphrase(
        parameters: &PassphraseParameters,
        stretched: &StretchedPassphrase,
    ) -> Result<Self, PassphraseError> {
        let (salt, rounds) = parameters.salt_and_rounds();
        let (key, _) = split::<64, 32, 32>(stretched.key_for(salt.as_bytes(), rounds)?);
        Ok(Self(Secret::copy_of(key)))
    }

    /// [`PassphraseParameters::stretch`] to the end, and [`from_passphrase`](Self::from_passphrase).
    ///
    /// # Errors
    ///
    /// [`PassphraseError::TooManyRounds`] if the description asks for more than `max_rounds`.
    pub fn derive(
        parameters: &PassphraseParameters,
        passphrase: &str,
        max_rounds: u32,
    ) -> Result<Self, PassphraseError> {
        Self::from_passphrase(parameters, &parameters.stretch(passphrase, max_rounds)?.finish())
    }

    /// Encrypts a secret under its name, the event type of its account data (`m.cross_signing.master`, say). Draws 16 bytes from `rng`: the IV.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn encrypt<R: TryCryptoRng + ?Sized>(
        &self,
        name: &str,
        secret: &[u8],
        rng: &mut R,
    ) -> Result<EncryptedSecret, RandomError> {
        let iv = random::counter_block(rng)?;
        let (ciphertext, mac) = self.seal(name, &iv, secret);
        Ok(EncryptedSecret { iv, ciphertext, mac })
    }

    /// Decrypts a secret of this name. A secret whose IV was changed on the server decrypts to another one: see [the module](super).
    ///
    /// # Errors
    ///
    /// [`SecretStorageError`] if the MAC is wrong, or if the IV leaves its last 8 bytes, the counter, no room for a secret of this length.
    pub fn decrypt(&self, name: &str, secret: &EncryptedSecret) -> Result<SecretBytes, SecretStorageError> {
        let mut keys = Scratch::zeroed();
        self.expand(name, &mut keys);
        let ciphertext = &secret.ciphertext;
        Ok(ctr::open(keys.as_bytes(), &secret.iv, ciphertext, ciphertext, &secret.mac)?)
    }

    /// What tells this key from others, for the description of the key on the server. Draws 16 bytes from `rng`: the IV.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn check<R: TryCryptoRng + ?Sized>(&self, rng: &mut R) -> Result<KeyCheck, RandomError> {
        let iv = random::counter_block(rng)?;
        let (_, mac) = self.seal(NO_NAME, &iv, &ZEROS);
        Ok(KeyCheck { iv, mac })
    }

    /// Whether this is the key that a check was made with. `false` too if the IV of the check leaves its counter no room, as that of no client does.
    #[must_use]
    pub fn passes(&self, check: &KeyCheck) -> bool {
        let mut keys = Scratch::zeroed();
        self.expand(NO_NAME, &mut keys);
        ctr::seals_to(keys.as_bytes(), &check.iv, ZEROS, &check.mac)
    }

    /// `aes_key[32] || mac_key[32] = HKDF-SHA-256(no salt, key, name)`
    fn expand(&self, name: &str, keys: &mut Scratch<64>) {
        kdf::hkdf(&[], self.as_bytes(), name.as_bytes(), keys.as_mut_bytes());
    }

    fn seal(
        &self,
        name: &str,
        iv: &[u8; COUNTER_BLOCK_LENGTH],
        secret: &[u8],
    ) -> (Vec<u8>, [u8; MAC_LENGTH]) {
        let mut keys = Scratch::zeroed();
        self.expand(name, &mut keys);
        let mut sealed = Vec::with_capacity(secret.len().saturating_add(MAC_LENGTH));
        sealed.extend_from_slice(secret);
        ctr::seal(keys.as_bytes(), iv, &mut sealed, 0, 0);
        let mac = sealed.last_chunk().copied().unwrap_or_default();
        sealed.truncate(secret.len());
        (sealed, mac)
    }
}
