//! The envelope of a native pickle, format version 1:
//!
//! ```text
//! "cliquet" | form 's' | format version 01 | kind | salt[32] | ciphertext | mac[32]
//! aes_key[32] || mac_key[32] || iv[16] = HKDF-SHA-256(salt, pickle key, the 10 bytes before the salt)
//! ciphertext = AES-256-CBC(aes_key, iv, body)
//! mac = HMAC-SHA-256(mac_key, all bytes before it || context || length of the context[8, big endian])
//! ```
//!
//! A pickle without encryption has the form 'u', and its body follows the kind.

use alloc::{string::String, vec::Vec};
use core::fmt;

use rand_core::TryCryptoRng;

use super::PickleKey;
use crate::{
    encoding::{DecodeError, Reader, base64},
    pickle::{PickleFormat, PickleKind, Recognised, UnpickleError},
    primitives::cbc_hmac::{self, MessageSecret},
    random::{self, RandomError},
    secret::SecretBytes,
};

const MAGIC: &[u8; 7] = b"cliquet";
/// How the magic and the first bits of the form begin in base64.
pub(in crate::pickle) const BASE64_START: &str = "Y2xpcXVldH";
const SEALED: u8 = b's';
const UNSEALED: u8 = b'u';
const FORMAT_VERSION: u8 = 1;

const HEADER_LENGTH: usize = 10;
const SALT_LENGTH: usize = 32;
const MAC_LENGTH: usize = 32;
const CIPHERTEXT_START: usize = HEADER_LENGTH + SALT_LENGTH;

/// A sealed native pickle: the state of an account or a session, encrypted and authenticated.
///
/// It is made by `to_pickle` of what it holds, and opened by `from_pickle`. What it shows without its key is the kind of its content,
/// the version of the format, and about how much there is. Two pickles of one state differ.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::{SystemRandom, olm::Account, pickle::{Pickle, PickleKey, PickleKind}};
///
/// let mut rng = SystemRandom::new();
/// let key = PickleKey::random(&mut rng)?;
/// let account = Account::new(&mut rng)?;
/// let text = account.to_pickle(&key, &mut rng)?.to_base64();
///
/// let pickle = Pickle::from_base64(&text)?;
/// assert_eq!(pickle.kind(), PickleKind::Account);
/// assert_eq!(Account::from_pickle(&pickle, &key)?.identity_keys(), account.identity_keys());
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Pickle {
    bytes: Vec<u8>,
    kind: PickleKind,
}

impl Pickle {
    /// The pickle with these bytes. That it is authentic, only opening it shows.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if the bytes do not begin as a native pickle does, [`UnpickleError::NotEncrypted`] if they are
    /// one without encryption, [`UnpickleError::UnknownVersion`] and [`UnpickleError::UnknownKind`] if it was made by a later
    /// version of cliquet, [`UnpickleError::Decode`] if its length is none that a pickle has.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnpickleError> {
        let kind = check_form(bytes)?;
        Ok(Self { bytes: bytes.to_vec(), kind })
    }

    /// The pickle with this text: base64, padding optional, white space around it allowed.
    ///
    /// # Errors
    ///
    /// [`UnpickleError::NotAPickle`] if the text is no base64; otherwise as [`from_bytes`](Self::from_bytes).
    pub fn from_base64(text: &str) -> Result<Self, UnpickleError> {
        // Secret until it is known to be sealed.
        let bytes = base64::decode_secret_bytes(text.trim()).map_err(|_| UnpickleError::NotAPickle)?;
        let kind = check_form(bytes.as_bytes())?;
        Ok(Self { bytes: bytes.into_vec(), kind })
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The pickle as unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.bytes)
    }

    /// What the pickle holds.
    #[must_use]
    pub fn kind(&self) -> PickleKind {
        self.kind
    }

    /// The version of the format.
    #[must_use]
    pub fn format_version(&self) -> u8 {
        FORMAT_VERSION
    }

    /// Seals what `write` appends. Draws the salt, 32 bytes.
    pub(super) fn seal<R: TryCryptoRng + ?Sized>(
        kind: PickleKind,
        key: &PickleKey,
        rng: &mut R,
        write: impl FnOnce(&mut SecretBytes),
    ) -> Result<Self, RandomError> {
        let mut salt = [0; SALT_LENGTH];
        random::fill(rng, &mut salt)?;
        let header = header(SEALED, kind);
        let mut bytes = SecretBytes::with_capacity(512);
        bytes.extend(&header);
        bytes.extend(&salt);
        write(&mut bytes);
        let body_length = bytes.as_bytes().len().saturating_sub(CIPHERTEXT_START);
        let padding = cbc_hmac::ciphertext_length(body_length).saturating_sub(body_length);
        bytes.reserve(padding.saturating_add(MAC_LENGTH));
        let context_length = context_length(key);
        let context: [&[u8]; 2] = [key.context(), &context_length];
        let secret = MessageSecret::new(key.as_bytes(), &header).with_salt_and_context(&salt, &context);
        cbc_hmac::seal(&secret, bytes.as_mut_vec(), 0, CIPHERTEXT_START, MAC_LENGTH);
        Ok(Self { bytes: bytes.into_vec(), kind })
    }

    /// Checks the kind and the MAC, and decrypts.
    pub(super) fn open(&self, expected: PickleKind, key: &PickleKey) -> Result<SecretBytes, UnpickleError> {
        check_kind(expected, self.kind)?;
        let mut reader = Reader::new(&self.bytes);
        let header: &[u8; HEADER_LENGTH] = reader.array()?;
        let salt: &[u8; SALT_LENGTH] = reader.array()?;
        let (authenticated, mac) =
            self.bytes.split_last_chunk::<MAC_LENGTH>().ok_or(DecodeError::Truncated)?;
        let ciphertext = authenticated.get(CIPHERTEXT_START..).ok_or(DecodeError::Truncated)?;
        let context_length = context_length(key);
        let context: [&[u8]; 2] = [key.context(), &context_length];
        let secret = MessageSecret::new(key.as_bytes(), header).with_salt_and_context(salt, &context);
        Ok(SecretBytes::new(cbc_hmac::open(&secret, authenticated, ciphertext, mac)?))
    }
}

