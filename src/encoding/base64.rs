//! Unpadded base64 (Matrix specification, appendix "Unpadded Base64"). Secrets are read and written in constant time; messages are written, and whatever
//! is no secret is read, by a faster library.

use alloc::{string::String, vec, vec::Vec};

use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurposeConfig},
};
#[cfg(feature = "attachment")]
use base64ct::Base64UrlUnpadded;
use base64ct::{Base64Unpadded, Encoding};

use super::DecodeError;
use crate::secret::{Secret, SecretBytes, SecretText};

/// Bytes as text, in constant time.
pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64Unpadded::encode_string(bytes)
}

/// A message as text, which everybody may see: fast.
pub(crate) fn encode_message(bytes: &[u8]) -> String {
    engine().encode(bytes)
}

/// With vector instructions, if the processor turns out to have them.
#[cfg(all(
    feature = "std",
    any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))
))]
fn engine() -> impl Engine {
    base64::engine::simd::Simd::standard(UNPADDED)
}

#[cfg(not(all(
    feature = "std",
    any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))
)))]
fn engine() -> impl Engine {
    base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, UNPADDED)
}

const UNPADDED: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_encode_padding(false)
    .with_decode_padding_mode(DecodePaddingMode::RequireNone);

/// Secret bytes as text that is wiped when dropped.
pub(crate) fn encode_secret(bytes: &[u8]) -> SecretText {
    SecretText::new(encode(bytes))
}

/// Secret bytes as text of the URL-safe alphabet (RFC 4648 section 5), wiped when dropped.
#[cfg(feature = "attachment")]
pub(crate) fn encode_secret_url_safe(bytes: &[u8]) -> SecretText {
    SecretText::new(Base64UrlUnpadded::encode_string(bytes))
}

/// Public text as bytes. Padding is optional, but exact where it is given.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    engine().decode(strip_padding(text)?).map_err(|_| DecodeError::Base64)
}

/// Public text as exactly `N` bytes. Padding is optional, but exact where it is given.
pub(crate) fn decode_array<const N: usize>(text: &str) -> Result<[u8; N], DecodeError> {
    let bytes = decode(text)?;
    <[u8; N]>::try_from(bytes.as_slice())
        .map_err(|_| DecodeError::Length { expected: N, actual: bytes.len() })
}

/// Secret text as bytes of any number. Padding is optional, but exact where it is given.
pub(crate) fn decode_secret_bytes(text: &str) -> Result<SecretBytes, DecodeError> {
    let text = strip_padding(text)?;
    let mut bytes = SecretBytes::new(vec![0; text.len()]);
    let written = Base64Unpadded::decode(text, bytes.as_mut_vec()).map_err(|_| DecodeError::Base64)?.len();
    // What is cut off has stayed zero.
    bytes.as_mut_vec().truncate(written);
    Ok(bytes)
}

/// Secret text as exactly `N` bytes, written once and in place. Padding is refused, as the peers do.
pub(crate) fn decode_secret<const N: usize>(text: &str) -> Result<Secret<N>, DecodeError> {
    decode_secret_as::<Base64Unpadded, N>(text)
}

/// [`decode_secret`] of the URL-safe alphabet (RFC 4648 section 5); padding is optional.
#[cfg(all(feature = "attachment", feature = "serde"))]
pub(crate) fn decode_secret_url_safe<const N: usize>(text: &str) -> Result<Secret<N>, DecodeError> {
    decode_secret_as::<Base64UrlUnpadded, N>(strip_padding(text)?)
}

/// [`decode_secret`] with optional padding, for texts that other programs pad.
pub(crate) fn decode_secret_with_optional_padding<const N: usize>(
    text: &str,
) -> Result<Secret<N>, DecodeError> {
    decode_secret(strip_padding(text)?)
}

fn decode_secret_as<E: Encoding, const N: usize>(text: &str) -> Result<Secret<N>, DecodeError> {
    let mut secret = Secret::zeroed();
    let written = match E::decode(text, secret.as_mut_bytes()) {
        Ok(bytes) => bytes.len(),
        Err(base64ct::Error::InvalidLength) => return Err(length_or_base64::<N>(text)),
        Err(base64ct::Error::InvalidEncoding) => return Err(DecodeError::Base64),
    };
    if written == N { Ok(secret) } else { Err(DecodeError::Length { expected: N, actual: written }) }
}

