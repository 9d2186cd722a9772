use core::{error::Error, fmt};

use rand_core::TryCryptoRng;

use super::{SasBytes, Verification, is_committed};
use crate::{
    handed_back::HandedBack,
    keys::{Curve25519KeyPair, Curve25519PublicKey},
    primitives::kdf,
    random::RandomError,
    secret::{Secret, SecretBytes},
};

/// One device before the agreement: an ephemeral key pair, used for one verification.
#[derive(Debug)]
pub struct Sas(Curve25519KeyPair);

/// One device after the agreement: the shared secret, and both public keys.
pub struct EstablishedSas {
    shared_secret: Secret<32>,
    our_public_key: Curve25519PublicKey,
    their_public_key: Curve25519PublicKey,
}

/// Why no secret was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SasError {
    /// The public key of the other device has small order: anybody could know the shared secret.
    NonContributoryKey,
    /// The accepter's public key is not the one that it committed itself to.
    MismatchedCommitment,
}

/// More bytes were asked for than HKDF-SHA-256 gives: 8 160.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooManyBytes;

impl Sas {
    /// A new ephemeral key pair. Draws 32 bytes from `rng`.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn new<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        Curve25519KeyPair::random(rng).map(Self)
    }

    /// Our public key, for the key event.
    #[must_use]
    pub fn public_key(&self) -> Curve25519PublicKey {
        self.0.public()
    }

    /// Agrees the secret as the starter, which ends the ephemeral key: the accepter's public key must be the one that it committed itself to
    /// before it saw ours. `start_content` is the content of our start event in canonical JSON, `commitment` that of the accept event.
    ///
    /// # Errors
    ///
    /// [`SasError::MismatchedCommitment`] if the key is another one: the verification ends (`m.mismatched_commitment`);
    /// [`SasError::NonContributoryKey`] if the key has small order. `self` is handed back.
    pub fn diffie_hellman_as_starter(
        self,
        accepter_key: Curve25519PublicKey,
        start_content: &str,
        commitment: &str,
    ) -> Result<EstablishedSas, HandedBack<Self, SasError>> {
        if is_committed(&accepter_key, start_content, commitment) {
            self.diffie_hellman(accepter_key)
        } else {
            Err(HandedBack::new(self, SasError::MismatchedCommitment))
        }
    }

    /// Agrees the secret as the accepter, which ends the ephemeral key: its [commitment](super::commitment) went out before the starter's key
    /// came.
    ///
    /// # Errors
    ///
    /// [`SasError::NonContributoryKey`] if the key has small order; `self` is handed back.
    pub fn diffie_hellman_as_accepter(
        self,
        starter_key: Curve25519PublicKey,
    ) -> Result<EstablishedSas, HandedBack<Self, SasError>> {
        self.diffie_hellman(starter_key)
    }

    /// Agrees the secret, which ends the ephemeral key, without a word about commitments. For adapters: a starter that has not checked the
    /// commitment lets somebody in between choose a key until both devices show the same.
    ///
    /// # Errors
    ///
    /// [`SasError::NonContributoryKey`] if the key has small order; `self` is handed back.
    pub fn diffie_hellman(
        self,
        their_public_key: Curve25519PublicKey,
    ) -> Result<EstablishedSas, HandedBack<Self, SasError>> {
        let mut shared_secret = Secret::zeroed();
        match self.0.diffie_hellman(&their_public_key, shared_secret.as_mut_bytes()) {
            Ok(()) => Ok(EstablishedSas { shared_secret, our_public_key: self.0.public(), their_public_key }),
            Err(_) => Err(HandedBack::new(self, SasError::NonContributoryKey)),
        }
    }
}

impl EstablishedSas {
    /// What both users compare (key agreement `curve25519-hkdf-sha256`).
    #[must_use]
    pub fn bytes(&self, verification: &Verification<'_>) -> SasBytes {
        self.bytes_with_info(&verification.info(&self.our_public_key, &self.their_public_key))
    }

    /// What both users compare with devices that know the historic key agreement `curve25519` alone: the keys do not enter it.
    #[must_use]
    pub fn historic_bytes(&self, verification: &Verification<'_>) -> SasBytes {
        self.bytes_with_info(&verification.historic_info())
    }

    /// What both users compare, under a label that the caller has put together. For adapters.
    #[must_use]
    pub fn bytes_with_info(&self, info: &str) -> SasBytes {
        let mut bytes = [0; 6];
        kdf::hkdf(&[], self.shared_secret(), info.as_bytes(), &mut bytes);
        SasBytes::new(bytes)
    }

    /// `HKDF-SHA-256(no salt, shared secret, info, length)`, wiped when dropped. For adapters.
    ///
    /// # Errors
    ///
    /// [`TooManyBytes`] if `length` is beyond 8 160.
    pub fn generate_bytes(&self, info: &[u8], length: usize) -> Result<SecretBytes, TooManyBytes> {
        if length > kdf::MAX_HKDF_LENGTH {
            return Err(TooManyBytes);
        }
        let mut bytes = SecretBytes::with_capacity(length);
        bytes.as_mut_vec().resize(length, 0);
        kdf::hkdf_to_slice(self.shared_secret(), info, bytes.as_mut_vec());
        Ok(bytes)
    }

    /// Our public key.
    #[must_use]
    pub fn our_public_key(&self) -> Curve25519PublicKey {
        self.our_public_key
    }

    /// The public key of the other device.
    #[must_use]
    pub fn their_public_key(&self) -> Curve25519PublicKey {
        self.their_public_key
    }

    pub(super) fn shared_secret(&self) -> &[u8; 32] {
        self.shared_secret.as_bytes()
    }
}

#[cfg(test)]
impl EstablishedSas {
    /// An agreement of which the secret is known.
    pub(super) fn with_shared_secret(shared_secret: &[u8; 32]) -> Self {
        let key = Curve25519PublicKey::from_bytes([0; 32]);
        Self { shared_secret: Secret::copy_of(shared_secret), our_public_key: key, their_public_key: key }
    }
}

impl fmt::Debug for EstablishedSas {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EstablishedSas")
            .field("our_public_key", &self.our_public_key)
            .field("their_public_key", &self.their_public_key)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for SasError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NonContributoryKey => "the public key of the other device has small order",
            Self::MismatchedCommitment => {
                "the accepter's public key is not the one that it committed itself to"
            }
        })
    }
}

impl fmt::Display for TooManyBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no more than 8 160 bytes can be derived")
    }
}

impl Error for SasError {}
impl Error for TooManyBytes {}