impl fmt::Debug for Pickle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pickle")
            .field("kind", &self.kind)
            .field("length", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// What native bytes say of themselves; `None` if they do not begin as a native pickle does.
pub(in crate::pickle) fn recognise(bytes: &[u8]) -> Result<Option<Recognised>, UnpickleError> {
    match read_header(&mut Reader::new(bytes)) {
        Err(UnpickleError::NotAPickle) => Ok(None),
        Err(error) => Err(error),
        Ok((SEALED, kind)) => {
            Ok(Some(Recognised { kind, format: PickleFormat::Native { version: FORMAT_VERSION } }))
        }
        Ok((_, kind)) => {
            let format = PickleFormat::NativeWithoutEncryption { version: FORMAT_VERSION };
            Ok(Some(Recognised { kind, format }))
        }
    }
}

/// A pickle without encryption of what `write` appends.
pub(super) fn without_encryption(kind: PickleKind, write: impl FnOnce(&mut SecretBytes)) -> SecretBytes {
    let mut bytes = SecretBytes::with_capacity(512);
    bytes.extend(&header(UNSEALED, kind));
    write(&mut bytes);
    bytes
}

/// The body of a pickle without encryption.
pub(super) fn open_without_encryption(
    expected: PickleKind,
    bytes: &[u8],
) -> Result<Reader<'_>, UnpickleError> {
    let mut reader = Reader::new(bytes);
    let (form, kind) = read_header(&mut reader)?;
    if form != UNSEALED {
        return Err(UnpickleError::NotAPickle);
    }
    check_kind(expected, kind)?;
    Ok(reader)
}

fn header(form: u8, kind: PickleKind) -> [u8; HEADER_LENGTH] {
    let [c, l, i, q, u, e, t] = *MAGIC;
    [c, l, i, q, u, e, t, form, FORMAT_VERSION, kind.byte()]
}

/// The form and the kind.
fn read_header(reader: &mut Reader<'_>) -> Result<(u8, PickleKind), UnpickleError> {
    let not_a_pickle = |_| UnpickleError::NotAPickle;
    let magic: &[u8; 7] = reader.array().map_err(not_a_pickle)?;
    let form = reader.u8().map_err(not_a_pickle)?;
    if magic != MAGIC || ![SEALED, UNSEALED].contains(&form) {
        return Err(UnpickleError::NotAPickle);
    }
    match reader.u8()? {
        FORMAT_VERSION => {}
        version => return Err(UnpickleError::UnknownVersion { version: version.into() }),
    }
    let kind = reader.u8()?;
    let kind = PickleKind::from_byte(kind).ok_or(UnpickleError::UnknownKind { kind })?;
    Ok((form, kind))
}

/// The kind of what has the form of a sealed pickle.
fn check_form(bytes: &[u8]) -> Result<PickleKind, UnpickleError> {
    let (form, kind) = read_header(&mut Reader::new(bytes))?;
    if form != SEALED {
        return Err(UnpickleError::NotEncrypted);
    }
    let rest = bytes.len().checked_sub(CIPHERTEXT_START + MAC_LENGTH).ok_or(DecodeError::Truncated)?;
    cbc_hmac::check_ciphertext_length(rest)?;
    Ok(kind)
}

fn check_kind(expected: PickleKind, found: PickleKind) -> Result<(), UnpickleError> {
    if expected == found { Ok(()) } else { Err(UnpickleError::WrongKind { expected, found }) }
}

/// Without it, a context and the end of a ciphertext could trade bytes.
fn context_length(key: &PickleKey) -> [u8; 8] {
    u64::try_from(key.context().len()).unwrap_or(u64::MAX).to_be_bytes()
}
