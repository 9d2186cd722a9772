use alloc::{string::String, vec::Vec};
use core::{
    error::Error,
    fmt,
    hash::{Hash, Hasher},
};

use rand_core::TryCryptoRng;

use super::mismatched::MismatchedPublicKey;
use crate::{
    encoding::{DecodeError, base64},
    primitives::ed25519::{self, PublicPoint},
    random::{self, RandomError},
    secret::{Secret, SecretText},
};

/// An Ed25519 public key: a device's fingerprint key, or the signing key of a Megolm session.
///
/// 32 bytes, the one encoding of a point of the curve; as text, 43 characters of unpadded base64.
///
/// # Example
///
/// ```
/// use cliquet::{Ed25519PublicKey, Ed25519Signature};
///
/// // RFC 8032, section 7.1, test 2.
/// let key = Ed25519PublicKey::from_base64("PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw")?;
/// let signature = Ed25519Signature::from_base64(
///     "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA",
/// )?;
/// key.verify(&[0x72], &signature)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Ed25519PublicKey(PublicPoint);

impl Ed25519PublicKey {
    /// The length of a key, in bytes.
    pub const LENGTH: usize = 32;

    /// The key with these 32 bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError::PublicKey`] if they are not the one encoding of a point of the curve.
    pub fn from_bytes(bytes: &[u8; Self::LENGTH]) -> Result<Self, DecodeError> {
        ed25519::public_point(bytes).map(Self).ok_or(DecodeError::PublicKey)
    }

    /// The key with these bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Length`] if there are not exactly 32 of them, [`DecodeError::PublicKey`] if they encode no
    /// point of the curve.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, DecodeError> {
        let bytes = <&[u8; Self::LENGTH]>::try_from(bytes)
            .map_err(|_| DecodeError::Length { expected: Self::LENGTH, actual: bytes.len() })?;
        Self::from_bytes(bytes)
    }

    /// The key with this text: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64, [`DecodeError::Length`] if it does not hold exactly 32 bytes,
    /// [`DecodeError::PublicKey`] if these encode no point of the curve.
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        Self::from_bytes(&base64::decode_array(text)?)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        self.0.as_bytes()
    }

    /// The key as 43 characters of unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(self.as_bytes())
    }

    /// Checks `signature` over `message` (RFC 8032 section 5.1.7), strictly: no second signature of the same message
    /// passes that the signer did not make, and no key of small order verifies anything.
    ///
    /// # Errors
    ///
    /// [`SignatureError`] if the signature is not this key's over exactly this message.
    pub fn verify(&self, message: &[u8], signature: &Ed25519Signature) -> Result<(), SignatureError> {
        ed25519::verify(&self.0, message, &signature.0).map_err(|_| SignatureError)
    }

    /// What verifies many signatures by this key.
    pub(crate) fn bulk_verifier(&self) -> Ed25519BulkVerifier {
        Ed25519BulkVerifier(ed25519::BulkVerifier::new(&self.0))
    }
}

/// Verifies many signatures by one key, with the verdicts of [`Ed25519PublicKey::verify`].
pub(crate) struct Ed25519BulkVerifier(ed25519::BulkVerifier);

impl Ed25519BulkVerifier {
    /// The verdicts on messages with their signatures, in the same order.
    pub(crate) fn verify<'a>(
        &self,
        signed: impl IntoIterator<Item = (&'a [u8], &'a Ed25519Signature)>,
    ) -> Vec<Result<(), SignatureError>> {
        let signed = signed.into_iter().map(|(message, signature)| (message, &signature.0));
        self.0.verify(signed).into_iter().map(|verdict| verdict.map_err(|_| SignatureError)).collect()
    }
}

impl PartialEq for Ed25519PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Ed25519PublicKey {}

impl PartialOrd for Ed25519PublicKey {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ed25519PublicKey {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for Ed25519PublicKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Display for Ed25519PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_base64())
    }
}

impl fmt::Debug for Ed25519PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Ed25519PublicKey({self})")
    }
}

/// An Ed25519 signature: 64 bytes; as text, 86 characters of unpadded base64.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ed25519Signature([u8; 64]);

impl Ed25519Signature {
    /// The length of a signature, in bytes.
    pub const LENGTH: usize = 64;

