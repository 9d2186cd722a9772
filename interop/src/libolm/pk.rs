//! The encryption of key backups, and signatures with a key from a seed.

#![allow(unsafe_code, reason = "libolm is a C library")]

use super::ffi::{self, OlmPkDecryption, OlmPkEncryption, OlmPkSigning};
use super::object::{Object, draw};
use super::{Error, Random};

/// libolm's `OlmPkEncryption`.
#[derive(Debug)]
pub struct PkEncryption(Object<OlmPkEncryption>);

/// What it writes, in base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PkMessage {
    /// The ciphertext.
    pub ciphertext: String,
    /// The MAC, 11 characters.
    pub mac: String,
    /// The ephemeral public key, 43 characters.
    pub ephemeral_key: String,
}

/// libolm's `OlmPkDecryption`, with the public key, which libolm tells once.
#[derive(Debug)]
pub struct PkDecryption {
    object: Object<OlmPkDecryption>,
    public_key: String,
}

/// libolm's `OlmPkSigning`, with the public key, which libolm tells once.
#[derive(Debug)]
pub struct PkSigning {
    object: Object<OlmPkSigning>,
    public_key: String,
}

impl PkEncryption {
    /// Encrypts to a public key, given in base64.
    ///
    /// # Errors
    /// As libolm reports. It takes keys of small order.
    pub fn new(recipient_key: &str) -> Result<Self, Error> {
        let object = Object::new();
        // SAFETY: the pointer comes with the length of what it points to.
        let set = unsafe {
            ffi::olm_pk_encryption_set_recipient_key(
                object.raw(),
                recipient_key.as_ptr(),
                recipient_key.len(),
            )
        };
        object.check(set)?;
        Ok(Self(object))
    }

    /// Encrypts `plaintext`.
    ///
    /// Draws 32 bytes: the ephemeral key.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn encrypt(&self, plaintext: &[u8], random: &mut Random<'_>) -> Result<PkMessage, Error> {
        let encryption = self.0.raw();
        // SAFETY: the object is initialised.
        let mut mac = vec![0; unsafe { ffi::olm_pk_mac_length(encryption) }];
        let mut key = vec![0; ffi::olm_pk_key_length()];
        // SAFETY: the object is initialised.
        let bytes = draw(random, unsafe { ffi::olm_pk_encrypt_random_length(encryption) });
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_pk_ciphertext_length(encryption, plaintext.len()) };
        let ciphertext = self.0.filled_text(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe {
                ffi::olm_pk_encrypt(
                    encryption,
                    plaintext.as_ptr(),
                    plaintext.len(),
                    out,
                    length,
                    mac.as_mut_ptr(),
                    mac.len(),
                    key.as_mut_ptr(),
                    key.len(),
                    bytes.as_ptr(),
                    bytes.len(),
                )
            }
        })?;
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(PkMessage { ciphertext, mac: text(mac), ephemeral_key: text(key) })
    }
}

impl PkDecryption {
    /// The key pair with this secret key.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn from_secret_key(secret_key: &[u8; 32]) -> Result<Self, Error> {
        let object = Object::new();
        let public_key = object.filled_text(ffi::olm_pk_key_length(), |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe {
                ffi::olm_pk_key_from_private(object.raw(), out, length, secret_key.as_ptr(), secret_key.len())
            }
        })?;
        Ok(Self { object, public_key })
    }

    /// The public key, in base64.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The secret key, 32 bytes.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn secret_key(&self) -> Result<Vec<u8>, Error> {
        self.object.filled(ffi::olm_pk_private_key_length(), |out, length| {
            // SAFETY: the pointer comes with the length of what it points to.
            unsafe { ffi::olm_pk_get_private_key(self.object.raw(), out, length) }
        })
    }

    /// Decrypts a message.
    ///
    /// # Errors
    /// `BAD_MESSAGE_MAC` if MAC or padding is wrong; others as libolm reports.
    pub fn decrypt(&self, message: &PkMessage) -> Result<Vec<u8>, Error> {
        let (decryption, key, mac) = (self.object.raw(), &message.ephemeral_key, &message.mac);
        let mut copy = message.ciphertext.as_bytes().to_vec();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_pk_max_plaintext_length(decryption, copy.len()) };
        self.object.bytes(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to; libolm overwrites only the copy.
            unsafe {
                ffi::olm_pk_decrypt(
                    decryption,
                    key.as_ptr(),
                    key.len(),
                    mac.as_ptr(),
                    mac.len(),
                    copy.as_mut_ptr(),
                    copy.len(),
                    out,
                    length,
                )
            }
        })
    }

    /// The key pair in libolm's encrypted form.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn pickle(&self, key: &[u8]) -> Result<String, Error> {
        let decryption = self.object.raw();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_pickle_pk_decryption_length(decryption) };
        self.object.text(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_pickle_pk_decryption(decryption, key.as_ptr(), key.len(), out, length) }
        })
    }

    /// The key pair that [`pickle`](Self::pickle) wrote.
    ///
    /// # Errors
    /// `BAD_ACCOUNT_KEY` if the key is not the one it was written with; others as libolm reports.
    pub fn unpickle(text: &str, key: &[u8]) -> Result<Self, Error> {
        let object = Object::new();
        let mut copy = text.as_bytes().to_vec();
        let public_key = object.filled_text(ffi::olm_pk_key_length(), |out, length| {
            // SAFETY: every pointer comes with the length of what it points to; libolm overwrites only the copy.
            unsafe {
                ffi::olm_unpickle_pk_decryption(
                    object.raw(),
                    key.as_ptr(),
                    key.len(),
                    copy.as_mut_ptr(),
                    copy.len(),
                    out,
                    length,
                )
            }
        })?;
        Ok(Self { object, public_key })
    }
}

impl PkSigning {
    /// The signing key from a seed.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, Error> {
        let object = Object::new();
        let public_key = object.filled_text(ffi::olm_pk_signing_public_key_length(), |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_pk_signing_key_from_seed(object.raw(), out, length, seed.as_ptr(), seed.len()) }
        })?;
        Ok(Self { object, public_key })
    }

    /// The public key, in base64.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The Ed25519 signature of `message`, in base64.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn sign(&self, message: &[u8]) -> Result<String, Error> {
        let signing = self.object.raw();
        self.object.filled_text(ffi::olm_pk_signature_length(), |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_pk_sign(signing, message.as_ptr(), message.len(), out, length) }
        })
    }
}
