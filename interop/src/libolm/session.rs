//! An Olm session.

#![allow(unsafe_code, reason = "libolm is a C library")]

use std::ffi::CStr;

use super::ffi::{self, OlmAccount, OlmSession};
use super::object::{Object, draw};
use super::{Error, Random};

/// Bytes for the description of a session; libolm's documentation advises 600.
const DESCRIPTION: usize = 1024;

/// libolm's `OlmSession`.
#[derive(Debug)]
pub struct Session(Object<OlmSession>);

impl Session {
    pub(super) fn object(&self) -> &Object<OlmSession> {
        &self.0
    }

    pub(super) fn outbound(
        account: &Object<OlmAccount>,
        identity_key: &str,
        one_time_key: &str,
        random: &mut Random<'_>,
    ) -> Result<Self, Error> {
        let session = Object::new();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_create_outbound_session_random_length(session.raw()) };
        let mut bytes = draw(random, length);
        // SAFETY: both objects are initialised, and every pointer comes with the length of what it points to.
        let created = unsafe {
            ffi::olm_create_outbound_session(
                session.raw(),
                account.raw(),
                identity_key.as_ptr(),
                identity_key.len(),
                one_time_key.as_ptr(),
                one_time_key.len(),
                bytes.as_mut_ptr(),
                bytes.len(),
            )
        };
        session.check(created)?;
        Ok(Self(session))
    }

    pub(super) fn inbound(
        account: &Object<OlmAccount>,
        identity_key: Option<&str>,
        message: &str,
    ) -> Result<Self, Error> {
        let session = Object::new();
        let mut copy = message.as_bytes().to_vec();
        let (text, length) = (copy.as_mut_ptr(), copy.len());
        let created = match identity_key {
            // SAFETY: both objects are initialised, and the pointer comes with the length of the copy.
            None => unsafe { ffi::olm_create_inbound_session(session.raw(), account.raw(), text, length) },
            // SAFETY: as above, and the same holds for the key.
            Some(key) => unsafe {
                ffi::olm_create_inbound_session_from(
                    session.raw(),
                    account.raw(),
                    key.as_ptr(),
                    key.len(),
                    text,
                    length,
                )
            },
        };
        session.check(created)?;
        Ok(Self(session))
    }

    /// The session's identifier, the same on both sides.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn id(&self) -> Result<String, Error> {
        // SAFETY: the two functions belong together.
        unsafe { self.0.property(ffi::olm_session_id_length, ffi::olm_session_id) }
    }

    /// Whether a message of the other side was decrypted.
    #[must_use]
    pub fn has_received_message(&self) -> bool {
        // SAFETY: the object is initialised.
        unsafe { ffi::olm_session_has_received_message(self.0.raw()) != 0 }
    }

    /// The type of the next message that [`encrypt`](Self::encrypt) writes: [`PRE_KEY`](super::PRE_KEY) or
    /// [`NORMAL`](super::NORMAL).
    ///
    /// # Errors
    /// As libolm reports.
    pub fn message_type(&self) -> Result<usize, Error> {
        // SAFETY: the object is initialised.
        let kind = unsafe { ffi::olm_encrypt_message_type(self.0.raw()) };
        self.0.check(kind)
    }

    /// How many random bytes the next [`encrypt`](Self::encrypt) draws.
    #[must_use]
    pub fn encrypt_random_length(&self) -> usize {
        // SAFETY: the object is initialised.
        unsafe { ffi::olm_encrypt_random_length(self.0.raw()) }
    }

    /// The length in base64 of the message that [`encrypt`](Self::encrypt) writes next of so many bytes.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn encrypt_message_length(&self, plaintext_length: usize) -> Result<usize, Error> {
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_encrypt_message_length(self.0.raw(), plaintext_length) };
        self.0.check(length)
    }

    /// Encrypts `plaintext`; returns the type of the message and its body in base64.
    ///
    /// Draws 32 bytes where a new ratchet key is due, that is after the other side's ratchet key changed; else none.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn encrypt(&mut self, plaintext: &[u8], random: &mut Random<'_>) -> Result<(usize, String), Error> {
        let session = self.0.raw();
        let kind = self.message_type()?;
        let length = self.encrypt_random_length();
        let mut bytes = if length == 0 { Vec::new() } else { draw(random, length) };
        let length = self.encrypt_message_length(plaintext.len())?;
        let body = self.0.text(length, |out, length| {
            let (random, random_length) = (bytes.as_mut_ptr(), bytes.len());
            let (text, text_length) = (plaintext.as_ptr(), plaintext.len());
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_encrypt(session, text, text_length, random, random_length, out, length) }
        })?;
        Ok((kind, body))
    }

    /// Decrypts a message of type `kind`.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn decrypt(&mut self, kind: usize, body: &str) -> Result<Vec<u8>, Error> {
        let session = self.0.raw();
        let mut copy = body.as_bytes().to_vec();
        // SAFETY: the pointer comes with the length of the copy.
        let length =
            unsafe { ffi::olm_decrypt_max_plaintext_length(session, kind, copy.as_mut_ptr(), copy.len()) };
        // The first call overwrote its copy.
        let mut copy = body.as_bytes().to_vec();
        self.0.bytes(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_decrypt(session, kind, copy.as_mut_ptr(), copy.len(), out, length) }
        })
    }

    /// Whether a pre-key message belongs to this inbound session.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn matches_inbound_session(&self, message: &str) -> Result<bool, Error> {
        let mut copy = message.as_bytes().to_vec();
        // SAFETY: the pointer comes with the length of the copy.
        let matches =
            unsafe { ffi::olm_matches_inbound_session(self.0.raw(), copy.as_mut_ptr(), copy.len()) };
        self.0.check(matches).map(|answer| answer == 1)
    }

    /// Whether a pre-key message belongs to this inbound session and comes from the owner of `identity_key`.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn matches_inbound_session_from(&self, identity_key: &str, message: &str) -> Result<bool, Error> {
        let mut copy = message.as_bytes().to_vec();
        // SAFETY: every pointer comes with the length of what it points to.
        let matches = unsafe {
            ffi::olm_matches_inbound_session_from(
                self.0.raw(),
                identity_key.as_ptr(),
                identity_key.len(),
                copy.as_mut_ptr(),
                copy.len(),
            )
        };
        self.0.check(matches).map(|answer| answer == 1)
    }

    /// libolm's own words on the state of the session: chain indices and skipped messages.
    #[must_use]
    pub fn describe(&self) -> String {
        let mut text = [0; DESCRIPTION];
        // SAFETY: the pointer comes with the length of the buffer.
        unsafe { ffi::olm_session_describe(self.0.raw(), text.as_mut_ptr().cast(), text.len()) };
        CStr::from_bytes_until_nul(&text)
            .map_or_else(|_| String::new(), |text| text.to_string_lossy().into_owned())
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