    /// The signature with these 64 bytes; whether it is valid, [`Ed25519PublicKey::verify`] tells.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    /// The signature with these bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Length`] if there are not exactly 64 of them.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, DecodeError> {
        <[u8; Self::LENGTH]>::try_from(bytes)
            .map(Self)
            .map_err(|_| DecodeError::Length { expected: Self::LENGTH, actual: bytes.len() })
    }

    /// The signature with this text: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64, [`DecodeError::Length`] if it does not hold exactly 64 bytes.
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        base64::decode_array(text).map(Self)
    }

    /// The 64 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// The signature as 86 characters of unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.0)
    }
}

impl fmt::Display for Ed25519Signature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_base64())
    }
}

impl fmt::Debug for Ed25519Signature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Ed25519Signature({self})")
    }
}

/// The signature is not the key's over the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureError;

impl fmt::Display for SignatureError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the signature is not valid")
    }
}

impl Error for SignatureError {}

/// An Ed25519 secret key and the public key that belongs to it.
///
/// Kept in its expanded form (RFC 8032 section 5.1.5), clamped, which is all that libolm stores; and with its seed where that is
/// known. Wiped when dropped, not printable, not `Clone`. To be made here and read from here where a key moves from or to
/// another library; an account makes its own.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub struct Ed25519KeyPair {
    seed: Option<Secret<32>>,
    expanded: Secret<64>,
    public: Ed25519PublicKey,
}

impl Ed25519KeyPair {
    /// A new key pair. Draws 32 bytes from `rng`: the seed.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn random<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        let mut seed = Secret::zeroed();
        random::fill(rng, seed.as_mut_bytes())?;
        Ok(Self::from_secret_seed(seed))
    }

    /// The key pair of a seed of 32 bytes, the secret key of RFC 8032. The caller's copy is the caller's to wipe.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self::from_secret_seed(Secret::copy_of(seed))
    }

    /// The key pair of a seed in base64, padding optional: as secret storage and secret sharing hold the cross-signing keys.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64, [`DecodeError::Length`] if it does not hold exactly 32 bytes.
    pub fn from_base64_seed(text: &str) -> Result<Self, DecodeError> {
        base64::decode_secret_with_optional_padding(text).map(Self::from_secret_seed)
    }

    /// The key pair of an expanded secret key: the scalar (32 bytes, little endian), then the nonce prefix (32 bytes). The scalar
    /// is clamped if it is not. The caller's copy is the caller's to wipe.
    #[must_use]
    pub fn from_expanded_secret_key(expanded: &[u8; 64]) -> Self {
        let mut clamped = Secret::copy_of(expanded);
        ed25519::clamp(clamped.as_mut_bytes());
        Self::from_parts(None, clamped)
    }

    fn from_secret_seed(seed: Secret<32>) -> Self {
        let mut expanded = Secret::zeroed();
        ed25519::expand(seed.as_bytes(), expanded.as_mut_bytes());
        Self::from_parts(Some(seed), expanded)
    }

    fn from_parts(seed: Option<Secret<32>>, expanded: Secret<64>) -> Self {
        let public = Ed25519PublicKey(ed25519::public_key(expanded.as_bytes()));
        Self { seed, expanded, public }
    }

    /// The key pair of a store, with its public key computed anew: signing under another one would give the secret key away.
    pub(crate) fn from_snapshot(snapshot: &SigningKeySnapshot<'_>) -> Result<Self, MismatchedPublicKey> {
        let key_pair = snapshot.secret_key.key_pair();
        match snapshot.public_key {
            Some(stated) if stated != *key_pair.public.as_bytes() => Err(MismatchedPublicKey),
            _ => Ok(key_pair),
        }
    }

    /// The key pair as a store keeps it: the seed where it is known.
    pub(crate) fn snapshot(&self) -> SigningKeySnapshot<'_> {
        let expanded = || SigningSecretKey::Expanded(self.expanded.as_bytes());
        SigningKeySnapshot {
            secret_key: self.export_seed().map_or_else(expanded, SigningSecretKey::Seed),
            public_key: Some(*self.public.as_bytes()),
        }
    }

    /// The seed, 32 bytes; `None` if the key came in its expanded form, from which no seed can be found. Copies of it are the
    /// caller's to wipe.
    #[must_use]
    pub fn export_seed(&self) -> Option<&[u8; 32]> {
        self.seed.as_ref().map(Secret::as_bytes)
    }

    /// The seed as 43 characters of unpadded base64, wiped when dropped; `None` as for [`export_seed`](Self::export_seed).
    #[must_use]
    pub fn export_base64_seed(&self) -> Option<SecretText> {
        self.export_seed().map(|seed| base64::encode_secret(seed))
    }

    /// The expanded secret key, 64 bytes, clamped. Copies of it are the caller's to wipe.
    #[must_use]
    pub fn export_expanded_secret_key(&self) -> &[u8; 64] {
        self.expanded.as_bytes()
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> Ed25519PublicKey {
        self.public
    }

    /// Signs a message of any length (RFC 8032 section 5.1.6; deterministic).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Ed25519Signature {
        Ed25519Signature(ed25519::sign(self.expanded.as_bytes(), &self.public.0, message))
    }
}

