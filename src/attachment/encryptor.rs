use core::fmt;

use rand_core::TryCryptoRng;

use super::{AttachmentInfo, AttachmentVersion, cipher};
use crate::{
    primitives::{
        ctr::{COUNTER_BLOCK_LENGTH, KeyStream},
        sha256::Hasher,
    },
    random::{self, RandomError},
    secret::Secret,
};

/// The random part of an IV, in bytes; the rest is the counter, which begins at zero.
const RANDOM_IV_LENGTH: usize = 8;

/// Encrypts one attachment, piece by piece.
///
/// Not `Clone`: two copies would encrypt different files with one key stream.
pub struct AttachmentEncryptor {
    key: Secret<32>,
    iv: [u8; COUNTER_BLOCK_LENGTH],
    key_stream: KeyStream,
    hasher: Hasher,
}

/// Encrypts a whole attachment where it lies, and returns what opens it.
///
/// Draws 40 bytes from `rng`: the key (32), then the random part of the IV (8).
///
/// # Errors
///
/// [`RandomError`] if the generator fails; the plaintext is as it was.
pub fn encrypt_in_place<R: TryCryptoRng + ?Sized>(
    plaintext: &mut [u8],
    rng: &mut R,
) -> Result<AttachmentInfo, RandomError> {
    let mut encryptor = AttachmentEncryptor::new(rng)?;
    encryptor.encrypt(plaintext);
    Ok(encryptor.finish())
}

impl AttachmentEncryptor {
    /// Begins a new attachment, of version 2, with a key of its own.
    ///
    /// Draws 40 bytes from `rng`: the key (32), then the random part of the IV (8).
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        let (mut key, mut random_iv) = (Secret::zeroed(), [0; RANDOM_IV_LENGTH]);
        random::fill(rng, key.as_mut_bytes())?;
        random::fill(rng, &mut random_iv)?;
        let mut iv = [0; COUNTER_BLOCK_LENGTH];
        iv.iter_mut().zip(random_iv).for_each(|(byte, random)| *byte = random);
        let key_stream = KeyStream::new(key.as_bytes(), &iv);
        Ok(Self { key, iv, key_stream, hasher: Hasher::new() })
    }

    /// Encrypts the next piece of the file, of any length, in place: what is to be uploaded, as long as the plaintext.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "a counter that begins at zero lasts for 2^68 bytes"
    )]
    pub fn encrypt(&mut self, piece: &mut [u8]) {
        cipher::encrypt_and_hash(&mut self.key_stream, &mut self.hasher, piece)
            .expect("no file is that long");
    }

    /// Ends the attachment: what opens all that was encrypted.
    #[must_use]
    pub fn finish(self) -> AttachmentInfo {
        AttachmentInfo::from_secret(AttachmentVersion::V2, self.key, self.iv, self.hasher.finish())
    }
}

impl fmt::Debug for AttachmentEncryptor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AttachmentEncryptor(..)")
    }
}
