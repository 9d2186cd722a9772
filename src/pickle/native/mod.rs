//! Native pickles: `envelope` (what is sealed and how), `key`, `layout` (fields), then one file for each body.

mod account;
mod envelope;
mod group_sessions;
mod key;
mod layout;
#[cfg(feature = "insecure-pk-encryption")]
mod pk_decryption;
mod session;

use rand_core::TryCryptoRng;

use super::{PickleKind, UnpickleError};
#[cfg(feature = "insecure-pk-encryption")]
use crate::pk::PkDecryption;
use crate::{
    encoding::Reader,
    megolm::{InboundGroupSession, OutboundGroupSession},
    olm::{Account, Session},
    random::RandomError,
    secret::SecretBytes,
};

pub use envelope::Pickle;
pub(super) use envelope::{BASE64_START, recognise};
pub use key::PickleKey;

/// What has a native pickle.
trait Pickled: Sized {
    const KIND: PickleKind;

    /// Appends the body.
    fn write(&self, out: &mut SecretBytes);

    /// Reads the body, all but its end.
    fn read(reader: &mut Reader<'_>) -> Result<Self, UnpickleError>;

    /// Checks what a sealed pickle vouches for.
    fn prove(&mut self) -> Result<(), UnpickleError> {
        Ok(())
    }
}

fn seal<T: Pickled, R: TryCryptoRng + ?Sized>(
    state: &T,
    key: &PickleKey,
    rng: &mut R,
) -> Result<Pickle, RandomError> {
    Pickle::seal(T::KIND, key, rng, |out| state.write(out))
}

fn open<T: Pickled>(pickle: &Pickle, key: &PickleKey) -> Result<T, UnpickleError> {
    let body = pickle.open(T::KIND, key)?;
    read_all(Reader::new(body.as_bytes()))
}

fn open_without_encryption<T: Pickled>(bytes: &[u8]) -> Result<T, UnpickleError> {
    let mut state: T = read_all(envelope::open_without_encryption(T::KIND, bytes)?)?;
    state.prove()?;
    Ok(state)
}

fn read_all<T: Pickled>(mut reader: Reader<'_>) -> Result<T, UnpickleError> {
    let state = T::read(&mut reader)?;
    reader.finish()?;
    Ok(state)
}

/// The four methods of everything that has a native pickle.
macro_rules! native_pickle {
    ($type:ty) => {
        impl $type {
            /// The whole state as a sealed pickle, bound to the context of `key`.
            ///
            /// Draws 32 bytes from `rng`: the salt. Caches are left out; limits are kept.
            ///
            /// # Errors
            ///
            /// [`RandomError`] if the generator fails.
            pub fn to_pickle<R: TryCryptoRng + ?Sized>(
                &self,
                key: &PickleKey,
                rng: &mut R,
            ) -> Result<Pickle, RandomError> {
                seal(self, key, rng)
            }

            /// Opens a sealed pickle.
            ///
            /// # Errors
            ///
            /// [`UnpickleError::WrongKind`] if the pickle holds something else; [`UnpickleError::AuthenticationFailed`] if key or
            /// context is not the one it was sealed with, or if it was changed; [`UnpickleError::Decode`] and
            /// [`UnpickleError::State`] if it is authentic and yet holds no such state.
            pub fn from_pickle(pickle: &Pickle, key: &PickleKey) -> Result<Self, UnpickleError> {
                open(pickle, key)
            }

            /// The whole state **in the clear**, secret keys and all, for a store that encrypts and authenticates what it keeps.
            /// Everything else wants [`to_pickle`](Self::to_pickle).
            ///
            /// The buffer is wiped when dropped; what is copied out of it is the caller's to wipe.
            #[must_use]
            pub fn to_pickle_without_encryption(&self) -> SecretBytes {
                envelope::without_encryption(<$type as Pickled>::KIND, |out| self.write(out))
            }

            /// Reads what [`to_pickle_without_encryption`](Self::to_pickle_without_encryption) wrote. Nothing shows whether it was
            /// changed since, but that public keys belong to secret keys: those of one-time keys when they are used, all others now.
            ///
            /// # Errors
            ///
            /// [`UnpickleError::NotAPickle`] if the bytes do not begin as such a pickle does, [`UnpickleError::UnknownVersion`] and
            /// [`UnpickleError::UnknownKind`] if a later version of cliquet made it, [`UnpickleError::WrongKind`] if it holds
            /// something else, [`UnpickleError::Decode`] and [`UnpickleError::State`] if it holds no such state.
            pub fn from_pickle_without_encryption(bytes: &[u8]) -> Result<Self, UnpickleError> {
                open_without_encryption(bytes)
            }
        }
    };
}

native_pickle!(Account);
native_pickle!(Session);
native_pickle!(OutboundGroupSession);
native_pickle!(InboundGroupSession);
#[cfg(feature = "insecure-pk-encryption")]
native_pickle!(PkDecryption);
