//! What libolm's objects have in common: memory that the caller provides, a last error, an encrypted form ("pickle").

#![allow(unsafe_code, reason = "libolm is a C library")]

use std::ffi::{CStr, c_char};
use std::fmt;

use super::ffi::{
    self, OlmAccount, OlmInboundGroupSession, OlmOutboundGroupSession, OlmPkDecryption, OlmPkEncryption,
    OlmPkSigning, OlmSAS, OlmSession, OlmUtility,
};
use super::{Error, Random};

/// How libolm gives the number of bytes that one of its outputs needs.
pub(super) type Length<T> = unsafe extern "C" fn(*const T) -> usize;

/// How libolm writes an output into a buffer; the result is the number of bytes, or the error value.
pub(super) type Write<T> = unsafe extern "C" fn(*mut T, *mut u8, usize) -> usize;

type Pickler<T> = unsafe extern "C" fn(*mut T, *const u8, usize, *mut u8, usize) -> usize;

/// The life of one kind of object.
pub(super) trait Kind {
    const SIZE: extern "C" fn() -> usize;
    const INIT: unsafe extern "C" fn(*mut u8) -> *mut Self;
    const CLEAR: unsafe extern "C" fn(*mut Self) -> usize;
    const LAST_ERROR: unsafe extern "C" fn(*const Self) -> *const c_char;
}

/// A kind of object that can be stored.
pub(super) trait Pickle: Kind {
    const LENGTH: Length<Self>;
    const PICKLE: Pickler<Self>;
    const UNPICKLE: Pickler<Self>;
}

macro_rules! kinds {
    ($($name:ident $size:ident $init:ident $clear:ident $last_error:ident;)*) => { $(
        impl Kind for $name {
            const SIZE: extern "C" fn() -> usize = ffi::$size;
            const INIT: unsafe extern "C" fn(*mut u8) -> *mut Self = ffi::$init;
            const CLEAR: unsafe extern "C" fn(*mut Self) -> usize = ffi::$clear;
            const LAST_ERROR: unsafe extern "C" fn(*const Self) -> *const c_char = ffi::$last_error;
        }
    )* };
}

macro_rules! pickles {
    ($($name:ident $length:ident $pickle:ident $unpickle:ident;)*) => { $(
        impl Pickle for $name {
            const LENGTH: Length<Self> = ffi::$length;
            const PICKLE: Pickler<Self> = ffi::$pickle;
            const UNPICKLE: Pickler<Self> = ffi::$unpickle;
        }
    )* };
}

kinds! {
    OlmAccount olm_account_size olm_account olm_clear_account olm_account_last_error;
    OlmSession olm_session_size olm_session olm_clear_session olm_session_last_error;
    OlmUtility olm_utility_size olm_utility olm_clear_utility olm_utility_last_error;
    OlmOutboundGroupSession olm_outbound_group_session_size olm_outbound_group_session
        olm_clear_outbound_group_session olm_outbound_group_session_last_error;
    OlmInboundGroupSession olm_inbound_group_session_size olm_inbound_group_session
        olm_clear_inbound_group_session olm_inbound_group_session_last_error;
    OlmSAS olm_sas_size olm_sas olm_clear_sas olm_sas_last_error;
    OlmPkEncryption olm_pk_encryption_size olm_pk_encryption olm_clear_pk_encryption olm_pk_encryption_last_error;
    OlmPkDecryption olm_pk_decryption_size olm_pk_decryption olm_clear_pk_decryption olm_pk_decryption_last_error;
    OlmPkSigning olm_pk_signing_size olm_pk_signing olm_clear_pk_signing olm_pk_signing_last_error;
}

pickles! {
    OlmAccount olm_pickle_account_length olm_pickle_account olm_unpickle_account;
    OlmSession olm_pickle_session_length olm_pickle_session olm_unpickle_session;
    OlmOutboundGroupSession olm_pickle_outbound_group_session_length olm_pickle_outbound_group_session
        olm_unpickle_outbound_group_session;
    OlmInboundGroupSession olm_pickle_inbound_group_session_length olm_pickle_inbound_group_session
        olm_unpickle_inbound_group_session;
}

/// An initialised object of libolm in memory of our own.
pub(super) struct Object<T: Kind> {
    raw: *mut T,
    // Aligned for every C type, and at the same address until the object is dropped.
    _memory: Vec<u128>,
}

