use alloc::string::String;
use core::fmt;

use rand_core::TryCryptoRng;

use super::mismatched::MismatchedPublicKey;
use crate::{
    encoding::{DecodeError, Reader, base64},
    primitives::x25519::{self, NonContributory},
    random::{self, RandomError},
    secret::Secret,
};

/// A Curve25519 public key: an identity key, a one-time key, a fallback key or a ratchet key.
///
/// 32 bytes; as text, 43 characters of unpadded base64. Every 32 bytes are a key here, as in RFC 7748; one of small
/// order is refused by the operation that would use it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Curve25519PublicKey([u8; 32]);

impl Curve25519PublicKey {
    /// The length of a key, in bytes.
    pub const LENGTH: usize = 32;

    /// The key with these 32 bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    /// Reads 32 bytes.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.array().copied().map(Self)
    }

    /// The key with these bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Length`] if there are not exactly 32 of them.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, DecodeError> {
        <[u8; Self::LENGTH]>::try_from(bytes)
            .map(Self)
            .map_err(|_| DecodeError::Length { expected: Self::LENGTH, actual: bytes.len() })
    }

    /// The key with this text: base64, padding optional.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Base64`] if the text is no base64, [`DecodeError::Length`] if it does not hold exactly 32 bytes.
    pub fn from_base64(text: &str) -> Result<Self, DecodeError> {
        base64::decode_array(text).map(Self)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// Whether this is what a secret key can have as its public key: see [`x25519::is_in_prime_order_subgroup`].
    pub(crate) fn is_in_prime_order_subgroup(&self) -> bool {
        x25519::is_in_prime_order_subgroup(&self.0)
    }

    /// The key as 43 characters of unpadded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.0)
    }
}

impl fmt::Display for Curve25519PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_base64())
    }
}

impl fmt::Debug for Curve25519PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Curve25519PublicKey({self})")
    }
}

/// A Curve25519 secret key, kept unclamped as it was drawn, and its public key, computed once.
///
/// Wiped when dropped, not printable, not `Clone`. To be made here and read from here where a key moves from or to another
/// library; an account makes its own.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone, PartialEq))]
pub struct Curve25519KeyPair {
    secret: Secret<32>,
    public: Curve25519PublicKey,
}

impl Curve25519KeyPair {
    /// A new key pair. Draws 32 bytes from `rng`: the secret key.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn random<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        Self::random_in(Secret::zeroed(), rng)
    }

    /// [`random`](Self::random) in memory that is there already.
    pub(crate) fn random_in<R: TryCryptoRng + ?Sized>(
        mut memory: Secret<32>,
        rng: &mut R,
    ) -> Result<Self, RandomError> {
        random::fill(rng, memory.as_mut_bytes())?;
        Ok(Self::from_secret(memory))
    }

    /// The memory of the secret key, which is gone.
    pub(crate) fn into_memory(self) -> Secret<32> {
        self.secret.wiped()
    }

    /// The key pair of a secret key of 32 bytes, clamped or not. The caller's copy is the caller's to wipe.
    #[must_use]
    pub fn from_secret_key(secret_key: &[u8; 32]) -> Self {
        Self::from_secret(Secret::copy_of(secret_key))
    }

    /// The secret key, 32 bytes, as it was drawn or imported. Copies of it are the caller's to wipe.
    #[must_use]
    pub fn export_secret_key(&self) -> &[u8; 32] {
        self.secret.as_bytes()
    }

    fn from_secret(secret: Secret<32>) -> Self {
        let public = Curve25519PublicKey(x25519::public_key(secret.as_bytes()));
        Self { secret, public }
    }

    /// The key pair of a store, with its public key computed anew.
    pub(crate) fn proven_from_snapshot(snapshot: &KeyPairSnapshot<'_>) -> Result<Self, MismatchedPublicKey> {
        let key_pair = Self::from_secret_key(snapshot.secret_key);
        match snapshot.public_key {
            Some(stated) if stated != key_pair.public => Err(MismatchedPublicKey),
            _ => Ok(key_pair),
        }
    }

    /// The key pair of a store. That its public key belongs to its secret key, [`prove`](Self::prove) tells.
    pub(crate) fn from_snapshot(snapshot: &KeyPairSnapshot<'_>) -> Self {
        Self { secret: Secret::copy_of(snapshot.secret_key), public: snapshot.public() }
    }

    /// The key pair as a store keeps it.
    pub(crate) fn snapshot(&self) -> KeyPairSnapshot<'_> {
        KeyPairSnapshot { secret_key: self.secret.as_bytes(), public_key: Some(self.public) }
    }

    /// Computes the public key anew, because it came from a store.
    pub(crate) fn prove(&self) -> Result<(), MismatchedPublicKey> {
        let belongs = x25519::public_key(self.secret.as_bytes()) == self.public.0;
        if belongs { Ok(()) } else { Err(MismatchedPublicKey) }
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> Curve25519PublicKey {
        self.public
    }

    /// `shared_secret = X25519(ours, theirs)`
    pub(crate) fn diffie_hellman(
        &self,
        theirs: &Curve25519PublicKey,
        shared_secret: &mut [u8; 32],
    ) -> Result<(), NonContributory> {
        x25519::diffie_hellman(self.secret.as_bytes(), &theirs.0, shared_secret)
    }
}

