//! Megolm sessions, the one that sends and the one that receives.

#![allow(unsafe_code, reason = "libolm is a C library")]

use super::ffi::{self, OlmInboundGroupSession, OlmOutboundGroupSession};
use super::object::{Object, draw};
use super::{Error, Random};

/// libolm's `OlmOutboundGroupSession`.
#[derive(Debug)]
pub struct OutboundGroupSession(Object<OlmOutboundGroupSession>);

impl OutboundGroupSession {
    /// A new session at index 0.
    ///
    /// Draws 160 bytes: the ratchet (128), then the Ed25519 seed.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn create(random: &mut Random<'_>) -> Result<Self, Error> {
        let session = Object::new();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_init_outbound_group_session_random_length(session.raw()) };
        let mut bytes = draw(random, length);
        // SAFETY: the pointer comes with the length of what it points to.
        let created =
            unsafe { ffi::olm_init_outbound_group_session(session.raw(), bytes.as_mut_ptr(), bytes.len()) };
        session.check(created)?;
        Ok(Self(session))
    }

    /// The session's identifier: its Ed25519 public key in base64.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn session_id(&self) -> Result<String, Error> {
        // SAFETY: the two functions belong together.
        unsafe {
            self.0.property(ffi::olm_outbound_group_session_id_length, ffi::olm_outbound_group_session_id)
        }
    }

    /// The key that lets others read from the present index on, in base64.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn session_key(&self) -> Result<String, Error> {
        // SAFETY: the two functions belong together.
        unsafe {
            self.0.property(ffi::olm_outbound_group_session_key_length, ffi::olm_outbound_group_session_key)
        }
    }

    /// The index of the next message.
    #[must_use]
    pub fn message_index(&self) -> u32 {
        // SAFETY: the object is initialised.
        unsafe { ffi::olm_outbound_group_session_message_index(self.0.raw()) }
    }

    /// Encrypts `plaintext`; returns the message in base64.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn encrypt(&mut self, plaintext: &[u8]) -> Result<String, Error> {
        let session = self.0.raw();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_group_encrypt_message_length(session, plaintext.len()) };
        self.0.text(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_group_encrypt(session, plaintext.as_ptr(), plaintext.len(), out, length) }
        })
    }

    /// The session in libolm's encrypted form.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn pickle(&self, key: &[u8]) -> Result<String, Error> {
        self.0.pickle(key)
    }

    /// The session that [`pickle`](Self::pickle) wrote.
    ///
    /// # Errors
    /// `BAD_ACCOUNT_KEY` if the key is not the one it was written with; others as libolm reports.
    pub fn unpickle(text: &str, key: &[u8]) -> Result<Self, Error> {
        Object::unpickle(text, key).map(Self)
    }
}

/// libolm's `OlmInboundGroupSession`.
#[derive(Debug)]
pub struct InboundGroupSession(Object<OlmInboundGroupSession>);

impl InboundGroupSession {
    /// A session from the key that [`OutboundGroupSession::session_key`] gives.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn new(session_key: &str) -> Result<Self, Error> {
        let session = Object::new();
        let copy = session_key.as_bytes().to_vec();
        // SAFETY: the pointer comes with the length of the copy.
        let created =
            unsafe { ffi::olm_init_inbound_group_session(session.raw(), copy.as_ptr(), copy.len()) };
        session.check(created)?;
        Ok(Self(session))
    }

    /// A session from what [`export`](Self::export) gives.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn import(export: &str) -> Result<Self, Error> {
        let session = Object::new();
        let copy = export.as_bytes().to_vec();
        // SAFETY: the pointer comes with the length of the copy.
        let created =
            unsafe { ffi::olm_import_inbound_group_session(session.raw(), copy.as_ptr(), copy.len()) };
        session.check(created)?;
        Ok(Self(session))
    }

    /// The session's identifier, that of the sender's session.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn session_id(&self) -> Result<String, Error> {
        // SAFETY: the two functions belong together.
        unsafe {
            self.0.property(ffi::olm_inbound_group_session_id_length, ffi::olm_inbound_group_session_id)
        }
    }

    /// The first index that this session can read.
    #[must_use]
    pub fn first_known_index(&self) -> u32 {
        // SAFETY: the object is initialised.
        unsafe { ffi::olm_inbound_group_session_first_known_index(self.0.raw()) }
    }

    /// libolm's flag for a session whose key was signed, or that has decrypted something.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        // SAFETY: the object is initialised.
        unsafe { ffi::olm_inbound_group_session_is_verified(self.0.raw()) != 0 }
    }

    /// Decrypts a message; returns the plaintext and the message's index.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn decrypt(&mut self, message: &str) -> Result<(Vec<u8>, u32), Error> {
        let session = self.0.raw();
        let mut copy = message.as_bytes().to_vec();
        // SAFETY: the pointer comes with the length of the copy.
        let length =
            unsafe { ffi::olm_group_decrypt_max_plaintext_length(session, copy.as_mut_ptr(), copy.len()) };
        // The first call overwrote its copy.
        let mut copy = message.as_bytes().to_vec();
        let mut index = 0;
        let plaintext = self.0.bytes(length, |out, length| {
            let (text, text_length) = (copy.as_mut_ptr(), copy.len());
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_group_decrypt(session, text, text_length, out, length, &raw mut index) }
        })?;
        Ok((plaintext, index))
    }

    /// What lets others read from `index` on, unsigned, in base64.
    ///
    /// # Errors
    /// `UNKNOWN_MESSAGE_INDEX` below [`first_known_index`](Self::first_known_index).
    pub fn export(&self, index: u32) -> Result<String, Error> {
        let session = self.0.raw();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_export_inbound_group_session_length(session) };
        self.0.text(length, |out, length| {
            // SAFETY: the pointer comes with the length of what it points to.
            unsafe { ffi::olm_export_inbound_group_session(session, out, length, index) }
        })
    }

    /// The session in libolm's encrypted form.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn pickle(&self, key: &[u8]) -> Result<String, Error> {
        self.0.pickle(key)
    }

    /// The session that [`pickle`](Self::pickle) wrote.
    ///
    /// # Errors
    /// `BAD_ACCOUNT_KEY` if the key is not the one it was written with; others as libolm reports.
    pub fn unpickle(text: &str, key: &[u8]) -> Result<Self, Error> {
        Object::unpickle(text, key).map(Self)
    }
}