/// A key pair as a store keeps it: borrowed, so that no copy of the secret key is made on the way out or in.
#[derive(Clone, Copy)]
pub(crate) struct SigningKeySnapshot<'a> {
    pub(crate) secret_key: SigningSecretKey<'a>,
    /// What the store says; `None` where it keeps secret keys alone.
    pub(crate) public_key: Option<[u8; 32]>,
}

impl SigningKeySnapshot<'_> {
    /// What the store says, or else what follows from the secret key.
    pub(crate) fn public(&self) -> [u8; 32] {
        self.public_key.unwrap_or_else(|| *self.secret_key.key_pair().public.as_bytes())
    }
}

/// The two forms of an Ed25519 secret key.
#[derive(Clone, Copy)]
pub(crate) enum SigningSecretKey<'a> {
    Seed(&'a [u8; 32]),
    /// Clamped or not: it is clamped on the way in, and comes out clamped.
    Expanded(&'a [u8; 64]),
}

impl SigningSecretKey<'_> {
    fn key_pair(&self) -> Ed25519KeyPair {
        match self {
            Self::Seed(seed) => Ed25519KeyPair::from_seed(seed),
            Self::Expanded(expanded) => Ed25519KeyPair::from_expanded_secret_key(expanded),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_text() {
        let key_pair = Ed25519KeyPair::from_seed(&[7; 32]);
        let text = key_pair.export_base64_seed().unwrap();
        let padded = alloc::format!("{}=", text.as_str());
        for text in [text.as_str(), padded.as_str()] {
            assert_eq!(Ed25519KeyPair::from_base64_seed(text).unwrap().public(), key_pair.public());
        }
        assert!(Ed25519KeyPair::from_base64_seed("AAAA").is_err());
        let expanded = Ed25519KeyPair::from_expanded_secret_key(key_pair.export_expanded_secret_key());
        assert!(expanded.export_base64_seed().is_none());
    }

    #[test]
    fn what_is_public_is_printed() {
        let key_pair = Ed25519KeyPair::from_seed(&[7; 32]);
        let (key, signature) = (key_pair.public(), key_pair.sign(b"message"));
        let (key_text, signature_text) = (key.to_base64(), signature.to_base64());
        assert_eq!(
            alloc::format!("{key} {key:?}"),
            alloc::format!("{key_text} Ed25519PublicKey({key_text})")
        );
        assert_eq!(
            alloc::format!("{signature} {signature:?}"),
            alloc::format!("{signature_text} Ed25519Signature({signature_text})")
        );
    }

    #[test]
    fn keys_are_sorted_and_hashed_by_their_bytes() {
        let [first, second] = [1, 2].map(|byte| Ed25519KeyPair::from_seed(&[byte; 32]).public());
        assert_eq!(first.partial_cmp(&second), Some(first.as_bytes().cmp(second.as_bytes())));
        let hash = |key: &Ed25519PublicKey| {
            let mut hasher = std::hash::DefaultHasher::new();
            key.hash(&mut hasher);
            hasher.finish()
        };
        assert_ne!(hash(&first), hash(&second));
        assert_eq!(hash(&first), hash(&Ed25519PublicKey::from_bytes(first.as_bytes()).unwrap()));
    }
}
