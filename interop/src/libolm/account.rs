//! An account: identity keys, one-time keys and fallback keys.

#![allow(unsafe_code, reason = "libolm is a C library")]

use super::ffi::{self, OlmAccount};
use super::object::{Object, draw};
use super::{Error, Random, Session};

/// The public halves of an account's two long-term keys, in base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityKeys {
    /// The key that signs.
    pub ed25519: String,
    /// The key that agrees on secrets.
    pub curve25519: String,
}

/// libolm's `OlmAccount`.
#[derive(Debug)]
pub struct Account(Object<OlmAccount>);

impl Account {
    /// A new account.
    ///
    /// Draws 64 bytes: the Ed25519 seed, then the Curve25519 key.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn create(random: &mut Random<'_>) -> Result<Self, Error> {
        let account = Object::new();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_create_account_random_length(account.raw()) };
        let mut bytes = draw(random, length);
        // SAFETY: the pointer comes with the length of what it points to.
        let created = unsafe { ffi::olm_create_account(account.raw(), bytes.as_mut_ptr(), bytes.len()) };
        account.check(created)?;
        Ok(Self(account))
    }

    /// The account's long-term public keys.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn identity_keys(&self) -> Result<IdentityKeys, Error> {
        // SAFETY: the two functions belong together.
        let json = unsafe {
            self.0.property(ffi::olm_account_identity_keys_length, ffi::olm_account_identity_keys)
        }?;
        let key = |wanted: &str| {
            let found = quoted(&json).skip_while(|word| *word != wanted).nth(1);
            found.map(str::to_owned).ok_or_else(|| Error { text: format!("no {wanted} in {json}") })
        };
        Ok(IdentityKeys { ed25519: key("ed25519")?, curve25519: key("curve25519")? })
    }

    /// The Ed25519 signature of `message`, in base64.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn sign(&self, message: &[u8]) -> Result<String, Error> {
        let account = self.0.raw();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_account_signature_length(account) };
        self.0.text(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_account_sign(account, message.as_ptr(), message.len(), out, length) }
        })
    }

    /// How many one-time keys an account stores; a further one pushes out the oldest.
    #[must_use]
    pub fn max_number_of_one_time_keys(&self) -> usize {
        // SAFETY: the object is initialised.
        unsafe { ffi::olm_account_max_number_of_one_time_keys(self.0.raw()) }
    }

    /// Adds `count` one-time keys.
    ///
    /// Draws 32 bytes for each, all at once, in the order of their identifiers.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn generate_one_time_keys(&mut self, count: usize, random: &mut Random<'_>) -> Result<(), Error> {
        let account = self.0.raw();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_account_generate_one_time_keys_random_length(account, count) };
        let mut bytes = draw(random, length);
        // SAFETY: the pointer comes with the length of what it points to.
        let generated = unsafe {
            ffi::olm_account_generate_one_time_keys(account, count, bytes.as_mut_ptr(), bytes.len())
        };
        self.0.check(generated).map(drop)
    }

    /// Identifier and public key of each unpublished one-time key, the newest first.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn one_time_keys(&self) -> Result<Vec<(String, String)>, Error> {
        // SAFETY: the two functions belong together.
        let json = unsafe {
            self.0.property(ffi::olm_account_one_time_keys_length, ffi::olm_account_one_time_keys)
        }?;
        Ok(keys(&json))
    }

    /// Makes a new fallback key; the one before it stays usable, the one before that goes.
    ///
    /// Draws 32 bytes.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn generate_fallback_key(&mut self, random: &mut Random<'_>) -> Result<(), Error> {
        let account = self.0.raw();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_account_generate_fallback_key_random_length(account) };
        let mut bytes = draw(random, length);
        // SAFETY: the pointer comes with the length of what it points to.
        let generated =
            unsafe { ffi::olm_account_generate_fallback_key(account, bytes.as_mut_ptr(), bytes.len()) };
        self.0.check(generated).map(drop)
    }

    /// Identifier and public key of the newest fallback key, published or not.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn fallback_key(&self) -> Result<Option<(String, String)>, Error> {
        // SAFETY: the two functions belong together.
        let json =
            unsafe { self.0.property(ffi::olm_account_fallback_key_length, ffi::olm_account_fallback_key) }?;
        Ok(keys(&json).pop())
    }

    /// The same, once it is published `None`.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn unpublished_fallback_key(&self) -> Result<Option<(String, String)>, Error> {
        // SAFETY: the two functions belong together.
        let json = unsafe {
            self.0.property(
                ffi::olm_account_unpublished_fallback_key_length,
                ffi::olm_account_unpublished_fallback_key,
            )
        }?;
        Ok(keys(&json).pop())
    }

    /// Forgets the fallback key before the newest one.
    pub fn forget_old_fallback_key(&mut self) {
        // SAFETY: the object is initialised.
        unsafe { ffi::olm_account_forget_old_fallback_key(self.0.raw()) };
    }

    /// Marks all one-time keys and the newest fallback key as published; returns the number of one-time keys marked.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn mark_keys_as_published(&mut self) -> Result<usize, Error> {
        // SAFETY: the object is initialised.
        let marked = unsafe { ffi::olm_account_mark_keys_as_published(self.0.raw()) };
        self.0.check(marked)
    }

    /// Forgets the one-time key that `session` was made with.
    ///
    /// # Errors
    /// `BAD_MESSAGE_KEY_ID` if the account has no such key.
    pub fn remove_one_time_keys(&mut self, session: &Session) -> Result<(), Error> {
        // SAFETY: both objects are initialised.
        let removed = unsafe { ffi::olm_remove_one_time_keys(self.0.raw(), session.object().raw()) };
        self.0.check(removed).map(drop)
    }

    /// A session with the owner of the two public keys, given in base64.
    ///
    /// Draws 64 bytes: the base key, then the first ratchet key.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn create_outbound_session(
        &self,
        identity_key: &str,
        one_time_key: &str,
        random: &mut Random<'_>,
    ) -> Result<Session, Error> {
        Session::outbound(&self.0, identity_key, one_time_key, random)
    }

    /// The session that a pre-key message opens. The message is not decrypted, and its one-time key stays.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn create_inbound_session(&self, message: &str) -> Result<Session, Error> {
        Session::inbound(&self.0, None, message)
    }

    /// The same, if the message says that it comes from the owner of `identity_key`.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn create_inbound_session_from(&self, identity_key: &str, message: &str) -> Result<Session, Error> {
        Session::inbound(&self.0, Some(identity_key), message)
    }

    /// The account in libolm's encrypted form.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn pickle(&self, key: &[u8]) -> Result<String, Error> {
        self.0.pickle(key)
    }

    /// The account that [`pickle`](Self::pickle) wrote.
    ///
    /// # Errors
    /// `BAD_ACCOUNT_KEY` if the key is not the one it was written with; others as libolm reports.
    pub fn unpickle(text: &str, key: &[u8]) -> Result<Self, Error> {
        Object::unpickle(text, key).map(Self)
    }
}

/// The strings in a JSON text of libolm, which never holds an escape.
fn quoted(json: &str) -> impl Iterator<Item = &str> {
    json.split('"').skip(1).step_by(2)
}

/// The pairs in `{"curve25519":{"identifier":"key",...}}`, in the order of the text.
fn keys(json: &str) -> Vec<(String, String)> {
    let mut words = quoted(json).skip(1).map(str::to_owned);
    std::iter::from_fn(|| words.next().zip(words.next())).collect()
}
