//! The encryption of key backup version 1, `m.megolm_backup.v1.curve25519-aes-sha2` (layer 4, feature `insecure-pk-encryption`).
//!
//! ```text
//! ss = X25519(ephemeral key, backup key)
//! aes_key[32] || mac_key[32] || iv[16] = HKDF-SHA-256(no salt, ss, no info)
//! ciphertext = AES-256-CBC(aes_key, iv, plaintext)        mac = first 8 bytes of HMAC-SHA-256(mac_key, nothing)
//! ```
//!
//! # Why it is called insecure
//!
//! * The MAC covers nothing: it shows that somebody knew the shared secret, which anybody does who encrypts, and whoever stores a backup can
//!   change its ciphertexts: any bits of a block as it likes, at the price of garbling the 16 bytes before it, and whole blocks dropped, repeated or moved.
//! * Whether one decrypts at all depends on the padding of its last block. Padding and MAC are checked without a branch between them and fail
//!   with one error, but somebody who can have many ciphertexts decrypted, and sees which fail, still learns plaintext (a padding oracle). A client
//!   does not tell the server which entries it could not read, and does not ask again for each.
//! * Anybody who knows the public key can put entries into the backup. What comes out of it is an import, and never proves a sender.
//!
//! What libolm calls PkSigning is [`Ed25519KeyPair::from_seed`](crate::Ed25519KeyPair::from_seed).
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "getrandom")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cliquet::{SystemRandom, pk::{PkDecryption, PkEncryption, PkMessage}};
//!
//! let mut rng = SystemRandom::new();
//! let backup = PkDecryption::new(&mut rng)?; // its secret key is the recovery key
//! let message = PkEncryption::new(backup.public_key()).encrypt(b"session data", &mut rng)?;
//!
//! let (ciphertext, mac, ephemeral) = (message.ciphertext_base64(), message.mac_base64(), message.ephemeral_key.to_base64());
//! let message = PkMessage::from_base64(&ciphertext, &mac, &ephemeral)?;
//! assert_eq!(backup.decrypt(&message)?, b"session data");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "getrandom"))]
//! # fn main() {}
//! ```

use alloc::{string::String, vec::Vec};
use core::{error::Error, fmt};

use rand_core::TryCryptoRng;

use crate::{
    encoding::{DecodeError, base64},
    keys::{Curve25519KeyPair, Curve25519PublicKey, KeyPairSnapshot, MismatchedPublicKey},
    primitives::{
        cbc_hmac::{self, AuthenticationFailed, MessageSecret},
        x25519::NonContributory,
    },
    random::RandomError,
    secret::{Scratch, SecretText},
};

/// The length of the MAC, in bytes.
const MAC_LENGTH: usize = 8;

/// Encrypts to a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PkEncryption {
    recipient_key: Curve25519PublicKey,
}

/// Decrypts a backup: the key pair of it. Its secret key is what a recovery key encodes.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub struct PkDecryption {
    key_pair: Curve25519KeyPair,
}

/// An encrypted entry: three texts in the backup.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PkMessage {
    /// The ciphertext, a multiple of 16 bytes.
    pub ciphertext: Vec<u8>,
    /// The MAC, which covers nothing.
    pub mac: [u8; MAC_LENGTH],
    /// The ephemeral public key of whoever encrypted.
    pub ephemeral_key: Curve25519PublicKey,
}

/// Why nothing was encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PkEncryptionError {
    /// The random generator failed; try again.
    Random,
    /// The public key of the backup has small order, so that no secret could be agreed.
    NonContributoryKey,
}

/// Why an entry was not decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PkDecryptionError {
    /// The ephemeral key has small order, so that no secret could be agreed.
    NonContributoryKey,
    /// The MAC or the padding is wrong; which of the two is not told.
    Failed,
}

impl PkEncryption {
    /// Encrypts to the backup with this public key.
    #[must_use]
    pub const fn new(recipient_key: Curve25519PublicKey) -> Self {
        Self { recipient_key }
    }

    /// The public key of the backup.
    #[must_use]
    pub const fn recipient_key(&self) -> Curve25519PublicKey {
        self.recipient_key
    }

    /// Encrypts a plaintext of any length. Draws 32 bytes from `rng`: the ephemeral secret key.
    ///
    /// # Errors
    ///
    /// [`PkEncryptionError::Random`] if the generator fails, [`PkEncryptionError::NonContributoryKey`] if the public key has small order.
    pub fn encrypt<R: TryCryptoRng + ?Sized>(
        &self,
        plaintext: &[u8],
        rng: &mut R,
    ) -> Result<PkMessage, PkEncryptionError> {
        let ephemeral = Curve25519KeyPair::random(rng)?;
        let mut shared_secret = Scratch::<32>::zeroed();
        ephemeral.diffie_hellman(&self.recipient_key, shared_secret.as_mut_bytes())?;

        let ciphertext_length = cbc_hmac::ciphertext_length(plaintext.len());
        let mut message = Vec::with_capacity(ciphertext_length.saturating_add(MAC_LENGTH));
        message.extend_from_slice(plaintext);
        // The MAC begins where the ciphertext ends: it covers nothing.
        cbc_hmac::seal(&secret(&shared_secret), &mut message, ciphertext_length, 0, MAC_LENGTH);
        let mac = message.last_chunk().copied().unwrap_or_default();
        message.truncate(ciphertext_length);
        Ok(PkMessage { ciphertext: message, mac, ephemeral_key: ephemeral.public() })
    }
}

