//! Pickles in and out.

use cliquet::DecodeError;
use cliquet::pickle::{InexpressibleError, UnpickleError};
use zeroize::Zeroizing;

use crate::base64::decoded_length;
use crate::code::Code;
use crate::input::InPlace;
use crate::lengths::MESSAGE_MAC;
use crate::output::Output;

/// Writes a pickle whose length was announced to be that of so many bytes.
pub(crate) fn put(
    output: &Output,
    length: usize,
    write: impl FnOnce() -> Result<String, Code>,
) -> Result<usize, Code> {
    output.check(length)?;
    output.put(write()?)
}

/// The text of a pickle, in whose place zeros are left: libolm leaves the secrets of the object there.
pub(crate) fn take(input: &InPlace) -> Result<Zeroizing<String>, Code> {
    let length = decoded_length(input.len()).ok_or(Code::INVALID_BASE64)?;
    let mut bytes = input.take();
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || [b'+', b'/'].contains(byte);
    if !bytes.iter().all(is_base64) {
        return Err(Code::INVALID_BASE64);
    }
    // Whatever the key is, no MAC is right over what is no ciphertext.
    match length.checked_sub(MESSAGE_MAC) {
        Some(ciphertext) if ciphertext > 0 && ciphertext.is_multiple_of(16) => {}
        _ => return Err(Code::BAD_ACCOUNT_KEY),
    }
    String::from_utf8(std::mem::take(&mut *bytes)).map(Zeroizing::new).map_err(|_| Code::INVALID_BASE64)
}

impl From<UnpickleError> for Code {
    fn from(error: UnpickleError) -> Self {
        match error {
            UnpickleError::NotAPickle => Self::INVALID_BASE64,
            UnpickleError::AuthenticationFailed => Self::BAD_ACCOUNT_KEY,
            UnpickleError::LegacyAccount => Self::BAD_LEGACY_ACCOUNT_PICKLE,
            UnpickleError::UnknownVersion { .. } => Self::UNKNOWN_PICKLE_VERSION,
            UnpickleError::Decode(DecodeError::TrailingBytes) => Self::PICKLE_EXTRA_DATA,
            _ => Self::CORRUPTED_PICKLE,
        }
    }
}

impl From<InexpressibleError> for Code {
    fn from(error: InexpressibleError) -> Self {
        match error {
            InexpressibleError::KeyId { .. } => Self::BAD_MESSAGE_KEY_ID,
            _ => Self::CORRUPTED_PICKLE,
        }
    }
}
