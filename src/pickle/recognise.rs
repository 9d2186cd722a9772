#[cfg(feature = "vodozemac")]
use super::vodozemac;
use super::{Pickle, PickleFormat, Recognised, UnpickleError, legacy_envelope, libolm, native};

/// Tells what a saved state is: bytes or text, of cliquet, libolm or (with the feature `vodozemac`) vodozemac. White space around a
/// text does not count.
///
/// `key` is used for what shows nothing of itself before it is decrypted: the pickles of libolm and vodozemac. Of a native pickle, only
/// what it says without its key is read; that it is authentic, opening it shows.
///
/// # Errors
///
/// [`UnpickleError::NotAPickle`] if the input has the form of none of them; [`UnpickleError::AuthenticationFailed`] if it could be a pickle of libolm
/// or vodozemac, but the key is wrong or it was changed; others as the reader of the format has them.
pub fn recognise(input: &[u8], key: &[u8]) -> Result<Recognised, UnpickleError> {
    if let Some(recognised) = native::recognise(input)? {
        return Ok(recognised);
    }
    let text = str::from_utf8(input).map_err(|_| UnpickleError::NotAPickle)?.trim();
    if text.starts_with(native::BASE64_START) {
        let pickle = Pickle::from_base64(text)?;
        let format = PickleFormat::Native { version: pickle.format_version() };
        return Ok(Recognised { kind: pickle.kind(), format });
    }
    if is_json(text.as_bytes()) {
        return recognise_json(text.as_bytes(), PickleFormat::VodozemacJson);
    }
    let body = legacy_envelope::open(key, text)?;
    if is_json(body.as_bytes()) {
        return recognise_json(body.as_bytes(), PickleFormat::Vodozemac);
    }
    libolm::recognise(body.as_bytes())
}

fn is_json(bytes: &[u8]) -> bool {
    bytes.first() == Some(&b'{')
}

#[cfg(feature = "vodozemac")]
fn recognise_json(json: &[u8], format: PickleFormat) -> Result<Recognised, UnpickleError> {
    Ok(Recognised { kind: vodozemac::kind(json)?, format })
}

#[cfg(not(feature = "vodozemac"))]
fn recognise_json(_: &[u8], _: PickleFormat) -> Result<Recognised, UnpickleError> {
    Err(UnpickleError::NotAPickle)
}
