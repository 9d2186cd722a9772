//! ```text
//! 00000001 | key pair
//! ```

use alloc::string::String;

use super::{Libolm, layout};
use crate::{
    encoding::Reader,
    keys::KeyPairSnapshot,
    pickle::{InexpressibleError, UnpickleError},
    pk::PkDecryption,
    secret::SecretBytes,
};

const VERSION: u32 = 1;

impl PkDecryption {
    /// The key pair in libolm's form, under a key of any length, to be opened by `olm_unpickle_pk_decryption`. The text is base64; equal key
    /// pairs under one key give equal texts.
    ///
    /// # Errors
    ///
    /// None today: every key pair has a place there.
    pub fn to_libolm_pickle(&self, key: &[u8]) -> Result<String, InexpressibleError> {
        super::seal(self, key)
    }

    /// Opens a key pair that libolm has pickled under a key of any length.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if the text is no base64, [`UnpickleError::AuthenticationFailed`] if the key is wrong or the pickle
    /// was changed, [`UnpickleError::UnknownVersion`] unless its version is 1, [`UnpickleError::Decode`] and [`UnpickleError::State`] if it
    /// holds no such key pair.
    pub fn from_libolm_pickle(pickle: &str, key: &[u8]) -> Result<Self, UnpickleError> {
        let body = super::open(pickle, key)?;
        Ok(Self::from_snapshot(&read(body.as_bytes())?)?)
    }
}

impl Libolm for PkDecryption {
    fn write(&self, out: &mut SecretBytes) -> Result<(), InexpressibleError> {
        layout::put_u32(out, VERSION);
        layout::put_key_pair(out, &self.snapshot());
        Ok(())
    }
}

/// Reads the whole body.
pub(super) fn read(body: &[u8]) -> Result<KeyPairSnapshot<'_>, UnpickleError> {
    let mut reader = Reader::new(body);
    match layout::u32(&mut reader)? {
        VERSION => {}
        version => return Err(UnpickleError::UnknownVersion { version }),
    }
    let key_pair = layout::key_pair(&mut reader)?;
    reader.finish()?;
    Ok(key_pair)
}
