use alloc::vec::Vec;
use core::fmt;

use rand_core::TryCryptoRng;

use crate::{
    random::{self, RandomError},
    secret::Secret,
};

/// The key of native pickles: 32 secret bytes, and the context that a pickle belongs to.
///
/// The bytes must be as good as random; a passphrase must be stretched first. One key serves any number of pickles, as each has a
/// salt of its own. The context is public and of any length; it says where a pickle belongs: user, device, row of the store. A
/// pickle opens under the context that it was sealed under and under no other, so that nobody who can write to the store can
/// swap two of them. That an older pickle takes the place of a newer one in the same row, no pickle can notice.
///
/// Wiped when dropped, not printable.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "getrandom")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use cliquet::{SystemRandom, olm::Account, pickle::PickleKey};
///
/// let mut rng = SystemRandom::new();
/// let key = PickleKey::random(&mut rng)?; // kept in the system's key store
/// let laptop = key.in_context("@amelie:example.org|LAPTOP|account");
/// let phone = key.in_context("@amelie:example.org|PHONE|account");
///
/// let pickle = Account::new(&mut rng)?.to_pickle(&laptop, &mut rng)?;
/// assert!(Account::from_pickle(&pickle, &phone).is_err());
/// assert!(Account::from_pickle(&pickle, &laptop).is_ok());
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "getrandom"))]
/// # fn main() {}
/// ```
pub struct PickleKey {
    key: Secret<32>,
    context: Vec<u8>,
}

impl PickleKey {
    /// The key with these 32 bytes, without a context. The caller's copy is the caller's to wipe.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self { key: Secret::copy_of(key), context: Vec::new() }
    }

    /// A new key, without a context. Draws 32 bytes from `rng`.
    ///
    /// # Errors
    ///
    /// [`RandomError`] if the generator fails.
    pub fn random<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError> {
        let mut key = Secret::zeroed();
        random::fill(rng, key.as_mut_bytes())?;
        Ok(Self { key, context: Vec::new() })
    }

    /// The same key for pickles of this context, instead of the one that `self` has. Write it so that no two places have the same.
    #[must_use]
    pub fn in_context(&self, context: impl AsRef<[u8]>) -> Self {
        Self { key: Secret::copy_of(self.key.as_bytes()), context: context.as_ref().to_vec() }
    }

    /// The 32 bytes, to be kept in a key store. Copies of them are the caller's to wipe.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The context; empty where none was given.
    #[must_use]
    pub fn context(&self) -> &[u8] {
        &self.context
    }
}

impl fmt::Debug for PickleKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PickleKey")
            .field("context_length", &self.context.len())
            .finish_non_exhaustive()
    }
}
