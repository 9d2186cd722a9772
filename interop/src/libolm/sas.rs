//! Short authentication strings.

#![allow(unsafe_code, reason = "libolm is a C library")]

use super::ffi::{self, OlmSAS};
use super::object::{Object, draw};
use super::{Error, Random};

/// libolm's `OlmSAS`.
#[derive(Debug)]
pub struct Sas(Object<OlmSAS>);

/// The three ways in which libolm makes a MAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MacForm {
    /// `olm_sas_calculate_mac_fixed_base64`
    FixedBase64,
    /// `olm_sas_calculate_mac`, whose base64 is broken.
    BrokenBase64,
    /// `olm_sas_calculate_mac_long_kdf`, whose base64 is broken too.
    LongKdf,
}

impl Sas {
    /// A new key pair.
    ///
    /// Draws 32 bytes.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn create(random: &mut Random<'_>) -> Result<Self, Error> {
        let sas = Object::new();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_create_sas_random_length(sas.raw()) };
        let mut bytes = draw(random, length);
        // SAFETY: the pointer comes with the length of what it points to.
        let created = unsafe { ffi::olm_create_sas(sas.raw(), bytes.as_mut_ptr(), bytes.len()) };
        sas.check(created)?;
        Ok(Self(sas))
    }

    /// The public key, in base64.
    ///
    /// # Errors
    /// As libolm reports.
    pub fn public_key(&self) -> Result<String, Error> {
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_sas_pubkey_length(self.0.raw()) };
        self.0.filled_text(length, |out, length| {
            // SAFETY: the pointer comes with the length of what it points to.
            unsafe { ffi::olm_sas_get_pubkey(self.0.raw(), out, length) }
        })
    }

    /// Agrees the secret with a public key, given in base64.
    ///
    /// # Errors
    /// As libolm reports. It takes keys of small order.
    pub fn set_their_key(&mut self, key: &str) -> Result<(), Error> {
        let mut copy = key.as_bytes().to_vec();
        // SAFETY: the pointer comes with the length of what it points to; libolm overwrites only the copy.
        let set = unsafe { ffi::olm_sas_set_their_key(self.0.raw(), copy.as_mut_ptr(), copy.len()) };
        self.0.check(set).map(drop)
    }

    /// `length` bytes to be compared.
    ///
    /// # Errors
    /// `OLM_SAS_THEIR_KEY_NOT_SET` before the agreement.
    pub fn generate_bytes(&self, info: &[u8], length: usize) -> Result<Vec<u8>, Error> {
        self.0.filled(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { ffi::olm_sas_generate_bytes(self.0.raw(), info.as_ptr(), info.len(), out, length) }
        })
    }

    /// The MAC of `input`, 43 characters.
    ///
    /// # Errors
    /// `OLM_SAS_THEIR_KEY_NOT_SET` before the agreement.
    pub fn calculate_mac(&self, form: MacForm, input: &[u8], info: &[u8]) -> Result<String, Error> {
        let calculate = match form {
            MacForm::FixedBase64 => ffi::olm_sas_calculate_mac_fixed_base64,
            MacForm::BrokenBase64 => ffi::olm_sas_calculate_mac,
            MacForm::LongKdf => ffi::olm_sas_calculate_mac_long_kdf,
        };
        let sas = self.0.raw();
        // SAFETY: the object is initialised.
        let length = unsafe { ffi::olm_sas_mac_length(sas) };
        self.0.filled_text(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { calculate(sas, input.as_ptr(), input.len(), info.as_ptr(), info.len(), out, length) }
        })
    }
}