impl PkDecryption {
    /// The key pair of a new backup. Draws 32 bytes from `rng`: the secret key.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        Ok(Self { key_pair: Curve25519KeyPair::random(rng)? })
    }

    /// The key pair with this secret key, as a recovery key holds it. The caller's copy is the caller's to wipe.
    #[must_use]
    pub fn from_secret_key(secret_key: &[u8; 32]) -> Self {
        Self { key_pair: Curve25519KeyPair::from_secret_key(secret_key) }
    }

    /// The key pair with a secret key in base64, padding optional: as secret storage holds it under the name `m.megolm_backup.v1`.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64, [`DecodeError::Length`] if it does not hold exactly 32 bytes.
    pub fn from_base64_secret_key(text: &str) -> Result<Self, DecodeError> {
        let secret_key = base64::decode_secret_with_optional_padding(text)?;
        Ok(Self::from_secret_key(secret_key.as_bytes()))
    }

    /// The secret key as 43 characters of unpadded base64, wiped when dropped.
    #[must_use]
    pub fn export_base64_secret_key(&self) -> SecretText {
        base64::encode_secret(self.export_secret_key())
    }

    /// The secret key, 32 bytes. Copies of it are the caller's to wipe.
    #[must_use]
    pub fn export_secret_key(&self) -> &[u8; 32] {
        self.key_pair.export_secret_key()
    }

    /// The public key of the backup.
    #[must_use]
    pub fn public_key(&self) -> Curve25519PublicKey {
        self.key_pair.public()
    }

    /// Decrypts an entry; the result is the caller's to wipe. It is **not authentic**: see [the module](self).
    ///
    /// # Errors
    ///
    /// [`PkDecryptionError::NonContributoryKey`] if the ephemeral key has small order, [`PkDecryptionError::Failed`] if MAC or padding is
    /// wrong.
    pub fn decrypt(&self, message: &PkMessage) -> Result<Vec<u8>, PkDecryptionError> {
        let mut shared_secret = Scratch::<32>::zeroed();
        self.key_pair.diffie_hellman(&message.ephemeral_key, shared_secret.as_mut_bytes())?;
        Ok(cbc_hmac::open_unauthenticated(&secret(&shared_secret), &message.ciphertext, &message.mac)?)
    }

    /// The key pair of a store; its public key is computed anew.
    pub(crate) fn from_snapshot(snapshot: &KeyPairSnapshot<'_>) -> Result<Self, MismatchedPublicKey> {
        Ok(Self { key_pair: Curve25519KeyPair::proven_from_snapshot(snapshot)? })
    }

    /// The key pair, for a store.
    pub(crate) fn snapshot(&self) -> KeyPairSnapshot<'_> {
        self.key_pair.snapshot()
    }
}

fn secret(shared_secret: &Scratch<32>) -> MessageSecret<'_> {
    MessageSecret::new(shared_secret.as_bytes(), &[])
}

impl PkMessage {
    /// The message of three texts: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if a text is no base64, [`DecodeError::CiphertextLength`] if the ciphertext is empty or no multiple of 16
    /// bytes, [`DecodeError::Length`] unless the MAC has exactly 8 bytes and the key 32.
    pub fn from_base64(ciphertext: &str, mac: &str, ephemeral_key: &str) -> Result<Self, DecodeError> {
        let ciphertext = base64::decode(ciphertext)?;
        let (mac, ephemeral_key) =
            (base64::decode_array(mac)?, Curve25519PublicKey::from_base64(ephemeral_key)?);
        Self::from_parts(ciphertext, mac, ephemeral_key)
    }

    /// The message of its three parts.
    ///
    /// # Errors
    ///
    /// [`DecodeError::CiphertextLength`] if the ciphertext is empty or no multiple of 16 bytes.
    pub fn from_parts(
        ciphertext: Vec<u8>,
        mac: [u8; MAC_LENGTH],
        ephemeral_key: Curve25519PublicKey,
    ) -> Result<Self, DecodeError> {
        cbc_hmac::check_ciphertext_length(ciphertext.len())?;
        Ok(Self { ciphertext, mac, ephemeral_key })
    }

    /// The ciphertext as unpadded base64.
    #[must_use]
    pub fn ciphertext_base64(&self) -> String {
        base64::encode(&self.ciphertext)
    }

    /// The MAC as 11 characters of unpadded base64.
    #[must_use]
    pub fn mac_base64(&self) -> String {
        base64::encode(&self.mac)
    }
}

impl fmt::Display for PkEncryptionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Random => "the random generator failed",
            Self::NonContributoryKey => "the public key of the backup has small order",
        })
    }
}