/// Too long a text is a wrong length; a padded one, or one that no number of bytes encodes to, is no base64.
fn length_or_base64<const N: usize>(text: &str) -> DecodeError {
    let (quads, rest) = (text.len() / 4, text.len() % 4);
    match rest {
        _ if text.ends_with('=') => DecodeError::Base64,
        1 => DecodeError::Base64,
        _ => DecodeError::Length {
            expected: N,
            actual: quads.saturating_mul(3).saturating_add(rest.saturating_sub(1)),
        },
    }
}

fn strip_padding(text: &str) -> Result<&str, DecodeError> {
    let stripped = text.trim_end_matches('=');
    match text.len().saturating_sub(stripped.len()) {
        0 => Ok(stripped),
        1 | 2 if text.len().is_multiple_of(4) => Ok(stripped),
        _ => Err(DecodeError::Base64),
    }
}

#[cfg(test)]
mod tests {
    mod proofs;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_encoded_decodes_with_and_without_padding(bytes: Vec<u8>) {
            let mut text = encode(&bytes);
            prop_assert_eq!(&decode(&text).unwrap(), &bytes);
            while !text.len().is_multiple_of(4) {
                text.push('=');
            }
            let secret = decode_secret_bytes(&text).unwrap();
            prop_assert_eq!(secret.as_bytes(), &bytes);
            prop_assert_eq!(decode(&text).unwrap(), bytes);
        }

        #[test]
        fn one_text_a_value(text in "[A-Za-z0-9+/=_ -]{0,12}") {
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text.trim_end_matches('='));
            }
        }
    }

    proptest! {
        #[test]
        fn both_libraries_agree(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            place: prop::sample::Index,
            other: char,
        ) {
            let text = encode(&bytes);
            prop_assert_eq!(&encode_message(&bytes), &text);
            let mut damaged: Vec<char> = text.chars().chain(['A']).collect();
            *place.get_mut(&mut damaged) = other;
            let damaged: String = damaged.into_iter().collect();
            prop_assert_eq!(engine().decode(&damaged).ok(), Base64Unpadded::decode_vec(&damaged).ok());
            let secret = decode_secret_bytes(&damaged);
            prop_assert_eq!(decode(&damaged), secret.map(|secret| secret.as_bytes().to_vec()));
        }
    }

    #[test]
    fn both_libraries_read_every_byte_alike() {
        for length in [31, 32, 33, 96] {
            let text = encode(&alloc::vec![0x5a; length]).into_bytes();
            for place in 0..text.len() {
                for byte in 0..=u8::MAX {
                    let mut text = text.clone();
                    text[place] = byte;
                    let expected =
                        str::from_utf8(&text).ok().and_then(|text| Base64Unpadded::decode_vec(text).ok());
                    assert_eq!(
                        engine().decode(&text).ok(),
                        expected,
                        "{byte:#x} at {place} of {length} bytes"
                    );
                }
            }
        }
    }

    #[test]
    fn secrets_have_one_length() {
        for text in [encode(&[9; 32]), encode(&[9; 32]) + "="] {
            assert_eq!(decode_secret_with_optional_padding::<32>(&text).unwrap(), Secret::copy_of(&[9; 32]));
        }
        let text = encode(&[9; 32]);
        assert_eq!(decode_secret::<32>(&text).unwrap(), Secret::copy_of(&[9; 32]));
        assert_eq!(decode_secret::<31>(&text), Err(DecodeError::Length { expected: 31, actual: 32 }));
        assert_eq!(decode_secret::<33>(&text), Err(DecodeError::Length { expected: 33, actual: 32 }));
        assert_eq!(decode_secret::<32>(&alloc::format!("{text}=")), Err(DecodeError::Base64));
        // 45 characters are too many, and no number of bytes is written with so many.
        assert_eq!(decode_secret::<32>(&alloc::format!("{text}AA")), Err(DecodeError::Base64));
    }
}