impl<T: Kind> Object<T> {
    pub(super) fn new() -> Self {
        let mut memory = vec![0_u128; T::SIZE().div_ceil(size_of::<u128>())];
        // SAFETY: the memory is as large as libolm asked for, and aligned.
        let raw = unsafe { T::INIT(memory.as_mut_ptr().cast()) };
        Self { raw, _memory: memory }
    }

    /// The pointer that libolm's functions take. It is valid as long as `self` is.
    pub(super) fn raw(&self) -> *mut T {
        self.raw
    }

    /// A result of libolm, or the error that it stands for.
    pub(super) fn check(&self, returned: usize) -> Result<usize, Error> {
        if returned != ffi::olm_error() {
            return Ok(returned);
        }
        // SAFETY: the object is initialised, and libolm answers with a constant C string.
        let text = unsafe { CStr::from_ptr(T::LAST_ERROR(self.raw)) };
        Err(Error { text: text.to_string_lossy().into_owned() })
    }

    /// What `write` puts into a buffer of `length` bytes.
    pub(super) fn bytes(
        &self,
        length: usize,
        write: impl FnOnce(*mut u8, usize) -> usize,
    ) -> Result<Vec<u8>, Error> {
        let mut buffer = vec![0; self.check(length)?];
        let written = self.check(write(buffer.as_mut_ptr(), buffer.len()))?;
        buffer.truncate(written);
        Ok(buffer)
    }

    /// What `write` puts into a buffer of `length` bytes, of which it uses all and does not say so.
    pub(super) fn filled(
        &self,
        length: usize,
        write: impl FnOnce(*mut u8, usize) -> usize,
    ) -> Result<Vec<u8>, Error> {
        self.bytes(length, |out, length| match write(out, length) {
            failed if failed == ffi::olm_error() => failed,
            _ => length,
        })
    }

    /// The same as text, which libolm writes in ASCII.
    pub(super) fn filled_text(
        &self,
        length: usize,
        write: impl FnOnce(*mut u8, usize) -> usize,
    ) -> Result<String, Error> {
        self.filled(length, write).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// [`bytes`](Self::bytes) as text.
    pub(super) fn text(
        &self,
        length: usize,
        write: impl FnOnce(*mut u8, usize) -> usize,
    ) -> Result<String, Error> {
        self.bytes(length, write).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// A property of the object that libolm gives as text.
    ///
    /// # Safety
    /// `length` must be the function that measures what `write` writes.
    pub(super) unsafe fn property(&self, length: Length<T>, write: Write<T>) -> Result<String, Error> {
        // SAFETY: the object is initialised.
        let length = unsafe { length(self.raw) };
        // SAFETY: the buffer has the length that goes with it, and it is what `write` needs.
        self.text(length, |out, length| unsafe { write(self.raw, out, length) })
    }
}

impl<T: Pickle> Object<T> {
    pub(super) fn pickle(&self, key: &[u8]) -> Result<String, Error> {
        // SAFETY: the object is initialised.
        let length = unsafe { T::LENGTH(self.raw) };
        self.text(length, |out, length| {
            // SAFETY: every pointer comes with the length of what it points to.
            unsafe { T::PICKLE(self.raw, key.as_ptr(), key.len(), out, length) }
        })
    }

    pub(super) fn unpickle(text: &str, key: &[u8]) -> Result<Self, Error> {
        let object = Self::new();
        let mut copy = text.as_bytes().to_vec();
        // SAFETY: every pointer comes with the length of what it points to; libolm overwrites only the copy.
        let read = unsafe { T::UNPICKLE(object.raw, key.as_ptr(), key.len(), copy.as_mut_ptr(), copy.len()) };
        object.check(read)?;
        Ok(object)
    }
}

impl<T: Kind> Drop for Object<T> {
    fn drop(&mut self) {
        // SAFETY: the object is initialised, and nobody uses it afterwards.
        unsafe { T::CLEAR(self.raw) };
    }
}

impl<T: Kind> fmt::Debug for Object<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Object").finish_non_exhaustive()
    }
}

/// `length` bytes out of `random`.
pub(super) fn draw(random: &mut Random<'_>, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    random(&mut bytes);
    bytes
}