/// A key pair as a store keeps it: borrowed, so that no copy of the secret key is made on the way out or in.
#[derive(Clone, Copy)]
pub(crate) struct KeyPairSnapshot<'a> {
    pub(crate) secret_key: &'a [u8; 32],
    /// What the store says; `None` where it keeps secret keys alone.
    pub(crate) public_key: Option<Curve25519PublicKey>,
}

impl KeyPairSnapshot<'_> {
    /// What the store says, or else what follows from the secret key.
    pub(crate) fn public(&self) -> Curve25519PublicKey {
        self.public_key.unwrap_or_else(|| Curve25519PublicKey(x25519::public_key(self.secret_key)))
    }
}

/// A key pair that enters one handshake and is gone with it: the base key of an outbound session.
#[derive(Debug)]
pub(crate) struct SingleUseKeyPair(Curve25519KeyPair);

impl SingleUseKeyPair {
    /// Draws 32 bytes.
    pub(crate) fn random<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        Curve25519KeyPair::random(rng).map(Self)
    }

    pub(crate) fn public(&self) -> Curve25519PublicKey {
        self.0.public
    }

    /// `[X25519(ours, first), X25519(ours, second)]`: the two uses in one handshake, which end the key.
    pub(crate) fn diffie_hellman_both(
        self,
        first: (&Curve25519PublicKey, &mut [u8; 32]),
        second: (&Curve25519PublicKey, &mut [u8; 32]),
    ) -> Result<(), NonContributory> {
        self.0.diffie_hellman(first.0, first.1)?;
        self.0.diffie_hellman(second.0, second.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Scratch;

    #[test]
    fn both_sides_agree_and_a_zero_key_is_refused() {
        let ours = Curve25519KeyPair::from_secret(Secret::copy_of(&[1; 32]));
        let theirs = Curve25519KeyPair::from_secret(Secret::copy_of(&[2; 32]));
        let (mut here, mut there) = (Scratch::<32>::zeroed(), Scratch::<32>::zeroed());
        ours.diffie_hellman(&theirs.public(), here.as_mut_bytes()).unwrap();
        theirs.diffie_hellman(&ours.public(), there.as_mut_bytes()).unwrap();
        assert_eq!(here.as_bytes(), there.as_bytes());
        let zero = Curve25519PublicKey::from_bytes([0; 32]);
        assert_eq!(ours.diffie_hellman(&zero, here.as_mut_bytes()), Err(NonContributory));
        assert_eq!(here.as_bytes(), there.as_bytes(), "a refused agreement writes nothing");
    }
}