impl fmt::Display for PkDecryptionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NonContributoryKey => "the ephemeral key has small order",
            Self::Failed => "the entry does not decrypt",
        })
    }
}

impl Error for PkEncryptionError {}
impl Error for PkDecryptionError {}

impl From<RandomError> for PkEncryptionError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

impl From<NonContributory> for PkEncryptionError {
    fn from(_: NonContributory) -> Self {
        Self::NonContributoryKey
    }
}

impl From<NonContributory> for PkDecryptionError {
    fn from(_: NonContributory) -> Self {
        Self::NonContributoryKey
    }
}

impl From<AuthenticationFailed> for PkDecryptionError {
    fn from(_: AuthenticationFailed) -> Self {
        Self::Failed
    }
}

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned;

    use super::*;
    use crate::testing::{FixedRandom, counting, seeded};

    fn backup() -> PkDecryption {
        PkDecryption::from_secret_key(&counting(7, 32).try_into().unwrap())
    }

    fn known() -> PkMessage {
        let rng = &mut FixedRandom::new(counting(90, 32));
        PkEncryption::new(backup().public_key()).encrypt(b"pk plaintext", rng).unwrap()
    }

    #[test]
    fn a_known_entry() {
        let message = known();
        assert_eq!(message.ciphertext_base64(), "3j9ExTJjgs5PsZpjFIKAqQ");
        assert_eq!(message.mac_base64(), "ViX039Pzb0g");
        assert_eq!(message.ephemeral_key.to_base64(), "Fde3UGT90co7aIfXWzfWr8H9JXPtnd/vONZ9w83K+Rs");
        assert_eq!(backup().decrypt(&message).unwrap(), b"pk plaintext");
    }

    #[test]
    fn the_secret_key_is_a_text() {
        let text = backup().export_base64_secret_key();
        for text in [text.as_str().to_owned(), text.as_str().to_owned() + "="] {
            let read = PkDecryption::from_base64_secret_key(&text).unwrap();
            assert_eq!(read.public_key(), backup().public_key());
        }
        assert!(PkDecryption::from_base64_secret_key("AAAA").is_err());
    }

    #[test]
    fn every_length_comes_back() {
        let rng = &mut seeded(1);
        for length in 0..70 {
            let plaintext = counting(1, length);
            let message = PkEncryption::new(backup().public_key()).encrypt(&plaintext, rng).unwrap();
            assert_eq!(backup().decrypt(&message).unwrap(), plaintext);
        }
    }

    #[test]
    fn mac_and_padding_fail_with_one_error() {
        let failed = Err(PkDecryptionError::Failed);
        for bit in 0..64 {
            let mut message = known();
            message.mac[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(backup().decrypt(&message), failed);
        }
        // The last byte of the plaintext's padding is 4, and follows the bit of the IV that is changed; one block has no other before it.
        let mut message = PkEncryption::new(backup().public_key()).encrypt(&[5; 28], &mut seeded(2)).unwrap();
        for change in 1..=255_u8 {
            let mut changed = message.clone();
            changed.ciphertext[15] ^= change;
            // A padding of one byte is right whatever stands before it.
            assert_eq!(backup().decrypt(&changed).is_ok(), 4 ^ change == 1, "{change}");
        }
        message.ciphertext.clear();
        assert_eq!(backup().decrypt(&message), failed);
        message.ciphertext.resize(17, 0);
        assert_eq!(backup().decrypt(&message), failed);
    }

    #[test]
    fn the_mac_has_eight_bytes() {
        let (ciphertext, key) = (known().ciphertext_base64(), known().ephemeral_key.to_base64());
        for mac in ["", "ViX039Pzbw", "ViX039Pzb0gA", "V"] {
            PkMessage::from_base64(&ciphertext, mac, &key).unwrap_err();
        }
        PkMessage::from_base64(&ciphertext, "ViX039Pzb0g=", &key).unwrap();
        PkMessage::from_base64("", "ViX039Pzb0g", &key).unwrap_err();
        PkMessage::from_base64("AAAA", "ViX039Pzb0g", &key).unwrap_err();
        let PkMessage { ciphertext, mac, ephemeral_key } = known();
        assert_eq!(PkMessage::from_parts(ciphertext, mac, ephemeral_key), Ok(known()));
        PkMessage::from_parts(counting(0, 17), mac, ephemeral_key).unwrap_err();
    }

    #[test]
    fn keys_of_small_order_and_a_failing_generator_are_refused() {
        let zero = Curve25519PublicKey::from_bytes([0; 32]);
        let refused = PkEncryption::new(zero).encrypt(b"", &mut seeded(1)).unwrap_err();
        assert_eq!(refused, PkEncryptionError::NonContributoryKey);
        let refused =
            PkEncryption::new(backup().public_key()).encrypt(b"", &mut FixedRandom::new([1; 31].into()));
        assert_eq!(refused.unwrap_err(), PkEncryptionError::Random);
        let mut message = known();
        message.ephemeral_key = zero;
        assert_eq!(backup().decrypt(&message), Err(PkDecryptionError::NonContributoryKey));
    }
}
